"""Module locks: one a module, held while it is found and executed.

Two threads that import each other's half-imported modules would wait for ever. So who would
close a circle of waiting threads does not wait: it goes on with the module as far as it is, as
a circular import in a single thread does. `would_deadlock()` finds such circles and is a pure
function.

`LockTable` has the locks of one import system. How the process's system shares them with the
interpreter's C code is in `interpreter_locks.py`; all tables there have the same interface.
"""

from __future__ import annotations

from .. import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


_get_ident = host.get_ident


class ModuleLock:
    """A reentrant lock: its owner, how often it holds it, and the threads that wait."""

    __slots__ = ("count", "name", "owner", "waiters")

    def __init__(self, name: str, owner: int | None = None) -> None:
        self.name = name
        self.owner = owner
        self.count = 0 if owner is None else 1
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
    """The module locks of one import system.

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
        _tables.append(host.weak_reference(self, _tables.remove))

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
        """Do nothing: finders are called by several threads at once."""

    release_search = acquire_search

    def hold(self, name: str) -> HeldLock:
        """Return a context in which this thread holds the lock of the module *name*.

        Entering gives False where waiting would be a deadlock; the lock is not held then.
        """
        return HeldLock(self, name)

    def acquire(self, name: str) -> Any:
        """Wait for the lock of *name* and return it; None where that would be a deadlock."""
        me = _get_ident()
        with self._mutex:
            if name not in self._locks:  # As nearly always.
                free = self._locks[name] = ModuleLock(name, me)
                return free
        return self._wait_for(name, me)

    def _wait_for(self, name: str, me: int) -> Any:
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
            if lock.waiters:
                for turn in lock.waiters:
                    turn.release()
                lock.waiters = []


class HeldLock:
    """The context of `LockTable.hold`."""

    __slots__ = ("_lock", "_name", "_table")

    def __init__(self, table: Any, name: str) -> None:
        self._table = table
        self._name = name

    def __enter__(self) -> bool:
        self._lock = self._table.acquire(self._name)
        return self._lock is not None

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._table.release(self._lock)


_tables: list[Any] = []


def _forget_other_threads() -> None:
    for reference in _tables:
        table = reference()
        if table is not None:
            table.forget_other_threads()


host.call_in_child_after_fork(_forget_other_threads)
