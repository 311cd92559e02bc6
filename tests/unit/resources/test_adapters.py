"""Loaders of other people, of every age."""

from __future__ import annotations

import importlib
import io
import types
from importlib.machinery import ModuleSpec

import pytest

from entrepot import resources
from entrepot.resources import ContainmentError, adapters, simple
from entrepot.resources.abc import ResourceReader, TraversableResources

from .conftest import api_module


class Loader:
    def __init__(self, reader, **attributes):
        self.reader = reader
        vars(self).update(attributes)

    def get_resource_reader(self, name):
        assert name == "old"
        return self.reader


class OldReader(ResourceReader):
    """A reader of before 3.9, for which missing resources raise, as is documented."""

    def __init__(self, path=None):
        self.path = path

    def open_resource(self, resource):
        if resource == "a.txt":
            return io.BytesIO("ä".encode())
        raise FileNotFoundError(resource)

    def resource_path(self, resource):
        if self.path is None or resource != "a.txt":
            raise FileNotFoundError(resource)
        return self.path

    def is_resource(self, path):
        if path in ("a.txt", "sub/b.txt"):
            return True
        if path == "sub":
            return False
        raise FileNotFoundError(path)

    def contents(self):
        return iter(["a.txt", "sub", "sub/b.txt"])


def module(loader):
    made = types.ModuleType("old")
    made.__spec__ = ModuleSpec("old", loader, is_package=True)
    return made


def test_an_old_reader(api):
    old = module(Loader(OldReader()))
    directory = api.files(old)
    assert directory.name == "old"
    assert [child.name for child in directory.iterdir()] == ["a.txt", "sub", "sub/b.txt"]
    child = directory / "a.txt"
    assert (child.name, child.is_file(), child.is_dir()) == ("a.txt", True, False)
    assert child.read_bytes() == "ä".encode()
    assert child.open(encoding="utf-8").read() == "ä"
    assert list(child.iterdir()) == []
    assert (directory / "sub").is_dir()
    assert api.read_binary(old, "a.txt") == "ä".encode()
    with pytest.raises(ValueError, match="only 'r' and 'rb' are supported"):
        child.open("q")
    with pytest.raises(FileNotFoundError):
        directory.read_bytes()


def test_read_text_takes_errors():
    # The stdlib's until 3.14 fails: its Traversable.read_text knows no errors.
    old = module(Loader(OldReader()))
    assert resources.read_text(old, "a.txt", encoding="ascii", errors="replace") == "\ufffd\ufffd"


def test_what_an_old_reader_does_not_have():
    # importlib_resources lets the reader's FileNotFoundError out, or calls it a directory.
    directory = resources.files(module(Loader(OldReader())))
    for name in ("missing", "a.tx"):
        assert not (directory / name).is_file()
        assert not (directory / name).is_dir()
    orphan = directory.joinpath("a.txt", "below")
    assert orphan.name == "below"
    assert (orphan / "x" / "y").name == "y"
    assert not orphan.is_file()
    assert not orphan.is_dir()
    assert list(orphan.iterdir()) == []
    with pytest.raises(FileNotFoundError, match="Can't open orphan path"):
        orphan.open()
    assert directory.joinpath() is directory


@pytest.mark.parametrize("name", ["..", "/x", "a.txt/../..", "a\0b", "C:x"])
def test_old_readers_are_not_asked_for_names_that_lead_out(name):
    old = module(Loader(OldReader()))
    with pytest.raises(ContainmentError):
        resources.files(old) / name
    with pytest.raises(ContainmentError):
        resources.open_binary(old, name)
    assert not resources.is_resource(old, name)


@pytest.mark.parametrize("loader", [None, object(), Loader(None)])
def test_no_reader(api, loader):
    directory = api.files(module(loader))
    assert directory.name == "old"
    assert list(directory.iterdir()) == []
    assert not (directory / "x").is_file()
    with pytest.raises(FileNotFoundError):
        (directory / "x").read_bytes()


def test_opening_the_package_without_reader():
    with pytest.raises(FileNotFoundError, match="'old' has no resource reader"):
        resources.files(module(None)).open()


def test_as_file_takes_the_path_that_an_old_reader_knows(tmp_path):
    (tmp_path / "real.txt").write_text("real")
    old = module(Loader(OldReader(str(tmp_path / "real.txt"))))
    with resources.path(old, "a.txt") as path:
        assert path == tmp_path / "real.txt"
    assert path.exists()
    with resources.path(module(Loader(OldReader())), "a.txt") as path:
        assert path.name == "a.txt"
        assert path.read_bytes() == "ä".encode()


def test_a_reader_that_gives_a_tree_is_used_as_it_is(api, tmp_path):
    class Reader(TraversableResources):
        def files(self):
            return tmp_path

    assert api.files(module(Loader(Reader()))) is tmp_path


def test_errors_in_a_loader_are_not_hidden():
    # importlib_resources takes an AttributeError in get_resource_reader for "has none".
    class Broken:
        def get_resource_reader(self, name):
            return self.no_such_attribute

    with pytest.raises(AttributeError, match="no_such_attribute"):
        resources.files(module(Broken()))


def test_the_adapters(api):
    named = adapters if api is resources else api_module(api, "_adapters")
    spec = module(Loader(OldReader())).__spec__
    files = named.CompatibilityFiles(spec)
    assert files.is_resource("a.txt")  # any attribute of the reader
    assert files.files().name == "old"
    with pytest.raises(AttributeError, match="nonesuch"):
        files.nonesuch  # noqa: B018
    wrapped = named.wrap_spec(module(Loader(OldReader())))
    assert wrapped.name == "old"
    assert wrapped.loader.get_resource_reader("old").files().name == "old"
    assert named.SpecLoaderAdapter(spec).loader is spec.loader
    with pytest.raises(ValueError, match="at least one"):
        files.OrphanPath()


def test_the_reader_of_a_loader_that_inherits_the_interpreters(on_disk):
    class Mine(type(on_disk.__spec__.loader)):
        """A loader of a user, which leaves resources to its base."""

    spec = importlib.util.spec_from_file_location(
        "thing", on_disk.__file__, loader=Mine("thing", on_disk.__file__)
    )
    assert resources.files_of_spec(spec) == resources.files(on_disk)


# --- simple


class Table(simple.SimpleReader):
    """A reader over a dict, whose values are bytes or such dicts."""

    def __init__(self, package, table):
        self._package, self.table = package, table

    @property
    def package(self):
        return self._package

    def children(self):
        dirs = {k: v for k, v in self.table.items() if isinstance(v, dict)}
        return [type(self)(f"{self.package}.{name}", table) for name, table in dirs.items()]

    def resources(self):
        return [name for name, value in self.table.items() if isinstance(value, bytes)]

    def open_binary(self, resource):
        return io.BytesIO(self.table[resource])


class TableReader(simple.TraversableReader, Table):
    pass


DATA = {"a.txt": "ä".encode(), "sub": {"b.txt": b"b", "deep": {"c": b"c"}}}


def test_a_simple_reader():
    # The stdlib's cannot be made: its containers and handles have an abstract `name`.
    old = module(Loader(TableReader("x.old", DATA)))
    root = resources.files(old)
    assert (root.name, root.is_dir(), root.is_file()) == ("old", True, False)
    assert [child.name for child in root.iterdir()] == ["a.txt", "sub"]
    handle = root / "a.txt"
    assert (handle.name, handle.is_dir(), handle.is_file()) == ("a.txt", False, True)
    assert handle.parent is root
    assert handle.read_bytes() == "ä".encode()
    assert handle.read_text("ascii", "ignore") == ""
    assert root.joinpath("sub/deep", "c").read_text() == "c"
    assert resources.read_text(old, "sub", "b.txt", encoding="utf-8") == "b"
    assert sorted(TableReader("x", DATA).contents()) == ["a.txt", "sub"]


def test_what_a_simple_reader_refuses():
    root = simple.ResourceContainer(Table("old", DATA))
    with pytest.raises(IsADirectoryError):
        root.open()
    with pytest.raises(resources.TraversalError, match="Target not found"):
        root / "missing"
    with pytest.raises(RuntimeError, match="Cannot traverse into a resource"):
        root / "a.txt" / "x"
    with pytest.raises(NotADirectoryError):
        (root / "a.txt").iterdir()
    with pytest.raises(ValueError, match="mode"):
        (root / "a.txt").open("w")
    handle = root / "a.txt"
    assert handle.joinpath() is handle


def test_resources_may_be_an_attribute():
    class Plain(Table):
        resources = ("a.txt",)

    root = simple.ResourceContainer(Plain("old", DATA))
    assert [child.name for child in root.iterdir()] == ["a.txt", "sub"]
