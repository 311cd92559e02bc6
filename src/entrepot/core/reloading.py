"""Reloading: a module executed again, in the namespace that it has (importlib.reload)."""

from __future__ import annotations

from ..host import get_ident
from . import errors, legacy, module as modules_, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from .system import ImportSystem


def reload(system: ImportSystem, module: ModuleType) -> ModuleType:
    """Do what `ImportSystem.reload()` says."""
    try:
        name = module.__spec__.name  # type: ignore[union-attr]
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError(errors.RELOAD_NOT_MODULE) from None
    if system.modules.get(name) is not module:
        raise errors.import_error(errors.NOT_IN_MODULES, name, name)
    if _is_unexecuted(module):
        # A lazy module: it will execute what there is then (gh-139686).
        return module  # type: ignore[no-any-return]
    key = name, get_ident()
    if key in system.reloading:  # By the module itself, while it is executed.
        return system.reloading[key]  # type: ignore[no-any-return]
    system.reloading[key] = module
    try:
        with system.locks.hold(name):  # One thread after the other (gh-126548).
            _reload(system, name, module)
        return system.modules[name]  # type: ignore[no-any-return]
    finally:
        system.reloading.pop(key, None)


def _reload(system: ImportSystem, name: str, module: Any) -> None:
    parent, path = names.parent_of(name), None
    if parent:
        try:
            path = system.modules[parent].__path__
        except KeyError:
            raise errors.import_error(errors.PARENT_NOT_IN_MODULES, parent, parent) from None
    before = dict(vars(module))
    spec = module.__spec__ = system.find(name, path, module)
    try:
        if spec is None:
            raise errors.not_found(name, errors.RELOAD_NO_SPEC)
        execute_again(system, spec, module)
    except BaseException:
        _put_back(vars(module), before)
        raise


def execute_again(system: ImportSystem, spec: Any, module: Any) -> Any:
    """Do what `ImportSystem.execute_again()` says."""
    name = spec.name
    with system.locks.hold(name):
        current: Any = system.modules.get(name)
        if current is not module:
            raise errors.import_error(errors.NOT_IN_MODULES, name, repr(name))
        if _is_unexecuted(module):
            return module
        try:
            modules_.set_attributes(module, spec, override=True)
            if hasattr(spec.loader, "exec_module") or spec.loader is None:
                system.execute(spec, module)
            else:
                legacy.reload_module(spec)
        finally:
            module = system.modules.pop(name, module)
            system.modules[name] = module
    return module


def _is_unexecuted(module: Any) -> bool:
    """Whether *module* is lazy, and nobody has asked it for an attribute yet."""
    return getattr(type(module), "_is_unexecuted", False)


def _put_back(namespace: dict[str, Any], before: dict[str, Any]) -> None:
    for name in [name for name in namespace if name not in before]:
        del namespace[name]
    namespace.update(before)
