"""Isolated import systems: modules and paths of their own, in the same process.

A module loaded here gets this system's `__builtins__`, a copy of the process's with another
`__import__`; the interpreter's import statement calls that one, in functions too. By default the
standard library is shared: its modules are those of the process, which keeps their identity
(`isinstance(error, json.JSONDecodeError)`) and their C state. It is isolation of names, not a
sandbox; what leaks is listed in docs/isolation.md.
"""

from __future__ import annotations

import builtins
import sys

from ..host import features
from . import lazy_statement, spec as specs
from .events import Events
from .isolated_statement import bound_statement
from .locks import LockTable
from .namespace import Epoch
from .system import PROCESS_SYSTEM, ImportSystem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType
    from typing import Any

#: Modules that exist once in a process whatever a system shares.
ALWAYS_SHARED = frozenset({"builtins", "sys", "_frozen_importlib", "_frozen_importlib_external"})


class SharingFinder:
    """A meta path finder for the modules that an isolated system takes from the process.

    *names* are top-level names; their submodules are shared with them. `__main__` never is.
    """

    def __init__(self, system: ImportSystem, names: Iterable[str]) -> None:
        self.system = system
        self.names = (frozenset(names) | ALWAYS_SHARED) - {"__main__"}

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Return a spec that leads to the process's module, if the name is shared there."""
        if fullname.partition(".")[0] not in self.names:
            return None
        if fullname not in sys.modules and PROCESS_SYSTEM.find_spec(fullname) is None:
            return None
        return specs.ModuleSpec(fullname, self, origin="shared")

    def create_module(self, spec: Any) -> None:
        """Ask for an ordinary module, which `exec_module` replaces."""

    def exec_module(self, module: Any) -> None:
        """Put the process's module in the place of *module*."""
        name, modules = module.__spec__.name, self.system.modules
        modules[name] = shared = PROCESS_SYSTEM.find_and_load(name)
        if not hasattr(shared, "__path__"):
            # What is below a module that is no package only `modules` knows: os.path.
            below = f"{name}."
            modules.update({n: m for n, m in list(sys.modules.items()) if n.startswith(below)})


def _dispatch_statements() -> None:
    """Let the process's `__import__` ask for the `__builtins__` of the importing module.

    For interpreters where the statement itself does not (PyPy).
    """
    process = builtins.__import__
    if getattr(process, "__module__", None) == __name__:
        return

    def __import__(  # noqa: N807
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        if globals is None:
            globals = sys._getframe(1).f_globals  # noqa: SLF001 - called by its name
        own = globals.get("__builtins__") if type(globals) is dict else None
        function = own.get("__import__", process) if type(own) is dict else process
        function = process if function is __import__ else function
        return function(name, globals, locals, fromlist, level)

    builtins.__import__ = __import__


class IsolatedSystem(ImportSystem):
    """An import system of its own.

    *path* is its module search path (default: empty), *shared* the top-level names that it takes
    from the process (default: the standard library). *meta_path* and *path_hooks* come from
    whoever composes a system (`entrepot.ImportSystem`). Nothing in it touches `sys.modules`.
    """

    def __init__(
        self,
        path: Iterable[str] = (),
        *,
        modules: Mapping[str, Any] | None = None,
        shared: Iterable[str] | None = None,
    ) -> None:
        locks = LockTable()
        locks.abandon = self.abandon
        super().__init__(events=Events(), epoch=Epoch(), locks=locks)
        self.modules = dict(modules or {})
        self.path = list(path)
        self.path_hooks = []
        self.path_importer_cache = {}
        if shared is None:
            shared = sys.stdlib_module_names
        self.meta_path = [SharingFinder(self, shared)]
        self.statement = bound_statement(self)
        self.builtins = {**vars(builtins), "__import__": self.statement}
        if "__lazy_import__" in self.builtins:
            self.builtins["__lazy_import__"] = lazy_statement.bound_lazy_statement(self.statement)
        if not features.HONOURS_BUILTINS:
            _dispatch_statements()

    def __import__(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        """Do what an import statement of a module of this system does."""
        return self.statement(name, globals, locals, fromlist, level)

    def reload(self, module: ModuleType) -> ModuleType:
        """Execute *module* again, as `ImportSystem.reload`; a shared module is the process's."""
        # Not by its `__name__`, which would execute a lazy module.
        spec = getattr(module, "__spec__", None)
        if spec is not None and sys.modules.get(spec.name) is module:
            return PROCESS_SYSTEM.reload(module)
        return super().reload(module)

    def run(self, source: str, filename: str = "<string>") -> dict[str, Any]:
        """Execute *source* as a `__main__` of this system and return its namespace."""
        module = type(sys)("__main__")
        namespace = vars(module)
        namespace["__builtins__"] = self.builtins
        self.modules["__main__"] = module
        exec(compile(source, filename, "exec", dont_inherit=True), namespace)
        return namespace

    def __repr__(self) -> str:
        return f"<import system of {len(self.modules)} modules, path {self.path!r}>"
