"""`path_check`: what a search looks at, and what it notices of a changed path or cache."""

from __future__ import annotations

import importlib.machinery
import os
import threading
from unittest import mock

import pytest

import entrepot
from entrepot.finders import index, listing, once as once_finder
from entrepot.finders.directory import FileFinder, hook_for
from entrepot.finders.path import PathFinder
from entrepot.host.files import Disk
from entrepot.importers.zip import path_hook
from entrepot.loaders import suffixes

LONG = 2 * index.LONG


class Counting(Disk):
    """The real disk; `asked` are the paths of what it was asked."""

    __slots__ = ("asked",)

    def __init__(self):
        super().__init__()
        self.asked = []

    def stat(self, path):
        self.asked.append(path)
        return os.stat(path)

    def listdir(self, path):
        self.asked.append(path)
        return os.listdir(path)


class World:
    """A system with a path of `count` directories, each with a module of its own."""

    def __init__(self, root, path_check, count):
        self.places = [root / f"place{number:03}" for number in range(count)]
        for number, place in enumerate(self.places):
            place.mkdir()
            (place / f"mod{number}.py").touch()
        self.disk = Counting()
        self.system = entrepot.ImportSystem(map(str, self.places), shared=(), path_check=path_check)
        hook = hook_for(FileFinder, *suffixes.LOADERS, disk=self.disk)
        self.system.path_hooks[:] = [path_hook, hook]
        self.finder = self.system.meta_path[-1]

    def find(self, name, path=None):
        spec = self.finder.find_spec(name, path)
        return spec and spec.origin

    def questions(self, name):
        """How many questions the file system is asked in one search."""
        self.disk.asked.clear()
        self.finder.find_spec(name)
        return len(self.disk.asked)


@pytest.fixture(params=["always", "once"])
def path_check(request):
    return request.param


@pytest.fixture(params=[3, LONG], ids=["short", "long"])
def count(request):
    return request.param


@pytest.fixture
def world(tmp_path, path_check, count):
    return World(tmp_path, path_check, count)


@pytest.fixture
def once(tmp_path, count):
    return World(tmp_path, "once", count)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(index, "PAUSE", 0)


def put(place, name):
    (place / name).write_text("")
    return str(place / name)


class TestOnce:
    def test_asks_as_little_on_a_long_path_as_on_a_short_one(self, tmp_path):
        asked = set()
        for count in (2, 20, 200):
            (tmp_path / str(count)).mkdir()
            world = World(tmp_path / str(count), "once", count)
            last = f"mod{count - 1}"
            world.find(last), world.find(last)
            asked.add(world.questions(last))
        assert asked == {1}  # The file itself.

    def test_always_looks_at_each_directory_once(self, tmp_path, monkeypatch):
        monkeypatch.setattr(listing, "is_within_tick", lambda *_: False)
        world = World(tmp_path, "always", LONG)
        world.find("absent"), world.find("absent")
        assert world.questions(f"mod{LONG - 1}") == LONG + 1
        assert world.questions("mod0") == 2
        assert world.questions("absent") == LONG

    def test_what_shadows_is_seen_after_invalidate_caches(self, once):
        there = once.find("mod2")
        here = put(once.places[0], "mod2.py")
        assert once.find("mod2") == there
        once.system.invalidate_caches()
        assert once.find("mod2") == here

    def test_what_is_added_is_found(self, once):
        assert once.find("new") is None
        new = put(once.places[-1], "new.py")
        assert once.find("new") == new

    def test_what_is_removed_is_not_found(self, once):
        assert once.find("mod2")
        (once.places[2] / "mod2.py").unlink()
        assert once.find("mod2") is None

    def test_then_the_next_one_is(self, once):
        first, second = put(once.places[1], "both.py"), put(once.places[2], "both.py")
        assert once.find("both") == first
        (once.places[1] / "both.py").unlink()
        assert once.find("both") == second

    def test_what_is_added_to_a_namespace_package_is_found(self, once):
        (once.places[0] / "space").mkdir()
        assert once.finder.find_spec("space").loader is None
        (once.places[2] / "space").mkdir()
        portions = [str(once.places[at] / "space") for at in (0, 2)]
        assert [*once.finder.find_spec("space").submodule_search_locations] == portions
        regular = once.places[1] / "space"
        regular.mkdir()
        assert once.find("space") is None
        assert once.find("space", [str(once.places[1])]) is None
        init = put(regular, "__init__.py")
        assert once.find("space") == init

    def test_looking_again_takes_a_hundredth_of_the_time(self, tmp_path, monkeypatch):
        monkeypatch.undo()
        monkeypatch.setattr(listing, "is_within_tick", lambda *_: False)
        world = World(tmp_path, "once", LONG)
        now = 10**18
        ticks = iter(range(10**6))
        monkeypatch.setattr(index, "time_ns", lambda: now + next(ticks))
        world.find("absent"), world.find("absent")
        assert world.questions("absent") == 0
        now += 3 * index.PAUSE
        assert world.questions("absent") == LONG
        now -= 10**17  # Somebody has set the clock.
        assert world.questions("absent") == LONG


class TestThePath:
    def test_replaced_and_changed(self, world):
        first, second = world.places[:2]
        one, two = put(first, "both.py"), put(second, "both.py")
        assert world.find("both") == one
        world.system.path.reverse()
        assert world.find("both") == two
        world.system.path.sort()
        assert world.find("both") == one
        world.system.path[0] = str(second)
        assert world.find("both") == two
        world.system.path = [*map(str, world.places)]
        assert world.find("both") == one
        world.system.path = tuple(world.system.path[1:])
        assert world.find("both") == two

    def test_that_grows(self, world, tmp_path):
        assert world.find("late") is None
        (tmp_path / "late").mkdir()
        late = put(tmp_path / "late", "late.py")
        world.system.path.append(str(tmp_path / "late"))
        assert world.find("late") == late

    def test_with_an_entry_twice(self, world):
        (world.places[0] / "space").mkdir()
        world.system.path.append(str(world.places[0]))
        for _ in range(3):
            portions = [str(world.places[0] / "space")] * 2
            assert [*world.finder.find_spec("space").submodule_search_locations] == portions

    def test_with_the_current_directory(self, world, tmp_path, monkeypatch):
        for name in ("here", "there"):
            (tmp_path / name).mkdir()
            put(tmp_path / name, f"{name}.py")
        world.system.path.insert(1, "")
        monkeypatch.chdir(tmp_path / "here")
        assert world.find("here") == str(tmp_path / "here" / "here.py")
        monkeypatch.chdir(tmp_path / "there")
        assert world.find("here") is None
        assert world.find("there") == str(tmp_path / "there" / "there.py")

    def test_of_a_package(self, world):
        paths = [*map(str, world.places)]
        for name in ("p", "q"):
            assert world.find(f"{name}.mod2", paths) == str(world.places[2] / "mod2.py")
            assert world.find(f"{name}.mod2", paths[:2]) is None
            assert world.find(f"{name}.mod2", paths[1:]) == str(world.places[2] / "mod2.py")

    def test_many_packages(self, tmp_path):
        world = World(tmp_path, "once", LONG)
        for number in range(3 * index.MANY):
            assert world.find(f"package{number}.mod2", [*map(str, world.places)])
        assert len(world.finder.indexes) <= index.MANY + 1


class Foreign:
    """A finder of somebody else's, that finds everything."""

    def find_spec(self, fullname, target=None):
        return importlib.machinery.ModuleSpec(fullname, self, origin="foreign")


class TestTheCacheOfFinders:
    def test_is_filled_as_far_as_a_search_gets(self, world):
        assert world.find("mod1")
        assert [*world.system.path_importer_cache] == [*map(str, world.places[:2])]
        assert world.find("mod1")
        assert world.find("mod2")
        assert [*world.system.path_importer_cache] == [*map(str, world.places[:3])]

    def test_a_hook_that_is_added_before_a_search_gets_there(self, world):
        world.system.path.append("database://")
        assert world.find("mod2")
        world.system.path_hooks.insert(0, lambda entry: Foreign() if ":" in entry else refuse())
        assert world.find("absent") == "foreign"

    def test_finders_that_others_put_there(self, world):
        cache, place = world.system.path_importer_cache, str(world.places[1])
        assert world.find("mod2")
        cache[place] = Foreign()
        assert world.find("mod2") == "foreign"
        cache[place] = None
        assert world.find("mod1") is None
        del cache[place]
        assert world.find("mod1")
        cache.clear()
        assert world.find("mod1")
        world.system.path_importer_cache = {}
        assert world.find("mod2")
        assert len(world.system.path_importer_cache) == 3

    def test_entries_that_nobody_wants(self, world, tmp_path):
        world.system.path.insert(0, str(tmp_path / "later"))
        assert world.find("mod1")
        world.system.path_importer_cache[str(tmp_path / "later")] = Foreign()
        assert world.find("mod1") == "foreign"
        world.system.path_importer_cache[str(tmp_path / "later")] = None
        (tmp_path / "later").mkdir()
        mine = put(tmp_path / "later", "mod1.py")
        assert world.find("mod1") != mine
        world.system.path_importer_cache.pop(str(tmp_path / "later"))
        assert world.find("mod1") == mine

    def test_subclasses_are_asked(self, world):
        class Mine(FileFinder):
            def find_spec(self, fullname, target=None):
                return Foreign().find_spec(fullname)

        assert world.find("mod2")
        place = str(world.places[0])
        world.system.path_importer_cache[place] = Mine(place, *suffixes.LOADERS)
        assert world.find("mod2") == "foreign"

    def test_the_method_replaced(self, world):
        assert world.find("mod2")
        with mock.patch.object(FileFinder, "find_spec", Foreign.find_spec):
            assert world.find("mod2") == "foreign"
        assert world.find("mod2") == str(world.places[2] / "mod2.py")

    def test_the_method_of_one_finder_replaced(self, tmp_path, count):
        world = World(tmp_path, "always", count)
        assert world.find("mod2")
        finder = world.system.path_importer_cache[str(world.places[0])]
        finder.find_spec = Foreign().find_spec
        assert world.find("mod2") == "foreign"

    def test_suffixes_without_a_dot(self, world):
        details = (importlib.machinery.SourceFileLoader, ["_odd.py"])
        odd = put(world.places[0], "name_odd.py")
        finder = FileFinder(str(world.places[0]), details)
        world.system.path_importer_cache[str(world.places[0])] = finder
        assert world.find("absent") is None
        assert world.find("name") == odd

    def test_one_finder_that_forgets_alone(self, once):
        there = once.find("mod2")
        here = put(once.places[0], "mod2.py")
        assert once.find("mod2") == there
        once.system.path_importer_cache[str(once.places[0])].invalidate_caches()
        assert once.find("mod2") == here


def refuse():
    raise ImportError


def test_threads_that_search_while_others_change_the_path(world):
    """Each search finds what each state of the path has."""
    wrong, stop = [], threading.Event()
    expected = str(world.places[1] / "mod1.py")

    def search():
        while not stop.is_set():
            found = world.find("mod1")
            if found != expected:
                wrong.append(found)

    def change():
        paths = [[*map(str, places)] for places in (world.places, world.places[::-1])]
        for turn in range(300):
            world.system.path = paths[turn % 2]
            if turn % 10 == 0:
                world.system.path_importer_cache.pop(str(world.places[0]), None)
            if turn % 50 == 0:
                world.system.invalidate_caches()

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        change()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_change_that_another_thread_sees_first(once, monkeypatch):
    """The list is renewed while a search goes on that has already used the old one."""
    assert once.find("absent") is None
    before = os.stat(once.places[-1])
    new = put(once.places[-1], "new.py")
    # The clock may not have gone on since.
    os.utime(once.places[-1], ns=(before.st_atime_ns, before.st_mtime_ns + 10**9))
    search, finder = once_finder.search, once.system.path_importer_cache[str(once.places[-1])]

    def search_slowly(*arguments):
        found = search(*arguments)
        finder.find_spec("other")
        return found

    monkeypatch.setattr(once_finder, "search", search_slowly)
    monkeypatch.setattr(listing, "is_within_tick", lambda *_: False)
    finder.listing.racy = False
    assert once.find("new") == new


def test_of_the_process(tmp_path, monkeypatch):
    """The class itself, which stands on `sys.meta_path`, has an index too."""
    places = [tmp_path / f"place{number}" for number in range(LONG)]
    for place in places:
        place.mkdir()
    last = put(places[-1], "entrepot_test_module.py")
    monkeypatch.setattr("sys.path", [*map(str, places)])
    with entrepot.install(path_check="once"):
        for _ in range(3):
            assert PathFinder.find_spec("entrepot_test_module").origin == last
        assert "" in PathFinder.indexes
    assert PathFinder.indexes == {}
