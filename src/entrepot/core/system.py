"""The import system: state as an object, and the verbs that importlib has.

What an import does step by step is in `engine.py`; here is whom it belongs to.
"""

from __future__ import annotations

import sys

from . import errors, interpreter_locks, names, reloading, statement
from .engine import Engine
from .events import PROCESS, Events
from .namespace import PROCESS_EPOCH, Epoch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType
    from typing import Any

    from .interpreter_locks import HostLocks
    from .locks import LockTable


class ImportSystem(Engine):
    """Everything that one import system knows, and what it does with it.

    `modules`, `path`, `meta_path`, `path_hooks` and `path_importer_cache` mean what the
    attributes of `sys` of these names mean. `events` has the observers. `on_invalidate` are
    functions that `invalidate_caches()` calls too, once; so does our path finder when it alone
    is asked, as by importlib. `builtins`, if not None, is the `__builtins__` of the modules that
    are loaded here, by which their import statements reach this system.
    """

    path_importer_cache: dict[str, Any]

    def __init__(self, *, events: Events, epoch: Epoch, locks: HostLocks | LockTable) -> None:
        self.events = events
        self.epoch = epoch
        self.locks = locks
        self.on_invalidate: list[Callable[[], object]] = epoch.listeners
        self.builtins: dict[str, Any] | None = None
        #: Submodules that are bound in their parents before they are whole (core.statement).
        self.bound_early: set[str] = set()
        #: Modules that a thread reloads, by name and thread (core.reloading).
        self.reloading: dict[tuple[str, int], Any] = {}

    # --- The public verbs, as in importlib

    def import_module(self, name: str, package: str | None = None) -> ModuleType:
        """Return the module *name*, imported if necessary (importlib.import_module).

        A relative *name* (leading dots) is resolved from *package*. Raises what `import` raises;
        TypeError for a relative name without package.
        """
        level = 0
        relative: Any = name
        if isinstance(relative, str) and name.startswith("."):
            if not package:
                raise TypeError(errors.RELATIVE_WITHOUT_PACKAGE.format(name))
            name, level = names.split_level(name)
        names.check(name, package, level)
        return self.find_and_load(names.absolute(name, package or "", level))  # type: ignore[no-any-return]

    def __import__(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        """Do what an import statement does; see `entrepot.core.statement` (importlib.__import__).

        Only `__package__`, `__spec__`, `__name__` and `__path__` of *globals* are looked at, and
        only for a relative import; *locals* never.
        """
        return statement.import_(self, name, globals, fromlist, level)

    def find_spec(self, name: str, package: str | None = None) -> Any:
        """Return the spec of the module *name*, or None (importlib.util.find_spec).

        The parents of *name* are imported, the module is not. Raises ValueError when the module
        is in `modules` without a spec, ModuleNotFoundError when a parent is not a package.
        """
        fullname = names.resolve(name, package) if name.startswith(".") else name
        if fullname in self.modules:
            return self._known_spec(name, self.modules[fullname])
        parent = names.parent_of(fullname)
        if not parent:
            return self.find(fullname, None)
        try:
            path = self.find_and_load(parent).__path__
        except AttributeError as error:
            text = errors.NO_PATH_ON_PARENT.format(parent, fullname)
            raise ModuleNotFoundError(text, name=fullname) from error
        return self.find(fullname, path)

    @staticmethod
    def _known_spec(name: str, module: Any) -> Any:
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(errors.SPEC_NOT_SET.format(name)) from None
        if spec is None:
            raise ValueError(errors.SPEC_IS_NONE.format(name))
        return spec

    def invalidate_caches(self) -> None:
        """Have all finders forget what they remember of files (importlib.invalidate_caches)."""
        before = self.epoch.value
        for finder in self.meta_path:
            if hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()
        if self.epoch.value == before:  # Without a path finder of ours on `meta_path`.
            self.epoch.advance()

    def reload(self, module: ModuleType) -> ModuleType:
        """Execute *module* again in its own namespace, and return it (importlib.reload).

        When that fails, the namespace is put back as it was: CPython leaves it half new.
        Raises TypeError for what is not a module, ImportError when it, or its parent, is not in
        `modules`, ModuleNotFoundError when it is not found any more.
        """
        return reloading.reload(self, module)

    def execute_again(self, spec: Any, module: Any) -> Any:
        """Execute *spec* in the existing *module*, whose attributes are set anew."""
        return reloading.execute_again(self, spec, module)


#: The module locks of the process's system: before entrepot is installed, and while it is.
LOCKS = interpreter_locks.of_process()


class ProcessSystem(ImportSystem):
    """The interpreter's own import system: all state is read from `sys` at each use."""

    def __init__(self) -> None:
        super().__init__(events=PROCESS, epoch=PROCESS_EPOCH, locks=LOCKS[0])

    modules = property(lambda self: sys.modules)
    path = property(lambda self: sys.path)
    meta_path = property(lambda self: sys.meta_path)
    path_hooks = property(lambda self: sys.path_hooks)
    path_importer_cache = property(lambda self: sys.path_importer_cache)
    lazy_names = getattr(sys, "lazy_modules", ())  # Since Python 3.15.

    def __repr__(self) -> str:
        return "<the import system of this process>"


#: The process's import system; there is one.
PROCESS_SYSTEM: ProcessSystem = ProcessSystem()
