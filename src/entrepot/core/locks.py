"""Module locks: one a module, held while it is found and executed.

Two threads that import each other's half-imported modules would wait for ever. So who would
close a circle of waiting threads does not wait: it goes on with the module as far as it is, as
a circular import in a single thread does. `would_deadlock()` finds such circles and is a pure
function.

There are two kinds of lock table with the same interface:

- `HostLocks` hands out the interpreter's own locks. The process's import system must use them:
  C code that meets a module under construction in `sys.modules` waits for that lock only.
- `LockTable` has locks of its own, for isolated import systems.
"""

from __future__ import annotations

import _weakref

from .. import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
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
    A lock exists only while it is held or waited for.
    """

    __slots__ = ("__weakref__", "_locks", "_mutex", "_waiting")

    def __init__(self) -> None:
        self._forget()
        host.call_in_child_after_fork(_forgetting(self))

    def _forget(self) -> None:
        # Also after a fork: the threads that held the locks do not exist in the child.
        me, held = host.get_ident(), getattr(self, "_locks", {})
        self._mutex = host.RLock()
        self._waiting: dict[int, ModuleLock] = {}
        self._locks: dict[str, ModuleLock] = {k: v for k, v in held.items() if v.owner == me}
        for lock in self._locks.values():
            lock.waiters = []

    def acquire_search(self) -> None:
        """Do nothing: finders of an isolated system are called by several threads at once."""

    release_search = acquire_search

    def hold(self, name: str) -> HeldLock:
        """Return a context in which this thread holds the lock of the module *name*.

        Entering gives False where waiting would be a deadlock; the lock is not held then.
        """
        return HeldLock(self, name)

    def acquire(self, name: str) -> ModuleLock | None:
        """Wait for the lock of *name* and return it; None where that would be a deadlock."""
        me = host.get_ident()
        while True:
            with self._mutex:
                lock = self._locks.get(name)
                if lock is None:
                    lock = self._locks[name] = ModuleLock(name)
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

    def release(self, lock: ModuleLock) -> None:
        """Give *lock* back, once for each `acquire`."""
        with self._mutex:
            lock.count -= 1
            if lock.count:
                return
            lock.owner = None
            if self._locks.get(lock.name) is lock:
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


def _forgetting(table: LockTable) -> Any:
    """Return what makes *table* forget, as long as anybody else uses it."""
    reference = _weakref.ref(table)

    def forget() -> None:
        alive = reference()
        if alive is not None:
            alive._forget()  # noqa: SLF001

    return forget
