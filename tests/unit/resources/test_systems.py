"""Resources belong to an import system."""

from __future__ import annotations

import pytest

import entrepot
from entrepot import resources
from entrepot.host.memory import MemoryDisk
from entrepot.resources.disk import FileReader
from entrepot.resources.stored import StoredPath

from .conftest import TREE, write_tree


@pytest.fixture
def systems(tmp_path):
    """Two systems that have each its own package `thing`."""
    made = []
    for name in ("a", "b"):
        write_tree(tmp_path / name / "thing", {"__init__.py": b"", "name.txt": name.encode()})
        made.append(entrepot.ImportSystem(path=[str(tmp_path / name)]))
    return made


def test_each_system_has_its_packages(systems):
    assert [system.resources.read_text("thing", "name.txt") for system in systems] == ["a", "b"]


def test_they_are_the_same_at_each_access(systems):
    a, b = systems
    assert a.resources is a.resources
    assert a.resources is not b.resources
    assert a.metadata is a.metadata


def test_a_module_is_an_anchor_wherever_it_is_from(systems):
    a, b = systems
    module = a.import_module("thing")
    assert b.resources.read_text(module, "name.txt") == "a"
    assert resources.read_text(module, "name.txt") == "a"


def test_the_process_has_the_functions():
    assert resources.files("entrepot") == resources.Resources(entrepot.process).files("entrepot")


class Loader:
    """As little of a loader of entrepot as a reader asks for."""

    def __init__(self, disk, path):
        self.disk, self.path = disk, path


def test_packages_on_another_disk():
    disk = MemoryDisk({f"/lib/thing/{name}": data for name, data in TREE.items()})
    root = FileReader(Loader(disk, "/lib/thing/__init__.py")).files()
    assert root == StoredPath(disk, "/lib/thing")
    assert (root.name, root.is_dir(), root.is_file()) == ("thing", True, False)
    assert (root / "utf-8.txt").read_text("utf-8") == "Grüße\n"
    assert (root / "bad.bin").read_bytes() == b"\xff\xfe"
    assert {child.name for child in root.iterdir()} >= {"data", "bad.bin"}
    assert not (root / "missing").is_file()
    assert [path.name for path in resources.glob(root, "data/*.json")] == ["one.json", "two.json"]
    with resources.as_file(root) as path:
        assert (path / "data" / "deep" / "three.txt").read_bytes() == b"3"
    with pytest.raises(FileNotFoundError):
        (root / "missing").open()
    with pytest.raises(NotADirectoryError):
        (root / "bad.bin").iterdir()
    with pytest.raises(ValueError, match="mode"):
        (root / "bad.bin").open("w")
    with pytest.raises(resources.ContainmentError):
        root / ".."
    assert hash(root) == hash(StoredPath(disk, "/lib/thing"))
    assert root != 3
    assert (str(root), repr(root)) == ("/lib/thing", "StoredPath('/lib/thing')")
