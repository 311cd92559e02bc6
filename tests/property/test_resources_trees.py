"""Any tree of files reads the same on disk, in a zip, in memory and as a copy."""

from __future__ import annotations

import io
import itertools
import pathlib
import sys
import tempfile
import zipfile
import zipimport

import importlib_resources.abc
from hypothesis import assume, given, strategies as st

from entrepot import resources
from entrepot.host.memory import MemoryDisk
from entrepot.resources import DiskPath, abc, names
from entrepot.resources.archive import Contents, Names, ZipPath
from entrepot.resources.multiplexed import MultiplexedPath
from entrepot.resources.stored import StoredPath

part = st.text(st.sampled_from("abc.ä"), min_size=1, max_size=4).filter(lambda x: x.strip("."))
name = st.lists(part, min_size=1, max_size=4).map("/".join)
trees = st.dictionaries(name, st.binary(max_size=8), min_size=1, max_size=8)


def possible(tree):
    """Whether no file of *tree* is also a directory, and no two names are one to the disk."""
    directories = set()
    for path in tree:
        parts = path.split("/")
        directories.update("/".join(parts[:size]) for size in range(1, len(parts)))
    return not directories & tree.keys()


def contents(directory, prefix=""):
    found = {}
    for child in directory.iterdir():
        if child.is_dir():
            assert not child.is_file()
            found.update(contents(child, f"{prefix}{child.name}/"))
        else:
            assert child.is_file()
            found[prefix + child.name] = child.read_bytes()
    return found


def write(tree, directory):
    for path, data in tree.items():
        target = pathlib.Path(directory, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def zipped(tree, directory):
    path = str(pathlib.Path(directory, "x.zip"))
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in tree.items():
            archive.writestr(member, data)
    return path


@given(trees)
def test_one_tree_in_every_place(tree):
    assume(possible(tree))
    with tempfile.TemporaryDirectory() as directory:
        write(tree, pathlib.Path(directory, "tree"))
        archive = zipped(tree, directory)
        places = [
            DiskPath(pathlib.Path(directory, "tree")),
            ZipPath(Contents(archive, zipimport.zipimporter(archive).get_data), ""),
            StoredPath(MemoryDisk({f"/x/{path}": data for path, data in tree.items()}), "/x"),
        ]
        for place in places:
            assert contents(place) == tree
            with resources.as_file(place) as copy:
                assert contents(DiskPath(copy)) == tree
            for path, data in tree.items():
                assert place.joinpath(path).read_bytes() == data
                assert resources.within(place, *path.split("/")).read_bytes() == data
            assert {str(path) for path in resources.rglob(place, "*") if path.is_file()} == {
                str(place.joinpath(path)) for path in tree
            }
            files = itertools.chain.from_iterable(files for _, _, files in resources.walk(place))
            assert sorted(files) == sorted(path.rpartition("/")[2] for path in tree)


@given(trees, trees)
def test_a_union_has_the_first_of_each_name(first, second):
    union = {**second, **first}
    assume(possible(first) and possible(second) and possible(union))
    with tempfile.TemporaryDirectory() as directory:
        write(first, pathlib.Path(directory, "1"))
        write(second, pathlib.Path(directory, "2"))
        places = [DiskPath(pathlib.Path(directory, number)) for number in "12"]
        assert contents(MultiplexedPath(*places)) == union


@given(st.lists(st.text(st.sampled_from("ab/."), max_size=8), max_size=8))
def test_the_names_of_an_archive_are_a_tree(members):
    tree = Names(members)
    for directory, children in tree.children.items():
        assert not names.leads_out(directory)
        for child in children:
            path = f"{directory}/{child}" if directory else child
            assert child
            assert "/" not in child
            assert path in tree.files or path in tree.children
    assert not tree.files & tree.children.keys()
    kept = {member for member in members if not names.leads_out(member) and "//" not in member}
    assert tree.files <= kept
    assert tree.files >= {x for x in kept if x and not x.endswith("/") and not x.startswith("/")}


# --- Containment

paths = st.text(st.sampled_from("a./\\:C\0"), max_size=8)


@given(paths)
def test_nothing_that_is_let_through_leads_out(path):
    """Join what passes as each platform does, and see that it is still below."""
    try:
        parts = names.split([path], resources.ContainmentError)
    except resources.ContainmentError:
        return
    for flavour, root in ((pathlib.PurePosixPath, "/r/x"), (pathlib.PureWindowsPath, "D:\\r\\x")):
        joined = flavour(root).joinpath(*parts)
        assert flavour(root) in (joined, *joined.parents)
        assert ".." not in joined.parts


@given(st.lists(st.text(st.sampled_from("ab./"), max_size=6), max_size=3))
def test_joinpath_is_that_of_importlib_resources(descendants):
    def find(base):
        class Tree(base):
            def __init__(self, name, content):
                self._name, self.content = name, content

            name = property(lambda self: self._name)

            def iterdir(self):
                return iter([Tree(*item) for item in self.content])

            def is_dir(self):
                return isinstance(self.content, list)

            def is_file(self):
                return not self.is_dir()

            def open(self, mode="r", *args, **kwargs):
                return io.BytesIO(self.content)

        tree = Tree("", [("a", [("b", []), ("a", [])]), ("b", [("ab", [])])])
        return tree.joinpath(*descendants).name

    # What leads out, and what has no parts at all, is where we differ on purpose.
    assume(any(part not in ("", ".") for text in descendants for part in text.split("/")))
    assume(not any(map(names.leads_out, descendants)))
    # Theirs joins the parts first: an empty one before an absolute one, and so on.
    try:
        expected = find(importlib_resources.abc.Traversable)
    except importlib_resources.abc.TraversalError as error:
        expected = error.args
    try:
        result = find(abc.Traversable)
    except resources.TraversalError as error:
        result = error.args
    assert result == expected


if sys.version_info >= (3, 13):  # where ** matches files, as here

    @given(
        trees,
        st.lists(
            st.sampled_from(["*", "**", "a", "a*", "?", "[ab]", "*.*"]), min_size=1, max_size=4
        ),
    )
    def test_glob_is_that_of_pathlib(tree, pattern):
        assume(possible(tree))
        with tempfile.TemporaryDirectory() as directory:
            write(tree, directory)
            root, text = pathlib.Path(directory), "/".join(pattern)
            assert sorted(map(str, resources.glob(DiskPath(root), text))) == sorted(
                {str(path) for path in root.glob(text)}
            )
