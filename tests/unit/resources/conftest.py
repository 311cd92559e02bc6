"""The packages that the tests read, in every place where a package may lie."""

from __future__ import annotations

import importlib
import sys
import zipfile

import importlib_resources
import pytest

from entrepot import resources

#: What a package of each place has in it.
TREE = {
    "__init__.py": b"",
    "module.py": b"x = 1\n",
    "utf-8.txt": "Grüße\n".encode(),
    "bad.bin": b"\xff\xfe",
    "data/one.json": b"{}",
    "data/two.json": b"[]",
    "data/deep/three.txt": b"3",
    "data/deep/empty": b"",
}

APIS = {"entrepot": resources, "importlib_resources": importlib_resources}
if sys.version_info >= (3, 13):  # before, the stdlib has an older API
    APIS["stdlib"] = importlib.import_module("importlib.resources")


@pytest.fixture(params=APIS)
def api(request):
    """importlib.resources, of each kind: what the others do is what entrepot must do."""
    return APIS[request.param]


def api_module(api, name):
    return importlib.import_module(f"{api.__name__}.{name}")


@pytest.fixture
def importable(monkeypatch):
    """A function that puts entries on sys.path; what is imported meanwhile is forgotten after."""
    before = set(sys.modules)

    def add(*entries):
        for entry in reversed(entries):
            monkeypatch.syspath_prepend(str(entry))
        importlib.invalidate_caches()

    yield add
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in {"thing", "nested", "spread"}:
            del sys.modules[name]


def write_tree(directory, tree=TREE):
    for name, data in tree.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def tree_contents(directory):
    """The files of a real directory, as TREE has them."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def write_zip(path, tree, prefix=""):
    with zipfile.ZipFile(path, "a") as archive:
        for name, data in tree.items():
            archive.writestr(prefix + name, data)


@pytest.fixture(params=["disk", "zip", "directory in a zip"])
def thing(request, tmp_path, importable):
    """The package `thing`, with TREE in it, on disk or in a zip."""
    if request.param == "disk":
        write_tree(tmp_path / "site" / "thing")
        importable(tmp_path / "site")
    elif request.param == "zip":
        write_zip(tmp_path / "site.zip", TREE, "thing/")
        importable(tmp_path / "site.zip")
    else:
        write_zip(tmp_path / "site.zip", TREE, "lib/py/thing/")
        importable(tmp_path / "site.zip/lib/py")
    return importlib.import_module("thing")


@pytest.fixture
def on_disk(tmp_path, importable):
    write_tree(tmp_path / "site" / "thing")
    importable(tmp_path / "site")
    return importlib.import_module("thing")


@pytest.fixture
def in_zip(tmp_path, importable):
    write_zip(tmp_path / "site.zip", TREE, "thing/")
    importable(tmp_path / "site.zip")
    return importlib.import_module("thing")


@pytest.fixture
def spread(tmp_path, importable):
    """The namespace package `spread`, in two directories and a zip."""
    write_tree(tmp_path / "a" / "spread", {"one.txt": b"1 of a", "sub/a.txt": b"a"})
    write_tree(tmp_path / "b" / "spread", {"one.txt": b"1 of b", "sub/b.txt": b"b"})
    write_zip(tmp_path / "c.zip", {"": b"", "zipped.txt": b"z", "sub/c.txt": b"c"}, "spread/")
    importable(tmp_path / "a", tmp_path / "b", tmp_path / "c.zip")
    return importlib.import_module("spread")
