"""`files()` and what it returns, beside importlib_resources 7.1 and the stdlib."""

from __future__ import annotations

import importlib
import sys
import types

import pytest

from entrepot import resources
from entrepot.resources import abc

from .conftest import TREE, api_module, write_tree


def listing(directory, prefix=""):
    found = {}
    for child in directory.iterdir():
        if child.is_dir():
            found.update(listing(child, f"{prefix}{child.name}/"))
        elif not child.name.endswith(".pyc"):
            found[prefix + child.name] = child.read_bytes()
    return found


def test_the_whole_tree(api, thing):
    assert listing(api.files(thing)) == TREE
    assert listing(api.files("thing")) == TREE


def test_a_module_has_the_resources_of_its_package(api, thing):
    module = importlib.import_module("thing.module")
    assert listing(api.files(module)) == TREE


@pytest.mark.parametrize(
    "path", [("data", "one.json"), ("data/one.json",), ("data/", "one.json"), ("./data//one.json",)]
)
def test_joinpath(api, thing, path):
    if path[0].startswith(".") and "zip" in str(api.files(thing)):
        pytest.skip("zipfile.Path, the others' traversable here, does not know './'")
    child = api.files(thing).joinpath(*path)
    assert (child.name, child.is_file(), child.is_dir()) == ("one.json", True, False)
    assert child.read_text(encoding="utf-8") == "{}"


def test_what_is_missing(api, thing):
    child = api.files(thing) / "missing"
    assert (child.name, child.is_file(), child.is_dir()) == ("missing", False, False)
    with pytest.raises(FileNotFoundError):
        child.read_bytes()
    with pytest.raises(FileNotFoundError):
        child.open("rb")


def test_a_directory_is_no_file(api, thing):
    with pytest.raises(OSError, match="thing"):
        (api.files(thing) / "data").read_bytes()


def test_open_modes(api, thing):
    path = api.files(thing) / "utf-8.txt"
    with path.open("rb") as stream:
        assert stream.read() == TREE["utf-8.txt"]
    with path.open(encoding="utf-8") as stream:
        assert stream.read() == "Grüße\n"
    with path.open("r", encoding="ascii", errors="replace") as stream:
        assert stream.read() == "Gr\ufffd\ufffd\ufffd\ufffde\n"
    with pytest.raises(ValueError, match="mode"):
        path.open("q")


def test_traversables_equal_if_they_are_the_same(thing):
    once, again = resources.files(thing), resources.files(thing)
    assert once == again
    assert hash(once) == hash(again)
    assert once / "data" == again.joinpath("data")
    assert once / "data" != again
    assert once != 3


def test_they_are_traversables_to_everybody(api, thing):
    assert isinstance(resources.files(thing), api_module(api, "abc").Traversable)
    assert isinstance(api.files(thing), abc.Traversable)


# --- Anchors


def test_the_callers_package(api, tmp_path, importable):
    source = f"from {api.__name__} import files\nhere = files()\ndef later(): return files()\n"
    write_tree(tmp_path / "nested", {"__init__.py": source.encode(), "x.txt": b"x"})
    importable(tmp_path)
    nested = importlib.import_module("nested")
    assert (nested.here / "x.txt").read_text() == "x"
    assert (nested.later() / "x.txt").read_text() == "x"


def test_no_such_package(api):
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_package'"):
        api.files("no_such_package")


def test_a_module_without_a_spec():
    # The stdlib until 3.14 says: 'NoneType' object has no attribute 'name'.
    with pytest.raises(TypeError, match=r"for 'bare' .* \(its __spec__ is None\)"):
        resources.files(types.ModuleType("bare"))


@pytest.mark.parametrize(("anchor", "error"), [("", ValueError), (".thing", TypeError)])
def test_names_that_are_none(api, anchor, error):
    with pytest.raises(error):
        api.files(anchor)


def test_built_in_modules_have_no_resources(api):
    directory = api.files("sys")
    assert list(directory.iterdir()) == []
    assert not (directory / "anything").is_file()


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="this parameter is gone in 3.15")
def test_the_parameters_old_name(on_disk):
    if sys.version_info >= (3, 12):
        with pytest.warns(DeprecationWarning, match="renamed to 'anchor'"):
            directory = resources.files(package=on_disk)
    else:
        directory = resources.files(package=on_disk)
    assert directory == resources.files(on_disk)


def test_other_parameters(on_disk):
    with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
        resources.files(other=on_disk)


def test_a_spec_is_enough(tmp_path, importable):
    write_tree(tmp_path / "nested", {"__init__.py": b"raise Exception", "x.txt": b"x"})
    importable(tmp_path)
    directory = resources.files_of_spec(importlib.util.find_spec("nested"))
    assert (directory / "x.txt").read_text() == "x"
    assert "nested" not in sys.modules


def test_a_spec_of_a_namespace_package(spread):
    found = resources.files_of_spec(importlib.util.find_spec("spread"))
    assert found == resources.files(spread)
