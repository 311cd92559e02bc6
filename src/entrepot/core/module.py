"""Modules: made from a spec, given their attributes, shown as text (PEP 451)."""

from __future__ import annotations

import sys

from ..host import features, frames
from .namespace import NamespaceLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

ModuleClass: type[ModuleType] = type(sys)


def create(spec: Any) -> ModuleType:
    """Return a new module for *spec*, its attributes set, not executed and not in `modules`.

    The loader's `create_module(spec)` may make it; None means an ordinary module.
    (importlib.util.module_from_spec)
    """
    loader, module = spec.loader, None
    if hasattr(loader, "create_module"):
        module = frames.call(loader.create_module, spec)
    elif hasattr(loader, "exec_module"):
        text = "loaders that define exec_module() must also define create_module()"
        raise ImportError(text)
    if module is None:
        module = ModuleClass(spec.name)
    set_attributes(module, spec)
    return module  # type: ignore[no-any-return]


#: The attributes that the import system sets on a module: name, whether the spec has a say in
#: it, and its value. ("Import-related attributes on module objects" in the language reference.)
ATTRIBUTES: tuple[tuple[str, Any, Any], ...] = (
    ("__name__", lambda spec: True, lambda spec: spec.name),
    ("__loader__", lambda spec: True, lambda spec: spec.loader),
    ("__package__", lambda spec: True, lambda spec: spec.parent),
    (
        "__path__",
        lambda spec: spec.submodule_search_locations is not None,
        lambda spec: spec.submodule_search_locations,
    ),
    ("__file__", lambda spec: spec.has_location, lambda spec: spec.origin),
    (
        "__cached__",
        lambda spec: features.SETS_CACHED and spec.has_location and spec.cached is not None,
        lambda spec: spec.cached,
    ),
)


def set_attributes(module: ModuleType, spec: Any, *, override: bool = False) -> None:
    """Set the import-related attributes of *module* from *spec*.

    What the module has already is kept unless *override* is true; `__spec__` is always set.
    A module-like object that refuses an attribute goes without it.
    """
    if spec.loader is None and spec.submodule_search_locations is not None:
        # A namespace package (PEP 420): nothing to execute, but the attribute must not be None.
        spec.loader = NamespaceLoader.around(spec.submodule_search_locations)
        _set(module, "__file__", None)
    _set(module, "__spec__", spec)
    for name, applies, value in ATTRIBUTES:
        if (override or getattr(module, name, None) is None) and applies(spec):
            _set(module, name, value(spec))


def _set(module: Any, name: str, value: Any) -> None:
    try:
        setattr(module, name, value)
    except AttributeError:
        pass


def representation(module: ModuleType) -> str:
    """Return what `repr(module)` shows."""
    spec = getattr(module, "__spec__", None)
    if spec is not None:
        return _from_spec(spec)
    name = getattr(module, "__name__", "?")
    file = getattr(module, "__file__", None)
    if file is not None:
        return f"<module {name!r} from {file!r}>"
    loader = getattr(module, "__loader__", None)
    return f"<module {name!r}>" if loader is None else f"<module {name!r} ({loader!r})>"


def _from_spec(spec: Any) -> str:
    name = "?" if spec.name is None else spec.name
    if spec.origin is not None:
        detail = f"from {spec.origin!r}" if spec.has_location else f"({spec.origin})"
        return f"<module {name!r} {detail}>"
    loader = spec.loader
    if loader is None:
        return f"<module {name!r}>"
    if isinstance(loader, NamespaceLoader):
        return f"<module {name!r} (namespace) from {list(loader.locations)}>"
    return f"<module {name!r} ({loader!r})>"
