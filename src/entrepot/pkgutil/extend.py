"""A package whose modules are in several directories, in the way from before PEP 420."""

from __future__ import annotations

import sys

from ..finders.hooks import entry_finder
from ..host import DISK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ..core.system import ImportSystem


class Extender:
    """Extends the paths of packages of one import *system*."""

    def __init__(self, system: ImportSystem) -> None:
        self.system = system

    def extend_path(self, path: Any, name: str) -> Any:
        """Return *path*, the `__path__` of the package *name*, with all its other portions.

        These are what the finders of the parent's path (at the top level: of the system's path)
        have under that name, and the lines of the files `name.pkg` beside them, except empty ones
        and those that start with "#". A file that cannot be read is told on standard error.
        A *path* that is no list is returned as it is. (pkgutil.extend_path)
        """
        if not isinstance(path, list):
            return path
        parent, _, last = name.rpartition(".")
        search_path: Iterable[Any] = self.system.path
        if parent:
            try:
                search_path = self.system.modules[parent].__path__
            except (KeyError, AttributeError):
                return list(path)
        path = list(path)
        for entry in search_path:
            if isinstance(entry, str):
                path += [each for each in _portions(self.system, entry, last) if each not in path]
                path += _lines(DISK.paths.join(entry, f"{name}.pkg"))
        return path


def _portions(system: ImportSystem, entry: str, name: str) -> list[str]:
    finder = entry_finder(system, entry)
    if hasattr(finder, "find_spec"):
        spec = finder.find_spec(name)
        return [] if spec is None else list(spec.submodule_search_locations or ())
    if hasattr(finder, "find_loader"):  # PEP 420's first protocol, on hosts that have it.
        return list(finder.find_loader(name)[1])
    return []


def _lines(file: str) -> list[str]:
    try:
        text = DISK.read(file).decode()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return []
    except OSError as error:
        sys.stderr.write(f"Can't open {file}: {error}\n")
        return []
    return [line for line in text.splitlines() if line and not line.startswith("#")]
