"""Module locks: the search for circles as a pure function, and the table."""

from __future__ import annotations

import gc
import threading

import pytest

from entrepot import host
from entrepot.core import locks
from entrepot.core.interpreter_locks import HostLocks
from entrepot.core.locks import LockTable, ModuleLock, would_deadlock
from tests.capabilities import needs


def owned(name, owner):
    lock = ModuleLock(name)
    lock.owner = owner
    return lock


class TestSearch:
    def test_a_free_lock(self):
        assert not would_deadlock(1, ModuleLock("a"), {})

    def test_ones_own(self):
        assert would_deadlock(1, owned("a", 1), {})

    def test_somebody_elses_who_waits_for_nothing(self):
        assert not would_deadlock(1, owned("a", 2), {})

    @pytest.mark.parametrize("length", [2, 3, 10])
    def test_a_circle(self, length):
        chain = [owned(str(n), n) for n in range(2, length + 1)]
        mine = owned("mine", 1)
        waiting = {n: chain[n - 1] for n in range(2, length)}
        assert not would_deadlock(1, chain[0], waiting)
        assert would_deadlock(1, chain[0], {**waiting, length: mine})

    def test_a_circle_of_others_ends(self):
        a, b = owned("a", 2), owned("b", 3)
        assert not would_deadlock(1, a, {2: b, 3: a})

    def test_who_waits_for_a_lock_just_freed(self):
        assert not would_deadlock(1, owned("a", 2), {2: ModuleLock("b")})


@pytest.fixture(params=[LockTable, pytest.param(HostLocks, marks=needs("share module locks"))])
def table(request):
    return request.param()


def test_is_reentrant(table):
    with table.hold("entrepot_test_lock") as one, table.hold("entrepot_test_lock") as two:
        assert one
        assert two


def test_shuts_others_out(table):
    order = []
    inside = threading.Event()

    def other():
        inside.wait(10)
        with table.hold("entrepot_test_lock"):
            order.append("other")

    thread = threading.Thread(target=other)
    thread.start()
    with table.hold("entrepot_test_lock"):
        inside.set()
        thread.join(0.05)
        order.append("first")
    thread.join(10)
    assert order == ["first", "other"]


def test_a_circle_is_not_waited_for(table):
    both = threading.Barrier(2)
    got = []

    def work(mine, other):
        with table.hold(mine):
            both.wait(10)
            with table.hold(other) as held:
                got.append(held)

    names = "entrepot_test_a", "entrepot_test_b"
    threads = [threading.Thread(target=work, args=pair) for pair in (names, names[::-1])]
    [thread.start() for thread in threads]
    [thread.join(10) for thread in threads]
    assert sorted(got) == [False, True]


def test_nothing_is_kept():
    table = LockTable()
    with table.hold("a"), table.hold("b"):
        assert sorted(table._locks) == ["a", "b"]
    assert table._locks == {}
    assert table._waiting == {}
    gc.collect()
    before = len(locks._tables)
    del table
    gc.collect()
    assert len(locks._tables) == before - 1


def test_the_child_of_a_fork_forgets_others():
    """What `after_in_child` does, without a fork."""
    table, abandoned = LockTable(), []
    table.abandon = abandoned.append
    ready, end = threading.Event(), threading.Event()

    def other():
        with table.hold("theirs"):
            ready.set()
            end.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    ready.wait(10)
    with table.hold("mine"):
        table.forget_other_threads()
        assert abandoned == ["theirs"]
        assert list(table._locks) == ["mine"]
        with table.hold("theirs") as held:
            assert held
    end.set()
    thread.join(10)


def test_repr():
    lock = ModuleLock("a")
    lock.owner = host.get_ident()
    assert repr(lock) == f"ModuleLock('a') owned by {host.get_ident()}"
