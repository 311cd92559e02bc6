"""PathFinder: path entries, hooks, the cache, portions; on `sys` and on another system."""

from __future__ import annotations

import importlib.machinery
import sys
import types

import pytest

import entrepot
from entrepot.finders.path import PathFinder


@pytest.fixture(params=["stdlib", "entrepot"])
def finder(request, monkeypatch):
    for name in ("path", "path_hooks"):
        monkeypatch.setattr(sys, name, [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    return importlib.machinery.PathFinder if request.param == "stdlib" else PathFinder


class Entry:
    """A path entry finder that knows some modules and has some portions."""

    def __init__(self, **specs):
        self.specs, self.forgot = specs, 0

    def find_spec(self, name, target=None):
        return self.specs.get(name)

    def invalidate_caches(self):
        self.forgot += 1


def spec_of(name, loader="loader", portions=None):
    spec = importlib.machinery.ModuleSpec(name, loader)
    spec.submodule_search_locations = portions
    return spec


def test_the_first_entry_with_the_module_wins(finder):
    one, two, three = Entry(), Entry(mod=spec_of("mod")), Entry(mod=spec_of("mod"))
    sys.path_importer_cache.update(one=one, two=two, three=three)
    assert finder.find_spec("mod", ["one", "two", "three"]) is two.specs["mod"]
    assert finder.find_spec("other", ["one", "two"]) is None


def test_without_a_path_it_is_that_of_sys(finder):
    sys.path.append("entry")
    sys.path_importer_cache["entry"] = entry = Entry(mod=spec_of("mod"))
    assert finder.find_spec("mod") is entry.specs["mod"]
    assert finder.find_spec("mod", []) is None


def test_portions_are_gathered(finder):
    sys.path_importer_cache.update(
        one=Entry(mod=spec_of("mod", None, ["one/mod"])),
        two=Entry(mod=spec_of("mod", None, ["two/mod"])),
    )
    sys.path[:] = ["one", "two"]
    spec = finder.find_spec("mod")
    assert spec.loader is None
    assert list(spec.submodule_search_locations) == ["one/mod", "two/mod"]


def test_a_spec_that_is_neither(finder):
    sys.path_importer_cache["one"] = Entry(mod=spec_of("mod", None))
    with pytest.raises(ImportError, match="spec missing loader"):
        finder.find_spec("mod", ["one"])


def test_hooks_are_asked_in_turn_and_once(finder):
    asked = []

    def refuses(path):
        asked.append(("refuses", path))
        raise ImportError

    def takes(path):
        asked.append(("takes", path))
        return Entry(mod=spec_of("mod"))

    sys.path_hooks[:] = [refuses, takes]
    for _ in range(2):
        assert finder.find_spec("mod", ["entry"]).name == "mod"
    assert asked == [("refuses", "entry"), ("takes", "entry")]
    assert type(sys.path_importer_cache["entry"]) is Entry


def test_nobody_wants_it(finder):
    def refuses(path):
        raise ImportError

    sys.path_hooks.append(refuses)
    assert finder.find_spec("mod", ["entry"]) is None
    assert sys.path_importer_cache["entry"] is None


def test_errors_of_hooks_pass(finder):
    def broken(path):
        raise LookupError("in the hook")

    sys.path_hooks.append(broken)
    with pytest.raises(LookupError, match="in the hook"):
        finder.find_spec("mod", ["entry"])
    assert "entry" not in sys.path_importer_cache


def test_no_hooks(finder):
    with pytest.warns(ImportWarning, match="sys.path_hooks is empty"):
        assert finder.find_spec("mod", ["entry"]) is None


def test_the_empty_entry_is_the_current_directory(finder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sys.path_hooks.append(lambda path: Entry(mod=spec_of(path)))
    assert finder.find_spec("mod", [""]).name == str(tmp_path)
    assert list(sys.path_importer_cache) == [str(tmp_path)]


def test_entries_that_are_no_text(finder):
    sys.path_hooks.append(lambda path: Entry(mod=spec_of("mod")))
    bytes_too = finder is PathFinder or sys.version_info >= (3, 11)  # Since when they are none.
    assert finder.find_spec("mod", [None, 42, *[b"bytes"] * bytes_too]) is None
    assert sys.path_importer_cache == {}


def test_invalidate_caches(finder, tmp_path):
    entry = Entry()
    sys.path_importer_cache.update({str(tmp_path): entry, "/gone": None, "/other": object()})
    finder.invalidate_caches()
    assert entry.forgot == 1
    assert "/gone" not in sys.path_importer_cache
    assert "/other" in sys.path_importer_cache


def test_relative_entries_are_asked_for_again():
    """gh-93461: what a relative entry means depends on the current directory."""
    cache = {"relative": Entry()}
    system = types.SimpleNamespace(path=[], path_hooks=[], path_importer_cache=cache, modules={})
    PathFinder(system).invalidate_caches()
    assert cache == {}


def test_on_another_system(tmp_path):
    (tmp_path / "mod.py").touch()
    system = entrepot.ImportSystem([str(tmp_path)])
    before = dict(sys.path_importer_cache)
    assert system.find_spec("mod").origin == str(tmp_path / "mod.py")
    assert sys.path_importer_cache == before
    assert list(system.path_importer_cache) == [str(tmp_path)]


def test_discover(tmp_path):
    (tmp_path / "pkg").mkdir()
    for name in ("mod.py", "pkg/__init__.py", "pkg/sub.py"):
        (tmp_path / name).touch()
    system = entrepot.ImportSystem([str(tmp_path), "/no/such/place"])
    finder = PathFinder(system)
    assert [spec.name for spec in finder.discover()] == ["mod", "pkg"]
    assert [spec.name for spec in finder.discover(system.find_spec("pkg"))] == ["pkg.sub"]
    with pytest.raises(ValueError, match="is not a package"):
        list(finder.discover(system.find_spec("mod")))


def test_isinstance_of_the_stdlibs():
    assert issubclass(PathFinder, importlib.machinery.PathFinder)
