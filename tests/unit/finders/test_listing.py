"""What is known of a directory: huge ones, namespace portions, times that were set back."""

from __future__ import annotations

import errno
import os
import time

import pytest

from entrepot.finders import listing, unlisted
from entrepot.finders.directory import FileFinder, hook_for
from entrepot.host.files import Disk
from entrepot.host.memory import MemoryDisk
from entrepot.loaders import suffixes
from tests.capabilities import needs


class Counting(Disk):
    """The real disk, which counts what it is asked, and says that directories are huge."""

    __slots__ = ("asked", "size")

    def __init__(self, size=None):
        super().__init__()
        self.asked, self.size = [], size

    def stat(self, path):
        self.asked.append(("stat", path))
        found = os.stat(path)
        return found if self.size is None else Sized(found, self.size)

    def listdir(self, path):
        self.asked.append(("listdir", path))
        return os.listdir(path)

    def lists(self):
        return sum(kind == "listdir" for kind, _ in self.asked)


class Sized:
    """A status with another size."""

    def __init__(self, found, size):
        self._found, self.st_size = found, size

    def __getattr__(self, name):
        return getattr(self._found, name)


def pass_a_tick():
    """Let the file system's clock, which may be coarse, go on."""
    time.sleep(0.012)


def finder_on(disk, path):
    return hook_for(FileFinder, *suffixes.LOADERS, disk=disk)(str(path))


class TestHuge:
    """PAINS 7: a directory of 24,196 files was listed for each module that was wanted of it."""

    @pytest.fixture
    def place(self, tmp_path):
        for name in ("mod.py", "pkg/__init__.py", "space/x.txt", "Case.py"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()
        return tmp_path

    def test_a_few_questions_list_nothing(self, place):
        disk = Counting(listing.HUGE)
        finder = finder_on(disk, place)
        assert finder.find_spec("mod").origin == str(place / "mod.py")
        assert finder.find_spec("pkg").origin == str(place / "pkg" / "__init__.py")
        assert [*finder.find_spec("space").submodule_search_locations] == [str(place / "space")]
        assert finder.find_spec("absent") is None
        assert disk.lists() == 0

    def test_many_questions_do(self, place):
        disk = Counting(listing.HUGE)
        finder = finder_on(disk, place)
        questions = listing.HUGE // unlisted.BYTES_FOR_A_QUESTION
        os.utime(place, ns=(1, 1))
        for number in range(questions + 1):
            assert finder.find_spec(f"absent{number}") is None
        assert disk.lists() == 0
        assert finder.find_spec("absent") is None
        assert disk.lists() == 1
        assert finder.find_spec("mod")

    def test_a_change_begins_anew(self, place):
        disk = Counting(listing.HUGE)
        finder = finder_on(disk, place)
        for number in range(listing.HUGE // unlisted.BYTES_FOR_A_QUESTION + 2):
            finder.find_spec(f"absent{number}")
        lists = disk.lists()
        assert lists
        (place / "new.py").touch()
        assert finder.find_spec("new")
        assert disk.lists() == lists

    def test_it_is_never_out_of_date(self, place):
        """Not even within a tick of the clock, or with the time set back."""
        finder = finder_on(Counting(listing.HUGE), place)
        before = os.stat(place)
        for number in range(30):
            assert finder.find_spec(f"mod{number}") is None
            (place / f"mod{number}.py").touch()
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
            assert finder.find_spec(f"mod{number}")

    def test_the_case_counts_all_the_same(self):
        """A directory may ignore case where the platform does not (ext4, vfat)."""

        class Unexpected(MemoryDisk):
            def stat(self, path):
                found = super().stat(path)
                found.st_size = found.st_size or listing.HUGE
                return found

        disk = Unexpected({"/lib/Mod.py": b"", "/lib/_1/x": b""}, case_insensitive=True)
        finder = finder_on(disk, "/lib")
        disk.case_insensitive = False  # What it says is not what it does.
        disk._key = lambda path: {"/lib/mod.py": "/lib/Mod.py"}.get(path.lower(), path)
        assert type(finder.looked_at()) is unlisted.Unlisted
        assert finder.find_spec("Mod").origin == "/lib/Mod.py"
        assert finder.find_spec("mod") is None
        assert finder.find_spec("_1").submodule_search_locations == ["/lib/_1"]

    def test_where_the_platform_ignores_case_it_is_listed(self, place):
        disk = Counting(listing.HUGE)
        disk.case_insensitive = True
        assert finder_on(disk, place).find_spec("mod")
        assert disk.lists() == 1

    @pytest.mark.parametrize("name", ["", ".", "..", "a/b", "pkg/__init__", "nul\0", "\ud800"])
    def test_what_is_no_name(self, place, name):
        (place / "a").mkdir()
        (place / "a" / "b.py").touch()
        assert finder_on(Counting(listing.HUGE), place).find_spec(name) is None

    def test_names_that_are_not_ascii(self, place):
        (place / "größe.py").touch()
        disk = Counting(listing.HUGE)
        assert finder_on(disk, place).find_spec("größe")
        assert disk.lists() == 1

    def test_discover(self, place):
        finder = finder_on(Counting(listing.HUGE), place)
        assert [spec.name for spec in finder.discover()] == ["Case", "mod", "pkg", "space"]


class TestPortions:
    """PAINS 4, gh-91519: portions were asked for `__init__` files at each change of the path."""

    @pytest.fixture
    def place(self, tmp_path):
        (tmp_path / "space").mkdir()
        (tmp_path / "space" / "mod.py").touch()
        return tmp_path

    @pytest.fixture(autouse=True)
    def no_ticks(self, monkeypatch):
        monkeypatch.setattr(listing, "is_within_tick", lambda *_: False)

    def questions(self, disk, finder):
        disk.asked.clear()
        assert finder.find_spec("space").loader is None
        return [(kind, path[len(finder.path) :]) for kind, path in disk.asked]

    def test_are_asked_for_once_more_and_then_known(self, place):
        disk = Counting()
        finder = finder_on(disk, place)
        files = [suffix for _, each in suffixes.LOADERS for suffix in each]
        inits = [("stat", f"/space/__init__{suffix}") for suffix in files]
        first = self.questions(disk, finder)
        assert first[-len(inits) :] == inits
        second = self.questions(disk, finder)
        assert second == [("stat", ""), ("stat", "/space"), *inits, ("listdir", "/space")]
        for _ in range(3):
            assert self.questions(disk, finder) == [("stat", ""), ("stat", "/space")]

    @pytest.mark.parametrize("keep", [False, pytest.param(True, marks=needs("times of change"))])
    def test_become_packages(self, place, keep):
        finder = finder_on(Counting(), place)
        for _ in range(3):
            assert finder.find_spec("space").loader is None
        before = os.stat(place / "space")
        pass_a_tick()
        (place / "space" / "__init__.py").touch()
        if keep:  # As archivers do.
            os.utime(place / "space", ns=(before.st_atime_ns, before.st_mtime_ns))
        assert finder.find_spec("space").loader is not None

    def test_with_a_link_that_may_lead_to_a_package(self, place):
        (place / "space" / "__init__.py").symlink_to(place / "there.py")
        finder = finder_on(Counting(), place)
        for _ in range(4):
            assert finder.find_spec("space").loader is None
        before = os.stat(place)
        (place / "there.py").touch()
        os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert finder.find_spec("space").loader is not None

    def test_of_a_link_that_leads_elsewhere(self, place, tmp_path_factory):
        one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
        (two / "__init__.py").touch()
        for each in (one, two):
            os.utime(each, ns=(5, 5))
        middle = tmp_path_factory.mktemp("middle") / "link"
        middle.symlink_to(one)
        (place / "linked").symlink_to(middle)
        finder = finder_on(Counting(), place)
        for _ in range(4):
            assert finder.find_spec("linked").loader is None
        middle.unlink()
        middle.symlink_to(two)
        assert finder.find_spec("linked").loader is not None

    def test_that_cannot_be_listed(self, place):
        class Refusing(Counting):
            def listdir(self, path):
                if path.endswith("space"):
                    raise OSError(errno.EMFILE, "Too many open files", path)
                return super().listdir(path)

        finder = finder_on(Refusing(), place)
        for _ in range(4):
            assert finder.find_spec("space").loader is None
        pass_a_tick()
        (place / "space" / "__init__.py").touch()
        assert finder.find_spec("space").loader is not None

    def test_where_there_are_drives_it_is_asked_each_time(self):
        from entrepot.host import paths

        disk = MemoryDisk({"C:\\lib\\space\\x": b""}, paths=paths.WINDOWS, cwd="C:\\")
        finder = finder_on(disk, "C:\\lib")
        for _ in range(4):
            assert finder.find_spec("space").loader is None
        disk.write_atomic("C:\\lib\\space\\__init__.py", b"")
        disk.mtimes["C:\\lib\\space"] = 0
        assert finder.find_spec("space").loader is not None


@needs("times of change")
def test_a_time_that_was_set_back(tmp_path, monkeypatch):
    """The mtime is as before; the interpreter's finder believes that nothing has changed."""
    monkeypatch.setattr(listing, "is_within_tick", lambda *_: False)
    finder = FileFinder(str(tmp_path), *suffixes.LOADERS)
    assert finder.find_spec("mod") is None
    before = os.stat(tmp_path)
    pass_a_tick()
    (tmp_path / "mod.py").touch()
    os.utime(tmp_path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert finder.find_spec("mod")


def test_the_first_look_uses_what_the_path_hook_has_seen(tmp_path):
    disk = Counting()
    finder = finder_on(disk, tmp_path)
    assert finder.find_spec("mod") is None
    assert disk.asked == [("stat", str(tmp_path)), ("listdir", str(tmp_path))]
    disk.asked.clear()
    finder.invalidate_caches()
    assert finder.find_spec("mod") is None
    assert disk.asked == [("stat", str(tmp_path)), ("listdir", str(tmp_path))]
