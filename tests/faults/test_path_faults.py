"""One entry of a path fails, while it is searched either way; then it works again."""

from __future__ import annotations

import errno

import pytest

import entrepot
from entrepot.finders import index
from entrepot.finders.directory import FileFinder, hook_for
from entrepot.loaders import suffixes
from tests.faults.test_odd_disks import ERRORS, FaultyDisk

BROKEN = "/place1"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(index, "PAUSE", 0)


@pytest.fixture(params=["always", "once"])
def path_check(request):
    return request.param


@pytest.fixture(params=[3, 2 * index.LONG], ids=["short", "long"])
def world(request, path_check):
    places = [f"/place{number}" for number in range(request.param)]
    tree = {f"{place}/{name}.py": b"" for place in places for name in ("both", place[1:])}
    disk = FaultyDisk({**tree, f"{BROKEN}/only.py": b""})
    system = entrepot.ImportSystem(places, shared=(), path_check=path_check)
    system.path_hooks[:] = [hook_for(FileFinder, *suffixes.LOADERS, disk=disk)]
    system.disk = disk
    return system


def find(world, name):
    spec = world.meta_path[-1].find_spec(name)
    return spec and spec.origin


@pytest.mark.parametrize("error", ERRORS)
def test_a_directory_that_cannot_be_looked_at(world, error):
    assert find(world, "only")
    world.path.reverse()
    last = find(world, "both")
    world.disk.faults["stat"] = {BROKEN: error, f"{BROKEN}/only.py": error}
    assert find(world, "only") is None
    assert find(world, "both") == last
    assert find(world, "place0") == "/place0/place0.py"
    world.disk.faults.clear()
    assert find(world, "only") == f"{BROKEN}/only.py"


@pytest.mark.parametrize("error", [errno.EACCES, errno.ENOENT, errno.ENOTDIR])
def test_a_directory_that_cannot_be_listed(world, error):
    world.disk.faults["listdir"] = {BROKEN: error}
    assert find(world, "only") is None
    assert find(world, "both") == "/place0/both.py"
    assert find(world, "place2") == "/place2/place2.py"
    world.disk.faults.clear()
    world.invalidate_caches()
    assert find(world, "only") == f"{BROKEN}/only.py"


@pytest.mark.parametrize("error", [errno.EMFILE, errno.EIO])
def test_what_is_no_property_of_the_directory_is_told_and_not_kept(world, error):
    world.disk.faults["listdir"] = {BROKEN: error}
    for _ in range(2):
        with pytest.raises(OSError, match="rror|open files|descriptors") as caught:
            find(world, "place2")
        assert caught.value.errno == error
    assert find(world, "place0")
    world.disk.faults.clear()
    assert find(world, "place2") == "/place2/place2.py"
    assert find(world, "only") == f"{BROKEN}/only.py"


def test_a_list_that_cannot_be_renewed(world):
    """What is believed no more is not fallen back on."""
    assert find(world, "only")
    world.disk.write_atomic(f"{BROKEN}/new.py", b"")
    world.disk.faults["listdir"] = {BROKEN: errno.EIO}
    with pytest.raises(OSError, match="rror"):
        find(world, "new")
    world.disk.faults.clear()
    assert find(world, "new") == f"{BROKEN}/new.py"
