"""Methods of finders and loaders that later versions dropped (PEP 302, before PEP 451)."""

from __future__ import annotations

import sys

from ..core import spec_making as specs
from ..core.system import PROCESS_SYSTEM
from ..host import frames, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

REMOVED_LATER = "{} is deprecated and slated for removal in Python {}"
USE_INSTEAD = REMOVED_LATER + "; use {} instead"


# --- load_module(): until 3.14


def load_module(loader: Any, fullname: str) -> ModuleType:
    """Return the module *fullname*, loaded by *loader*, or executed again if it is there already.

    (importlib.abc.Loader.load_module)
    """
    text = USE_INSTEAD.format("the load_module() method", "3.15", "exec_module()")
    warn(text, DeprecationWarning, stacklevel=2)
    return _load(loader, fullname)


def load_own_module(loader: Any, name: str | None = None) -> ModuleType:
    """Return the module of *loader*, loaded or executed again; ImportError for another *name*."""
    loader.get_filename(name)
    text = USE_INSTEAD.format("the load_module() method", "3.15", "exec_module()")
    warn(text, DeprecationWarning, stacklevel=2)
    return _load(loader, loader.name)


def load_frozen_module(loader: Any, fullname: str) -> ModuleType:
    """Return the frozen module *fullname*, with its file and path where they are known."""
    text = USE_INSTEAD.format("the load_module() method", "3.15", "exec_module()")
    warn(text, DeprecationWarning, stacklevel=2)
    return _load_spec(loader.find_spec(fullname) or specs.spec_from_loader(fullname, loader))


def load_with_exec_module(loader: Any, fullname: str) -> ModuleType:
    """Return the module *fullname* as `load_module`; ImportError without `exec_module()`."""
    if not hasattr(loader, "exec_module"):
        raise ImportError
    text = USE_INSTEAD.format("the load_module() method", "3.15", "exec_module()")
    warn(text, DeprecationWarning, stacklevel=2)
    return _load(loader, fullname)


def _load(loader: Any, fullname: str) -> ModuleType:
    return _load_spec(specs.spec_from_loader(fullname, loader))


def _load_spec(spec: Any) -> ModuleType:
    with PROCESS_SYSTEM.locks.hold(spec.name):
        if spec.name not in sys.modules:
            return PROCESS_SYSTEM.load(spec)  # type: ignore[no-any-return]
        PROCESS_SYSTEM.execute_again(spec, sys.modules[spec.name])
        return sys.modules[spec.name]


# --- find_module(), find_loader(), module_repr(): until 3.11


def find_module(finder: Any, fullname: str, path: Any = None) -> Any:
    """Return the loader of *fullname*, or None; a meta path finder's predecessor of find_spec."""
    name = finder.__name__ if isinstance(finder, type) else type(finder).__name__
    text = USE_INSTEAD.format(f"{name}.find_module()", "3.12", "find_spec()")
    warn(text, DeprecationWarning, stacklevel=2)
    return getattr(finder.find_spec(fullname, path), "loader", None)


def find_module_if_specs(finder: Any, fullname: str, path: Any) -> Any:
    """Return what `find_spec()`, if there is one, has for a loader of *fullname*, or None."""
    text = REMOVED_LATER.format("MetaPathFinder.find_module()", "3.12")
    warn(text, DeprecationWarning, stacklevel=2)
    if not hasattr(finder, "find_spec"):
        return None
    return getattr(finder.find_spec(fullname, path), "loader", None)


def find_loader_in_entry(finder: Any, fullname: str) -> tuple[Any, Any]:
    """Return the loader of *fullname* in a path entry, or None, and its portions."""
    text = USE_INSTEAD.format(f"{type(finder).__name__}.find_loader()", "3.12", "find_spec()")
    warn(text, DeprecationWarning, stacklevel=2)
    spec = finder.find_spec(fullname) if hasattr(finder, "find_spec") else None
    return (None, []) if spec is None else (spec.loader, spec.submodule_search_locations or [])


def find_module_in_entry(finder: Any, fullname: str) -> Any:
    """Return the loader of *fullname* in a path entry, or None."""
    text = USE_INSTEAD.format("find_module()", "3.12", "find_spec()")
    warn(text, DeprecationWarning, stacklevel=2)
    loader, portions = finder.find_loader(fullname)
    if loader is None and portions:
        warn(f"Not importing directory {portions[0]}: missing __init__", ImportWarning)
    return loader


def _module_repr(owner: str, origin: str) -> Callable[[Any], str]:
    def module_repr(module: Any) -> str:
        """Return what `repr(module)` shows."""
        warn(REMOVED_LATER.format(f"{owner}.module_repr()", "3.12"), DeprecationWarning, 2)
        return f"<module {module.__name__!r} ({origin})>"

    return module_repr


builtin_repr = _module_repr("BuiltinImporter", "built-in")
frozen_repr = _module_repr("FrozenImporter", "frozen")
namespace_repr = _module_repr("NamespaceLoader", "namespace")


def no_module_repr(loader: Any, module: Any) -> str:
    """Raise NotImplementedError: the module's own representation is used."""
    text = REMOVED_LATER.format("importlib.abc.Loader.module_repr()", "3.12")
    warn(text, DeprecationWarning, stacklevel=2)
    raise NotImplementedError


# The modules that load_module() executes stand above its frames in a traceback.
frames.hide(sys.modules[__name__])
