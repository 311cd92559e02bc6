"""Path hooks: one look at an entry is enough for all of ours, and others are asked as ever."""

from __future__ import annotations

import functools
import importlib.machinery
import os
import types
import zipfile

import pytest

import entrepot
from entrepot.finders import path as path_finder
from entrepot.finders.directory import FileFinder
from entrepot.finders.path import PathFinder
from entrepot.importers.zip import path_hook as archive_hook
from entrepot.loaders import suffixes


@pytest.fixture(params=["stdlib", "entrepot"])
def kind(request):
    return importlib.machinery.FileFinder if request.param == "stdlib" else FileFinder


@pytest.fixture
def system():
    return entrepot.ImportSystem(shared=())


def test_one_look_at_a_directory(system, tmp_path, monkeypatch):
    looks = []

    class Disk:
        @staticmethod
        def stat(path):
            looks.append(path)
            return os.stat(path)

    monkeypatch.setattr(path_finder, "DISK", Disk)
    finder = system.meta_path[-1]
    assert type(finder.finder_for(str(tmp_path))) is FileFinder
    assert finder.finder_for(str(tmp_path / "absent")) is None
    assert looks == [str(tmp_path), str(tmp_path / "absent")]


def test_a_hook_that_wraps_ours_is_asked(tmp_path):
    """`functools.wraps` gives it all attributes of the function that it wraps."""
    directory_hook = FileFinder.path_hook(*suffixes.LOADERS)
    asked = []

    def logged(hook):
        @functools.wraps(hook)
        def wrapper(path):
            asked.append(path)
            return hook(path)

        return wrapper

    hooks = [logged(archive_hook), logged(directory_hook)]
    world = types.SimpleNamespace(path_hooks=hooks, path_importer_cache={}, path=[])
    finder = PathFinder(world).finder_for(str(tmp_path))
    assert type(finder) is FileFinder
    assert asked == [str(tmp_path)] * 2


def test_hooks_of_others_between_ours(system, tmp_path):
    asked = []

    def refuses(path):
        asked.append(path)
        raise ImportError

    system.path_hooks.insert(1, refuses)
    assert type(system.meta_path[-1].finder_for(str(tmp_path))) is FileFinder
    system.path_hooks.insert(0, lambda path: path)
    assert system.meta_path[-1].finder_for(str(tmp_path / "x")) == str(tmp_path / "x")
    assert asked == [str(tmp_path)]


def test_within_an_archive_that_is_no_file(system, tmp_path):
    """There is nothing at such a path, and it leads into an archive all the same."""
    archive = tmp_path / "lib.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("inner/mod.py", "")
    inner = f"{archive}{os.sep}inner"
    system.path.append(inner)
    assert system.find_spec("mod").origin == os.path.join(inner, "mod.py")


def test_what_is_added_to_a_list_of_suffixes(kind, tmp_path):
    """It is in the finders that the hook makes from then on."""
    (tmp_path / "one.mine").touch()
    known = [".py"]
    loader = importlib.machinery.SourceFileLoader
    hook = kind.path_hook((loader, known))
    assert hook(str(tmp_path)).find_spec("one") is None
    known.append(".mine")
    assert hook(str(tmp_path)).find_spec("one").origin == str(tmp_path / "one.mine")
    known.clear()
    assert hook(str(tmp_path)).find_spec("one") is None


def test_what_one_finder_loads_is_its_own(kind, tmp_path):
    (tmp_path / "one.py").touch()
    hook = kind.path_hook((importlib.machinery.SourceFileLoader, [".py"]))
    first, second = hook(str(tmp_path)), hook(str(tmp_path))
    first._loaders.clear()
    assert first.find_spec("one") is None
    assert second.find_spec("one").origin == str(tmp_path / "one.py")


def test_suffixes_without_a_dot(kind, tmp_path):
    """After many others with one, which say that the name ends where the dot is."""
    (tmp_path / "one_mine").touch()
    loader = importlib.machinery.SourceFileLoader
    for suffix, found in ((".py", False), ("_mine", True), (".py", False)):
        finder = kind.path_hook((loader, [suffix]))(str(tmp_path))
        for _ in range(3):
            assert (finder.find_spec("one") is not None) is found
