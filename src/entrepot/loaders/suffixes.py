"""Which suffix means which loader, in the order in which a directory is searched."""

from __future__ import annotations

import sys

from ..bytecode.location import BYTECODE_SUFFIXES, SOURCE_SUFFIXES, _fspath
from ..core import spec as specs
from ..host import DISK
from .extension import EXTENSION_SUFFIXES, AppleFrameworkLoader, ExtensionFileLoader
from .source import SourceFileLoader
from .sourceless import SourcelessFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FRAMEWORKS = [".fwork"] if sys.platform in ("ios", "tvos", "watchos") else []

LOADERS: list[tuple[Any, list[str]]] = [
    *(
        [(AppleFrameworkLoader, [s.replace(".so", ".fwork") for s in EXTENSION_SUFFIXES])]
        if _FRAMEWORKS
        else []
    ),
    (ExtensionFileLoader, EXTENSION_SUFFIXES),
    (SourceFileLoader, SOURCE_SUFFIXES),
    (SourcelessFileLoader, BYTECODE_SUFFIXES),
]


def all_suffixes() -> list[str]:
    """Return all suffixes of files that can be imported (importlib.machinery.all_suffixes)."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


def spec_from_file_location(
    name: str,
    location: Any = None,
    *,
    loader: Any = None,
    submodule_search_locations: Any = specs.UNKNOWN,
) -> specs.ModuleSpec | None:
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
    return specs.spec_from_location(name, location, loader, submodule_search_locations)


def _absolute(path: str) -> str:
    try:
        return DISK.paths.absolute(path, DISK.getcwd())
    except OSError:
        return path  # The current directory is gone.
