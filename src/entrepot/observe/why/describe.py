"""What a search has found, in the terms of users: kind, file, loader, bytecode, distribution."""

from __future__ import annotations

import os
import zipimport

from ...loaders.extension import EXTENSION_SUFFIXES
from . import bytecode
from .owners import Owner, owners
from .view import is_stdlib_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .view import View

BUILT_IN, FROZEN, ARCHIVED = "built-in module", "frozen module", "module in an archive"
NAMESPACE, PACKAGE, MODULE = "namespace package", "package", "module"
EXTENSION, COMPILED, SHARED = "extension module", "bytecode file", "module shared with the process"
CUSTOM = "module of a custom loader"


class Module:
    """A module that was found: a *spec* in words.

    *kind* is one of those above. *file* is where it is loaded from, None without a place.
    *locations* is the path of a package, else None. *owners* are the distributions that have
    installed the file, none if it is not recorded; *stdlib* says that it is Python's own.
    """

    __slots__ = (
        "_owners",
        "_view",
        "bytecode",
        "file",
        "kind",
        "loader",
        "locations",
        "name",
        "spec",
        "stdlib",
    )

    def __init__(self, spec: Any, view: View) -> None:
        self.spec = spec
        self.name: str = spec.name
        self.kind = kind_of(spec)
        self.file = file_of(spec)
        self.loader = None if spec.loader is None else _kind_name(spec.loader)
        paths = spec.submodule_search_locations
        self.locations = None if paths is None else locations_of(spec)
        self.stdlib = self.kind in (BUILT_IN, FROZEN) or is_stdlib_file(self.file)
        self.bytecode = bytecode.state_of(spec) if self.kind in (MODULE, PACKAGE) else None
        self._view = view
        self._owners: list[Owner] | None = [] if self.stdlib else None

    @property
    def owners(self) -> list[Owner]:
        """The distributions that have installed the file; looked for when they are asked for."""
        if self._owners is None:
            self._owners = owners(self._view, self)
        return self._owners

    @property
    def place(self) -> str:
        """The file, or else the directories, or what kind of module it is."""
        return self.file or os.pathsep.join(self.locations or ()) or self.kind


def file_of(spec: Any) -> str | None:
    """Return the file that the module of *spec* is loaded from, or None."""
    if spec.has_location and isinstance(spec.origin, str):
        return spec.origin
    return getattr(spec.loader_state, "filename", None)


def locations_of(spec: Any) -> list[Any]:
    """Return the search locations of the package of *spec*; [] where they cannot be told."""
    try:
        return list(spec.submodule_search_locations or ())
    except (KeyError, AttributeError):
        return []  # A namespace path of the interpreter, whose parent is not imported.


def kind_of(spec: Any) -> str:
    """Return what kind of module *spec* is of."""
    loader = spec.loader
    if loader is None or "Namespace" in _kind_name(loader):
        return NAMESPACE
    if spec.origin in _ORIGINS and not spec.has_location:
        return _ORIGINS[spec.origin]
    if isinstance(loader, zipimport.zipimporter):
        return ARCHIVED
    return _kind_of_file(str(spec.origin or ""), spec)


_ORIGINS = {"built-in": BUILT_IN, "frozen": FROZEN, "shared": SHARED}


def _kind_of_file(origin: str, spec: Any) -> str:
    if origin.endswith(tuple(EXTENSION_SUFFIXES)):
        return EXTENSION
    if origin.endswith(".pyc"):
        return COMPILED
    if hasattr(spec.loader, "path_stats"):
        return MODULE if spec.submodule_search_locations is None else PACKAGE
    return CUSTOM


def _kind_name(thing: Any) -> str:
    kind = thing if isinstance(thing, type) else type(thing)
    return kind.__qualname__
