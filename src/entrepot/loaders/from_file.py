"""The spec of a file, wherever it is: its suffix decides how it is loaded."""

from __future__ import annotations

from ..bytecode.location import _fspath
from ..core.spec_making import UNKNOWN, spec_from_location
from ..host import DISK
from .source import SourceFileLoader  # noqa: F401 - interpreters' own tests look here for it
from .suffixes import LOADERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..core.spec import ModuleSpec


def spec_from_file_location(
    name: str,
    location: Any = None,
    *,
    loader: Any = None,
    submodule_search_locations: Any = UNKNOWN,
) -> ModuleSpec | None:
    """Return the spec of a module in the file *location*, a path.

    Without *loader* the suffix decides; None if no loader has it. Given search locations make
    it a package; an empty list is filled with the file's directory.
    (importlib.util.spec_from_file_location)
    """
    if location is not None:
        location = _absolute(_fspath(location))
    if loader is None:
        if location is None:
            return None
        for kind, suffixes in LOADERS:
            if location.endswith(tuple(suffixes)):
                loader = kind(name, location)
                break
        else:
            return None
    return spec_from_location(name, location, loader, submodule_search_locations)


def _absolute(path: str) -> str:
    try:
        return DISK.paths.absolute(path, DISK.getcwd())
    except OSError:
        return path  # The current directory is gone.
