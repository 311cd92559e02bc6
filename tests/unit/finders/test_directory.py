"""FileFinder: what is in one directory, and for how long that is believed."""

from __future__ import annotations

import importlib.machinery
import os
import time

import pytest

from entrepot.core.events import Events
from entrepot.finders import directory, listing
from entrepot.finders.directory import FileFinder, hook_for
from entrepot.host import paths
from entrepot.host.memory import MemoryDisk, MemoryStat
from entrepot.loaders import suffixes

STDLIB_DETAILS = [
    (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES),
    (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES),
    (importlib.machinery.SourcelessFileLoader, importlib.machinery.BYTECODE_SUFFIXES),
]


@pytest.fixture(params=["stdlib", "entrepot"])
def finder(request, tmp_path):
    if request.param == "stdlib":
        return importlib.machinery.FileFinder(str(tmp_path), *STDLIB_DETAILS)
    return FileFinder(str(tmp_path), *suffixes.LOADERS)


@pytest.fixture
def touch(tmp_path, finder):
    def touch(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        finder.invalidate_caches()

    return touch


def test_a_package_before_a_module_before_a_pyc_before_a_portion(finder, touch, tmp_path):
    touch("name/other.txt")
    spec = finder.find_spec("name")
    assert spec.loader is None
    assert list(spec.submodule_search_locations) == [str(tmp_path / "name")]
    touch("name.pyc")
    assert type(finder.find_spec("name").loader).__name__ == "SourcelessFileLoader"
    touch("name.py")
    assert finder.find_spec("name").origin == str(tmp_path / "name.py")
    touch("name/__init__.py")
    spec = finder.find_spec("name")
    assert spec.origin == str(tmp_path / "name" / "__init__.py")
    assert spec.submodule_search_locations == [str(tmp_path / "name")]


def test_the_last_part_of_the_name_counts(finder, touch, tmp_path):
    touch("sub.py")
    spec = finder.find_spec("any.thing.sub")
    assert (spec.name, spec.origin) == ("any.thing.sub", str(tmp_path / "sub.py"))
    assert spec.loader.name == "any.thing.sub"


@pytest.mark.parametrize("name", ["absent", "", ".", "..", "a/b", "mod.py", "nul\0", "\ud800"])
def test_nothing(finder, touch, name):
    touch("mod.txt")
    assert finder.find_spec(name) is None


def test_a_directory_that_is_not_there(tmp_path):
    assert FileFinder(str(tmp_path / "absent"), *suffixes.LOADERS).find_spec("x") is None


def test_repr_and_path(finder, tmp_path):
    assert repr(finder) == f"FileFinder({str(tmp_path)!r})"
    assert finder.path == str(tmp_path)


def test_isinstance(tmp_path):
    finder = FileFinder(str(tmp_path))
    assert isinstance(finder, importlib.machinery.FileFinder)


@pytest.mark.parametrize("path", ["", ".", "relative"])
def test_relative_paths_are_made_absolute(tmp_path, monkeypatch, path):
    (tmp_path / "relative").mkdir()
    (tmp_path / path / "mod.py").touch()
    monkeypatch.chdir(tmp_path)
    finder = FileFinder(path, *suffixes.LOADERS)
    assert finder.find_spec("mod").origin == os.path.join(os.getcwd(), path, "mod.py").replace(
        "/./", "/"
    )


def test_path_hook(tmp_path):
    hook = FileFinder.path_hook(*suffixes.LOADERS)
    assert type(hook(str(tmp_path))) is FileFinder
    (tmp_path / "file").touch()
    for wrong in (tmp_path / "file", tmp_path / "absent", "nul\0"):
        with pytest.raises(ImportError, match="only directories are supported"):
            hook(str(wrong))


def test_path_hook_of_a_subclass(tmp_path):
    class Mine(FileFinder):
        pass

    assert type(Mine.path_hook(*suffixes.LOADERS)(str(tmp_path))) is Mine


class TestStaleness:
    """PAINS 10, gh-75241: a module that appears in the tick of the directory's last change."""

    def test_in_the_same_tick(self, tmp_path):
        finder = FileFinder(str(tmp_path), *suffixes.LOADERS)
        for number in range(30):
            assert finder.find_spec(f"mod{number}") is None
            (tmp_path / f"mod{number}.py").touch()
            assert finder.find_spec(f"mod{number}"), number

    @pytest.mark.parametrize("ahead", [-1_000_000, 0, 1_000_000])
    def test_a_file_system_with_a_clock_of_its_own(self, tmp_path, monkeypatch, ahead):
        """As in WebAssembly, where a directory may be a millisecond ahead of the time."""
        seen = os.stat(tmp_path).st_mtime_ns
        monkeypatch.setattr(directory, "time_ns", lambda: seen - ahead)
        finder = FileFinder(str(tmp_path), *suffixes.LOADERS)
        assert finder.find_spec("mod") is None
        (tmp_path / "mod.py").touch()
        os.utime(tmp_path, ns=(seen, seen))
        assert finder.find_spec("mod")

    def test_with_whole_seconds(self, tmp_path):
        """Some file systems keep no more; then two seconds must pass."""
        now = int(time.time())
        finder = FileFinder(str(tmp_path), *suffixes.LOADERS)
        os.utime(tmp_path, (now, now))
        assert finder.find_spec("mod") is None
        (tmp_path / "mod.py").touch()
        os.utime(tmp_path, (now, now))
        assert finder.find_spec("mod")

    def test_an_old_directory_is_listed_once(self):
        lists = []

        class Counting(MemoryDisk):
            def listdir(self, path):
                lists.append(path)
                return super().listdir(path)

        disk = Counting({"/lib/mod.py": b""})
        finder = hook_for(FileFinder, *suffixes.LOADERS, disk=disk)("/lib")
        for _ in range(5):
            assert finder.find_spec("mod")
        assert lists == ["/lib"]
        disk.write_atomic("/lib/other.py", b"")
        assert finder.find_spec("other")
        finder.invalidate_caches()
        assert finder.find_spec("other")
        assert lists == ["/lib"] * 3

    @pytest.mark.parametrize(
        ("mtime", "now", "racy"),
        [
            (10_000_000_001, 10_000_000_002, True),
            (10_000_000_001, 10_019_000_000, True),
            (10_000_000_001, 10_030_000_000, False),
            (10_000_000_000, 11_900_000_000, True),
            (10_000_000_000, 12_000_000_001, False),
            (10_000_000_001, 9_000_000_000, False),
        ],
    )
    def test_how_long_a_listing_is_doubted(self, mtime, now, racy):
        def at(time):
            return MemoryStat(0o040755, time, 0, 1)

        one = listing.Listing(MemoryDisk({"/lib/mod.py": b""}), "/lib", at(mtime), now)
        assert one.holds(at(mtime)) is not racy
        assert not one.holds(at(mtime + 1))


class TestCase:
    """PEP 235: the case of the file counts, even where the file system ignores it."""

    @pytest.fixture
    def disk(self):
        return MemoryDisk({"/lib/Mod.py": b"", "/lib/Pkg/__init__.py": b""}, case_insensitive=True)

    def finder(self, disk):
        return hook_for(FileFinder, *suffixes.LOADERS, disk=disk)("/lib")

    def test_counts(self, disk):
        finder = self.finder(disk)
        assert finder.find_spec("Mod").origin == "/lib/Mod.py"
        assert finder.find_spec("Pkg").origin == "/lib/Pkg/__init__.py"
        for wrong in ("mod", "MOD", "pkg"):
            assert finder.find_spec(wrong) is None

    def test_unless_the_user_wants_otherwise(self, disk):
        disk.caseok = True
        finder = self.finder(disk)
        assert finder.find_spec("mod")
        assert finder.find_spec("PKG")

    def test_which_has_no_say_where_case_counts(self):
        finder = self.finder(MemoryDisk({"/lib/Mod.py": b""}, caseok=True))
        assert finder.find_spec("mod") is None


def test_on_windows():
    disk = MemoryDisk(
        {"C:\\lib\\mod.py": b"", "C:\\lib\\pkg\\__init__.py": b""}, paths=paths.WINDOWS, cwd="C:\\"
    )
    finder = hook_for(FileFinder, *suffixes.LOADERS, disk=disk)("C:\\lib")
    assert finder.find_spec("mod").origin == "C:\\lib\\mod.py"
    assert finder.find_spec("pkg").submodule_search_locations == ["C:\\lib\\pkg"]


def test_discover(tmp_path):
    for name in ("b.py", "a.py", "pkg/__init__.py", "data.txt", "space/x.txt", "c.pyc", "no.t.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    finder = FileFinder(str(tmp_path), *suffixes.LOADERS)
    assert [spec.name for spec in finder.discover()] == ["a", "b", "c", "pkg", "space"]
    parent = finder.find_spec("pkg")
    inner = FileFinder(str(tmp_path / "pkg"), *suffixes.LOADERS)
    (tmp_path / "pkg" / "mod.py").touch()
    assert [spec.name for spec in inner.discover(parent)] == ["pkg.mod"]
    with pytest.raises(ValueError, match="is not a package"):
        list(finder.discover(finder.find_spec("a")))


def test_events_go_to_the_loader(tmp_path):
    events = Events()
    (tmp_path / "mod.py").touch()
    finder = hook_for(FileFinder, *suffixes.LOADERS, events=events)(str(tmp_path))
    assert finder.find_spec("mod").loader.events is events
