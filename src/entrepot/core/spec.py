"""Module specs (PEP 451): what a finder found, before anything is loaded."""

from __future__ import annotations

from ..host import resident
from .names import parent_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


#: Set by the bytecode layer: the pyc of a source or bytecode file, for `ModuleSpec.cached`.
#: The engine itself knows no files.
_bytecode_location: list[Callable[[str], str | None]] = [lambda origin: None]


class ModuleSpec(resident.ModuleSpec):  # type: ignore[misc]
    """The specification of a module: its name, its loader, where it was found.

    *name* is absolute; *loader* may be None for a namespace package. *origin* says where the
    module comes from, *loader_state* is for the loader alone. With *is_package*,
    `submodule_search_locations` starts as an empty list, otherwise it is None.

    `has_location` says that *origin* is a place that can be loaded from, which makes it the
    module's `__file__`; only then is `cached` worked out. (importlib.machinery.ModuleSpec)
    """

    def __init__(
        self,
        name: str,
        loader: Any,
        *,
        origin: str | None = None,
        loader_state: Any = None,
        is_package: bool | None = None,
    ) -> None:
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations: Any = [] if is_package else None
        # These names are the interpreter's: its C code asks for the last two of them.
        self._set_fileattr = False
        self._cached: str | None = None
        self._uninitialized_submodules: list[str] = []
        self._initializing = False

    def __repr__(self) -> str:
        fields = [f"name={self.name!r}", f"loader={self.loader!r}"]
        if self.origin is not None:
            fields.append(f"origin={self.origin!r}")
        if self.submodule_search_locations is not None:
            fields.append(f"submodule_search_locations={self.submodule_search_locations}")
        return f"{type(self).__name__}({', '.join(fields)})"

    def __eq__(self, other: object) -> bool:
        try:
            return all(getattr(self, field) == getattr(other, field) for field in _COMPARED)
        except AttributeError:
            return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    @property
    def cached(self) -> str | None:
        """The path of the module's bytecode file, or None."""
        if self._cached is None and self.origin is not None and self._set_fileattr:
            self._cached = _bytecode_location[0](self.origin)
        return self._cached

    @cached.setter
    def cached(self, path: str | None) -> None:
        self._cached = path

    @property
    def parent(self) -> str:
        """The name of the package whose relative names start here."""
        return parent_of(self.name) if self.submodule_search_locations is None else self.name

    @property
    def has_location(self) -> bool:
        """Whether `origin` is a place, and so the module's `__file__`."""
        return self._set_fileattr

    @has_location.setter
    def has_location(self, value: object) -> None:
        self._set_fileattr = bool(value)


_COMPARED = (
    "name",
    "loader",
    "origin",
    "submodule_search_locations",
    "cached",
    "has_location",
)


def locate_bytecode_with(locate: Callable[[str], str | None]) -> None:
    """Let *locate* answer for `ModuleSpec.cached`; called once, by the bytecode layer."""
    _bytecode_location[:] = [locate]


def located_spec(
    name: str, loader: Any, path: str, search_locations: list[str] | None = None
) -> ModuleSpec:
    """Return the spec of a module in the file *path*; a package if there are *search_locations*."""
    spec = ModuleSpec(name, loader, origin=path)
    spec._set_fileattr = True  # noqa: SLF001 - the same file's own class
    spec.submodule_search_locations = search_locations
    return spec
