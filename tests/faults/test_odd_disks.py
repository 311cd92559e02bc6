"""Directories and files that cannot be read, vanish, change their kind; odd path entries."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import entrepot
from entrepot.finders.directory import FileFinder, hook_for
from entrepot.host.memory import MemoryDisk
from entrepot.loaders import suffixes
from tests.conftest import clean_environment

SOURCE = str(Path(entrepot.__file__).parent.parent)


class FaultyDisk(MemoryDisk):
    """A disk on which some operation on some path fails."""

    def __init__(self, contents, **faults):
        super().__init__(contents)
        self.faults = faults

    def __getattribute__(self, name):
        function = super().__getattribute__(name)
        if name not in ("stat", "listdir", "read_code", "read"):
            return function

        def call(path):
            error = super(FaultyDisk, self).__getattribute__("faults").get(name, {}).get(path)
            if error:
                raise OSError(error, os.strerror(error), path)
            return function(path)

        return call


def finder_on(disk, path="/lib"):
    return hook_for(FileFinder, *suffixes.LOADERS, disk=disk)(path)


TREE = {
    "/lib/mod.py": b"x = 1",
    "/lib/pkg/__init__.py": b"",
    "/lib/pkg.py": b"",
    "/lib/mod2.py": b"",
}
ERRORS = [errno.EACCES, errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ELOOP, errno.ESTALE]


@pytest.mark.parametrize("error", ERRORS)
def test_a_file_that_cannot_be_asked_for(error):
    """Another file or directory of the name is next; what is found by listing only is not there."""
    disk = FaultyDisk(TREE, stat={"/lib/mod.py": error, "/lib/pkg/__init__.py": error})
    finder = finder_on(disk)
    assert finder.find_spec("mod") is None
    assert finder.find_spec("pkg").origin == "/lib/pkg.py"
    assert finder.find_spec("mod2").origin == "/lib/mod2.py"


@pytest.mark.parametrize("error", [errno.EACCES, errno.ENOENT, errno.ENOTDIR])
def test_a_directory_that_cannot_be_listed(error):
    finder = finder_on(FaultyDisk(TREE, listdir={"/lib": error}))
    assert finder.find_spec("mod") is None


def test_too_many_open_files_is_told():
    """Not a property of the directory: "No module named" would lead astray."""
    finder = finder_on(FaultyDisk(TREE, listdir={"/lib": errno.EMFILE}))
    with pytest.raises(OSError, match="[Tt]oo many open files|No file descriptors"):
        finder.find_spec("mod")


@pytest.mark.parametrize("error", ERRORS)
def test_a_directory_that_vanishes(error):
    disk = FaultyDisk(TREE)
    finder = finder_on(disk)
    assert finder.find_spec("mod")
    disk.faults["stat"] = {"/lib": error}
    assert finder.find_spec("mod") is None
    disk.faults.clear()
    assert finder.find_spec("mod")


@pytest.mark.parametrize("error", ERRORS)
def test_no_hook_for_what_cannot_be_asked(error):
    disk = FaultyDisk(TREE, stat={"/lib": error})
    with pytest.raises(ImportError, match="only directories are supported") as caught:
        finder_on(disk)
    assert caught.value.path == "/lib"


@pytest.fixture
def tmp_path():
    """A directory that everybody may enter, which pytest's is not."""
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o777)
        yield Path(directory)


@pytest.fixture(params=["stdlib", "entrepot"])
def run(request, tmp_path):
    """Runs a program under one of the two, as somebody without privileges."""

    def run(body):
        start = f"import sys, os\nLIB = {str(tmp_path)!r}\nsys.path.insert(0, {SOURCE!r})\n"
        if request.param == "entrepot":
            start += "import entrepot\nentrepot.install()\n"
        start += "import warnings, textwrap, string\n"
        drop = "os.geteuid() == 0 and os.setuid(65534)\nsys.path[:] = [LIB]\n"
        done = subprocess.run(
            [sys.executable, "-c", start + drop + body],
            capture_output=True, text=True, env=clean_environment(), timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


TRY = """
def attempt(name):
    try:
        __import__(name)
        return "ok"
    except BaseException as error:
        return f"{type(error).__name__}: {error}".replace(LIB, "LIB")
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_without_permission(run, tmp_path):
    (tmp_path / "closed.py").write_text("x = 1")
    (tmp_path / "closed.py").chmod(0)
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "__init__.py").write_text("x = 1")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "readable.py").write_text("x = 1")
    (tmp_path / "unlisted").mkdir()
    (tmp_path / "unlisted" / "inner.py").write_text("")
    (tmp_path / "unlisted").chmod(0o111)
    try:
        out = run(TRY + "for name in ('closed', 'shut.x', 'readable'): print(attempt(name))\n"
                  "sys.path.append(LIB + '/unlisted'); print(attempt('inner'))")  # fmt: skip
    finally:
        for name in ("shut", "unlisted"):
            (tmp_path / name).chmod(0o755)
    assert out.split("\n") == [
        "PermissionError: [Errno 13] Permission denied: 'LIB/closed.py'",
        "ModuleNotFoundError: No module named 'shut.x'",
        "ok",
        "ModuleNotFoundError: No module named 'inner'",
    ]


def test_things_of_the_wrong_kind(run, tmp_path):
    (tmp_path / "directory.py").mkdir()
    (tmp_path / "broken.py").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    out = run(TRY + "for n in ('directory', 'broken', 'loop', 'pipe'): print(attempt(n))\n"
              "import pkg; print(pkg.__file__)")  # fmt: skip
    names = ("directory", "broken", "loop", "pipe")
    expected = [f"ModuleNotFoundError: No module named '{name}'" for name in names]
    assert out.split("\n") == [*expected, "None"]


def test_a_directory_replaced_by_a_file_midway(run, tmp_path):
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "first.py").write_text("")
    (tmp_path / "place" / "second.py").write_text("")
    (tmp_path / "place").chmod(0o777)
    out = run(
        TRY
        + """
place = LIB + "/place"
sys.dont_write_bytecode = True
sys.path.append(place)
print(attempt("first"))
for name in os.listdir(place):
    os.unlink(place + "/" + name)
os.rmdir(place)
print(attempt("second"))
open(place, "w").close()
print(attempt("second"))
os.unlink(place)
os.mkdir(place)
open(place + "/second.py", "w").close()
sys.path_importer_cache.pop(place, None)
print(attempt("second"))
"""
    )
    missing = "ModuleNotFoundError: No module named 'second'"
    assert out.split("\n") == ["ok", missing, missing, "ok"]


def test_the_current_directory_is_gone(run, tmp_path):
    (tmp_path / "cwd").mkdir(mode=0o777)
    (tmp_path / "cwd").chmod(0o777)
    (tmp_path / "there.py").write_text("")
    out = run(
        TRY
        + """
sys.path[:] = ["", LIB]
os.chdir(LIB + "/cwd")
open("here.py", "w").close()
print(attempt("here"))
os.unlink("here.py")
sys.dont_write_bytecode = True
for name in os.listdir("."):
    [os.unlink(name + "/" + n) for n in os.listdir(name)]
    os.rmdir(name)
os.rmdir(LIB + "/cwd")
print(attempt("absent"), attempt("there"))
"""
    )
    assert out.split("\n") == ["ok", "ModuleNotFoundError: No module named 'absent' ok"]


ODD_ENTRIES = [
    42, None, b"bytes", Path("/tmp"), "", ".", "relative", "./relative/", "/" * 50, "x" * 10_000,
    "/" + "d/" * 5000, "nul\0byte", "\ud800", "/tmp/\udcff", "größe", "\n", "/dev/null",
    "/proc/self/mem", "~", "//", "C:\\Windows", "/no/such/directory", "file:///tmp", " ",
]  # fmt: skip


#: The interpreter's own PathFinder fails on these with ValueError, whatever is imported.
IMPOSSIBLE = ["nul\0byte", "\ud800"]


@pytest.mark.parametrize("kind", ["stdlib", "entrepot", "isolated"])
def test_odd_path_entries(python, tmp_path, kind):
    (tmp_path / "found.py").write_text("x = 1")
    odd = [e for e in ODD_ENTRIES if kind != "stdlib" or e not in IMPOSSIBLE]
    entries = ", ".join(
        f"__import__('pathlib').Path({str(e)!r})" if isinstance(e, Path) else ascii(e) for e in odd
    )
    body = f"""
import sys
sys.path.insert(0, {SOURCE!r})
import entrepot, importlib
entries = [{entries}, {str(tmp_path)!r}]
if {kind!r} == "isolated":
    system = entrepot.ImportSystem(entries)
    print(system.import_module("found").x)
    system.invalidate_caches()
    print(system.find_spec("absent"))
else:
    if {kind!r} == "entrepot":
        entrepot.install()
    import importlib.util
    sys.path[:] = entries + sys.path
    import found
    print(found.x)
    importlib.invalidate_caches()
    print(importlib.util.find_spec("absent"))
"""
    assert python("-c", body).stdout.split() == ["1", "None"]
