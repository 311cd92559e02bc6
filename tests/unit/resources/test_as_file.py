"""`as_file`: real files as they are, everything else as a copy that goes."""

from __future__ import annotations

import io
import os
import pathlib
import stat
import sys
import threading

import pytest

from entrepot import resources
from entrepot.resources import DiskPath, readers, space
from tests.capabilities import needs

from .conftest import TREE, tree_contents
from .test_abc import tree_of


def test_a_file_and_a_tree(api, thing):
    with api.as_file(api.files(thing) / "utf-8.txt") as path:
        assert isinstance(path, pathlib.Path)
        assert path.read_bytes() == TREE["utf-8.txt"]
        assert path.name.endswith("utf-8.txt")
    with api.as_file(api.files(thing)) as path:
        assert isinstance(path, pathlib.Path)
        assert tree_contents(path) == TREE


def test_real_files_are_not_copied(on_disk):
    for path in (resources.files(on_disk), resources.files(on_disk) / "bad.bin"):
        with resources.as_file(path) as real:
            assert real is path
        assert path.exists()
    plain = pathlib.Path(on_disk.__file__)
    with resources.as_file(plain) as real:
        assert real is plain


def test_copies_go(api, in_zip):
    for name in ("bad.bin", "data"):
        with api.as_file(api.files(in_zip) / name) as path:
            assert path.exists()
        assert not path.exists()


def test_copies_go_when_the_body_raises(api, in_zip):
    with pytest.raises(ZeroDivisionError), api.as_file(api.files(in_zip)) as path:
        1 / 0  # noqa: B018
    assert not path.exists()


def test_a_copy_keeps_its_name(in_zip):
    # The stdlib's is called tmp8k2jx1q0bad.bin.
    with resources.as_file(resources.files(in_zip) / "bad.bin") as path:
        assert path.name == "bad.bin"
    with resources.as_file(resources.files(in_zip)) as path:
        assert path.name == "thing"


@needs("modes of files")
def test_copies_are_private(in_zip):
    with resources.as_file(resources.files(in_zip)) as path:
        for directory in (path, path.parent, path.parent.parent):
            assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert stat.S_IMODE((path / "bad.bin").stat().st_mode) == 0o600


def test_each_file_is_read_once(in_zip, monkeypatch):
    reads = []
    files = resources.files(in_zip)
    read = type(files).read_bytes
    monkeypatch.setattr(type(files), "read_bytes", lambda self: reads.append(self.at) or read(self))
    with resources.as_file(files):
        assert sorted(reads) == sorted(f"thing/{name}" for name in TREE)
    assert len(reads) == len(TREE)


def test_a_tree_of_several_places(api, spread):
    with api.as_file(api.files(spread)) as path:
        assert tree_contents(path) == {
            "one.txt": b"1 of a",
            "zipped.txt": b"z",
            "sub/a.txt": b"a",
            "sub/b.txt": b"b",
            "sub/c.txt": b"c",
        }


def test_what_is_missing(in_zip):
    before = left()
    with pytest.raises(FileNotFoundError), resources.as_file(resources.files(in_zip) / "missing"):
        pytest.fail("there is no such file")
    assert left() == before


def left():
    """The directories of copies that there are now."""
    return set(os.listdir(space.SPACE.root)) if os.path.isdir(space.SPACE.root) else set()


def test_it_may_be_entered_again_and_at_once(in_zip):
    context = resources.as_file(resources.files(in_zip) / "bad.bin")
    with context as one:
        with context as two:
            assert one != two
            assert one.read_bytes() == two.read_bytes()
        assert one.exists()
        assert not two.exists()
    assert not one.exists()


def test_from_several_threads(in_zip):
    paths, barrier = [], threading.Barrier(8)

    def work():
        barrier.wait()
        with resources.as_file(resources.files(in_zip) / "bad.bin") as path:
            paths.append(str(path))
            assert path.read_bytes() == b"\xff\xfe"

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(paths)) == 8
    assert not any(map(os.path.exists, paths))


@pytest.mark.parametrize(
    "name", ["..", "../evil", "/evil", "a/b", "C:evil", "..\\evil", "a\0b", ".", ""]
)
def test_a_child_cannot_be_written_elsewhere(name):
    before = left()
    tree = tree_of(resources)("tree", [("fine", b""), (name, b"evil")])
    with pytest.raises(resources.ContainmentError, match="cannot be the name of a copy"):
        resources.as_file(tree).__enter__()
    assert left() == before


def test_two_children_of_one_name():
    tree = tree_of(resources)("tree", [("x", b"1"), ("x", b"2")])
    before = left()
    with pytest.raises(FileExistsError):
        resources.as_file(tree).__enter__()
    assert left() == before


def test_what_is_no_traversable(api):
    with pytest.raises(AttributeError, match="'int' object has no attribute 'is_dir'"):
        api.as_file(3)


def test_a_traversable_without_name():
    with resources.as_file(tree_of(resources)("", b"content")) as path:
        assert path.read_bytes() == b"content"


def test_a_directory_that_raises_for_what_is_missing():
    class Strict(tree_of(resources)):
        def is_dir(self):
            raise FileNotFoundError(self.name)

    with resources.as_file(Strict("x", b"content")) as path:
        assert path.read_bytes() == b"content"


def test_content_is_copied_piece_by_piece():
    sizes = []

    class Stream(io.BytesIO):
        def read(self, size=-1):
            sizes.append(size)
            return super().read(size)

    class Large(tree_of(resources)):
        def open(self, mode="r"):
            return Stream(bytes(3 << 20))

    with resources.as_file(Large("x", b"")) as path:
        assert path.stat().st_size == 3 << 20
    assert set(sizes) == {1 << 20}


def test_links_in_a_copy_are_not_followed_when_it_goes(in_zip, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("")
    with resources.as_file(resources.files(in_zip)) as path:
        os.symlink(tmp_path / "precious", path / "link")
    assert not path.exists()
    assert (tmp_path / "precious" / "file").exists()


def test_where_temporary_files_are(tmp_path, monkeypatch):
    import tempfile

    assert space.temporary_directory() == tempfile.gettempdir()
    monkeypatch.delitem(sys.modules, "tempfile")
    for variables in ({"TMPDIR": str(tmp_path)}, {"TMPDIR": "/no/such", "TMP": str(tmp_path)}):
        for name in ("TMPDIR", "TEMP", "TMP"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert space.temporary_directory() == str(tmp_path)


def test_where_nobody_watches_the_root_goes_with_the_last_copy(in_zip, monkeypatch):
    monkeypatch.setattr(space.reaper, "watch", lambda directory: None)
    monkeypatch.setattr(space.SPACE, "owner", 0)  # as if there had been no copy yet
    monkeypatch.setattr(space.SPACE, "root", "")
    monkeypatch.setattr(space.SPACE, "watched", True)
    context = resources.as_file(resources.files(in_zip) / "bad.bin")
    with context as one:
        root = one.parent.parent
        with context as two:
            assert two.parent.parent == root
        assert root.exists()
    assert not root.exists()
    with context as three:
        assert three.read_bytes() == b"\xff\xfe"
    assert not three.parent.parent.exists()


def test_a_path_that_lasts(in_zip):
    # PAINS 31 (importlib_resources#291): a path for functions that keep it.
    path = resources.local_path(resources.files(in_zip) / "data")
    assert isinstance(path, pathlib.Path)
    assert (path / "one.json").read_bytes() == b"{}"
    assert resources.local_path(resources.files(in_zip) / "data") is path
    assert resources.local_path(resources.files(in_zip) / "bad.bin") != path
    with resources.as_file(resources.files(in_zip) / "data") as copy:
        assert copy != path
    assert path.exists()


def test_a_real_file_lasts_by_itself(on_disk):
    path = resources.files(on_disk) / "bad.bin"
    assert resources.local_path(path) is path


def test_no_lasting_path_of_what_is_missing(in_zip):
    before = left()
    with pytest.raises(FileNotFoundError):
        resources.local_path(resources.files(in_zip) / "missing")
    assert left() == before


def test_no_copy_of_what_is_in_one_place(tmp_path):
    (tmp_path / "x").write_text("x")
    united = readers.MultiplexedPath(DiskPath(tmp_path))
    with resources.as_file(united / "x") as path:
        assert path == tmp_path / "x"
