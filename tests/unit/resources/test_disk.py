"""DiskPath is a `pathlib.Path` to everybody but the clock."""

from __future__ import annotations

import copy
import functools
import os
import pathlib
import pickle
import shutil

import pytest
from hypothesis import given, strategies as st

from entrepot.resources import DiskPath

HERE = pathlib.Path(__file__).parent
FILES = DiskPath(HERE)


def test_it_is_a_path():
    assert isinstance(FILES, pathlib.Path)
    assert isinstance(FILES, os.PathLike)
    assert FILES.__class__ is type(HERE)
    match FILES:
        case pathlib.Path():
            pass
        case _:
            pytest.fail("no Path to a class pattern")


def test_functions_that_dispatch_on_type():
    @functools.singledispatch
    def kind(value):
        return "anything"

    kind.register(pathlib.Path, lambda value: "a path")
    assert kind(FILES) == "a path"


PAIRS = [(FILES, HERE), (HERE, FILES), (FILES, DiskPath(HERE))]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_equality_and_hash(one, other):
    assert one == other
    assert not one != other  # noqa: SIM202  (the operator is what is tested)
    assert hash(one) == hash(other)
    assert {one: 1}[other] == 1
    assert one != other.parent
    assert one != str(other)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_order(one, other):
    assert one < other / "x"
    assert other / "x" > one
    assert one <= other
    assert one >= other
    assert not one < other
    assert not one > other
    assert sorted([other / "x", one]) == [one, other / "x"]


def test_order_is_for_paths():
    with pytest.raises(TypeError):
        FILES < "x"  # noqa: B015


def test_others_take_it(tmp_path):
    assert os.fspath(FILES) == str(FILES) == str(HERE)
    assert bytes(FILES) == bytes(HERE)
    assert pathlib.Path(FILES) == HERE
    assert HERE.parent / DiskPath("x") == HERE.parent / "x"
    assert pathlib.Path(FILES / "x").relative_to(FILES) == pathlib.Path("x")
    assert "/a" / DiskPath("b") == pathlib.Path("/a/b")
    assert HERE.samefile(FILES)
    shutil.copy(FILES / "conftest.py", tmp_path)
    assert (tmp_path / "conftest.py").exists()


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_copies(copied):
    again = copied(FILES)
    assert type(again) is DiskPath
    assert again == FILES


def test_the_rest_of_pathlib():
    path = FILES / "conftest.py"
    assert path.suffix == ".py"
    assert path.parent == HERE
    assert path.with_suffix(".txt").name == "conftest.txt"
    assert path.stat().st_size == (HERE / "conftest.py").stat().st_size
    assert HERE / "conftest.py" in set(FILES.glob("*.py"))
    assert path.exists()
    assert not path.is_symlink()
    assert {"suffix", "joinpath"} <= set(dir(path))
    with pytest.raises(AttributeError, match="no_such_thing"):
        path.no_such_thing  # noqa: B018


def test_what_cannot_be_joined():
    with pytest.raises(TypeError, match="str or an os.PathLike object"):
        FILES.joinpath(b"x")
    with pytest.raises(TypeError, match="unsupported operand"):
        FILES / 3


def test_every_public_member_of_traversables_is_pathlibs():
    for name in ("iterdir", "is_dir", "is_file", "open", "read_bytes", "read_text", "joinpath"):
        assert callable(getattr(FILES, name))
    assert {path.name for path in FILES.iterdir()} == {path.name for path in HERE.iterdir()}
    with pytest.raises(FileNotFoundError):
        (FILES / "missing").iterdir()
    with pytest.raises(NotADirectoryError):
        (FILES / "conftest.py").iterdir()


def test_links(tmp_path):
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "broken").symlink_to("nothing")
    link, broken = DiskPath(tmp_path / "link"), DiskPath(tmp_path / "broken")
    assert link.is_dir()
    assert not link.is_dir(follow_symlinks=False)
    assert link.is_symlink()
    assert not broken.exists()
    assert broken.exists(follow_symlinks=False)


def test_nul_is_no_file():
    assert not (FILES / "a\0b").is_file()
    assert not (FILES / "a\0b").is_dir()


parts = st.lists(st.text(st.sampled_from("ab./"), max_size=5), max_size=4)


@given(base=st.text(st.sampled_from("ab./"), max_size=6), names=parts)
def test_the_text_is_pathlibs(base, names):
    ours, theirs = DiskPath(base), pathlib.Path(base)
    assert str(ours) == str(theirs)
    assert ours.name == theirs.name
    assert str(ours.joinpath(*names)) == str(theirs.joinpath(*names))
