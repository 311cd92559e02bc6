"""Modules: made from a spec, given their attributes, shown as text (PEP 451)."""

from __future__ import annotations

import sys

from ..host import features, resident
from . import errors, legacy
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
        module = loader.create_module(spec)
    elif hasattr(loader, "exec_module"):
        raise ImportError(errors.NO_CREATE_MODULE)
    if module is not None:
        set_attributes(module, spec)
        return module  # type: ignore[no-any-return]
    module = ModuleClass(spec.name)
    vars(module).update(attributes_of(spec))
    return module


def attributes_of(spec: Any) -> dict[str, Any]:
    """Return the attributes that *spec* gives to a module, by name.

    ("Import-related attributes on module objects" in the language reference.)
    """
    path = spec.submodule_search_locations
    if spec.loader is None and path is not None:
        # A namespace package (PEP 420) is the loader's to the extent that it has one.
        spec.loader = NamespaceLoader.around(path)
        attributes = {"__file__": None}
    else:
        attributes = {}
    attributes["__name__"] = spec.name
    attributes["__loader__"] = spec.loader
    attributes["__package__"] = spec.parent
    attributes["__spec__"] = spec
    if path is not None:
        attributes["__path__"] = path
    if spec.has_location:
        attributes["__file__"] = spec.origin
        cached = spec.cached if features.SETS_CACHED else None
        if cached is not None:
            attributes["__cached__"] = cached
    return attributes


def set_attributes(module: ModuleType, spec: Any, *, override: bool = False) -> None:
    """Set the import-related attributes of *module* from *spec*.

    What the module has already is kept unless *override* is true; `__spec__` is always set.
    A module-like object that refuses an attribute goes without it.
    """
    for name, value in attributes_of(spec).items():
        if override or name == "__spec__" or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass


def is_under_construction(module: Any) -> bool:
    """Whether *module* is published, but its body has not ended yet."""
    spec = getattr(module, "__spec__", None)
    return bool(getattr(spec, "_initializing", False))


def representation(module: ModuleType) -> str:
    """Return what `repr(module)` shows."""
    spec = getattr(module, "__spec__", None)
    if spec is not None:
        return _from_spec(spec)
    said = legacy.module_repr(module)
    if said is not None:
        return said
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
    if isinstance(loader, resident.NamespaceLoader):  # ours too
        return f"<module {name!r} (namespace) from {list(loader._path)}>"  # noqa: SLF001
    return f"<module {name!r} ({loader!r})>"
