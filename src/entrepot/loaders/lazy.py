"""Lazy modules: executed when an attribute is first asked for (importlib.util.LazyLoader).

A lazy module is in `modules` like any other, of a class whose attribute access executes it. Who
asks for an attribute takes the module's own import lock first:

- two threads that ask at once: one executes, the other waits for it (gh-114763);
- two lazy modules that need each other, in two threads: the import system's deadlock search
  lets one of them go on with what is there, as in a circular import;
- a body that raises leaves the module as it was, lazy, and the next access tries again.

`__spec__` alone can be looked at without executing anything: the interpreter asks for it at each
`import` of a module that is in `modules`, and the module would not stay lazy for long.
"""

from __future__ import annotations

import sys

from ..core.system import PROCESS_SYSTEM
from ..host import get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)

#: Where a lazy module keeps its `Pending` until it is executed.
_KEY = "__entrepot_pending__"


class LazyLoader:
    """A loader that puts *loader*'s execution of the module off until an attribute is accessed.

    *loader* must define `exec_module()`, or TypeError is raised. (importlib.util.LazyLoader)
    """

    #: The import system whose modules are loaded; an isolated one is set by a subclass.
    system: Any = PROCESS_SYSTEM

    def __init__(self, loader: Any) -> None:
        _check(loader)
        self.loader = loader

    @classmethod
    def factory(cls, loader: Any) -> Callable[..., LazyLoader]:
        """Return what makes lazy loaders of the class *loader*, for a finder's loader details."""
        _check(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec: Any) -> ModuleType | None:
        """Return what the loader's `create_module` returns."""
        return self.loader.create_module(spec)  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        """Make *module* lazy. Its loader is the real one from now on."""
        spec: Any = module.__spec__
        spec.loader = module.__loader__ = self.loader
        if hasattr(self.loader, "found_stat"):
            self.loader.found_stat = None  # What the finder saw of the file may not hold by then.
        namespace = vars(module)
        pending = Pending(self.loader, self.system, type(module), dict(namespace))
        # First the class: until the key is there, attributes are ordinary ones.
        module.__class__ = _LazyModule
        namespace[_KEY] = pending


def _check(loader: Any) -> None:
    if not hasattr(loader, "exec_module"):
        raise TypeError("loader must define exec_module()")


class _LazyModule(ModuleType):
    """A module that is executed when an attribute is accessed or deleted."""

    #: What tells `reload()` that there is nothing to renew (gh-139686).
    _is_unexecuted = True

    def __getattribute__(self, name: str) -> Any:
        if name != "__spec__" and _is_materialised(self):
            return getattr(self, name)
        return ModuleType.__getattribute__(self, name)

    def __delattr__(self, name: str) -> None:
        if _is_materialised(self):
            delattr(self, name)
        else:
            ModuleType.__delattr__(self, name)


def _is_materialised(module: _LazyModule) -> bool:
    """Execute *module* if need be; whether it is of its own class now.

    It is not for the thread that executes it at this moment, nor for one that would wait for
    ever: these see what is there so far.
    """
    pending = _namespace_of(module).get(_KEY)
    if pending is not None and pending.thread != get_ident():
        pending.materialise(module)
    return type(module) is not _LazyModule


def _namespace_of(module: ModuleType) -> dict[str, Any]:
    return ModuleType.__getattribute__(module, "__dict__")  # type: ignore[no-any-return]


class Pending:
    """What is needed to execute a lazy module later.

    *before* is the module's namespace when it became lazy: what differs from it at the end was
    set by somebody in the meantime, and stays.
    """

    __slots__ = ("before", "cls", "loader", "system", "thread")

    def __init__(self, loader: Any, system: Any, cls: type, before: dict[str, Any]) -> None:
        self.loader = loader
        self.system = system
        self.cls = cls
        self.before = before
        #: The thread that executes the module now, or None.
        self.thread: int | None = None

    def materialise(self, module: ModuleType) -> None:
        """Execute *module*, unless another thread has done so while this one waited."""
        namespace = _namespace_of(module)
        spec = self.before["__spec__"]
        name = spec.name
        with self.system.locks.hold(name) as held:
            if not held or namespace.get(_KEY) is not self or self.thread is not None:
                return
            self.thread = get_ident()
            # `import` statements in other threads wait for this one's end, as for any import.
            spec._initializing = True  # noqa: SLF001 - the interpreter's C code asks for this name
            try:
                self._execute(module, namespace, name)
            finally:
                spec._initializing = False  # noqa: SLF001
                self.thread = None

    def _execute(self, module: ModuleType, namespace: dict[str, Any], name: str) -> None:
        undo = dict(namespace)
        try:
            self.loader.exec_module(module)
            if self.system.modules.get(name, module) is not module:
                text = f"module object for {name!r} substituted in sys.modules during a lazy load"
                raise ValueError(text)
        except BaseException:
            for key in namespace.keys() - undo.keys():
                del namespace[key]
            namespace.update(undo)
            ModuleType.__setattr__(module, "__class__", _LazyModule)
            raise
        before = self.before
        namespace.update({k: v for k, v in undo.items() if k not in before or before[k] is not v})
        if type(module) is _LazyModule:
            module.__class__ = self.cls
        del namespace[_KEY]
