"""Nothing stays behind of `as_file`, however the process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from entrepot.resources import reaper
from tests.conftest import clean_environment

pytestmark = pytest.mark.skipif(
    not os.path.exists("/bin/sh"), reason="only a normal end is promised where there is no /bin/sh"
)

MANY, FEW = 1000, 10
SECONDS = 20  # far more than it takes; what is waited for comes after some milliseconds

PROGRAM = """
import os, sys, time, signal
sys.path.insert(0, sys.argv[1])
from entrepot import resources
with resources.as_file(resources.files("tree") / sys.argv[3]) as path:
    count = sum(len(names) for _, _, names in os.walk(path))
    print(os.path.dirname(os.path.dirname(path)), count, flush=True)
    exec(sys.argv[2])
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("zip") / "tree.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("tree/__init__.py", "")
        for count in (MANY, FEW):
            for number in range(count):
                file.writestr(f"tree/{count}/{number % 20}/{number}.txt", str(number))
    return str(path)


@pytest.fixture
def start(archive, tmp_path):
    """A function that starts the program with what it does while it has the copy.

    It returns the process and the directory of its copies.
    """
    processes = []

    def run(action, files=FEW):
        (tmp_path / "temporary").mkdir(exist_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, archive, action, str(files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env=clean_environment(TMPDIR=str(tmp_path / "temporary")),
        )
        processes.append(process)
        directory, count = process.stdout.readline().split()
        assert int(count) == files
        assert os.path.dirname(directory) == str(tmp_path / "temporary")
        return process, directory

    yield run
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def goes(directory):
    """Whether *directory* goes within SECONDS."""
    end = time.monotonic() + SECONDS
    while os.path.exists(directory) and time.monotonic() < end:
        time.sleep(0.01)
    return not os.path.exists(directory)


@pytest.mark.parametrize(
    "action",
    [
        "pass",
        "sys.exit(3)",
        "raise KeyError",
        "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)",
        "import atexit; atexit._run_exitfuncs()",
        "resources.as_file(resources.files('tree')).__enter__()",
        "resources.local_path(resources.files('tree'))",
        "import contextlib; x = contextlib.ExitStack(); x.enter_context(resources.path('tree'))",
    ],
)
def test_a_normal_end_leaves_nothing_at_once(start, action):
    process, directory = start(action, MANY if action == "pass" else FEW)
    process.wait(SECONDS)
    assert not os.path.exists(directory)


@pytest.mark.parametrize(
    "action", ["os._exit(0)", "os.abort()", "os.execv('/bin/sh', ['sh', '-c', 'exit'])"]
)
def test_an_end_without_finalisation(start, action):
    process, directory = start(action)
    process.wait(SECONDS)
    assert goes(directory)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
@pytest.mark.parametrize("to_group", [False, True])
def test_a_signal(start, number, to_group):
    process, directory = start("time.sleep(60)", MANY if number == signal.SIGTERM else FEW)
    assert os.path.isdir(directory)
    (os.killpg if to_group else os.kill)(process.pid, number)
    assert process.wait(SECONDS) == -number
    assert goes(directory)


def test_a_forked_child_leaves_its_parents_copy_alone(start):
    process, directory = start(
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    raise SystemExit  # leaves the with, and runs atexit functions\n"
        "os.waitpid(pid, 0)\n"
        "print(os.path.exists(path), flush=True)\n"
        "time.sleep(60)"
    )
    assert process.stdout.readline() == "True\n"
    process.terminate()
    assert goes(directory)


def test_a_forked_child_has_copies_of_its_own(start):
    process, directory = start(
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    with resources.path('tree', '__init__.py') as mine:\n"
        "        print(os.path.dirname(os.path.dirname(mine)), flush=True)\n"
        "        os._exit(0)\n"
        "os.waitpid(pid, 0)\n"
        "time.sleep(60)"
    )
    other = process.stdout.readline().strip()
    assert other != directory
    assert goes(other)
    assert os.path.isdir(directory)
    process.terminate()
    assert goes(directory)


def test_a_forked_child_does_not_share_what_lasts(start):
    process, directory = start(
        "tree = resources.files('tree') / '__init__.py'\n"
        "path = resources.local_path(tree)\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    print(resources.local_path(tree) == path, flush=True)\n"
        "    os._exit(0)\n"
        "os.waitpid(pid, 0)\n"
        "time.sleep(60)"
    )
    assert process.stdout.readline() == "False\n"
    process.kill()
    assert goes(directory)


def test_a_program_that_waits_for_any_child_meets_its_own_only(start):
    process, _ = start(
        "try:\n"
        "    os.waitpid(-1, os.WNOHANG)\n"
        "except ChildProcessError:\n"
        "    print('no child', flush=True)"
    )
    assert process.stdout.readline() == "no child\n"


def test_a_program_that_reaps_its_children_by_itself(archive, tmp_path):
    code = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n" + PROGRAM
    done = subprocess.run(
        [sys.executable, "-c", code, archive, "pass", str(FEW)],
        env=clean_environment(TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert os.listdir(tmp_path) == []


def test_the_watcher_holds_nothing_of_the_program(start):
    # Whoever reads the program's output sees its end when the program ends, and no later.
    process, directory = start("os._exit(0)")
    process.wait(SECONDS)
    assert process.stdout.read() == ""
    assert goes(directory)


# --- The watcher by itself


def test_closing_the_descriptor_is_enough(tmp_path):
    directory = tmp_path / "a b'c\"$x;*"
    descriptor = reaper.watch(str(directory))
    directory.mkdir()
    (directory / "file").write_text("")
    time.sleep(0.05)
    assert directory.exists()
    os.close(descriptor)
    assert goes(directory)
    assert tmp_path.exists()


def test_a_directory_whose_name_looks_like_an_option(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    directory = tmp_path / "-rf"
    directory.mkdir()
    os.close(reaper.watch(str(directory)))
    assert goes(directory)


def test_links_in_it_are_not_followed(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("")
    directory = tmp_path / "copies"
    directory.mkdir()
    os.symlink(tmp_path / "precious", directory / "link")
    os.close(reaper.watch(str(directory)))
    assert goes(directory)
    assert (tmp_path / "precious" / "file").exists()


def test_by_subprocess_where_there_is_no_posix_spawn(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "posix_spawn", raising=False)
    (tmp_path / "x").mkdir()
    os.close(reaper.watch(str(tmp_path / "x")))
    assert goes(tmp_path / "x")


def test_by_subprocess_where_posix_spawn_makes_no_sessions(tmp_path, monkeypatch):
    def posix_spawn(*args, **options):
        raise NotImplementedError("setsid")

    monkeypatch.setattr(os, "posix_spawn", posix_spawn, raising=False)
    monkeypatch.setattr(os, "POSIX_SPAWN_DUP2", 2, raising=False)
    (tmp_path / "x").mkdir()
    os.close(reaper.watch(str(tmp_path / "x")))
    assert goes(tmp_path / "x")


def test_no_more_processes(tmp_path, monkeypatch):
    def start(*args):
        raise BlockingIOError("Resource temporarily unavailable")

    before = set(os.listdir("/dev/fd"))
    monkeypatch.setattr(reaper, "_start", start)
    assert reaper.watch(str(tmp_path)) is None
    assert set(os.listdir("/dev/fd")) == before


def test_no_shell(tmp_path, monkeypatch):
    monkeypatch.setattr(reaper, "_SHELL", str(tmp_path / "no-shell"))
    assert reaper.watch(str(tmp_path)) is None
