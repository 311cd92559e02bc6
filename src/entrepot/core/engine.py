"""The engine: find, create, execute, publish, bind.

`import a.b` comes down to `find_and_load("a.b")`:

1. What is in `modules` and not under construction is the answer (`find_and_load`).
2. The parent `a` is imported first, before any lock of `a.b` is taken (`_load_missing`).
3. Under the lock of `a.b`, the finders on `meta_path` are asked for a spec (`find`).
4. A module is made from the spec and its attributes are set (`core.module.create`).
5. It is published in `modules`, then its loader executes it; a failure takes it out again
   (`load`). What is in `modules` afterwards is the result: a module may replace itself.
6. It is bound in its parent: `a.b = module` (`_bind`).

The engine knows the protocols of finders and loaders (`core.protocols`), never files. Sources:
"The import system" in the language reference; PEP 302, 328, 420, 451.
"""

from __future__ import annotations

import sys

from ..host import features, frames, resident, warn
from . import advice, errors, legacy, module as modules_, names
from .collector import COLLECTOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .events import Events
    from .interpreter_locks import HostLocks
    from .locks import LockTable

_MISSING: Any = object()
_is_under_construction = modules_.is_under_construction


class Engine:
    """What an import system does with its state, which `core.system.ImportSystem` describes."""

    modules: dict[str, Any]
    path: list[str]
    meta_path: list[Any]
    path_hooks: list[Any]
    builtins: dict[str, Any] | None
    bound_early: set[str]
    events: Events
    locks: HostLocks | LockTable
    #: Names that lazy imports stand for, until they are imported (`sys.lazy_modules`, PEP 810).
    lazy_names: Any = ()

    # --- Finding

    def find(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        """Return the spec that the first finder on `meta_path` has for *name*, or None.

        *path* is the parent's `__path__`, None at the top level; *target* is the module that is
        to be reloaded.
        """
        meta_path = self.meta_path
        if meta_path is None:
            raise ImportError(errors.SHUTTING_DOWN)
        if not meta_path:
            warn(errors.EMPTY_META_PATH, ImportWarning)
        modules = self.modules
        known_before = name in modules
        events = self.events if self.events.observers else None
        self.locks.acquire_search()
        try:
            for finder in meta_path:
                if events and (told := events.on_search):
                    told(name, finder)
                try:
                    find_spec = finder.find_spec
                except AttributeError:
                    spec = legacy.find_module(finder, name, path)
                else:
                    spec = find_spec(name, path, target)
                if spec is not None:
                    break
            else:
                spec = None
        finally:
            self.locks.release_search()
        if spec is not None and not known_before and name in modules:
            spec = self._found_meanwhile(name, spec)
        if events:
            self._tell_of_search(name, spec)
        return spec

    def _tell_of_search(self, name: str, spec: Any) -> None:
        told = self.events.on_missing if spec is None else self.events.on_found
        if told:
            told(name) if spec is None else told(name, spec)

    def _found_meanwhile(self, name: str, spec: Any) -> Any:
        """Return the spec of the module that the finder itself has imported."""
        own = getattr(self.modules[name], "__spec__", None)
        return spec if own is None else own

    # --- Loading

    def find_and_load(self, name: str, import_: Any = None) -> Any:
        """Return the module *name*, whole unless it is under construction in this very thread.

        The audit event "import" is raised for each module that is searched for, unless the
        interpreter has done so already for this one: its C code passes its *import_*.
        (Nested imports are as deep as Python's stack allows: six frames each, down to the body.)
        Raises ModuleNotFoundError when no finder has it, or whatever its execution raises.
        """
        while True:
            module = self.modules.get(name, _MISSING)
            if module is _MISSING:
                audited = import_ is not None and features.STATEMENT_AUDITS
                load = self._load_and_tell if self.events.observers else self._load_missing
                module = load(name, audited)
            elif _is_under_construction(module) and self.wait_for(name) is not module:
                continue  # Its import has failed in another thread: begin anew.
            if module is None:
                raise errors.halted(name)
            return module

    def wait_for(self, name: str) -> Any:
        """Wait until the module *name* is whole, and return what is in `modules` then.

        It is not waited for where that would be a deadlock, and not whole if this very thread
        is executing it.
        """
        tell = self.events.tell if self.events.observers else None
        if tell:
            tell("repeat", name=name)
        with self.locks.hold(name):
            module = self.modules.get(name, _MISSING)
        if tell:
            tell("waited", name=name)
        return module

    def _load_and_tell(self, name: str, audited: bool) -> Any:
        events = self.events
        if told := events.on_import:
            told(name)
        try:
            module = self._load_missing(name, audited)
        except BaseException as error:
            if told := events.on_done:
                told(name, error)
            raise
        if told := events.on_done:
            told(name, None)
        return module

    def _load_missing(self, name: str, audited: bool) -> Any:
        parent_name, _, child = name.rpartition(".")
        if not audited:
            sys.audit("import", name, None, self.path, self.meta_path, self.path_hooks)
        # The parent comes first, without the child's lock: two threads that import a
        # package and its submodule must not wait for each other (gh-83065).
        parent = self._import_parent(name, parent_name) if parent_name else None
        # Now, since this may execute a lazy parent, which may import `name` (gh-83783).
        path = getattr(parent, "__path__", _MISSING) if parent_name else None
        try:
            COLLECTOR.begin()  # In here: a signal's handler may raise within it.
            lock = self.locks.acquire(name)
            try:
                module = self.modules.get(name, _MISSING)
                if module is not _MISSING:
                    return module  # The parent, or another thread, has imported it.
                if lock is None:
                    raise resident.DeadlockError(errors.DEADLOCK.format(name))
                if path is _MISSING:
                    raise errors.not_found(name, errors.PARENT_NOT_PACKAGE, parent_name)
                spec = self.find(name, path)
                if spec is None:
                    raise errors.not_found(name)
                if parent_name:
                    return self._load_into(parent, child, spec)
                return self.load(spec)
            finally:
                if lock is not None:
                    self.locks.release(lock)
        finally:
            COLLECTOR.end()

    def _import_parent(self, name: str, parent_name: str) -> Any:
        modules = self.modules
        if parent_name not in modules:
            frames.call(self.find_and_load, parent_name)
        else:
            # An ancestor that another thread executes may need `name` itself: whoever came
            # first goes on, we wait, from the top.
            ancestors = names.lineage(parent_name) if "." in parent_name else (parent_name,)
            for ancestor in ancestors:
                if _is_under_construction(modules.get(ancestor)):
                    self.find_and_load(ancestor)
        return modules[parent_name]

    def _load_into(self, parent: Any, child: str, spec: Any) -> Any:
        submodules = getattr(getattr(parent, "__spec__", None), "_uninitialized_submodules", None)
        if features.TRACKS_SUBMODULES and submodules is not None:
            submodules.append(child)
        else:
            submodules = None
        try:
            return self.load(spec, parent, child)
        finally:
            if submodules is not None and child in submodules:
                submodules.remove(child)

    def _load_by_name(self, spec: Any, parent: Any, child: str) -> Any:
        tell = self.events.tell if self.events.observers else None
        if tell:
            tell("execute", name=spec.name, spec=spec)
        module = legacy.load_module(self, spec)
        if tell:
            tell("executed", name=spec.name, spec=spec, module=module)
        if child:
            self._bind(spec.name, parent, child, module)
        return module

    def load(self, spec: Any, parent: Any = None, child: str = "") -> Any:
        """Return the module of *spec*: created, published, executed, bound in *parent*.

        When that fails nothing of it is left in `modules`.
        """
        name, modules, loader = spec.name, self.modules, spec.loader
        if loader is not None and not hasattr(loader, "exec_module"):
            return self._load_by_name(spec, parent, child)
        if told := self.events.on_create:
            told(name, spec)
        module = modules_.create(spec)
        if self.builtins is not None and hasattr(module, "__dict__"):
            vars(module)["__builtins__"] = self.builtins
        # Whoever finds the module from now on sees that it is under construction, and waits.
        spec._initializing = True  # noqa: SLF001 - the interpreter's C code asks for this name
        try:
            modules[name] = module
            try:
                if spec.loader is None or self.events.observers:
                    self.execute(spec, module)
                else:
                    spec.loader.exec_module(module)
            except BaseException as error:
                if not features.ADVISES_RENAMING:
                    advice.modernise(error, modules, self.path)
                modules.pop(name, None)
                if name in self.bound_early and getattr(parent, child, None) is module:
                    delattr(parent, child)
                raise
            # The module may have replaced itself; modules are in the order they got ready.
            module = modules.pop(name)
            modules[name] = module
            if self.lazy_names:
                self.lazy_names.discard(name)
            if child:
                self._bind(spec.name, parent, child, module)
            # Not after a failure: who has got hold of the module just before must not take it for
            # whole, but wait, and find that it is gone (gh-143650).
            spec._initializing = False  # noqa: SLF001
        finally:
            self.bound_early.discard(name)
        return module

    def execute(self, spec: Any, module: Any) -> None:
        """Have the loader of *spec* execute the body of *module*; namespace packages have none."""
        events = self.events
        if spec.loader is None:
            if spec.submodule_search_locations is None:
                raise errors.import_error(errors.MISSING_LOADER, spec.name)
            return
        if told := events.on_execute:
            told(spec.name, spec)
        try:
            spec.loader.exec_module(module)
        except BaseException as error:
            if told := events.on_failed:
                told(spec.name, spec, error)
            raise
        if told := events.on_executed:
            told(spec.name, spec, module)

    def _bind(self, name: str, parent: Any, child: str, module: Any) -> None:
        # The child may have replaced its parent in `modules` while it was executed.
        parent_name = names.parent_of(name)
        parent = self.modules.get(parent_name, parent)
        try:
            setattr(parent, child, module)
        except AttributeError:
            warn(errors.CANNOT_BIND.format(parent.__name__, child), ImportWarning)
        if told := self.events.on_bound:
            told(name, parent_name)

    def abandon(self, name: str) -> None:
        """Take out the module *name*, if half-built: the thread that was about to load it is gone.

        It can only be loaded anew, in the child of a fork.
        """
        if _is_under_construction(self.modules.get(name)):
            self.modules.pop(name, None)
