"""The abstract classes, beside the stdlib's and importlib_resources'."""

from __future__ import annotations

import io
import pathlib
import sys
import zipfile

import importlib_resources.abc
import pytest

import entrepot
from entrepot import resources
from entrepot.resources import abc

from .conftest import api_module


def tree_of(api):
    """A class of traversables over (name, bytes or list), with what is abstract and no more."""

    class Tree(api_module(api, "abc").Traversable):
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
            stream = io.BytesIO(self.content)
            return stream if mode == "rb" else io.TextIOWrapper(stream, *args, **kwargs)

    return Tree


CONTENT = [("a.txt", "ä".encode()), ("sub", [("deep", [("b", b"b")])])]


def test_what_follows_from_the_abstract_methods(api):
    tree = tree_of(api)("root", CONTENT)
    assert tree.joinpath("a.txt").read_bytes() == "ä".encode()
    assert (tree / "a.txt").read_text(encoding="utf-8") == "ä"
    assert tree.joinpath() is tree
    for path in [
        ("sub", "deep", "b"),
        ("sub/deep/b",),
        ("./sub//deep/b/",),
        (pathlib.PurePosixPath("sub/deep"), "b"),
    ]:
        assert tree.joinpath(*path).read_bytes() == b"b"


def test_text_with_errors():
    assert (tree_of(resources)("r", CONTENT) / "a.txt").read_text("ascii", "ignore") == ""


def test_text_of_a_traversable_that_knows_no_errors():
    class Old(tree_of(resources)):
        def open(self, mode="r", encoding=None):
            return io.StringIO("text")

    assert Old("x", b"").read_text(encoding="utf-8") == "text"


@pytest.mark.parametrize(
    ("path", "target", "rest"),
    [(("z",), "z", []), (("sub", "z/x"), "z", ["x"]), (("sub/z", "x", "y"), "z", ["x", "y"])],
)
def test_what_is_missing(api, path, target, rest):
    error = api_module(api, "abc").TraversalError
    with pytest.raises(error) as caught:
        tree_of(api)("root", CONTENT).joinpath(*path)
    assert caught.value.args == ("Target not found during traversal.", target, rest)


@pytest.mark.parametrize("name", ["..", "sub/..", "/sub", "a\0b", "C:"])
def test_what_leads_out(name):
    with pytest.raises(resources.ContainmentError, match="leads out"):
        tree_of(resources)("root", CONTENT) / name


def test_the_error_is_both_of_the_documented_ones():
    assert issubclass(resources.ContainmentError, resources.TraversalError)
    assert issubclass(resources.ContainmentError, ValueError)  # until 3.12


def test_a_child_may_have_a_way_of_its_own():
    class Quick(tree_of(resources)):
        def iterdir(self):
            return iter([Quick(*item) for item in self.content])

        def joinpath(self, *descendants):
            return "found" if self.name == "sub" else super().joinpath(*descendants)

    assert Quick("root", CONTENT).joinpath("sub", "whatever", "else") == "found"


@pytest.mark.parametrize("name", ["Traversable", "ResourceReader", "TraversableResources"])
def test_they_are_abstract(api, name):
    with pytest.raises(TypeError, match="abstract"):
        getattr(api_module(api, "abc"), name)()


def test_abstract_methods(api):
    named = api_module(api, "abc")
    for name in ("Traversable", "ResourceReader", "TraversableResources"):
        assert getattr(abc, name).__abstractmethods__ == getattr(named, name).__abstractmethods__


def test_whatever_has_the_methods_is_a_traversable(api, tmp_path):
    traversable = api_module(api, "abc").Traversable
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("x", "x")
        assert isinstance(zipfile.Path(archive), traversable)
    assert isinstance(tmp_path, traversable)
    assert not isinstance(str(tmp_path), traversable)
    assert not isinstance(pathlib.PurePath(), traversable)


def test_a_subclass_does_not_make_its_siblings_traversable(tmp_path):
    assert not isinstance(tmp_path, tree_of(resources))


def test_the_legacy_readers_defaults():
    class Reader(abc.ResourceReader):
        def open_resource(self, resource):
            return super().open_resource(resource)

        def resource_path(self, resource):
            return super().resource_path(resource)

        def is_resource(self, path):
            return super().is_resource(path)

        def contents(self):
            return super().contents()

    reader = Reader()
    for method in (reader.open_resource, reader.resource_path, reader.is_resource):
        with pytest.raises(FileNotFoundError):
            method("x")
    with pytest.raises(FileNotFoundError):
        reader.contents()


def test_readers_are_the_stdlibs_too(on_disk, tmp_path):
    import importlib.abc

    home = importlib.import_module(
        "importlib.abc" if sys.version_info < (3, 11) else "importlib.resources.abc"
    )
    system = entrepot.ImportSystem(path=[str(tmp_path / "site")])
    reader = system.import_module("thing").__spec__.loader.get_resource_reader("thing")
    for classes in (home, importlib_resources.abc):
        assert isinstance(reader, classes.ResourceReader)
        assert isinstance(reader, classes.TraversableResources)


def test_the_stdlibs_readers_are_ours_too(api, on_disk):
    reader = api_module(api, "readers").FileReader(on_disk.__spec__.loader)
    assert isinstance(reader, abc.ResourceReader)
    assert isinstance(reader, abc.TraversableResources)
    assert not isinstance(on_disk, abc.ResourceReader)


def test_an_old_reader_gives_no_tree():
    class Old:
        open_resource = resource_path = is_resource = contents = print

    assert isinstance(Old(), abc.ResourceReader)
    assert not isinstance(Old(), abc.TraversableResources)


def test_readers_of_a_tree():
    class Reader(abc.TraversableResources):
        def files(self):
            return tree_of(resources)("root", CONTENT)

    reader = Reader()
    assert sorted(reader.contents()) == ["a.txt", "sub"]
    assert reader.open_resource("sub/deep/b").read() == b"b"
    assert reader.is_resource("a.txt")
    assert not reader.is_resource("sub")
    assert not reader.is_resource("missing")  # importlib_resources raises TraversalError
    with pytest.raises(FileNotFoundError, match="x"):
        reader.resource_path("x")
    with pytest.raises(resources.TraversalError):
        reader.open_resource("missing")


def test_all_public_names_are_there(api):
    for module in ("", ".abc", ".readers", ".simple"):
        theirs = __import__(api.__name__ + module, fromlist=["*"])
        ours = __import__(resources.__name__ + module, fromlist=["*"])
        names = getattr(theirs, "__all__", None) or [
            name
            for name, value in vars(theirs).items()
            if isinstance(value, type) and value.__module__ == theirs.__name__ and name[0] != "_"
        ]
        assert [name for name in names if not hasattr(ours, name)] == []
        assert set(getattr(theirs, "__all__", ())) <= set(getattr(ours, "__all__", names))


def test_star_import_and_dir():
    namespace = {}
    exec("from entrepot.resources import *", namespace)
    assert set(resources.__all__) <= namespace.keys()
    assert set(resources.__all__) <= set(dir(resources))
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        resources.nonesuch  # noqa: B018
    assert isinstance("x", resources.Anchor)
    assert isinstance(pytest, resources.Package)
