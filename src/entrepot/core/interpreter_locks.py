"""The module locks of the process's import system, shared with the interpreter's C code.

C code that meets a module under construction in `sys.modules` waits only for the lock in the
interpreter's own table, so the process's import system must meet it there:

- `HostLocks` takes the interpreter's own locks, as long as entrepot is not installed.
- `InterpreterTable` puts our locks into the interpreter's table, while it is.

Where the host has no way to that table (`host.module_lock` is None), the process's system has a
`locks.LockTable` of its own, installed or not, as isolated systems have.
"""

from __future__ import annotations

from .. import host
from .locks import HeldLock, LockTable, ModuleLock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_get_ident, _import_lock_held = host.get_ident, host.import_lock_held
_acquire_import_lock, _release_import_lock = host.acquire_import_lock, host.release_import_lock


class HostLocks:
    """The interpreter's module locks."""

    __slots__ = ()

    acquire_search = staticmethod(_acquire_import_lock)
    release_search = staticmethod(_release_import_lock)

    def hold(self, name: str) -> HeldLock:
        """Return a context in which this thread holds the lock of the module *name*.

        Entering gives False where waiting would be a deadlock; the lock is not held then.
        """
        return HeldLock(self, name)

    def acquire(self, name: str) -> Any:
        """Wait for the lock of *name* and return it; None where that would be a deadlock."""
        return _acquired(host.module_lock(name))

    def release(self, lock: Any) -> None:
        """Give *lock* back, once for each `acquire`."""
        lock.release()


def _acquired(lock: Any) -> Any:
    """Return the interpreter's *lock*, acquired; None where waiting for it would be a deadlock."""
    try:
        lock.acquire()
    except host.resident.DeadlockError:
        return None
    return lock


class InterpreterLock(ModuleLock):
    """A module lock in the interpreter's table, with the methods that its C code calls."""

    __slots__ = ("table",)

    def __init__(self, name: str, table: InterpreterTable, owner: int | None = None) -> None:
        super().__init__(name, owner)
        self.table = table

    def __call__(self) -> InterpreterLock:
        """Return the lock: the interpreter's table holds weak references, which are called."""
        return self

    def acquire(self) -> bool:
        """Wait for the module; raises `DeadlockError` where that would be a deadlock."""
        if self.table.acquire(self.name) is None:
            raise host.resident.DeadlockError(f"deadlock detected by {self!r}")
        return True

    def release(self) -> None:
        """Give the lock back, once for each `acquire`."""
        self.table.release(self.table._lock_of(self.name))  # noqa: SLF001


class InterpreterTable(LockTable):
    """Our locks in the interpreter's table, where its C code and importlib look for them.

    A lock of the interpreter's own that is there already, because an import began before
    entrepot was installed, is respected.
    """

    __slots__ = ()

    acquire_search = staticmethod(_acquire_import_lock)
    release_search = staticmethod(_release_import_lock)

    def __init__(self) -> None:
        super().__init__()
        self._locks = host.module_locks

    def _lock_of(self, name: str) -> Any:
        _acquire_import_lock()  # It guards the table.
        try:
            reference = self._locks.get(name)
            lock = None if reference is None else reference()
            if lock is None:
                lock = self._locks[name] = InterpreterLock(name, self)
        finally:
            _release_import_lock()
        if type(lock) is not InterpreterLock:
            raise _ForeignLock(lock)
        return lock

    def acquire(self, name: str) -> Any:
        """Wait for the lock of *name* and return it; None where that would be a deadlock.

        While waiting, the import lock, which a thread holds whose finder imports, is given up: the
        thread that is waited for may need it, and it guards a table within our mutex.
        """
        me = _get_ident()
        _acquire_import_lock()
        try:
            if name not in self._locks:  # As nearly always.
                free = self._locks[name] = InterpreterLock(name, self, me)
                return free
        finally:
            _release_import_lock()
        with host.without_import_lock():
            try:
                return self._wait_for(name, me)
            except _ForeignLock as found:
                # It may be this very thread's, or nobody's any more: as long as it is in the
                # table it is the lock of the module, so it is taken like one.
                foreign = found.lock
            return _acquired(foreign)

    def release(self, lock: Any) -> None:
        """Give *lock* back, once for each `acquire`."""
        if type(lock) is not InterpreterLock:
            lock.release()
        elif _import_lock_held():
            with host.without_import_lock():
                super().release(lock)
        else:
            super().release(lock)


class _ForeignLock(Exception):
    """Under a name, the interpreter has a lock of its own: some import began before us."""

    def __init__(self, lock: Any) -> None:
        self.lock = lock


def of_process() -> tuple[Any, LockTable]:
    """Return the tables of the process's system: while it is not installed, and while it is."""
    if host.module_lock is None:
        table = LockTable()
        return table, table
    return HostLocks(), InterpreterTable()
