"""The import system that is looked at: its state, read and never changed.

Asking a finder of the path normally fills `path_importer_cache`. A `View` looks up what is
remembered there and asks the path hooks for the rest without keeping their answers.
"""

from __future__ import annotations

import os
import sys

from ... import host
from .. import library
from .shelter import Shelter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from ...metadata import Metadata

_UNKNOWN: Any = object()


class HookError(Exception):
    """A path *hook* has raised an *error* that is no ImportError."""

    def __init__(self, hook: Any, error: Exception) -> None:
        super().__init__(f"{hook!r} raises {error!r}")
        self.hook = hook
        self.error = error


class Importer:
    """Who imports: a *file*, the *package* that its module is in ("" for none), if it *is_main*."""

    __slots__ = ("file", "is_main", "package")

    def __init__(self, file: str, package: str, *, is_main: bool) -> None:
        self.file = file
        self.package = package
        self.is_main = is_main


class View:
    """What decides a search: `modules`, `path`, `meta_path`, `path_hooks`, and what is cached.

    *system* is what has them; *path* and *modules* may differ from its own. *program* is the
    file of the program that is looked into, if there is one, *importer* who imports, if that is
    known. With *fresh*, no finder is
    remembered: it is the state of a program that starts.
    """

    def __init__(
        self,
        system: Any,
        *,
        path: Iterable[Any] | None = None,
        modules: Mapping[str, Any] | None = None,
        program: str | None = None,
        importer: Importer | None = None,
        fresh: bool = False,
    ) -> None:
        self.system = system
        self.modules = system.modules if modules is None else modules
        self.path = list(system.path if path is None else path)
        finders = system.meta_path or ()
        self.meta_path = [finder for finder in finders if not isinstance(finder, Shelter)]
        self.path_hooks = list(system.path_hooks or ())
        self.path_importer_cache = {} if fresh else dict(system.path_importer_cache)
        self.program = program
        self.importer = importer
        #: Whether the current directory, or the script's, is kept off the path.
        self.is_safe = bool(getattr(sys.flags, "safe_path", sys.flags.isolated))
        self.on_invalidate: list[Callable[[], object]] = []
        self.disk = host.DISK
        self._listings: dict[str, list[str]] = {}
        self._metadata: Metadata | None = None

    @property
    def metadata(self) -> Metadata:
        """The metadata of the distributions on this path."""
        if self._metadata is None:
            from ...metadata import Metadata

            self._metadata = Metadata(self)
        return self._metadata

    def directory(self, entry: str) -> str:
        """Return the path entry *entry* as a path; the empty one is the current directory."""
        try:
            return self.disk.paths.absolute(entry, self.disk.getcwd()) if entry else os.getcwd()
        except OSError:
            return entry  # The current directory is gone.

    def remembered(self, entry: str) -> tuple[Any, bool]:
        """Return the finder that would be asked for *entry*, or None; and whether it is cached.

        Raises HookError.
        """
        key = entry or self.directory("")
        if not key:
            return None, False  # The current directory is gone.
        finder = self.path_importer_cache.get(key, _UNKNOWN)
        if finder is not _UNKNOWN:
            return finder, True
        return self.hooked(key), False

    def hooked(self, entry: str) -> Any:
        """Return a new finder for *entry*, from the first path hook that takes it, or None.

        Raises HookError if a hook raises what no hook should, which ends an import.
        """
        for hook in self.path_hooks:
            try:
                return hook(entry)
            except ImportError:
                continue
            except Exception as error:
                raise HookError(hook, error) from error
        return None

    def listing(self, directory: str) -> list[str]:
        """Return the names in *directory*, sorted; none where it cannot be listed."""
        if directory not in self._listings:
            try:
                names = sorted(self.disk.listdir(directory or "."))
            except (OSError, ValueError):
                names = []
            self._listings[directory] = names
        return self._listings[directory]


def is_stdlib_file(path: str | None) -> bool:
    """Whether *path* is a file of the standard library."""
    if not path:
        return False
    path = os.path.realpath(path)
    inside = os.path.relpath(path, stdlib_directory()) if _same_drive(path) else os.pardir
    first = inside.split(os.sep, 1)[0]
    return first not in (os.pardir, "site-packages", "dist-packages")


def stdlib_directory() -> str:
    """Return the directory of the standard library, or the archive that it is in."""
    return os.path.realpath(library.DIRECTORY)


def _same_drive(path: str) -> bool:
    return os.path.splitdrive(path)[0] == os.path.splitdrive(stdlib_directory())[0]


def python() -> str:
    """Return how this interpreter is called on a command line."""
    return sys.executable or "python"
