"""Extension modules in archives, unpacked to a private directory (PAINS 30)."""

from __future__ import annotations

import importlib.machinery
import os
import sys
import sysconfig
import zipfile

import pytest

import entrepot
from entrepot import zipimport

SUFFIXES = tuple(importlib.machinery.EXTENSION_SUFFIXES)


def shared_library():
    """An extension module of the standard library, which nothing in this process has loaded."""
    places = [sysconfig.get_path("platstdlib") or "", *sys.path]
    folders = [os.path.join(place, "lib-dynload") for place in places] + places
    for folder in filter(os.path.isdir, folders):
        for filename in sorted(os.listdir(folder)):
            name = filename.partition(".")[0]
            if filename.endswith(SUFFIXES) and name in {"_lsprof", "_queue", "_opcode", "_bisect"}:
                return os.path.join(folder, filename)
    return None


LIBRARY = shared_library()
pytestmark = pytest.mark.skipif(
    LIBRARY is None, reason="this interpreter has no extension module in a file of its own"
)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "native.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(LIBRARY, os.path.basename(LIBRARY))
        file.writestr("zpure.py", "value = 1\n")
    return str(path)


@pytest.fixture
def name():
    return os.path.basename(LIBRARY).partition(".")[0]


RUN = """
import sys, os
import entrepot
from entrepot import zipimport
archive, cache, name = sys.argv[1:]
sys.path_hooks.insert(0, zipimport.extension_hook(cache))
sys.modules.pop(name, None)
sys.path.insert(0, archive)
module = entrepot.import_module(name)
print(os.path.relpath(module.__file__, cache).count(os.sep), type(module.__loader__).__name__)
print(len(os.listdir(cache)), entrepot.import_module("zpure").value)
"""


def run(python, archive, cache, name, **options):
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    return python("-c", RUN, archive, cache, name, env={"PYTHONPATH": source}, **options)


def test_an_extension_module_is_imported(python, archive, tmp_path, name):
    for _ in range(2):  # the second time from what was unpacked
        said = run(python, archive, tmp_path / "cache", name).stdout
        assert said == "1 UnpackingLoader\n1 1\n"
    assert os.stat(tmp_path / "cache").st_mode & 0o077 == 0 or os.name == "nt"


def test_without_asking_it_is_not_there(archive, name):
    assert zipimport.zipimporter(archive).find_spec(name) is None


def test_finding_writes_nothing(archive, tmp_path, name):
    importer = zipimport.extension_hook(tmp_path / "cache")(archive)
    spec = importer.find_spec(name)
    assert spec.origin.startswith(str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()
    assert list(importer.iter_modules()) == [(name, False), ("zpure", False)]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are not in the mode here")
def test_a_cache_that_others_may_write_to_is_refused(python, archive, tmp_path, name):
    cache = tmp_path / "open"
    cache.mkdir()
    cache.chmod(0o777)
    done = run(python, archive, cache, name, check=False)
    assert "others may write to" in done.stderr
    assert "zipimport.ZipImportError: can't unpack" in done.stderr
    assert os.listdir(cache) == []


def test_the_default_cache_is_the_users(monkeypatch):
    from entrepot.importers.zip.extensions import default_cache

    monkeypatch.setenv("XDG_CACHE_HOME", os.path.abspath("here"))
    monkeypatch.setenv("LOCALAPPDATA", os.path.abspath("here"))
    expected = os.path.join("entrepot", "extensions")
    assert default_cache().endswith(expected)
    assert os.path.isabs(default_cache())
