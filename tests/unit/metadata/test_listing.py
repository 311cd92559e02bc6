"""What is remembered of path entries, and when."""

from __future__ import annotations

import os
import pathlib
import threading

import pytest

from entrepot import host
from entrepot.host.memory import MemoryDisk
from entrepot.host.paths import WINDOWS
from entrepot.metadata import archive, listing
from entrepot.metadata.environment import Metadata
from tests.unit.metadata import builders
from tests.unit.metadata.builders import dist_info

METADATA = b"Name: foo\nVersion: 1.0\n"
SECOND = 1_000_000_000


class Counting(MemoryDisk):
    """Counts how often directories are listed."""

    def __init__(self, files, **options):
        super().__init__(files, **options)
        self.listed = 0

    def listdir(self, path):
        self.listed += 1
        return super().listdir(path)


@pytest.fixture
def disk():
    return Counting({"/site/foo-1.0.dist-info/METADATA": METADATA})


@pytest.fixture
def metadata(disk):
    return Metadata(builders.System("/site"), disk)


def test_a_directory_is_listed_once(metadata, disk):
    assert [metadata.version("foo") for _ in range(3)] == ["1.0"] * 3
    assert disk.listed == 1


def test_it_is_listed_again_when_it_has_changed(metadata, disk):
    metadata.version("foo")
    disk.write_atomic("/site/bar.py", b"")
    metadata.version("foo")
    assert disk.listed == 2


def test_it_is_listed_again_when_caches_are_invalidated(metadata, disk):
    metadata.version("foo")
    metadata.invalidate_caches()
    metadata.version("foo")
    assert disk.listed == 2


def test_a_directory_that_has_just_changed_is_not_remembered(metadata, disk, monkeypatch):
    """PAINS 10 (gh-75241): two changes in one tick of the clock leave the same time."""
    disk.mtimes["/site"] = 5 * SECOND
    monkeypatch.setattr(host, "time_ns", lambda: 5 * SECOND + 1)
    assert [d.name for d in metadata.distributions()] == ["foo"]
    disk.contents["/site/bar-1.0.dist-info/METADATA"] = b"Name: bar\nVersion: 2\n"
    assert metadata.version("bar") == "2"


@pytest.mark.parametrize(
    ("changed", "now", "answer"),
    [
        (5 * SECOND, 6 * SECOND, False),  # whole seconds: a clock as coarse as FAT's, perhaps
        (5 * SECOND, 8 * SECOND, True),
        (5 * SECOND + 123, 5 * SECOND + 50_000_000, False),
        (5 * SECOND + 123, 6 * SECOND, True),
        (9 * SECOND, 5 * SECOND, False),  # from another clock
    ],
)
def test_when_a_directory_is_at_rest(monkeypatch, changed, now, answer):
    monkeypatch.setattr(host, "time_ns", lambda: now)
    disk = MemoryDisk({"/d/f": b""})
    disk.mtimes["/d"] = changed
    assert listing.is_at_rest(disk.stat("/d")) is answer


def test_a_directory_that_is_replaced_is_another_one(tmp_path):
    old, new = (builders.write(tmp_path / each, dist_info("foo", each)) for each in "12")
    metadata = Metadata(builders.System(tmp_path / "1"))
    times = old.stat()
    assert metadata.version("foo") == "1"
    old.rename(tmp_path / "gone")
    new.rename(tmp_path / "1")
    os.utime(tmp_path / "1", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert metadata.version("foo") == "2"


def test_the_current_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(builders.write(tmp_path / "a", dist_info("foo", "1")))
    metadata = Metadata(builders.System(""))
    assert metadata.version("foo") == "1"
    monkeypatch.chdir(builders.write(tmp_path / "b", dist_info("foo", "2")))
    assert metadata.version("foo") == "2"


def test_one_name_is_found_without_the_others(metadata, disk):
    """A look for one name does not normalise all; it finds what a look for all finds."""
    for name in ("Foo.Bar", "foo--bar", "_x", "-x", "\u0130x", "\u0131", "F"):
        disk.write_atomic(f"/site/{name}-1.dist-info/METADATA", METADATA)
    everything = listing.Shelf(disk).listing("/site").by_name()
    for name, children in everything.items():
        found = listing.Shelf(disk).listing("/site").find(name)
        assert sorted(place.path for place in found) == sorted(f"/site/{each}" for each in children)


def test_path_entries_of_all_sorts(tmp_path):
    """`sys.path` has what anybody puts there; only paths can be looked at."""
    root = builders.write(tmp_path, dist_info("foo"))
    system = builders.System()
    system.path = [None, 3, b"bytes", object(), "no\0path", "/no/such/directory", root]
    assert [dist.name for dist in Metadata(system).distributions()] == ["foo"]
    assert isinstance(root, pathlib.Path)


def test_the_paths_of_windows():
    files = {"C:\\site\\foo-1.0.dist-info\\METADATA": METADATA}
    disk = MemoryDisk(files, paths=WINDOWS, case_insensitive=True, cwd="C:\\")
    dist = Metadata(builders.System("C:\\SITE"), disk).distribution("foo")
    assert dist.version == "1.0"
    assert str(dist) == "C:\\SITE\\foo-1.0.dist-info"


def test_eggs(tmp_path):
    egg = builders.write(
        tmp_path / "foo_bar-1.0-py3.egg", {"EGG-INFO/PKG-INFO": "Name: x\nVersion: 1"}
    )
    zipped = builders.archive(tmp_path / "baz.egg", {"EGG-INFO/PKG-INFO": "Name: y\nVersion: 2"})
    metadata = Metadata(builders.System(egg, zipped))
    assert metadata.version("foo-bar") == "1"
    assert metadata.version("baz") == "2"
    assert [dist.version for dist in metadata.distributions()] == ["1", "2"]


def test_archives(tmp_path):
    files = dist_info("foo", entry_points_txt="[g]\nn = os\n", RECORD="foo/a.py,,\nno,,\n")
    wheel = builders.archive(tmp_path / "foo-1.0-py3-none-any.whl", files | {"foo/a.py": "x"})
    metadata = Metadata(builders.System(wheel))
    dist = metadata.distribution("foo")
    assert dist.version == "1.0"
    assert str(dist) == f"{wheel}/foo-1.0.dist-info"
    assert [str(file) for file in dist.files] == ["foo/a.py"]
    assert dist.files[0].read_text() == "x"
    assert metadata.entry_points(group="g")["n"].dist.name == "foo"
    assert metadata.packages_distributions() == {"foo": ["foo"]}


def test_the_directory_of_an_archive_is_read_once(tmp_path, settled, monkeypatch):
    """PAINS 3 (im#108): the cost does not grow with members times distributions."""
    files = {k: v for n in range(50) for k, v in dist_info(f"d{n}", RECORD="no,,\n").items()}
    metadata = Metadata(builders.System(builders.archive(tmp_path / "a.zip", files)))
    opened = []
    directory = archive.Directory
    monkeypatch.setattr(archive, "Directory", lambda *args: opened.append(1) or directory(*args))
    assert len([(dist.version, dist.files) for dist in metadata.distributions()]) == 50
    assert metadata.packages_distributions() == {}
    assert opened == [1]


def test_an_archive_that_is_replaced(tmp_path):
    path = builders.archive(tmp_path / "a.zip", dist_info("foo", "1"))
    metadata = Metadata(builders.System(path))
    assert metadata.version("foo") == "1"
    builders.archive(tmp_path / "b.zip", dist_info("foo", "2")).rename(path)
    assert metadata.version("foo") == "2"


def test_many_threads_find_the_same(tmp_path):
    """PAINS 18: nothing is half built while another thread looks."""
    metadata = Metadata(
        builders.System(builders.write(tmp_path, dist_info("foo") | dist_info("bar")))
    )
    found, start = [], threading.Barrier(8)

    def look():
        start.wait()
        for _ in range(50):
            found.append(sorted(dist.name for dist in metadata.distributions()))
            metadata.invalidate_caches()
            found.append(metadata.version("foo") and ["bar", "foo"])

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 800
    assert set(map(tuple, found)) == {("bar", "foo")}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork()")
def test_a_child_finds_what_its_parent_found(tmp_path, python):
    """PAINS 18 (im#520): an archive open in both would share its position."""
    path = builders.archive(tmp_path / "a.zip", dist_info("foo"))
    script = f"""
import os, sys
sys.path.insert(0, {os.fspath(path)!r})
from entrepot.metadata import version
assert version("foo") == "1.0"
child = os.fork()
for _ in range(100):
    assert version("foo") == "1.0"
if child == 0:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
"""
    python("-c", script)
