"""The protocols of PEP 302 that PEP 451 replaced, on the hosts that still honour them.

A finder with only `find_module()` or `find_loader()` is asked until Python 3.11, a loader with
only `load_module()` is used until 3.14 (`host.features`). Delete each function with its version.
"""

from __future__ import annotations

from ..host import features, warn
from . import errors, spec_making as specs
from .names import parent_of
from .spec import ModuleSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def describe(thing: Any) -> str:
    """Return the qualified name of a class or of an object's class, for messages."""
    kind = thing if isinstance(thing, type) else type(thing)
    return kind.__qualname__


def find_module(finder: Any, name: str, path: Any) -> Any:
    """Return the spec of what `finder.find_module(name, path)` finds, or None."""
    find = getattr(finder, "find_module", None)
    if find is None or not features.CALLS_FIND_MODULE:
        return None
    warn(errors.NO_FIND_SPEC.format(describe(finder), "find_module"), ImportWarning)
    loader = find(name, path)
    return None if loader is None else specs.spec_from_loader(name, loader)


def find_in_entry(finder: Any, name: str) -> Any:
    """Return the spec that a path entry finder without `find_spec()` has for *name*, or None."""
    if not features.CALLS_FIND_MODULE:
        return None
    loader, portions = None, []
    if hasattr(finder, "find_loader"):
        warn(errors.NO_FIND_SPEC.format(describe(finder), "find_loader"), ImportWarning)
        loader, portions = finder.find_loader(name)
    elif hasattr(finder, "find_module"):
        warn(errors.NO_FIND_SPEC.format(describe(finder), "find_module"), ImportWarning)
        loader = finder.find_module(name)
    if loader is not None:
        return specs.spec_from_loader(name, loader)
    spec = ModuleSpec(name, None)
    spec.submodule_search_locations = portions
    return spec


def load_module(system: Any, spec: Any) -> Any:
    """Return the module that `spec.loader.load_module()` loads, its missing attributes set."""
    _announce(spec)
    try:
        spec.loader.load_module(spec.name)
    except BaseException:
        if spec.name in system.modules:
            system.modules[spec.name] = system.modules.pop(spec.name)
        raise
    module = system.modules.pop(spec.name)
    system.modules[spec.name] = module
    _complete(module, spec)
    return module


def reload_module(spec: Any) -> None:
    """Execute a module again by `spec.loader.load_module()`."""
    _announce(spec)
    spec.loader.load_module(spec.name)


def module_repr(module: Any) -> str | None:
    """Return what `module.__loader__.module_repr(module)` says, None if that cannot be had.

    "The exception is caught and discarded" (Module reprs, language reference of 3.11).
    """
    loader: Any = getattr(module, "__loader__", None)
    if not features.CALLS_MODULE_REPR or not hasattr(loader, "module_repr"):
        return None
    try:
        return loader.module_repr(module)  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001 - as documented
        return None


def _announce(spec: Any) -> None:
    if not features.CALLS_LOAD_MODULE or not hasattr(spec.loader, "load_module"):
        # The AttributeError that the interpreter raises where it knows exec_module() only.
        spec.loader.exec_module  # noqa: B018
    warn(errors.NO_EXEC_MODULE_WARNING.format(describe(spec.loader)), ImportWarning)


def _complete(module: Any, spec: Any) -> None:
    defaults = {"__loader__": spec.loader, "__spec__": spec}
    name = getattr(module, "__name__", spec.name)
    defaults["__package__"] = name if hasattr(module, "__path__") else parent_of(spec.name)
    for attribute, value in defaults.items():
        if getattr(module, attribute, None) is None:
            try:
                setattr(module, attribute, value)
            except AttributeError:
                pass
