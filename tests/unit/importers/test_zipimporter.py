"""zipimporter: what it finds and loads; the stdlib is the oracle where it has the behaviour."""

from __future__ import annotations

import importlib
import importlib.util
import os
import py_compile
import sys
import threading
import zipfile
import zipimport as stdlib_zipimport

import pytest

import entrepot
from entrepot import zipimport as entrepot_zipimport
from tests.capabilities import needs

NEWEST = sys.version_info >= (3, 14)
CONTENTS = {
    "zm.py": "answer = 42\n",
    "zp/__init__.py": "from .inner import where\n",
    "zp/inner.py": "where = __name__\n",
    "zp/data.txt": "some data",
    "zn/portion.py": "here = __file__\n",
    "deep/er/zd.py": "",
    "zu.py": "name = 'ünïcödé'\n",
}


@pytest.fixture(params=["stdlib", "entrepot"])
def zipimport(request):
    return {"stdlib": stdlib_zipimport, "entrepot": entrepot_zipimport}[request.param]


@pytest.fixture(autouse=True)
def clean():
    """Leave no modules, importers and open archives of a test to the next."""
    modules, path = set(sys.modules), list(sys.path)
    yield
    for name in set(sys.modules) - modules:
        if name[:1] == "z":
            del sys.modules[name]
    sys.path[:] = path
    sys.path_importer_cache.clear()
    stdlib_zipimport._zip_directory_cache.clear()


@pytest.fixture(params=[zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def archive(request, tmp_path):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w", request.param) as file:
        for name, text in CONTENTS.items():
            file.writestr(name, text)
    return str(path)


def test_it_says_where_it_is(zipimport, archive):
    importer = zipimport.zipimporter(archive)
    assert (importer.archive, importer.prefix) == (archive, "")
    assert repr(importer) == f'<zipimporter object "{archive}{os.sep}">'
    inside = zipimport.zipimporter(os.path.join(archive, "deep", "er"))
    assert (inside.archive, inside.prefix) == (archive, os.path.join("deep", "er", ""))


@pytest.mark.parametrize(
    ("name", "file", "is_package"),
    [("zm", "zm.py", False), ("zp", "zp/__init__.py", True), ("any.zm", "zm.py", False)],
)
def test_a_module_is_found(zipimport, archive, name, file, is_package):
    importer = zipimport.zipimporter(archive)
    spec = importer.find_spec(name)
    path = os.path.join(archive, *file.split("/"))
    assert (spec.name, spec.loader, spec.origin, spec.has_location) == (name, importer, path, True)
    assert (spec.submodule_search_locations is not None) == is_package
    assert importer.is_package(name) == is_package
    assert importer.get_filename(name) == path
    assert importer.get_source(name) == CONTENTS[file]
    assert importer.get_code(name).co_filename == path


def test_what_is_not_there_is_not_found(zipimport, archive):
    importer = zipimport.zipimporter(archive)
    assert importer.find_spec("zx") is None
    for ask in (importer.is_package, importer.get_filename, importer.get_source, importer.get_code):
        with pytest.raises(zipimport.ZipImportError, match="can't find module 'zx'") as caught:
            ask("zx")
        assert caught.value.name == "zx"


@pytest.mark.parametrize("name", ["zp/data.txt", "zm.py"])
def test_data_is_asked_for_by_name_and_by_path(zipimport, archive, name):
    importer = zipimport.zipimporter(archive)
    name = name.replace("/", os.sep)
    data = CONTENTS[name.replace(os.sep, "/")].encode()
    assert importer.get_data(name) == data
    assert importer.get_data(os.path.join(archive, name)) == data


@pytest.mark.parametrize("name", ["absent", "../archive.zip", "./zm.py", "zp/../zm.py", "zp"])
def test_data_that_is_no_member_is_an_os_error(zipimport, archive, name):
    with pytest.raises(OSError, match=r"\[Errno 0\]"):
        zipimport.zipimporter(archive).get_data(name)


def test_a_namespace_package_needs_no_entry_of_its_directory(zipimport, archive):
    if zipimport is stdlib_zipimport and not NEWEST:
        pytest.skip("the stdlib knows directories without entries since 3.14")
    importer = zipimport.zipimporter(archive)
    spec = importer.find_spec("zn")
    assert spec.loader is None
    assert list(spec.submodule_search_locations) == [os.path.join(archive, "zn")]
    assert importer.get_data("zn" + os.sep) == b""
    assert importer.find_spec("deep").loader is None


@pytest.mark.parametrize(
    "path", ["", os.path.dirname(__file__), __file__, "/no/such/thing.zip", "a\0b"]
)
def test_what_is_no_archive_is_an_import_error(zipimport, path):
    with pytest.raises(zipimport.ZipImportError):
        zipimport.zipimporter(path)


def test_only_text_is_a_path(zipimport):
    if zipimport is stdlib_zipimport and sys.version_info < (3, 11):
        pytest.skip("3.10 takes bytes")
    if sys.version_info < (3, 11):
        with pytest.raises(TypeError, match="expected str, bytes or os.PathLike object"):
            zipimport.zipimporter(3)
        return
    with pytest.raises(TypeError, match="expected str, not <class 'bytes'>"):
        zipimport.zipimporter(b"x.zip")


def test_it_is_one_of_the_interpreters(archive):
    """isinstance() against the stdlib's class, and every public member is our own."""
    theirs, ours = stdlib_zipimport.zipimporter, entrepot_zipimport.zipimporter
    assert isinstance(ours(archive), theirs)
    inherited = {
        name
        for base in theirs.__mro__[:-1]
        for name in vars(base)
        if not name.startswith("_") and getattr(ours, name) is getattr(base, name)
    }
    assert inherited == set()
    assert entrepot_zipimport.ZipImportError is stdlib_zipimport.ZipImportError


# --- Through the import statement


@pytest.fixture
def system():
    return entrepot.ImportSystem()


def test_modules_packages_and_namespaces_are_imported(system, archive):
    system.path.append(archive)
    assert system.import_module("zm").answer == 42
    assert system.import_module("zp").where == "zp.inner"
    assert system.import_module("zn.portion").here == os.path.join(archive, "zn", "portion.py")
    assert list(system.modules["zn"].__path__) == [os.path.join(archive, "zn")]
    assert system.import_module("zu").name == "ünïcödé"


def test_a_path_may_lead_into_an_archive(system, archive):
    system.path.append(os.path.join(archive, "deep", "er"))
    assert system.import_module("zd").__file__ == os.path.join(archive, "deep", "er", "zd.py")


def test_install_serves_archives(python, archive):
    code = (
        "import entrepot, sys; entrepot.install(); sys.path.insert(0, sys.argv[1]); import zp; "
        "print(type(zp.__loader__).__module__, zp.__loader__.get_data('zp/data.txt'))"
    )
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    said = python("-c", code, archive, env={"PYTHONPATH": source}).stdout
    assert said == "entrepot.importers.zip.importer b'some data'\n"


def test_entrepot_itself_can_be_in_the_archive(python, tmp_path):
    source = os.path.dirname(entrepot.__file__)
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zm.py", "answer = 42\n")
        for folder, _, names in os.walk(source):
            for name in names:
                if name.endswith(".py"):
                    full = os.path.join(folder, name)
                    inside = os.path.relpath(full, os.path.dirname(source))
                    file.write(full, inside)
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; import entrepot; entrepot.install(); import zm; "
        "print(entrepot.__file__ == sys.argv[1] + '/entrepot/__init__.py', type(zm.__loader__))"
    )
    said = python("-I", "-c", code, path).stdout
    assert said == "True <class 'entrepot.importers.zip.importer.zipimporter'>\n"


def test_a_file_gone_bad_says_which_and_why(system, tmp_path):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("zm.py", "answer = 42\n")
    path.write_bytes(path.read_bytes().replace(b"answer", b"answeR"))
    system.path.append(str(path))
    with pytest.raises(ImportError, match=r"bad CRC-32 of 'zm\.py' in .*bad\.zip"):
        system.import_module("zm")


# --- Bytecode


@pytest.fixture
def compiled(tmp_path):
    """A function that writes an archive of `zm.py` and its pyc, made by *mode*."""
    source = tmp_path / "zm.py"
    source.write_text("origin = 'source'  # padding\n")
    os.utime(source, (1_700_000_000, 1_700_000_000))
    modes = py_compile.PycInvalidationMode

    def write(mode=modes.TIMESTAMP, *, other_source=None, stamp=None, pyc=None, with_source=True):
        cached = tmp_path / "zm.pyc"
        fake = tmp_path / "fake.py"
        fake.write_text("origin = 'bytecode'".ljust(source.stat().st_size - 1) + "\n")
        os.utime(fake, (1_700_000_000, 1_700_000_000) if stamp is None else (stamp, stamp))
        py_compile.compile(str(fake), cfile=str(cached), dfile="zm.py", invalidation_mode=mode)
        data = cached.read_bytes()
        if mode is modes.CHECKED_HASH and other_source is None:
            hash_ = importlib.util.source_hash(source.read_bytes())
            data = data[:8] + hash_ + data[16:]
        path = tmp_path / "pycs.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("zm.pyc", data if pyc is None else pyc)
            if with_source:
                file.write(source, "zm.py")
        return str(path)

    return write


def origin(zipimport, path):
    importer = zipimport.zipimporter(path)
    spec = importer.find_spec("zm")
    module = importlib.util.module_from_spec(spec)
    importer.exec_module(module)
    return module.origin, os.path.basename(spec.origin)


MODES = py_compile.PycInvalidationMode


@pytest.mark.parametrize("stamp", [1_700_000_000, 1_700_000_001, 1_699_999_999])
def test_a_pyc_of_the_sources_time_is_used(zipimport, compiled, stamp):
    """The times of members are in steps of two seconds."""
    assert origin(zipimport, compiled(stamp=stamp)) == ("bytecode", "zm.pyc")


def test_a_pyc_of_another_time_is_not_used(zipimport, compiled):
    assert origin(zipimport, compiled(stamp=1_700_000_009)) == ("source", "zm.py")


def test_a_pyc_of_another_size_is_not_used(zipimport, compiled, tmp_path):
    path = compiled()
    (tmp_path / "zm.py").write_text("origin = 'source'  # longer\n")
    os.utime(tmp_path / "zm.py", (1_700_000_000, 1_700_000_000))
    with zipfile.ZipFile(path) as file:
        pyc = file.read("zm.pyc")
    assert origin(zipimport, compiled(pyc=pyc)) == ("source", "zm.py")


def test_pycs_by_hash(zipimport, compiled):
    assert origin(zipimport, compiled(MODES.CHECKED_HASH)) == ("bytecode", "zm.pyc")
    stdlib_zipimport._zip_directory_cache.clear()
    other = compiled(MODES.CHECKED_HASH, other_source=True)
    assert origin(zipimport, other) == ("source", "zm.py")
    stdlib_zipimport._zip_directory_cache.clear()
    assert origin(zipimport, compiled(MODES.UNCHECKED_HASH)) == ("bytecode", "zm.pyc")


def test_a_damaged_pyc_beside_its_source_is_passed_over(zipimport, compiled):
    assert origin(zipimport, compiled(pyc=b"no pyc at all")) == ("source", "zm.py")


@pytest.mark.parametrize("size", [3, 12, 16, 40])
def test_a_pyc_cut_short_is_a_miss(compiled, size):
    """The stdlib lets the import fail with EOFError, though the source is there."""
    with zipfile.ZipFile(compiled()) as file:
        pyc = file.read("zm.pyc")
    stdlib_zipimport._zip_directory_cache.clear()
    assert origin(entrepot_zipimport, compiled(pyc=pyc[:size])) == ("source", "zm.py")


def test_a_damaged_pyc_alone_is_an_import_error(zipimport, compiled):
    importer = zipimport.zipimporter(compiled(pyc=b"no pyc at all", with_source=False))
    with pytest.raises(zipimport.ZipImportError, match="bad magic number in 'zm'"):
        importer.get_code("zm")


def test_a_pyc_alone_has_no_source(zipimport, compiled):
    importer = zipimport.zipimporter(compiled(with_source=False))
    assert importer.get_source("zm") is None
    assert importer.get_filename("zm").endswith("zm.pyc")


def test_a_source_is_compiled_once(system, archive, monkeypatch):
    system.path.append(archive)
    calls = []
    importer = entrepot_zipimport.zipimporter(archive)
    real = type(importer).source_to_code
    monkeypatch.setattr(
        type(importer), "source_to_code", lambda *args: calls.append(args[2]) or real(*args)
    )
    system.import_module("zm")
    assert calls == [os.path.join(archive, "zm.py")]


def test_source_keeps_its_own_encoding(tmp_path):
    """The stdlib takes all source for UTF-8."""
    path = tmp_path / "latin.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("zl.py", "# coding: latin-1\nname = 'é'\n".encode("latin-1"))
    assert "name = 'é'" in entrepot_zipimport.zipimporter(str(path)).get_source("zl")


# --- Sharing, and changes


def test_an_archive_is_read_once_for_all_its_importers(archive, monkeypatch):
    from entrepot.importers.zip import shared

    read = []
    real = shared.Archive
    monkeypatch.setattr(shared, "Archive", lambda path: read.append(path) or real(path))
    one = entrepot_zipimport.zipimporter(archive)
    two = entrepot_zipimport.zipimporter(os.path.join(archive, "zp"))
    one.invalidate_caches()
    assert read == [archive]
    assert one._get_files() is two._get_files()


def test_threads_share_an_archive(archive):
    barrier, found = threading.Barrier(8), []

    def work():
        barrier.wait()
        importer = entrepot_zipimport.zipimporter(archive)
        for name in ("zm", "zp", "zu"):
            importer.get_code(name)
        found.append(importer.get_data("zp/data.txt"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"some data"] * 8


def test_invalidation_reads_again_only_what_changed(archive, tmp_path, monkeypatch):
    """PAINS 9 (gh-103200): importlib.invalidate_caches() made Spark jobs re-read all archives."""
    from entrepot.importers.zip import shared

    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("zo.py", "")
    importers = [entrepot_zipimport.zipimporter(str(path)) for path in (archive, other)]
    read = []
    real = shared.Archive
    monkeypatch.setattr(shared, "Archive", lambda path: read.append(path) or real(path))
    with zipfile.ZipFile(other, "a") as file:
        file.writestr("zadded.py", "")
    assert importers[1].find_spec("zadded") is None
    for importer in importers:
        importer.invalidate_caches()
    assert read == [str(other)]
    assert importers[1].find_spec("zadded") is not None


def test_a_new_importer_sees_a_changed_archive(archive):
    old = entrepot_zipimport.zipimporter(archive)
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("zadded.py", "")
    assert entrepot_zipimport.zipimporter(archive).find_spec("zadded") is not None
    assert old.find_spec("zadded") is not None


def test_an_archive_that_has_gone_has_no_modules_until_it_is_back(archive):
    importer = entrepot_zipimport.zipimporter(archive)
    os.rename(archive, archive + ".away")
    importer.invalidate_caches()
    assert importer.find_spec("zm") is None
    assert archive not in stdlib_zipimport._zip_directory_cache
    os.rename(archive + ".away", archive)
    importer.invalidate_caches()
    assert importer.find_spec("zm") is not None


@needs("share archives")
def test_the_stdlibs_pkgutil_lists_our_importers(archive):
    """PAINS 12 (gh-121342): it reads a private table of zipimport, which must have the archive."""
    import pkgutil

    importer = entrepot_zipimport.zipimporter(archive)
    assert {name for name, _ in pkgutil.iter_importer_modules(importer)} == {"zm", "zp", "zu"}
    importer.invalidate_caches()
    assert ("zp", True) in list(pkgutil.iter_importer_modules(importer))


def test_the_interpreters_importer_reads_what_ours_has_read(archive):
    ours = entrepot_zipimport.zipimporter(archive)
    theirs = stdlib_zipimport.zipimporter(archive)
    assert theirs.get_data("zm.py") == ours.get_data("zm.py")
    assert theirs.find_spec("zp").submodule_search_locations == [os.path.join(archive, "zp")]


def test_it_discovers_its_modules(archive):
    importer = entrepot_zipimport.zipimporter(archive)
    assert [spec.name for spec in importer.discover()] == ["zm", "zp", "zu"]
    inside = entrepot_zipimport.zipimporter(os.path.join(archive, "zp"))
    found = inside.discover(importer.find_spec("zp"))
    assert [(spec.name, spec.origin) for spec in found] == [
        ("zp.inner", os.path.join(archive, "zp", "inner.py"))
    ]


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="load_module() is gone since 3.15")
def test_load_module_still_works_where_it_does(zipimport, archive):
    importer = zipimport.zipimporter(archive)
    with pytest.warns(DeprecationWarning, match="load_module"):
        module = importer.load_module("zm")
    assert sys.modules["zm"] is module
    module.answer = 0
    with pytest.warns(DeprecationWarning, match="load_module"):
        assert importer.load_module("zm") is module
    assert module.answer == 42
