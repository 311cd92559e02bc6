"""The garbage collector's thresholds while modules are imported (core/collector.py)."""

from __future__ import annotations

import gc
import os
import threading
import weakref

import pytest

import entrepot
from entrepot.core import collector
from entrepot.core.collector import BOUND

pytestmark = pytest.mark.skipif(
    not hasattr(gc, "get_threshold"), reason="this interpreter's collector has no thresholds"
)


@pytest.fixture
def system(tmp_path):
    (tmp_path / "inside.py").write_text("import gc\nseen = gc.get_threshold()\n")
    (tmp_path / "outer.py").write_text("import inside, gc\nseen = gc.get_threshold()\n")
    (tmp_path / "fails.py").write_text("1 / 0\n")
    (tmp_path / "sets.py").write_text("import gc\ngc.set_threshold(123, 4, 5)\n")
    (tmp_path / "forks.py").write_text(
        "import os, gc\nchild = os.fork()\nif child == 0:\n    seen = gc.get_threshold()\n"
    )
    return entrepot.ImportSystem([str(tmp_path)])


@pytest.fixture(autouse=True)
def usual():
    before = gc.get_threshold()
    gc.set_threshold(700, *before[1:])
    yield gc.get_threshold()
    gc.set_threshold(*before)


def test_it_is_raised_within_and_restored_after(system, usual):
    assert system.import_module("outer").seen[0] == BOUND
    assert system.import_module("inside").seen[0] == BOUND
    assert gc.get_threshold() == usual


def test_it_is_restored_after_a_failure(system, usual):
    with pytest.raises(ZeroDivisionError):
        system.import_module("fails")
    with pytest.raises(ModuleNotFoundError):
        system.import_module("not_there")
    assert gc.get_threshold() == usual


def test_what_the_program_sets_meanwhile_stays(system):
    gc.set_threshold(123, 4, 5)
    expected = gc.get_threshold()  # Some collectors ignore the last.
    gc.set_threshold(700, 10, 10)
    system.import_module("sets")
    assert gc.get_threshold() == expected


@pytest.mark.parametrize("own", [0, BOUND, 10 * BOUND])
def test_a_collector_that_is_off_or_patient_is_left_alone(system, own):
    gc.set_threshold(own)
    assert system.import_module("inside").seen[0] == own
    assert gc.get_threshold()[0] == own


def test_the_last_thread_restores_it(system, usual, tmp_path):
    (tmp_path / "slow.py").write_text(
        "import gates, gc\ngates.inside.set()\ngates.go.wait(30)\nseen = gc.get_threshold()\n"
    )
    gates = system.modules["gates"] = type(gc)("gates")
    gates.inside, gates.go = threading.Event(), threading.Event()
    thread = threading.Thread(target=system.import_module, args=("slow",))
    thread.start()
    assert gates.inside.wait(30)
    system.import_module("inside")
    assert gc.get_threshold()[0] == BOUND  # The other thread is importing still.
    gates.go.set()
    thread.join(30)
    assert gc.get_threshold() == usual


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_child_of_a_fork_restores_it_too(system, usual):
    child = system.import_module("forks").child
    if child == 0:
        os._exit(0 if gc.get_threshold() == usual else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert gc.get_threshold() == usual


LARGE = "import gc\nthings = [[n] for n in range(50_000)]\nran = gc.get_stats()[0]['collections']\n"
generations = pytest.mark.skipif(
    not collector.HAS_GENERATIONS, reason="no object of this interpreter is young or old"
)


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A function that imports a large module in a new system."""
    (tmp_path / "large.py").write_text(LARGE)
    monkeypatch.setattr(collector.COLLECTOR, "_spared", 0)
    # 3.12 itself has frozen some when it starts.
    monkeypatch.setattr(collector.COLLECTOR, "_frozen", gc.get_freeze_count())
    gc.collect()
    return lambda: entrepot.ImportSystem([str(tmp_path)]).import_module("large")


@generations
def test_what_a_large_import_has_made_is_not_looked_at_at_once(large):
    module = large()
    assert gc.get_count()[0] < 700
    assert gc.get_stats()[0]["collections"] == module.ran


@generations
def test_garbage_among_it_is_found(large):
    class Loop:
        pass

    loop = Loop()
    loop.self = loop
    found = weakref.ref(loop)
    del loop
    large()
    gc.collect()
    assert found() is None


@generations
@pytest.mark.parametrize("frozen", [True, False])
def test_what_the_program_has_frozen_stays_frozen(large, frozen):
    before = gc.get_freeze_count()
    if frozen:
        gc.freeze()
    try:
        large()
        assert (gc.get_freeze_count() > before) == frozen
    finally:
        gc.unfreeze()


@generations
def test_no_more_than_so_many_are_spared(large, monkeypatch):
    monkeypatch.setattr(collector.COLLECTOR, "_spared", collector.SPARED)
    runs = []
    gc.callbacks.append(note := lambda phase, info: runs.append(info))
    try:
        large()
        assert len([[n] for n in range(1_000)]) == 1_000  # New objects, which make it look.
    finally:
        gc.callbacks.remove(note)
    assert runs


@generations
def test_who_has_switched_it_off_is_left_alone(large):
    gc.disable()
    try:
        large()
        assert gc.get_count()[0] > 50_000
    finally:
        gc.enable()
