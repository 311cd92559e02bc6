"""Finding, while files, paths and caches change in any order: the interpreter's finders as oracle.

With `path_check="always"`, what entrepot finds at each step is what the interpreter's own
PathFinder finds when its lists of names are forgotten before it is asked. (Left to itself it may
find what was there before: a change that leaves the mtime of a directory is lost on it. So: the
same, or seen earlier.)

With `path_check="once"` it is what the rule says (docs/architecture.md, "The path index"), which
`Once` below spells out with the interpreter's FileFinder: what the directories held when each was
looked at first, and if that has neither module nor package, what they hold now.
"""

from __future__ import annotations

import importlib.machinery
import os
import shutil
import sys
import tempfile
import time
import types
import zipfile
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

hypothesis = pytest.importorskip("hypothesis")

from hypothesis import HealthCheck, settings, strategies as st  # noqa: E402
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test  # noqa: E402

import entrepot  # noqa: E402
from entrepot.finders import index, listing, once as once_finder  # noqa: E402

EXAMPLES = int(os.environ.get("ENTREPOT_TEST_EXAMPLES", "40"))
PLACES = ["e0", "e1", "e2", "e3", "absent", "link"]
ENTRIES = [*PLACES, "z.zip", ""]
NAMES = ["a", "b", "n"]
KINDS = ["{}.py", "{}.pyc", "{}", "{}/__init__.py", "{}/a.py", "{}.txt"]
LOADERS = [
    (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES),
    (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES),
    (importlib.machinery.SourcelessFileLoader, importlib.machinery.BYTECODE_SUFFIXES),
]


class Foreign:
    """A path entry finder of somebody else's, who has one module."""

    def __init__(self, name):
        self.name = name

    def find_spec(self, fullname, target=None):
        if fullname.rpartition(".")[2] != self.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=f"foreign {self.name}")


def told(spec):
    """What counts of a spec."""
    if spec is None:
        return None
    loader = spec.loader and type(spec.loader).__name__
    if spec.submodule_search_locations is None:
        return loader, spec.origin
    return loader, spec.origin, [*spec.submodule_search_locations]


class Always:
    """The interpreter's PathFinder on a path and a cache of its own, knowing nothing."""

    def __init__(self):
        self.cache = {}

    def find(self, name, path, explicit):
        for finder in self.cache.values():
            if isinstance(finder, importlib.machinery.FileFinder):
                finder.invalidate_caches()
        with self.on_sys(path):
            finder = importlib.machinery.PathFinder
            return told(finder.find_spec(name, explicit))

    def invalidate(self):
        with self.on_sys([]):
            for entry, finder in [*self.cache.items()]:
                if finder is None or not os.path.isabs(entry):
                    del self.cache[entry]  # Which PathFinder does since 3.10 or later.

    @contextmanager
    def on_sys(self, path):
        with (
            mock.patch.object(sys, "path_importer_cache", self.cache),
            mock.patch.object(sys, "path", path),
        ):
            yield


class Once(Always):
    """The rule, by what each directory held when it was looked at."""

    def __init__(self):
        super().__init__()
        self.seen = {}

    def find(self, name, path, explicit):
        entries = path if explicit is None else explicit
        loader, found = self.ask_all(name, entries)
        if loader is None:
            for entry in entries:
                self.look(self.cache.get(entry))
            loader, found = self.ask_all(name, entries)
        return found

    def ask_all(self, name, entries):
        portions = []
        for entry in (each for each in entries if isinstance(each, str)):
            spec = self.ask(name, entry)
            if spec is not None and spec.loader is not None:
                return spec.loader, told(spec)
            portions += spec.submodule_search_locations if spec else []
        return None, ((None, None, portions) if portions else None)

    def ask(self, name, entry):
        finder = self.finder(entry or os.getcwd())
        if isinstance(finder, importlib.machinery.FileFinder):
            if finder not in self.seen or not entry:
                self.look(finder)
            names = self.seen.get(finder)
            if names is None:
                return None
            try:
                mtime = os.stat(finder.path).st_mtime
            except OSError:
                return None
            finder._path_mtime, finder._path_cache = mtime, names
        return None if finder is None else finder.find_spec(name)

    def finder(self, entry):
        if entry not in self.cache:
            hooks = (importlib.machinery.FileFinder.path_hook(*LOADERS),)
            from zipimport import zipimporter

            self.cache[entry] = None
            for hook in (zipimporter, *hooks):
                try:
                    self.cache[entry] = hook(entry)
                    break
                except ImportError:
                    continue
        return self.cache[entry]

    def look(self, finder):
        self.seen.pop(finder, None)
        if isinstance(finder, importlib.machinery.FileFinder) and os.path.isdir(finder.path):
            self.seen[finder] = set(os.listdir(finder.path))

    def invalidate(self):
        super().invalidate()
        self.seen.clear()


class World(RuleBasedStateMachine):
    """Directories, a path of them, and two that search it."""

    mode, oracle, long, ticks = "always", Always, 99, False

    def __init__(self):
        super().__init__()
        self.root = Path(os.path.realpath(tempfile.mkdtemp()))
        self.before = os.getcwd()
        for place in (*PLACES[:4], "cwd"):
            (self.root / place).mkdir()
        (self.root / "link").symlink_to("e3")
        with zipfile.ZipFile(self.root / "z.zip", "w") as archive:
            archive.writestr("b.py", "")
        os.chdir(self.root / "cwd")
        self.clock = 1_000_000_000_000_000_001
        start = [str(self.root / place) for place in ("e0", "e1", "e2")]
        self.system = entrepot.ImportSystem(start, shared=(), path_check=self.mode)
        self.finder = self.system.meta_path[-1]
        self.expected = self.oracle()
        parent = types.ModuleType("parent")
        parent.__path__ = []
        self.system.modules["parent"] = parent
        self.patches = [
            mock.patch.dict(sys.modules, parent=parent),
            mock.patch.object(index, "PAUSE", 0),
            mock.patch.object(once_finder, "LONG", self.long),
        ]
        if not self.ticks:
            # Lists are kept at once; the directories' times are told apart by `stamp`.
            self.patches.append(mock.patch.object(listing, "is_within_tick", return_value=False))
        for patch in self.patches:
            patch.start()

    def teardown(self):
        os.chdir(self.before)
        for patch in self.patches:
            patch.stop()
        shutil.rmtree(self.root)

    def entry(self, place):
        return str(self.root / place) if place else ""

    @contextmanager
    def stamp(self, directory, *, keep):
        """Give the directory a time of its own after a change, or the one it had before it."""
        old = os.stat(directory)
        if keep:
            time.sleep(0.011)  # So that at least the ctime is another, on coarse clocks too.
        yield
        if keep:
            os.utime(directory, ns=(old.st_atime_ns, old.st_mtime_ns))
        elif not self.ticks:
            self.clock += 1_000_000_007
            os.utime(directory, ns=(self.clock, self.clock))

    # --- What is on the disk

    @rule(
        place=st.sampled_from([*PLACES[:4], "link", "cwd"]),
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
        keep=st.sampled_from([False] * 9 + [True]),
    )
    def add(self, place, name, kind, keep):
        directory = self.root / place
        target = directory / kind.format(name)
        if not directory.is_dir() or target.exists():
            return
        with self.stamp(directory, keep=keep and not self.ticks):
            if target.parent != directory or "." not in target.name:
                top = directory / name
                top.mkdir(exist_ok=True)
                if target != top:
                    with self.stamp(top, keep=False):
                        target.touch()
            else:
                target.touch()

    @rule(
        place=st.sampled_from([*PLACES[:4], "link", "cwd"]),
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
        keep=st.sampled_from([False] * 9 + [True]),
    )
    def remove(self, place, name, kind, keep):
        directory = self.root / place
        target = directory / kind.format(name)
        if not target.exists():
            return
        parent = target.parent
        with self.stamp(parent, keep=keep and not self.ticks):
            shutil.rmtree(target) if target.is_dir() else target.unlink()

    @rule(
        source=st.sampled_from(PLACES[:4]),
        goal=st.sampled_from(PLACES[:4]),
        name=st.sampled_from(NAMES),
        other=st.sampled_from(NAMES),
        suffix=st.sampled_from(["", ".py"]),
    )
    def rename(self, source, goal, name, other, suffix):
        source, target = self.root / source, self.root / goal
        old, new = source / f"{name}{suffix}", target / f"{other}{suffix}"
        if old.exists() and target.is_dir() and not new.exists():
            with self.stamp(source, keep=False), self.stamp(target, keep=False):
                old.rename(new)

    @rule(place=st.sampled_from(PLACES[:4]), name=st.sampled_from(NAMES))
    def link_init(self, place, name):
        """A package whose `__init__` is a link to nothing, or to something again."""
        top, there = self.root / place / name, self.root / "there.py"
        if not top.is_dir():
            return
        if not (top / "__init__.py").is_symlink():
            if not (top / "__init__.py").exists():
                with self.stamp(top, keep=False):
                    (top / "__init__.py").symlink_to(there)
        elif there.exists():
            there.unlink()
        else:
            there.touch()

    @rule(place=st.sampled_from([*PLACES[:4], "absent"]))
    def come_or_go(self, place):
        directory = self.root / place
        if directory.is_dir():
            shutil.rmtree(directory)
        else:
            directory.mkdir()
            with self.stamp(directory, keep=False):
                pass

    @rule(place=st.sampled_from(PLACES[:5]))
    def lead_elsewhere(self, place):
        (self.root / "link").unlink()
        (self.root / "link").symlink_to(place)
        if not self.ticks and (self.root / place).is_dir():
            # What the link leads to must look different from what it led to before.
            with self.stamp(self.root / place, keep=False):
                pass

    # --- What is searched

    @rule(places=st.lists(st.sampled_from(ENTRIES), max_size=7), new=st.booleans())
    def set_path(self, places, new):
        path = [*map(self.entry, places), *[42] * (len(places) == 5)]
        if new:
            self.system.path = path
        else:
            self.system.path[:] = path

    @rule(place=st.sampled_from(ENTRIES), at=st.integers(0, 8))
    def insert(self, place, at):
        self.system.path.insert(at, self.entry(place))

    @rule(at=st.integers(0, 8))
    def drop(self, at):
        del self.system.path[at : at + 1]

    @rule()
    def reverse(self):
        self.system.path.reverse()

    @rule(place=st.sampled_from(ENTRIES[:-1]), name=st.sampled_from([None, "a", "n"]))
    def change_cache(self, place, name):
        finder = None if name is None else Foreign(name)
        for cache in (self.system.path_importer_cache, self.expected.cache):
            cache[self.entry(place)] = finder

    @rule(place=st.sampled_from(ENTRIES[:-1]))
    def forget(self, place):
        for cache in (self.system.path_importer_cache, self.expected.cache):
            cache.pop(self.entry(place), None)

    @rule()
    def invalidate(self):
        self.system.invalidate_caches()
        self.expected.invalidate()

    # --- What is found

    @rule(name=st.sampled_from(NAMES))
    def find(self, name):
        found = told(self.finder.find_spec(name))
        assert found == self.expected.find(name, self.system.path, None)

    @rule(name=st.sampled_from(NAMES))
    def find_again(self, name):
        self.find(name)
        self.find(name)

    @rule(name=st.sampled_from(NAMES), places=st.lists(st.sampled_from(ENTRIES), max_size=5))
    def find_on(self, name, places):
        path = [*map(self.entry, places)]
        found = told(self.finder.find_spec(f"parent.{name}", path))
        assert found == self.expected.find(f"parent.{name}", self.system.path, path)


class AlwaysInTicks(World):
    ticks = True


class OnceShort(World):
    mode, oracle = "once", Once


class OnceIndexed(OnceShort):
    long = 0


class OnceInTicks(OnceIndexed):
    ticks = True


@pytest.mark.parametrize("world", [World, AlwaysInTicks, OnceShort, OnceIndexed, OnceInTicks])
def test_what_is_found(world):
    run_state_machine_as_test(
        world,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
