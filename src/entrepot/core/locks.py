"""Module locks: one a module, held while it is found and executed.

Two threads that import each other's half-imported modules would wait for ever. So who would
close a circle of waiting threads does not wait: it goes on with the module as far as it is, as
a circular import in a single thread does. `would_deadlock()` finds such circles and is a pure
function.

There are three kinds of lock table with the same interface. C code that meets a module under
construction in `sys.modules` waits only for the lock in the interpreter's own table, so the
process's import system must meet it there:

- `HostLocks` takes the interpreter's own locks, as long as entrepot is not installed.
- `InterpreterTable` puts our locks into the interpreter's table, while it is.
- `LockTable` has a table of its own, for an isolated import system.
"""

from __future__ import annotations

import _weakref

from .. import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class HostLocks:
    """The interpreter's module locks."""

    __slots__ = ()

    acquire_search = staticmethod(host.acquire_import_lock)
    release_search = staticmethod(host.release_import_lock)

    def hold(self, name: str) -> HeldHostLock:
        """Return a context in which this thread holds the lock of the module *name*.

        Entering gives False where waiting would be a deadlock; the lock is not held then.
        """
        return HeldHostLock(name)


class HeldHostLock:
    """The context of `HostLocks.hold`."""

    __slots__ = ("_lock", "_name")

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> bool:
        lock = host.module_lock(self._name)
        try:
            lock.acquire()
        except host.resident.DeadlockError:
            self._lock = None
            return False
        self._lock = lock
        return True

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.release()


class ModuleLock:
    """A reentrant lock: its owner, how often it holds it, and the threads that wait."""

    __slots__ = ("count", "name", "owner", "waiters")

    def __init__(self, name: str) -> None:
        self.name = name
        self.owner: int | None = None
        self.count = 0
        self.waiters: list[Any] = []

    def __repr__(self) -> str:
        return f"ModuleLock({self.name!r}) owned by {self.owner}"


def would_deadlock(thread: int, wanted: ModuleLock, waiting: Mapping[int, ModuleLock]) -> bool:
    """Whether *thread*, by waiting for *wanted*, would close a circle.

    *waiting* tells for each waiting thread which lock it waits for: a thread waits for at most
    one lock, which has at most one owner, so there is just one way to follow.
    """
    lock: ModuleLock | None = wanted
    seen = set()
    while lock is not None and lock.owner is not None:
        if lock.owner == thread:
            return True
        if lock.owner in seen:
            return False  # A circle of others: theirs to break.
        seen.add(lock.owner)
        lock = waiting.get(lock.owner)
    return False


class LockTable:
    """The module locks of one isolated import system.

    One reentrant mutex guards all fields. It is reentrant because a finalizer or a signal
    handler may import in a thread that holds it; nothing that blocks is done under it.
    A lock exists only while it is held or waited for. `abandon` is called, in the child of a
    fork, with the name of each module that a thread was about to load which does not exist there.
    """

    __slots__ = ("__weakref__", "_locks", "_mutex", "_waiting", "abandon")

    def __init__(self) -> None:
        self.abandon: Callable[[str], object] = len
        self._mutex = host.RLock()
        self._waiting: dict[int, ModuleLock] = {}
        self._locks: dict[str, Any] = {}
        _tables.append(_weakref.ref(self, _tables.remove))

    def forget_other_threads(self) -> None:
        """Drop the locks of other threads, which do not exist in the child of a fork."""
        me = host.get_ident()
        self._mutex = host.RLock()
        self._waiting = {}
        for name, lock in list(self._locks.items()):
            if isinstance(lock, ModuleLock):
                lock.waiters = []
                if lock.owner != me:
                    del self._locks[name]
                    self.abandon(name)

    def _lock_of(self, name: str) -> Any:
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = ModuleLock(name)
        return lock

    def acquire_search(self) -> None:
        """Do nothing: finders of an isolated system are called by several threads at once."""

    release_search = acquire_search

    def hold(self, name: str) -> HeldLock:
        """Return a context in which this thread holds the lock of the module *name*.

        Entering gives False where waiting would be a deadlock; the lock is not held then.
        """
        return HeldLock(self, name)

    def acquire(self, name: str) -> Any:
        """Wait for the lock of *name* and return it; None where that would be a deadlock."""
        me = host.get_ident()
        while True:
            with self._mutex:
                lock = self._lock_of(name)
                if lock.owner is None or lock.owner == me:
                    lock.owner = me
                    lock.count += 1
                    return lock
                if would_deadlock(me, lock, self._waiting):
                    return None
                turn = host.allocate_lock()
                turn.acquire()
                lock.waiters.append(turn)
                outer = self._waiting.get(me)
                self._waiting[me] = lock
            try:
                turn.acquire()  # Until release() lets one waiter go.
            finally:
                self._stop_waiting(me, lock, turn, outer)

    def _stop_waiting(self, me: int, lock: ModuleLock, turn: Any, outer: ModuleLock | None) -> None:
        with self._mutex:
            if turn in lock.waiters:
                lock.waiters.remove(turn)  # A signal handler raised while waiting.
            if outer is None:
                self._waiting.pop(me, None)
            else:
                self._waiting[me] = outer

    def release(self, lock: Any) -> None:
        """Give *lock* back, once for each `acquire`."""
        with self._mutex:
            lock.count -= 1
            if lock.count:
                return
            lock.owner = None
            current: Any = self._locks.get(lock.name)
            if current is lock:
                # Who waits will find, or make, the lock again by its name.
                del self._locks[lock.name]
            for turn in lock.waiters:
                turn.release()
            lock.waiters = []


class HeldLock:
    """The context of `LockTable.hold`."""

    __slots__ = ("_lock", "_name", "_table")

    def __init__(self, table: LockTable, name: str) -> None:
        self._table = table
        self._name = name

    def __enter__(self) -> bool:
        self._lock = self._table.acquire(self._name)
        return self._lock is not None

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._table.release(self._lock)


class InterpreterLock(ModuleLock):
    """A module lock in the interpreter's table, with the methods that its C code calls."""

    __slots__ = ("table",)

    def __init__(self, name: str, table: InterpreterTable) -> None:
        super().__init__(name)
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

    acquire_search = staticmethod(host.acquire_import_lock)
    release_search = staticmethod(host.release_import_lock)

    def __init__(self) -> None:
        super().__init__()
        self._locks = host.module_locks

    def _lock_of(self, name: str) -> Any:
        host.acquire_import_lock()  # It guards the table.
        try:
            reference = self._locks.get(name)
            lock = None if reference is None else reference()
            if lock is None:
                lock = self._locks[name] = InterpreterLock(name, self)
        finally:
            host.release_import_lock()
        if type(lock) is not InterpreterLock:
            raise _ForeignLock(lock)
        return lock

    def acquire(self, name: str) -> Any:
        """Wait for the lock of *name* and return it; None where that would be a deadlock.

        The import lock, which a thread holds whose finder imports, is given up meanwhile: the
        thread that is waited for may need it, and it guards a table within our mutex.
        """
        if host.import_lock_held():
            with host.without_import_lock():
                return self._acquire(name)
        return self._acquire(name)

    def _acquire(self, name: str) -> Any:
        try:
            return super().acquire(name)
        except _ForeignLock as found:
            # It may be this very thread's, or nobody's any more: as long as it is in the table
            # it is the lock of the module, so it is taken like one.
            foreign = found.lock
        try:
            foreign.acquire()
        except host.resident.DeadlockError:
            return None
        return foreign

    def release(self, lock: Any) -> None:
        """Give *lock* back, once for each `acquire`."""
        if type(lock) is not InterpreterLock:
            lock.release()
        elif host.import_lock_held():
            with host.without_import_lock():
                super().release(lock)
        else:
            super().release(lock)


class _ForeignLock(Exception):
    """Under a name, the interpreter has a lock of its own: some import began before us."""

    def __init__(self, lock: Any) -> None:
        self.lock = lock


_tables: list[Any] = []


def _forget_other_threads() -> None:
    for reference in _tables:
        table = reference()
        if table is not None:
            table.forget_other_threads()


host.call_in_child_after_fork(_forget_other_threads)
