"""Who hears of `invalidate_caches()`: once each time, whoever was asked."""

from __future__ import annotations

import importlib

import pytest

import entrepot
import entrepot.metadata


class Forgetful:
    """A meta path finder that counts."""

    count = 0

    def find_spec(self, fullname, path=None, target=None):
        return None

    def invalidate_caches(self):
        self.count += 1


@pytest.fixture
def heard():
    """What the process's listeners hear."""
    calls: list[str] = []

    def listener():
        calls.append("process")

    entrepot.process.on_invalidate.append(listener)
    yield calls
    entrepot.process.on_invalidate.remove(listener)


@pytest.mark.parametrize("verb", [importlib.invalidate_caches, entrepot.invalidate_caches])
def test_behind_the_statement_both_verbs_are_heard(heard, verb):
    with entrepot.install():
        verb()
    assert heard == ["process"]


def test_before_installation_ours_is_heard(heard):
    entrepot.invalidate_caches()
    assert heard == ["process"]


def test_metadata_forgets_with_importlib(tmp_path):
    """The listeners are what entrepot.metadata hangs on."""
    environment = entrepot.metadata.Metadata(entrepot.process)
    try:
        shelf = environment._shelf
        shelf._kept[str(tmp_path)] = "what was read"
        with entrepot.install():
            importlib.invalidate_caches()
        assert shelf._kept == {}
    finally:
        entrepot.process.on_invalidate.remove(environment.invalidate_caches)


def test_systems_do_not_hear_each_other(heard):
    one, other = entrepot.ImportSystem(), entrepot.ImportSystem()
    calls = []
    one.on_invalidate.append(lambda: calls.append("one"))
    other.on_invalidate.append(lambda: calls.append("other"))
    one.invalidate_caches()
    assert calls == ["one"]
    assert heard == []
    entrepot.invalidate_caches()
    assert calls == ["one"]


def test_the_path_finder_of_a_system_is_enough():
    system = entrepot.ImportSystem()
    calls = []
    system.on_invalidate.append(lambda: calls.append(system))
    system.meta_path[-1].invalidate_caches()
    assert calls == [system]


def test_without_a_path_finder_it_is_heard_once():
    system = entrepot.ImportSystem()
    finder, calls = Forgetful(), []
    system.meta_path[:] = [finder]
    system.on_invalidate.append(lambda: calls.append(system))
    system.invalidate_caches()
    assert (finder.count, calls) == (1, [system])


def test_a_listener_may_leave_while_it_is_called():
    system = entrepot.ImportSystem()
    calls = []

    def once():
        calls.append("once")
        system.on_invalidate.remove(once)

    system.on_invalidate += [once, lambda: calls.append("always")]
    system.invalidate_caches()
    system.invalidate_caches()
    assert calls == ["once", "always", "always"]
