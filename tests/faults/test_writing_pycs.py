"""Writing pycs: each system call fails in turn, disks are full, processes are killed.

An import never fails because its pyc cannot be written, and no partial pyc is ever used.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import entrepot
from entrepot.host import files
from entrepot.loaders.source import SourceFileLoader
from tests.conftest import clean_environment

CALLS = ["mkdir", "open", "write", "close", "replace"]
SOURCE = str(Path(entrepot.__file__).parent.parent)


class FailingOs:
    """The module `posix`, in which one function fails, from its n-th call on, or just once."""

    def __init__(self, name, error, *, short=False):
        self.name, self.error, self.short, self.calls = name, error, short, []
        self.real = files._os

    def __getattr__(self, name):
        function = getattr(self.real, name)
        if name not in (*CALLS, "unlink"):
            return function

        def call(*args, **kwds):
            self.calls.append(name)
            if name != self.name or (name == "open" and not args[1] & os.O_CREAT):
                return function(*args, **kwds)
            if name == "close":
                function(*args, **kwds)  # Closing fails, and the descriptor is gone all the same.
            if self.short:
                return function(args[0], bytes(args[1])[: max(1, len(args[1]) // 3)])
            raise OSError(self.error, os.strerror(self.error))

        return call


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "mod.py"
    path.write_text("x = [1, 2, 3, 'text']\n")
    return path


def load(source):
    scope = {}
    loader = SourceFileLoader("mod", str(source))
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "events", entrepot.ImportSystem().events)
        loader.events.subscribe(told.append)
        exec(loader.get_code("mod"), scope)
    assert scope["x"] == [1, 2, 3, "text"]
    return [event.kind for event in told if event.kind != "read"]


def left(source):
    cache = source.parent / "__pycache__"
    return sorted(path.name for path in cache.iterdir()) if cache.exists() else []


@pytest.mark.parametrize(
    "error", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT]
)
@pytest.mark.parametrize("call", CALLS)
def test_each_call_fails(source, monkeypatch, call, error):
    failing = FailingOs(call, error)
    monkeypatch.setattr(files, "_os", failing)
    assert load(source) == ["compiled", "unwritten"]
    assert call in failing.calls
    assert left(source) == []
    monkeypatch.undo()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert load(source) == ["compiled", "written"]
    assert load(source) == ["cached"]


@pytest.mark.parametrize("call", ["write", "replace"])
def test_an_old_pyc_stays_whole(source, monkeypatch, call):
    load(source)
    (pyc,) = (source.parent / "__pycache__").iterdir()
    old = pyc.read_bytes()
    source.write_text("x = [1, 2, 3, 'text']  # longer\n")
    monkeypatch.setattr(files, "_os", FailingOs(call, errno.ENOSPC))
    assert load(source) == ["stale", "compiled", "unwritten"]
    assert pyc.read_bytes() == old
    assert left(source) == [pyc.name]


def test_short_writes_are_continued(source, monkeypatch):
    failing = FailingOs("write", 0, short=True)
    monkeypatch.setattr(files, "_os", failing)
    assert load(source) == ["compiled", "written"]
    assert failing.calls.count("write") > 2
    monkeypatch.undo()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert load(source) == ["cached"]


def test_cleaning_up_fails_too(source, monkeypatch):
    class Both(FailingOs):
        def __getattr__(self, name):
            if name == "unlink":
                raise OSError(errno.EIO, "unlink")
            return super().__getattr__(name)

    monkeypatch.setattr(files, "_os", Both("replace", errno.EIO))
    assert load(source) == ["compiled", "unwritten"]


def test_interrupted_by_the_keyboard(source, monkeypatch):
    class Interrupted(FailingOs):
        def __getattr__(self, name):
            if name == "replace":
                raise KeyboardInterrupt
            return super().__getattr__(name)

    monkeypatch.setattr(files, "_os", Interrupted("none", 0))
    with pytest.raises(KeyboardInterrupt):
        load(source)
    assert left(source) == []


PROGRAM = """
import sys
sys.path[:0] = [{source!r}, {directory!r}]
import entrepot
entrepot.install()
{before}
import mod
print(len(mod.table))
"""


def write_big(directory):
    rows = ",\n".join(f"    'key{number}': {number} * 'x'" for number in range(2000))
    (directory / "mod.py").write_text(f"table = {{\n{rows}\n}}\n")


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs RLIMIT_FSIZE")
def test_a_limit_on_the_size_of_files(python, tmp_path):
    write_big(tmp_path)
    before = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    body = PROGRAM.format(source=SOURCE, directory=str(tmp_path), before=before)
    # Not a child that writes: its output is a pipe, which the limit does not concern.
    assert python("-c", body).stdout.strip() == "2000"
    assert [p for p in tmp_path.rglob("*.pyc*") if p.name.startswith("mod.")] == []
    body = PROGRAM.format(source=SOURCE, directory=str(tmp_path), before="")
    assert python("-c", body).stdout.strip() == "2000"
    assert len([p for p in tmp_path.rglob("*.pyc*") if p.name.startswith("mod.")]) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk(source):
    """`__pycache__` as it is on a full disk: what is written is refused by the system itself."""
    fd = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(OSError, match="space"):
            files._write_all(fd, b"data")
    finally:
        os.close(fd)


def test_a_read_only_directory():
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory, "mod.py")
        source.write_text("x = [1, 2, 3, 'text']\n")
        import_without_rights(source)


def import_without_rights(source):
    # Permissions do not bind root: the child gives its own up.
    source.parent.chmod(0o555)
    body = f"""
import os, sys
sys.path[:0] = [{SOURCE!r}, {str(source.parent)!r}]
sys.dont_write_bytecode = False
import entrepot
entrepot.install()
os.geteuid() == 0 and os.setuid(65534)
import mod
print(mod.x, os.path.exists({str(source.parent)!r} + "/__pycache__"))
"""
    try:
        done = subprocess.run(
            [sys.executable, "-c", body], capture_output=True, text=True, env=clean_environment()
        )
    finally:
        source.parent.chmod(0o755)
    assert done.stdout.strip() == "[1, 2, 3, 'text'] False", done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_while_writing(tmp_path):
    """Over and over: whatever is left behind, the next import works and gives the same."""
    write_big(tmp_path)
    (tmp_path / "victim.py").write_text(
        f"""
import sys
sys.path[:0] = [{SOURCE!r}, {str(tmp_path)!r}]
import entrepot, os
from entrepot.loaders.source import SourceFileLoader
loader = SourceFileLoader("mod", {str(tmp_path / "mod.py")!r})
print("go", flush=True)
while True:
    table = {{}}
    exec(loader.get_code("mod"), table)
    assert len(table["table"]) == 2000
    try:
        os.unlink(entrepot.util.cache_from_source({str(tmp_path / "mod.py")!r}))
    except FileNotFoundError:
        pass
"""
    )
    for attempt in range(12):
        victim = subprocess.Popen(
            [sys.executable, tmp_path / "victim.py"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=clean_environment(),
        )  # fmt: skip
        assert victim.stdout.readline() == "go\n", victim.stderr.read()
        time.sleep(0.013 * attempt)
        victim.kill()
        _, errors = victim.communicate()
        assert errors == ""
        scope = {}
        exec(SourceFileLoader("mod", str(tmp_path / "mod.py")).get_code("mod"), scope)
        assert len(scope["table"]) == 2000
    pycs = [p.name for p in (tmp_path / "__pycache__").iterdir() if p.suffix == ".pyc"]
    assert len([name for name in pycs if name.startswith("mod.")]) <= 1
