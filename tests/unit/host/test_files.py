"""The disk, and the one in memory, which must behave the same; paths of both flavours."""

from __future__ import annotations

import ntpath
import os
import posixpath
import stat

import pytest

from entrepot import host
from entrepot.host import paths
from entrepot.host.memory import MemoryDisk
from tests.capabilities import needs

TREE = {"pkg/mod.py": b"x = 1", "pkg/data.bin": bytes(range(256)), "top.py": b""}


@pytest.fixture(params=["disk", "memory"])
def tree(request, tmp_path):
    """A disk and the path of a directory with TREE in it."""
    if request.param == "memory":
        return MemoryDisk({f"/root/{path}": data for path, data in TREE.items()}), "/root"
    for path, data in TREE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return host.DISK, str(tmp_path)


def test_reads(tree):
    disk, root = tree
    for path, data in TREE.items():
        assert disk.read(f"{root}/{path}") == disk.read_code(f"{root}/{path}") == data
        found = disk.stat(f"{root}/{path}")
        assert stat.S_ISREG(found.st_mode)
        assert found.st_size == len(data)
        assert found.st_mtime == pytest.approx(found.st_mtime_ns / 1e9)
    assert sorted(disk.listdir(root)) == ["pkg", "top.py"]
    assert stat.S_ISDIR(disk.stat(f"{root}/pkg").st_mode)


def test_reads_with_the_time(tree):
    disk, root = tree
    data, mtime = disk.read_code_dated(f"{root}/top.py")
    assert (data, mtime) == (b"", disk.stat(f"{root}/top.py").st_mtime)


@pytest.mark.parametrize("operation", ["stat", "read", "read_code", "listdir", "read_code_dated"])
def test_what_is_not_there(tree, operation):
    disk, root = tree
    with pytest.raises(FileNotFoundError):
        getattr(disk, operation)(f"{root}/absent")


def test_a_file_is_no_directory(tree):
    disk, root = tree
    with pytest.raises(NotADirectoryError):
        disk.listdir(f"{root}/top.py")


def test_writes(tree):
    disk, root = tree
    disk.make_directory(f"{root}/new/deep")
    disk.make_directory(f"{root}/new/deep")
    for data in (b"first", b"second, longer"):
        disk.write_atomic(f"{root}/new/deep/file", data, 0o600)
        assert disk.read(f"{root}/new/deep/file") == data
    assert disk.listdir(f"{root}/new/deep") == ["file"]


@needs("umask")
def test_modes(tmp_path):
    before = os.umask(0o027)
    try:
        host.DISK.write_atomic(str(tmp_path / "file"), b"", 0o777)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


def test_a_failed_write_leaves_nothing(tmp_path):
    (tmp_path / "target").mkdir()
    with pytest.raises(OSError, match="target"):
        host.DISK.write_atomic(str(tmp_path / "target"), b"data")
    assert os.listdir(tmp_path) == ["target"]


def test_making_directories_ends(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "deep")
    with pytest.raises(OSError, match="link"):
        host.DISK.make_directory(str(tmp_path / "link" / "a" / "b"))


def test_memory_of_another_platform():
    disk = MemoryDisk(
        {"C:\\Lib\\Mod.py": b"1"}, paths=paths.WINDOWS, case_insensitive=True, cwd="C:\\"
    )
    assert disk.read("c:\\lib\\mod.py") == disk.read("C:/Lib/Mod.py") == b"1"
    assert disk.listdir("C:\\LIB") == ["Mod.py"]


PARTS = ["", "a", "/", "/a", "a/", "a/b", "//a", ".", ".."]


@pytest.mark.parametrize("second", PARTS)
@pytest.mark.parametrize("first", PARTS)
def test_posix_paths(first, second):
    """As os.path, but empty parts leave no separator behind."""
    joined = posixpath.join(first, second) if second else first
    assert paths.POSIX.join(first, second) == joined
    assert paths.POSIX.isabs(first) == posixpath.isabs(first)


@pytest.mark.parametrize(
    "path", ["C:\\a", "C:/a", "C:a", "a", "\\\\server\\share\\x", "//server/share/x", "C:\\", ""]
)
def test_windows_paths(path):
    assert paths.WINDOWS.isabs(path) == ntpath.isabs(path)
    at = max(path.rfind("\\"), path.rfind("/"))
    assert paths.WINDOWS.split(path) == (path[: max(at, 0)], path[at + 1 :])


def test_absolute():
    assert paths.POSIX.absolute("a", "/cwd") == "/cwd/a"
    assert paths.POSIX.absolute(".", "/cwd") == "/cwd"
    assert paths.POSIX.absolute("/a", "/cwd") == "/a"
    assert paths.WINDOWS.absolute("\\a", "D:\\cwd") == "D:\\a"
    assert paths.WINDOWS.absolute("a", "D:\\cwd") == "D:\\cwd\\a"
