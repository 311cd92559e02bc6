"""Archives that cannot be read, change while they are used, or need what is not there."""

from __future__ import annotations

import os
import sys
import threading
import zipfile

import pytest

import entrepot
from entrepot.zipimport import ZipImportError, zipimporter


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zf_one.py", "value = 1\n" * 20)
        file.writestr("zf_two.py", "value = 2\n" * 20)
    return path


def test_a_file_that_vanishes_is_told(archive):
    importer = zipimporter(str(archive))
    archive.unlink()
    with pytest.raises(ZipImportError, match=r"can't read Zip file: .*archive\.zip"):
        importer.get_code("zf_one")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_file_that_may_not_be_read_is_told(archive):
    archive.chmod(0)
    with pytest.raises(ZipImportError, match="can't open Zip file"):
        zipimporter(str(archive))


def test_a_file_that_is_replaced_gives_no_other_modules_code(archive):
    importer = zipimporter(str(archive))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zf_two.py", "value = 2\n" * 20)
        file.writestr("zf_one.py", "value = 1\n" * 20)
    with pytest.raises(ZipImportError, match="another name"):
        importer.get_code("zf_one")
    importer.invalidate_caches()
    assert importer.get_data("zf_one.py") == b"value = 1\n" * 20


def test_a_module_that_fails_leaves_nothing(archive):
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("zf_fails.py", "raise KeyError('on purpose')")
    system = entrepot.ImportSystem([str(archive)])
    with pytest.raises(KeyError, match="on purpose"):
        system.import_module("zf_fails")
    assert "zf_fails" not in system.modules
    assert system.import_module("zf_one").value == 1


WITHOUT_ZLIB = """
import sys
sys.modules["zlib"] = None
import entrepot
entrepot.install()
sys.path.insert(0, sys.argv[1])
try:
    import zf_one
except ImportError as error:
    print(error)
"""


def test_a_missing_decompressor_is_told(python, archive):
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    said = python("-c", WITHOUT_ZLIB, archive, env={"PYTHONPATH": source}).stdout
    assert "can't decompress data; zlib not available" in said
    assert "archive.zip" in said


OWN_ZLIB = """
import sys
import entrepot
entrepot.install()
sys.modules.pop("zlib", None)
sys.path.insert(0, sys.argv[1])
try:
    import zlib
except ImportError as error:
    print(error)
print("zlib" in sys.modules)
"""


@pytest.mark.skipif(
    "zlib" in sys.builtin_module_names,
    reason="this interpreter has zlib built in, which no archive can hide",
)
def test_a_decompressor_in_the_archive_that_needs_it_is_told(python, tmp_path):
    path = tmp_path / "own.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zlib.py", "decompressobj = None\n" * 9)
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    said = python("-c", OWN_ZLIB, path, env={"PYTHONPATH": source}).stdout.splitlines()
    assert "zlib not available" in said[0]
    assert said[1] == "False"


def test_many_threads_need_the_decompressor_at_once(python, archive):
    """None of them holds a lock that importing zlib needs."""
    code = (
        "import sys, threading, entrepot; entrepot.install(); sys.path.insert(0, sys.argv[1])\n"
        "barrier = threading.Barrier(6)\n"
        "def work(name):\n"
        "    barrier.wait(); __import__(name)\n"
        "names = ['zf_one', 'zf_two'] * 3\n"
        "threads = [threading.Thread(target=work, args=(name,)) for name in names]\n"
        "[thread.start() for thread in threads]; [thread.join(30) for thread in threads]\n"
        "print(sys.modules['zf_one'].value, sys.modules['zf_two'].value)\n"
    )
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    said = python("-c", code, archive, env={"PYTHONPATH": source}, timeout=60).stdout
    assert said == "1 2\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_goes_on_reading(python, archive):
    code = (
        "import sys, os, entrepot; entrepot.install(); sys.path.insert(0, sys.argv[1])\n"
        "import zf_one\n"
        "child = os.fork()\n"
        "import zf_two\n"
        "if child == 0: os._exit(zf_two.value)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    assert python("-c", code, archive, env={"PYTHONPATH": source}).stdout == "2\n"


def test_reading_while_others_invalidate(archive):
    importer = zipimporter(str(archive))
    stop = threading.Event()

    def invalidate():
        while not stop.is_set():
            os.utime(archive)
            importer.invalidate_caches()

    thread = threading.Thread(target=invalidate)
    thread.start()
    try:
        found = {importer.get_data("zf_two.py") for _ in range(200)}
    finally:
        stop.set()
        thread.join()
    assert found == {b"value = 2\n" * 20}
