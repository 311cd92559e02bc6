"""How cases end: well, badly, or not at all."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time

import pytest

from entrepot.conform import Target, TargetError, run_cases
from entrepot.conform.runner import run_case

needs_signals = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


def test_what_is_printed_is_held_against_what_is_expected(outcome):
    assert outcome("print(1)", "1\n").passed
    assert not outcome("print(2)", "1\n").passed


def test_an_exception_is_the_last_line(outcome):
    assert outcome("print(1)\nimport not_there").got == (
        "1\nModuleNotFoundError: No module named 'not_there'\n"
    )
    assert outcome("raise SystemExit(3)").got == "SystemExit: 3\n"


def test_a_program_that_cannot_be_compiled(outcome):
    assert outcome("x = = 1").got.startswith("SyntaxError: ")


def test_the_directory_of_the_tree_is_root(outcome):
    files = "-- m.py --\n"
    assert outcome("import m\nprint(m.__file__)", files=files).got == "ROOT/m.py\n"


def test_what_is_printed_may_be_anything(outcome):
    got = outcome(r"print('é\udc80'); import sys; sys.stdout.buffer.write(b'\xff')").got
    assert "é\\udc80" in got
    assert "\\xff" in got


#: Seconds within which a hanging program has begun, here or on a machine that is busy.
LIMITS = (1.5, 10, 50)


def test_a_hang_is_a_failure(outcome):
    for limit in LIMITS:
        ended = outcome("import time\nprint('begun', flush=True)\ntime.sleep(60)", limit=limit)
        assert not ended.passed
        if "begun" in ended.got:
            break
    assert ended.got == f"begun\n(no end after {limit:g} seconds)\n"


@needs_signals
def test_what_a_hanging_program_has_started_ends_with_it(outcome, tmp_path):
    mark = tmp_path / "pid"
    program = f"""\
import os, time
if not os.fork():
    with open({str(mark)!r}, "w") as file:
        file.write(str(os.getpid()))
time.sleep(60)"""
    for limit in LIMITS:
        assert "no end" in outcome(program, limit=limit).got
        if mark.exists():
            break
    pid = int(mark.read_text())
    for _ in range(100):
        if not _lives(pid):
            break
        time.sleep(0.05)
    assert not _lives(pid)


def _lives(pid):
    """Whether it runs; a zombie, that nobody has waited for yet, does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not os.path.isdir("/proc/self")


@needs_signals
def test_a_process_left_behind_does_not_keep_the_suite_waiting(outcome):
    program = "import os, time\nif not os.fork(): time.sleep(60)\nprint('parent')"
    begun = time.monotonic()
    assert outcome(program, "parent\n").passed
    assert time.monotonic() - begun < 50


@needs_signals
def test_a_crash_is_a_failure(outcome):
    ended = outcome("import os\nprint('begun', flush=True)\nos.kill(os.getpid(), 9)")
    assert ended.got == f"begun\n(signal {int(signal.SIGKILL)})\n"
    assert outcome("import os\nos._exit(7)").got == "(exit status 7)\n"


def test_what_is_said_before_a_crash_is_told(outcome):
    program = "import os, sys\nprint('fatal: so be it', file=sys.stderr, flush=True)\nos._exit(7)"
    assert outcome(program).got == "(exit status 7: fatal: so be it)\n"


def test_cases_do_not_see_each_other(case, interpreter):
    program = "import os\nprint(os.listdir(ROOT)); open(ROOT + '/new', 'w').close()"
    program = "import conform_state as state\nROOT = state.root\n" + program
    same = [case(program, "['program.py']\n") for _ in range(4)]
    assert all(ended.passed for ended in run_cases(same, interpreter))


def test_no_room_for_the_trees(case, interpreter, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(OSError, match="absent"):
        run_cases([case("print(1)")] * 3, interpreter)


def test_nothing_is_left_behind(case, interpreter, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    files = "-- sub/m.py --\n"
    made = case("import os, conform_state\nos.chmod(conform_state.root + '/sub', 0)", files=files)
    run_case(made, interpreter)
    assert os.listdir(tmp_path) == []


def test_what_is_required(outcome, case, interpreter):
    assert outcome("print(1)", since="9.9").skipped == "documented since 9.9"
    assert outcome("print(1)", "1\n", requires="process").passed
    isolated = Target("isolated")
    assert outcome("print(1)", target=isolated, requires="process").skipped == "requires process"
    assert outcome("print(1)", "1\n", target=isolated, since="9.9").passed


def test_options_of_the_interpreter(outcome):
    assert outcome("print(__debug__)", "False\n", flags="-O").passed


def test_nothing_of_the_users_is_seen(outcome, monkeypatch, tmp_path):
    (tmp_path / "usercustomize.py").write_text("print('seen')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    assert outcome("import sys\nprint(sys.flags.optimize, sys.argv[1:])", "0 []\n").passed


# --- Interpreters and candidates


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/no/such/python", "no interpreter: "),
        (f"{sys.executable} -c print()", "no Python interpreter: "),
        (f"{sys.executable} -c raise(SystemExit('told'))", "told"),
    ],
)
def test_what_is_no_interpreter(command, says):
    with pytest.raises(TargetError, match=says):
        Target("interpreter", command)


def test_what_is_no_candidate():
    with pytest.raises(TargetError, match="no candidate 'no_such_module': ModuleNotFoundError"):
        Target("no_such_module")


UNFIT = {
    "exits": ("import sys\nsys.exit(0)\n", "no candidate 'unfit': SystemExit: 0"),
    "ends the process": ("import os\nos._exit(0)\n", "no candidate 'unfit': importing it ends the"),
    "is killed": (
        "import os\nos.kill(os.getpid(), 9)\n",
        "no candidate 'unfit': ended by signal 9",
    ),
    "has no words": ("python = 'python3'\n", "no candidate 'unfit': TypeError: its `python` is no"),
    "has words that are none": ("python = [1]\n", "its `python` is no list of words but \\[1\\]"),
}
if not hasattr(signal, "SIGKILL"):
    del UNFIT["is killed"]  # Where there are no signals, that is an exit status.


@pytest.mark.parametrize("name", UNFIT)
def test_a_candidate_that_is_unfit(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    body, says = UNFIT[name]
    (tmp_path / "unfit.py").write_text(body)
    with pytest.raises(TargetError, match=says):
        Target("unfit")


def test_a_candidate_that_never_gets_ready():
    from entrepot.conform.child import Ended

    target = Target()
    target.candidate = "mine"
    assert "no candidate 'mine': no end after" in target._why_no_answer(Ended("", "", None))


def test_a_candidate_for_what_is_no_interpreter():
    with pytest.raises(TargetError, match="no Python interpreter: .*: it says nothing"):
        Target("mine", f"{sys.executable} -c pass")


def test_a_candidate_that_prints(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "noisy.py").write_text("print('here I am')\n")
    assert "process" in Target("noisy").capabilities


BROKEN = """\
import builtins
original = builtins.__import__

def backwards(name, globals=None, locals=None, fromlist=(), level=0):
    "Binds the last part of a dotted name, and knows no relative imports."
    module = original(name, globals, locals, fromlist, 0)
    return original("sys").modules[name] if "." in name else module

builtins.__import__ = backwards
"""


def test_a_candidate_of_somebody_elses(outcome, monkeypatch, tmp_path):
    """A module of the working directory, whose faults are found."""
    (tmp_path / "broken_candidate.py").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    target = Target("broken_candidate")
    files = "-- p/__init__.py --\n-- p/a.py --\n"
    good = outcome("import p\nprint(p.__name__)", "p\n", target=target, files=files)
    bad = outcome("import p.a\nprint(p.__name__)", "p\n", target=target, files=files)
    assert (good.passed, bad.passed, bad.got) == (True, False, "p.a\n")


def test_a_candidate_with_an_importlib_of_its_own(outcome, monkeypatch, tmp_path):
    (tmp_path / "candidate.py").write_text("import mylib as importlib\n")
    (tmp_path / "mylib").mkdir()
    (tmp_path / "mylib" / "__init__.py").write_text("def import_module(name): return name * 2\n")
    (tmp_path / "mylib" / "util.py").write_text("MAGIC_NUMBER = b'mine'\n")
    monkeypatch.chdir(tmp_path)
    program = """\
import conform_state as state
print(state.import_module("ab"), state.util.MAGIC_NUMBER, state.machinery.ModuleSpec.__name__)"""
    ended = outcome(program, "abab b'mine' ModuleSpec\n", target=Target("candidate"))
    assert ended.passed, ended.got


@pytest.mark.parametrize("candidate", ["interpreter", "installed", "isolated"])
def test_the_state_is_that_of_the_candidate(outcome, candidate):
    program = """\
import conform_state as state, sys, m
print(state.candidate, "m" in state.modules, ("m" in sys.modules) == (state.path is sys.path))
print(state.modules["m"] is m is state.import_module("m"), state.find_spec("m") is m.__spec__)
print(state.path[0] == state.root, state.root in state.path_importer_cache)
state.invalidate_caches()
print(state.reload(m) is m, state.util.MAGIC_NUMBER == state.importlib.util.MAGIC_NUMBER)
try:
    state.nothing_of_the_kind
except AttributeError as error:
    print(error)"""
    expect = f"{candidate} True True\nTrue True\nTrue True\nTrue True\nnothing_of_the_kind\n"
    ended = outcome(program, expect, target=Target(candidate), files="-- m.py --\n")
    assert ended.passed, ended.got


def test_entrepot_is_behind_the_statement(outcome):
    program = "import m\nprint(type(m.__spec__.loader).__module__)"
    for candidate, place in (("interpreter", "_frozen..."), ("installed", "entrepot...")):
        target = Target(candidate)
        assert outcome(program, place, target=target, files="-- m.py --\n").passed
