"""Module specs (PEP 451): what a finder found, before anything is loaded."""

from __future__ import annotations

from ..host import DISK, resident
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


def spec_from_loader(
    name: str, loader: Any, *, origin: str | None = None, is_package: bool | None = None
) -> ModuleSpec:
    """Return a spec for *loader*, which is asked for what is not given.

    A loader with `get_filename()` gives a spec with a location. *is_package* defaults to what
    `loader.is_package(name)` answers; an ImportError there means that it is not known.
    (importlib.util.spec_from_loader)
    """
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if not origin and hasattr(loader, "get_filename"):
        locations = UNKNOWN if is_package is None else [] if is_package else None
        return spec_from_location(name, None, loader, locations)
    if is_package is None:
        is_package = _asked_is_package(name, loader)
    return ModuleSpec(name, loader, origin=origin, is_package=bool(is_package))


#: In the place of submodule search locations: ask the loader whether it is a package.
UNKNOWN: Any = object()


def spec_from_location(name: str, location: str | None, loader: Any, locations: Any) -> ModuleSpec:
    """Return the spec of a module that *loader* loads from the path *location*.

    A *location* of None is asked of the loader. *locations* are the search locations of a
    package, None for a module, or `UNKNOWN`; an empty list gets the directory of *location*.
    """
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    if locations is UNKNOWN:
        locations = [] if _asked_is_package(name, loader) else None
    if locations == [] and location:
        locations.append(_directory_of(location))
    return located_spec(name, loader, location, locations)


def _asked_is_package(name: str, loader: Any) -> bool | None:
    """Return what the loader says about being a package; None if it cannot say."""
    ask = getattr(loader, "is_package", None)
    if ask is None:
        return None
    try:
        return bool(ask(name))
    except ImportError:
        return None


def _directory_of(path: str) -> str:
    head: str = DISK.paths.split(path)[0]
    return head


def spec_from_module(module: Any, loader: Any = None, origin: str | None = None) -> ModuleSpec:
    """Return the module's own spec, or one made from its dunders where it has none."""
    spec = getattr(module, "__spec__", None)
    if spec is not None:
        return spec  # type: ignore[no-any-return]
    loader = getattr(module, "__loader__", None) if loader is None else loader
    location = getattr(module, "__file__", None)
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None) if location is None else location
    spec = ModuleSpec(module.__name__, loader, origin=origin)
    spec.has_location = location is not None and origin == location
    spec.cached = getattr(module, "__cached__", None)
    path = getattr(module, "__path__", None)
    spec.submodule_search_locations = None if path is None else list(path)
    return spec
