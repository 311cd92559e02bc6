"""glob, rglob, walk over any traversable; pathlib is the oracle."""

from __future__ import annotations

import os
import sys

import pytest

from entrepot import resources
from entrepot.resources import ContainmentError, DiskPath, glob, rglob, walk

from .conftest import TREE

PATTERNS = [
    "*", "*.txt", "*.json", "data/*.json", "data/*", "**/*.txt", "**/deep/*", "*/*", "data",
    "**/one.json", "d*/t[wx]o.*", "data/**/*", "**/data/**/*.txt", "missing", "?at?", "./data/./*",
    "data//deep/three.txt", "*/", "data/*/",
]  # fmt: skip


def found(paths, root):
    # Paths of pathlib, of disk, of zips: all have a text that begins with that of the root.
    prefix = str(root).rstrip("/") + "/"
    texts = [str(path).rstrip("/") for path in paths]
    return [text.removeprefix(prefix) for text in texts if "__pycache__" not in text]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_as_pathlib(thing, pattern):
    # PAINS 31: no glob on Traversable.
    root = resources.files(thing)
    with resources.as_file(root) as path:
        expected = found(path.glob(pattern), path)
        if pattern.endswith("/") and sys.version_info < (3, 11):
            expected = [name for name in expected if (path / name).is_dir()]
    assert sorted(found(glob(root, pattern), root)) == sorted(set(expected))


@pytest.mark.parametrize("pattern", ["*.txt", "deep/*", "one.json", "*"])
def test_rglob_as_pathlib(thing, pattern):
    root = resources.files(thing)
    with resources.as_file(root) as path:
        expected = found(path.rglob(pattern), path)
    assert sorted(found(rglob(root, pattern), root)) == sorted(set(expected))


def test_recursion_at_the_end_matches_files_too(in_zip):
    # As pathlib since 3.13.
    names = found(glob(resources.files(in_zip), "data/**"), resources.files(in_zip))
    assert names == [
        "data", "data/deep", "data/deep/empty", "data/deep/three.txt", "data/one.json",
        "data/two.json",
    ]  # fmt: skip
    everything = list(glob(resources.files(in_zip), "**"))
    assert everything[0] == resources.files(in_zip)
    assert len(everything) == len(TREE) + 3


def test_several_recursions_yield_nothing_twice(thing):
    root = resources.files(thing)
    names = found(glob(root, "**/**/*.txt"), root)
    assert sorted(names) == sorted(set(names)) == ["data/deep/three.txt", "utf-8.txt"]


def test_case(in_zip):
    root = resources.files(in_zip)
    assert found(glob(root, "DATA/*.JSON", case_sensitive=False), root) == [
        "data/one.json",
        "data/two.json",
    ]
    assert found(glob(root, "DATA/*", case_sensitive=True), root) == []


def test_of_several_places(spread):
    root = resources.files(spread)
    assert [path.read_bytes() for path in glob(root, "sub/*.txt")] == [b"a", b"b", b"c"]
    assert [path.name for path in rglob(root, "*.txt")] == [
        "one.txt", "a.txt", "b.txt", "c.txt", "zipped.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("pattern", ["../*", "/etc/*", "a/../*", "C:/*", "a\0*"])
def test_patterns_that_lead_out(thing, pattern):
    for search in (glob, rglob):
        with pytest.raises(ContainmentError, match="leads out"):
            search(resources.files(thing), pattern)


@pytest.mark.parametrize("pattern", ["", ".", "./"])
def test_empty_patterns(thing, pattern):
    with pytest.raises(ValueError, match="Unacceptable pattern"):
        glob(resources.files(thing), pattern)


def test_a_file_has_nothing_below(thing):
    assert list(glob(resources.files(thing) / "bad.bin", "*")) == []


def test_walk(thing):
    root = resources.files(thing)
    seen = [
        (found([path], root)[0] if path != root else "", directories, files)
        for path, directories, files in walk(root)
        if path.name != "__pycache__"
    ]
    top = seen[0]
    assert [name for name in top[1] if name != "__pycache__"] == ["data"]
    assert top[2] == ["__init__.py", "bad.bin", "module.py", "utf-8.txt"]
    assert seen[1:] == [
        ("data", ["deep"], ["one.json", "two.json"]),
        ("data/deep", [], ["empty", "three.txt"]),
    ]


def test_walk_from_the_bottom(in_zip):
    names = [path.name for path, _, _ in walk(resources.files(in_zip), top_down=False)]
    assert names == ["deep", "data", "thing"]


def test_walk_where_one_wants(in_zip):
    seen = []
    for path, directories, _ in walk(resources.files(in_zip)):
        seen.append(path.name)
        directories[:] = [name for name in directories if name != "deep"]
    assert seen == ["thing", "data"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_not_followed_by_recursion(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("")
    os.symlink("..", tmp_path / "a" / "up")
    root = DiskPath(tmp_path)
    assert found(glob(root, "**/x"), root) == ["a/x"]
    assert found(glob(root, "a/**"), root) == ["a", "a/up", "a/x"]
    assert found(glob(root, "a/up/a/x"), root) == ["a/up/a/x"]  # asked for by name
    assert [(path.name, files) for path, _, files in walk(root)][1] == ("a", ["up", "x"])


def test_a_search_for_plain_names_imports_no_re(python):
    code = """
import sys
before = "re" in sys.modules
from entrepot import resources
assert [p.name for p in resources.glob(resources.files("entrepot"), "core/spec.py")] == ["spec.py"]
assert ("re" in sys.modules) == before
"""
    python("-c", code)
