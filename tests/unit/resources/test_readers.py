"""FileReader, ZipReader, NamespaceReader, MultiplexedPath."""

from __future__ import annotations

import importlib
import os
import pathlib
import sys
import zipimport

import pytest

import entrepot
from entrepot import resources
from entrepot.resources import ContainmentError, DiskPath, readers

from .conftest import TREE, api_module, write_tree, write_zip

OUTSIDE = [
    "..",
    "../x",
    "data/../..",
    "/etc/hostname",
    "a\0b",
    "C:\\x",
    "c:/x",
    "\\\\host\\x",
    "..\\x",
]


def reader_of(api, module):
    named = api_module(api, "readers")
    loader = module.__spec__.loader
    if isinstance(loader, zipimport.zipimporter):
        return named.ZipReader(loader, module.__name__)
    return named.FileReader(loader)


def test_the_legacy_interface(api, thing):
    reader = reader_of(api, thing)
    assert set(reader.contents()) - {"__pycache__"} == {"data", "module.py", *TREE} - {
        name for name in TREE if "/" in name
    }
    assert reader.is_resource("utf-8.txt")
    assert reader.is_resource("data/one.json")
    assert not reader.is_resource("data")
    assert not reader.is_resource("missing")
    with reader.open_resource("bad.bin") as stream:
        assert stream.read() == b"\xff\xfe"
    with pytest.raises(FileNotFoundError):
        reader.open_resource("missing")


def test_the_path_of_a_file(api, on_disk):
    reader = reader_of(api, on_disk)
    folder = os.path.dirname(on_disk.__file__)
    assert reader.resource_path("utf-8.txt") == os.path.join(folder, "utf-8.txt")
    assert reader.resource_path("missing") == os.path.join(folder, "missing")
    assert reader.path == pathlib.Path(folder)


def test_no_path_in_a_zip(api, in_zip):
    with pytest.raises(FileNotFoundError):
        reader_of(api, in_zip).resource_path("utf-8.txt")


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_that_lead_out(thing, name):
    reader = reader_of(resources, thing)
    with pytest.raises(ContainmentError, match="leads out"):
        reader.open_resource(name)
    with pytest.raises((ContainmentError, FileNotFoundError)):
        reader.resource_path(name)
    assert not reader.is_resource(name)


def test_the_loaders_of_entrepot_have_readers(on_disk, tmp_path):
    system = entrepot.ImportSystem(path=[str(tmp_path / "site")])
    module = system.import_module("thing")
    reader = module.__spec__.loader.get_resource_reader("thing")
    assert type(reader) is readers.FileReader
    assert reader.files() == resources.files(on_disk)


# --- Namespace packages


def test_a_namespace_package_of_several_places(api, spread):
    directory = api.files(spread)
    assert directory.name == "spread"
    assert {child.name for child in directory.iterdir()} - {""} == {"one.txt", "sub", "zipped.txt"}
    assert (directory / "one.txt").read_bytes() == b"1 of a"
    assert (directory / "zipped.txt").read_bytes() == b"z"
    assert {child.name for child in (directory / "sub").iterdir()} == {"a.txt", "b.txt", "c.txt"}
    assert directory.joinpath("sub", "c.txt").read_bytes() == b"c"
    assert directory.joinpath("sub/b.txt").read_bytes() == b"b"
    assert api.read_text(spread, "sub", "a.txt", encoding="utf-8") == "a"


def test_the_base_paths_are_visible(spread, tmp_path):
    # PAINS 31 (importlib_resources#309): the union hides what it is made of.
    first, second, third = resources.files(spread).paths
    assert first == tmp_path / "a" / "spread"
    assert second == tmp_path / "b" / "spread"
    assert str(third) == f"{tmp_path / 'c.zip'}/spread/"
    assert [str(path) for path in (resources.files(spread) / "sub").paths] == [
        str(tmp_path / "a" / "spread" / "sub"),
        str(tmp_path / "b" / "spread" / "sub"),
        f"{tmp_path / 'c.zip'}/spread/sub/",
    ]


def test_what_is_nowhere_would_be_in_the_first(api, spread, tmp_path):
    missing = api.files(spread).joinpath("missing", "x")
    assert str(missing) == str(tmp_path / "a" / "spread" / "missing" / "x")
    assert not missing.is_file()


def test_a_reader_wants_a_namespace_path(api):
    with pytest.raises(ValueError, match="Invalid path"):
        api_module(api, "readers").NamespaceReader(["a", "b"])


def test_the_reader_of_a_namespace_package(api, spread, tmp_path):
    reader = api_module(api, "readers").NamespaceReader(spread.__path__)
    assert reader.resource_path("one.txt") == str(tmp_path / "a" / "spread" / "one.txt")
    assert reader.is_resource("one.txt")
    assert not reader.is_resource("sub")
    assert "zipped.txt" in set(reader.contents())


def test_entries_that_are_no_place(tmp_path, importable):
    # Editable installs have entries such as "__editable__.x.finder.__path_hook__".
    write_tree(tmp_path / "a" / "spread", {"one.txt": b"1"})
    importable(tmp_path / "a")
    spread = importlib.import_module("spread")
    spread.__path__._path.append("__editable__.spread.__path_hook__")
    spread.__path__._path.append(str(tmp_path / "a" / "spread" / "one.txt"))
    spread.__path__._path.append("/no/such/directory")
    assert resources.files(spread).paths == (DiskPath(tmp_path / "a" / "spread"),)


def test_of_a_name_that_is_file_here_and_directory_there(tmp_path):
    write_tree(tmp_path / "a", {"x": b"file"})
    write_tree(tmp_path / "b", {"x/y": b"in a directory"})
    a, b = DiskPath(tmp_path / "a"), DiskPath(tmp_path / "b")
    assert (readers.MultiplexedPath(a, b) / "x").read_bytes() == b"file"
    assert (readers.MultiplexedPath(b, a) / "x").is_dir()
    assert readers.MultiplexedPath(b, a).joinpath("x/y").read_bytes() == b"in a directory"


# --- MultiplexedPath by itself


def test_what_it_is_made_of(api, tmp_path):
    multiplexed = api_module(api, "readers").MultiplexedPath
    (tmp_path / "file").write_text("")
    with pytest.raises(FileNotFoundError, match="must contain at least one path"):
        multiplexed()
    for path in (tmp_path / "missing", tmp_path / "file"):
        with pytest.raises(NotADirectoryError, match="only supports directories"):
            multiplexed(path)


def test_it_is_a_directory(api, tmp_path):
    path = api_module(api, "readers").MultiplexedPath(tmp_path)
    assert (path.is_dir(), path.is_file(), path.name) == (True, False, tmp_path.name)
    assert path.joinpath() == path
    assert repr(path) == f"MultiplexedPath({str(tmp_path)!r})"
    for method in (path.open, path.read_bytes, path.read_text):
        with pytest.raises(FileNotFoundError, match="is not a file"):
            method()


def test_strings_are_deprecated(tmp_path):
    with pytest.warns(DeprecationWarning, match="String arguments are deprecated") as caught:
        path = readers.MultiplexedPath(str(tmp_path))
    assert caught[0].filename == __file__
    assert path.paths == (DiskPath(tmp_path),)


def test_duplicates_count_once(tmp_path):
    path = readers.MultiplexedPath(DiskPath(tmp_path), tmp_path)
    assert len(path.paths) == 1
    assert path == readers.MultiplexedPath(tmp_path)
    assert hash(path) == hash(readers.MultiplexedPath(tmp_path))
    assert path != tmp_path


@pytest.mark.parametrize("name", OUTSIDE)
def test_it_contains(tmp_path, name):
    with pytest.raises(ContainmentError):
        readers.MultiplexedPath(tmp_path).joinpath(name)


# --- Zips


def test_a_zip_may_change(in_zip, tmp_path):
    assert not (resources.files(in_zip) / "new.txt").exists()
    write_zip(tmp_path / "site.zip", {"new.txt": b"new"}, "thing/")
    assert (resources.files(in_zip) / "new.txt").exists()


def test_a_zip_is_not_kept_open(in_zip, tmp_path):
    path = resources.files(in_zip) / "bad.bin"
    path.read_bytes()
    os.remove(tmp_path / "site.zip")
    with pytest.raises(OSError, match=r"site\.zip"):
        path.read_bytes()


def test_paths_in_a_zip(in_zip, tmp_path):
    root = resources.files(in_zip)
    path = root / "data" / "one.json"
    assert (path.name, path.stem, path.suffix, path.suffixes) == (
        "one.json",
        "one",
        ".json",
        [".json"],
    )
    assert path.parent == root / "data"
    assert path.at == "thing/data/one.json"
    assert path.parent.at == "thing/data/"
    assert str(path) == f"{tmp_path}/site.zip/thing/data/one.json"
    assert repr(path) == f"ZipPath('{tmp_path}/site.zip', 'thing/data/one.json')"
    top = root.parent
    assert (top.name, top.at, top.parent) == ("site.zip", "", top)
    assert [child.name for child in top.iterdir()] == ["thing"]
    with pytest.raises(ValueError, match="Can't listdir a file"):
        path.iterdir()
    with pytest.raises(IsADirectoryError):
        root.open()
    assert path.filename.as_posix() == str(path)  # as zipfile.Path
    with pytest.raises(AttributeError, match="nonesuch"):
        path.nonesuch  # noqa: B018
    with pytest.raises(ValueError, match="encoding args invalid"):
        path.open("rb", encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in OUTSIDE if "\0" not in name])
def test_names_of_a_zip_that_lead_out(tmp_path, importable, name):
    write_zip(
        tmp_path / "site.zip", {"thing/__init__.py": b"", f"thing/{name}": b"evil", name: b"evil"}
    )
    importable(tmp_path / "site.zip")
    top = resources.files("thing").parent
    assert [child.name for child in top.iterdir()] == ["thing"]
    assert [child.name for child in (top / "thing").iterdir()] == ["__init__.py"]
    with pytest.raises(ContainmentError):
        top.joinpath(name)
    with resources.as_file(top) as copy:
        assert len([path for path in copy.rglob("*") if path.is_file()]) == 1


def test_a_file_and_a_directory_of_one_name(tmp_path, importable):
    tree = {"thing/__init__.py": b"", "thing/x": b"file", "thing/x/y": b"below"}
    write_zip(tmp_path / "site.zip", tree)
    importable(tmp_path / "site.zip")
    path = resources.files("thing") / "x"
    assert path.is_file()
    assert not path.is_dir()
    with resources.as_file(resources.files("thing")) as copy:
        assert (copy / "x").read_bytes() == b"file"


def test_no_zip_any_more(in_zip, tmp_path):
    (tmp_path / "site.zip").write_bytes(b"PK is what is left")
    with pytest.raises(zipimport.ZipImportError, match=r"site\.zip"):
        list(resources.files(in_zip).iterdir())


def test_few_archives_are_remembered(tmp_path):
    from entrepot.resources import archive

    for number in range(archive._KEPT_ARCHIVES + 4):
        write_zip(tmp_path / f"{number}.zip", {"x": b"x"})
        archive.names_of(str(tmp_path / f"{number}.zip"))
        assert len(archive._known) <= archive._KEPT_ARCHIVES
        assert str(tmp_path / f"{number}.zip") in archive._known


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_backslash_in_a_name_is_no_separator(on_disk):
    with open(os.path.join(os.path.dirname(on_disk.__file__), "a\\b"), "w") as stream:
        stream.write("x")
    assert resources.read_text(on_disk, "a\\b") == "x"
