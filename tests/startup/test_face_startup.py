"""What zipimport, pkgutil and runpy import, in a process that has only started."""

from __future__ import annotations

import os
import sys
import zipfile

import pytest

import entrepot

SOURCE = os.path.dirname(os.path.dirname(entrepot.__file__))
PROGRAM = """
import sys
sys.path.append({source!r})
before = set(sys.modules)
{action}
new = {{name for name in set(sys.modules) - before if not name.startswith("entrepot")}}
# Those that are left out cost next to nothing.
print(*sorted(new - {{"__future__", "io"}} - set(sys.builtin_module_names)))
print("entrepot.importers.zip.importer" in sys.modules)
"""


@pytest.fixture
def imported_by(python):
    """A function that tells what an action imports, and whether that is the zip importer too."""

    def run(action):
        code = PROGRAM.format(source=SOURCE, action=action)
        names, has_zip = python("-I", "-c", code).stdout.splitlines()
        return set(names.split()), has_zip == "True"

    return run


@pytest.fixture(params=[zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def archive(request, tmp_path):
    with zipfile.ZipFile(tmp_path / "some.zip", "w", request.param) as file:
        file.writestr("zs_one.py", "value = 1\n")
    return str(tmp_path / "some.zip"), request.param


def test_runpy_imports_nothing(imported_by):
    names, has_zip = imported_by("import entrepot.runpy, entrepot.runpy.program")
    assert names == set()
    assert not has_zip


def test_pkgutil_and_zipimport_import_nothing(imported_by):
    assert imported_by("import entrepot.pkgutil") == (set(), False)
    assert imported_by("import entrepot.zipimport") == (set(), True)


def test_a_process_without_archives_does_not_load_their_importer(imported_by):
    action = "import entrepot; entrepot.install(); sys.path.insert(0, '/no/such.zip'); import this_"
    action = f"try:\n    exec({action!r})\nexcept ImportError:\n    pass"
    assert imported_by(action)[1] is False


@pytest.mark.skipif(sys.implementation.name == "pypy", reason="PyPy's zlib is made of more modules")
def test_an_archive_needs_its_decompressor_and_no_more(imported_by, archive):
    path, method = archive
    action = f"import entrepot; entrepot.install(); sys.path.insert(0, {path!r}); import zs_one"
    names, has_zip = imported_by(action)
    assert has_zip
    expected = {"zs_one", "binascii"} | ({"zlib"} if method else set())
    assert names == expected - set(sys.builtin_module_names)
