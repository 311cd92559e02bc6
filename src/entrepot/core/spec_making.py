"""Specs made of what there is instead: a loader, a file, a module (importlib.util; PEP 451)."""

from __future__ import annotations

from ..host import DISK
from .spec import ModuleSpec, located_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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
