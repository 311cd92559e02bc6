"""Namespace packages: gathered from the whole path, computed anew when it changes (PEP 420)."""

from __future__ import annotations

import sys

import pytest

from tests.capabilities import lacking


@pytest.fixture
def places(world, tmp_path):
    """Three directories on the path, each with a portion of `space`."""
    found = []
    for name in ("one", "two", "three"):
        directory = tmp_path / name
        world.write({f"space/{name}.py": f"name = {name!r}"}, directory)
        found.append(directory)
    world.path[:0] = [str(directory) for directory in found[:2]]
    world.invalidate_caches()
    return found


def test_portions(world, places):
    scope = world.run("import space.one, space.two\nimport space")
    space = scope["space"]
    assert (space.one.name, space.two.name) == ("one", "two")
    assert list(space.__path__) == [str(places[0] / "space"), str(places[1] / "space")]
    assert space.__file__ is None
    assert space.__spec__.origin is None
    assert space.__spec__.loader is space.__loader__
    assert not space.__spec__.has_location
    assert space.__package__ == "space"
    cpython = sys.implementation.name == "cpython" and sys.version_info >= (3, 12)
    ours = world.name == "entrepot" and not lacking("write module reprs")
    if ours or cpython:  # Others show the loader.
        assert repr(space) == f"<module 'space' (namespace) from {list(space.__path__)}>"
    assert len(space.__path__) == 2
    assert space.__path__[0] in space.__path__


def test_a_path_that_grows_later(world, places):
    space = world.import_module("space")
    with pytest.raises(ModuleNotFoundError):
        world.import_module("space.three")
    world.path.append(str(places[2]))
    assert world.import_module("space.three").name == "three"
    assert len(space.__path__) == 3


def test_a_path_that_shrinks(world, places):
    space = world.import_module("space")
    world.path.remove(str(places[0]))
    assert list(space.__path__) == [str(places[1] / "space")]
    with pytest.raises(ModuleNotFoundError):
        world.import_module("space.one")


def test_a_portion_that_appears_on_the_path(world, places, tmp_path):
    world.path.append(str(tmp_path / "late"))
    world.import_module("space")
    world.write({"space/late.py": "name = 'late'"}, tmp_path / "late")
    world.invalidate_caches()
    assert world.import_module("space.late").name == "late"


def test_a_regular_package_found_later_changes_nothing(world, places, tmp_path):
    space = world.import_module("space")
    world.write({"space/__init__.py": "regular = 1"}, tmp_path / "regular")
    world.path.insert(0, str(tmp_path / "regular"))
    before = [str(places[0] / "space"), str(places[1] / "space")]
    assert list(space.__path__) == before
    assert not hasattr(space, "regular")


def test_a_regular_package_wins_wherever_it_stands(world, places, tmp_path):
    world.write({"space/__init__.py": "regular = 1"}, tmp_path / "regular")
    world.path.append(str(tmp_path / "regular"))
    assert world.import_module("space").regular == 1


def test_a_module_wins_against_portions_of_its_own_entry(world, places):
    world.write({"space.py": "module = 1"}, places[0])
    assert world.import_module("space").module == 1


def test_nested(world, places, tmp_path):
    for place, name in zip(places, "abc", strict=True):
        world.write({f"space/inner/{name}.py": f"name = {name!r}"}, place)
    scope = world.run("import space.inner.a, space.inner.b\nimport space")
    inner = scope["space"].inner
    assert [inner.a.name, inner.b.name] == ["a", "b"]
    world.path.append(str(places[2]))
    assert world.import_module("space.inner.c").name == "c"
    assert len(inner.__path__) == 3


def test_nested_in_a_regular_package(world):
    world.write({"top/__init__.py": "", "top/space/mod.py": "x = 1"})
    assert world.import_module("top.space.mod").x == 1
    package = world.modules["top"]
    world.write({"top/space/other.py": "x = 2"}, world.directory / "more")
    package.__path__.append(str(world.directory / "more" / "top"))
    assert world.import_module("top.space.other").x == 2


def test_the_path_can_be_appended_to(world, places):
    space = world.import_module("space")
    space.__path__.append(str(places[2] / "space"))
    assert world.import_module("space.three").name == "three"


def test_a_directory_without_python_is_one_too(world):
    world.write({"empty/": ""})
    package = world.import_module("empty")
    assert list(package.__path__) == [str(world.directory / "empty")]
    with pytest.raises(ModuleNotFoundError, match="No module named 'empty.x'"):
        world.import_module("empty.x")


def test_loader(world, places):
    loader = world.import_module("space").__loader__
    assert loader.is_package("space") is True
    assert loader.get_source("space") == ""
    assert loader.get_code("space").co_consts == compile("", "", "exec").co_consts
    assert loader.create_module(None) is None
    assert type(loader).__name__ in ("NamespaceLoader", "_NamespaceLoader")
