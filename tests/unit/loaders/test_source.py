"""SourceFileLoader and its pycs: when they are used, renewed, ignored, and with which modes."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import marshal
import os
import stat
import sys
from pathlib import Path

import pytest

import entrepot
from entrepot.bytecode import header as headers
from entrepot.finders.directory import FileFinder
from entrepot.host.memory import MemoryDisk
from entrepot.loaders import suffixes
from entrepot.loaders.source import SourceFileLoader
from entrepot.loaders.sourceless import SourcelessFileLoader
from tests.capabilities import needs

LOADERS = {"stdlib": importlib.machinery.SourceFileLoader, "entrepot": SourceFileLoader}


@pytest.fixture(autouse=True)
def _bytecode_on(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture(params=LOADERS)
def make(request):
    return LOADERS[request.param]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "mod.py"
    path.write_text("x = 1\n")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


def x_of(loader):
    scope = {}
    exec(loader.get_code("mod"), scope)
    return scope["x"]


def pyc_of(source):
    return Path(importlib.util.cache_from_source(str(source)))


def rewrite(source, text):
    """Write *text* and keep the mtime: only a pyc that is trusted hides it."""
    kept = source.stat().st_mtime_ns
    source.write_text(text)
    os.utime(source, ns=(kept, kept))


def test_writes_and_then_uses_a_pyc(make, source):
    assert x_of(make("mod", str(source))) == 1
    assert pyc_of(source).read_bytes()[:4] == importlib.util.MAGIC_NUMBER
    rewrite(source, "x = 2\n")
    assert x_of(make("mod", str(source))) == 1


def test_both_write_the_same(source):
    """Header and code; how often marshal shares an object depends on who refers to it."""
    written = []
    for make in LOADERS.values():
        x_of(make("mod", str(source)))
        data = pyc_of(source).read_bytes()
        written.append((data[:16], marshal.loads(data[16:])))
        pyc_of(source).unlink()
    assert written[0] == written[1]


@pytest.mark.parametrize("change", ["mtime", "size"])
def test_a_stale_pyc_is_renewed(make, source, change):
    x_of(make("mod", str(source)))
    if change == "mtime":
        source.write_text("x = 2\n")
        os.utime(source, (1_600_000_001, 1_600_000_001))
    else:
        rewrite(source, "x = 22\n")
    assert x_of(make("mod", str(source))) in (2, 22)
    assert pyc_of(source).read_bytes()[8:12] == int(source.stat().st_mtime).to_bytes(4, "little")


def damaged(good):
    yield "empty", b""
    yield "header cut short", good[:10]
    yield "no code", good[:16]
    yield "code cut short", good[:-5]
    yield "another magic number", b"\x00\x00\r\n" + good[4:]
    yield "a future magic number", b"\xff\xff\r\n" + good[4:]
    yield "unknown flags", good[:4] + b"\x80\0\0\0" + good[8:]
    yield "text", b"print('no pyc')\n" * 5
    yield "zeros", bytes(len(good))


@pytest.mark.parametrize("index", range(9))
def test_a_damaged_pyc_is_compiled_anew(source, index):
    x_of(SourceFileLoader("mod", str(source)))
    pyc = pyc_of(source)
    good = pyc.read_bytes()
    _, bad = list(damaged(good))[index]
    pyc.write_bytes(bad)
    assert x_of(SourceFileLoader("mod", str(source))) == 1
    assert pyc.read_bytes() == good


def test_every_truncation(source):
    x_of(SourceFileLoader("mod", str(source)))
    pyc = pyc_of(source)
    good = pyc.read_bytes()
    for length in range(len(good)):
        pyc.write_bytes(good[:length])
        assert x_of(SourceFileLoader("mod", str(source))) == 1
        assert pyc.read_bytes() == good


def test_another_object_than_code(source):
    x_of(SourceFileLoader("mod", str(source)))
    pyc = pyc_of(source)
    good = pyc.read_bytes()
    pyc.write_bytes(good[:16] + marshal.dumps({"not": "code"}))
    assert x_of(SourceFileLoader("mod", str(source))) == 1
    assert pyc.read_bytes() == good


def test_a_pyc_that_is_a_directory(make, source):
    pyc_of(source).mkdir(parents=True)
    assert x_of(make("mod", str(source))) == 1


def test_dont_write_bytecode(make, source, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert x_of(make("mod", str(source))) == 1
    assert not pyc_of(source).parent.exists()


def test_pycache_prefix(make, source, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "prefix"))
    assert x_of(make("mod", str(source))) == 1
    assert not (tmp_path / "__pycache__").exists()
    found = list((tmp_path / "prefix").rglob("*.pyc"))
    assert [str(p) for p in found] == [importlib.util.cache_from_source(str(source))]


@pytest.mark.parametrize("prefix", ["link", "file", "none"])
def test_a_pycache_prefix_that_cannot_be(source, tmp_path, monkeypatch, prefix):
    place = tmp_path / "prefix"
    if prefix == "link":
        place.symlink_to(tmp_path / "nowhere" / "at" / "all")
    elif prefix == "file":
        place.write_text("")
    else:
        place = Path("/proc/self/none" if Path("/proc/self").exists() else "/dev/null/none")
    monkeypatch.setattr(sys, "pycache_prefix", str(place))
    assert x_of(SourceFileLoader("mod", str(source))) == 1


def test_no_cache_tag(make, source, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert x_of(make("mod", str(source))) == 1
    assert not (source.parent / "__pycache__").exists()


@needs("umask")
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o640, 0o444, 0o755, 0o666])
def test_the_pyc_has_the_permissions_of_its_source(make, source, mode):
    before = os.umask(0o022)
    try:
        source.chmod(mode)
        x_of(make("mod", str(source)))
        kept = stat.S_IMODE(pyc_of(source).stat().st_mode)
    finally:
        os.umask(before)
    assert kept == (mode | 0o200) & 0o666 & ~0o022


def test_no_other_file_is_left(make, source):
    x_of(make("mod", str(source)))
    assert os.listdir(source.parent / "__pycache__") == [pyc_of(source).name]


class TestTheSameSecond:
    """PAINS 11, gh-121376: source that is changed in the second in which its pyc was written."""

    @pytest.fixture
    def source(self, tmp_path):
        path = tmp_path / "mod.py"
        path.write_text("x = 1\n")
        self.at(path, 250)
        return path

    @staticmethod
    def at(path, milliseconds):
        moment = 1_600_000_000 * 10**9 + milliseconds * 10**6
        os.utime(path, ns=(moment, moment))

    def test_is_noticed(self, source):
        x_of(SourceFileLoader("mod", str(source)))
        self.at(pyc_of(source), 300)
        source.write_text("x = 2\n")
        self.at(source, 400)
        assert x_of(SourceFileLoader("mod", str(source))) == 2

    def test_a_pyc_after_its_source_is_fresh(self, source):
        x_of(SourceFileLoader("mod", str(source)))
        self.at(pyc_of(source), 300)
        rewrite(source, "x = 2\n")
        assert x_of(SourceFileLoader("mod", str(source))) == 1

    def test_source_that_changes_while_it_is_compiled(self, source):
        test = self

        class Slow(SourceFileLoader):
            def source_to_code(self, data, path, *args, **kwds):
                code = super().source_to_code(data, path, *args, **kwds)
                source.write_text("x = 2\n")
                test.at(source, 350)
                return code

        assert x_of(Slow("mod", str(source))) == 1
        assert not pyc_of(source).exists()
        assert x_of(SourceFileLoader("mod", str(source))) == 2


class TestWhatTheFinderSaw:
    """The stat of the finder saves one of the loader's, within one import only."""

    def test_source_that_changes_between_finding_and_loading(self, source):
        hook = FileFinder.path_hook(*suffixes.LOADERS)
        spec = hook(str(source.parent)).find_spec("mod")
        x_of(SourceFileLoader("mod", str(source)))
        source.write_text("x = 2\n")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert module.x == 2

    def test_get_code_looks_again(self, source):
        spec = FileFinder.path_hook(*suffixes.LOADERS)(str(source.parent)).find_spec("mod")
        x_of(SourceFileLoader("mod", str(source)))
        source.write_text("x = 2\n")
        assert x_of(spec.loader) == 2


CHECKS = {
    # flags: is source that the pyc does not fit noticed, by policy?
    0: {"default": True, "always": True, "never": True},
    1: {"default": False, "always": True, "never": False},
    3: {"default": True, "always": True, "never": False},
}


@pytest.mark.parametrize("policy", ["default", "always", "never"])
@pytest.mark.parametrize("flags", CHECKS)
@pytest.mark.parametrize("kind", ["stdlib", "entrepot"])
def test_check_hash_based_pycs(python, tmp_path, flags, policy, kind):
    if sys.implementation.name == "pypy" and policy != "default":
        pytest.skip("PyPy has no option --check-hash-based-pycs")
    source = tmp_path / "mod.py"
    source.write_text("x = 1\n")
    code = compile("x = 1\n", str(source), "exec")
    header = (
        headers.by_hash(importlib.util.source_hash(b"x = 1\n"), checked=flags == 3)
        if flags
        else headers.by_time(source.stat().st_mtime, source.stat().st_size)
    )
    pyc_of(source).parent.mkdir()
    pyc_of(source).write_bytes(headers.dump(header, code))
    source.write_text("x = 'changed'\n")
    root = entrepot.__file__.rpartition("/entrepot/")[0]
    install = f"sys.path[:0] = [{root!r}]; import entrepot; entrepot.install()"
    body = f"""
import sys
{install if kind == "entrepot" else ""}
sys.path.insert(0, {str(tmp_path)!r})
import mod
print(mod.x)
"""
    option = [] if policy == "default" else ["--check-hash-based-pycs", policy]
    out = python(*option, "-c", body).stdout.strip()
    assert out == ("changed" if CHECKS[flags][policy] else "1")
    renewed = pyc_of(source).read_bytes()[4:8]
    assert renewed == flags.to_bytes(4, "little")  # A pyc by hash stays one.


@pytest.mark.parametrize("level", ["", "-O", "-OO"])
def test_optimization_levels(python, tmp_path, level):
    (tmp_path / "mod.py").write_text("'''doc'''\nassert 0 if not __debug__ else 1\n")
    root = entrepot.__file__.rpartition("/entrepot/")[0]
    body = f"""
import sys
sys.path[:0] = [{root!r}, {str(tmp_path)!r}]
import entrepot
entrepot.install()
import mod, os
cached = mod.__spec__.cached.rpartition("/")
print(mod.__doc__, cached[2], os.listdir(cached[0]))
"""
    out = python(*[level] if level else [], "-c", body).stdout.strip()
    optimization = {"": "", "-O": ".opt-1", "-OO": ".opt-2"}[level]
    tag = f"mod.{sys.implementation.cache_tag}{optimization}.pyc"
    assert out == f"{None if level == '-OO' else 'doc'} {tag} ['{tag}']"


BAD_SOURCE = {
    "NUL": b"x = 1\0\n",
    "unknown encoding": b"# coding: no-such-codec\nx = 1\n",
    "cookie against the byte order mark": b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
    "invalid UTF-8": b"x = '\xff'\n",
    "invalid UTF-8 in a comment": b"# \xff\nx = 1\n",
    "invalid for its cookie": b"# coding: ascii\nx = '\xe9'\n",
    "syntax": b"x = = 1\n",
    "indentation": b"if 1:\n    x\n  y\n",
    "tabs": b"if 1:\n\tx = 1\n        y = 2\n",
    "unterminated": b"x = '''\n",
    "too deep": b"(" * 500 + b")" * 500,
    "a long line": b"x = " + b"1 +" * 200,
}


@needs("leave no frame")
@pytest.mark.parametrize("kind", BAD_SOURCE)
def test_bad_source_gets_the_interpreters_own_error(python, tmp_path, kind):
    (tmp_path / "mod.py").write_bytes(BAD_SOURCE[kind])
    root = entrepot.__file__.rpartition("/entrepot/")[0]
    texts = []
    for install in ("", f"sys.path[:0] = [{root!r}]; import entrepot; entrepot.install()"):
        body = f"import sys; {install}\nsys.path.insert(0, {str(tmp_path)!r})\nimport mod"
        done = python("-c", body, check=False)
        texts.append(done.stderr)
    assert texts[0] == texts[1]
    # Some versions let pass what is only in a comment.
    assert "Error" in texts[0] or "comment" in kind


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"x = '\xc3\xa9'", "é"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'", "é"),
        (b"#!/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'", "€"),
        (b"\xef\xbb\xbfx = '\xc3\xa9'", "é"),
        (b"\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'", "é"),
        (b"# coding: utf8\r\nx = '\xc3\xa9'\r\n", "é"),
        (b"x = 'a'\ry = 2", "a"),
    ],
)
def test_encodings(make, tmp_path, data, expected):
    path = tmp_path / "mod.py"
    path.write_bytes(data)
    loader = make("mod", str(path))
    assert x_of(loader) == expected
    text = loader.get_source("mod")
    assert f"x = '{expected}'" in text
    assert "\r" not in text


def test_source_that_cannot_be_read(make, tmp_path):
    loader = make("mod", str(tmp_path / "absent.py"))
    with pytest.raises(FileNotFoundError):
        loader.get_code("mod")
    with pytest.raises(ImportError, match=r"source not available through get_data\(\)") as caught:
        loader.get_source("mod")
    assert caught.value.name == "mod"


def test_other_modules_names(make, source):
    loader = make("mod", str(source))
    with pytest.raises(ImportError, match="loader for mod cannot handle other") as caught:
        loader.get_code("other")
    assert caught.value.name == "other"
    assert loader.get_filename() == loader.get_filename("mod") == str(source)
    assert loader.is_package("mod") is False
    assert make("pkg", str(source.parent / "__init__.py")).is_package("pkg") is True


def test_equality(make, source):
    one, same, other = make("mod", str(source)), make("mod", str(source)), make("m", str(source))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "mod"


class TestSourceless:
    @pytest.fixture
    def pyc(self, source, tmp_path):
        x_of(SourceFileLoader("mod", str(source)))
        target = tmp_path / "mod.pyc"
        pyc_of(source).rename(target)
        source.unlink()
        return target

    @pytest.mark.parametrize(
        "make", [importlib.machinery.SourcelessFileLoader, SourcelessFileLoader],
        ids=["stdlib", "entrepot"],
    )  # fmt: skip
    def test_loads(self, pyc, make):
        loader = make("mod", str(pyc))
        assert x_of(loader) == 1
        assert loader.get_source("mod") is None

    @pytest.mark.parametrize("index", range(9))
    def test_damaged(self, pyc, index):
        kind, bad = list(damaged(pyc.read_bytes()))[index]
        pyc.write_bytes(bad)
        loader = SourcelessFileLoader("mod", str(pyc))
        with pytest.raises(ImportError) as caught:
            loader.get_code("mod")
        assert caught.value.name == "mod"
        assert caught.value.path == str(pyc)
        reasons = "magic number", "EOF", "marshal", "flags", "bad"
        assert any(reason in str(caught.value) for reason in reasons), (kind, str(caught.value))

    def test_no_code_in_it(self, pyc):
        pyc.write_bytes(pyc.read_bytes()[:16] + marshal.dumps(42))
        with pytest.raises(ImportError, match="Non-code object in .*mod.pyc"):
            SourcelessFileLoader("mod", str(pyc)).get_code("mod")

    def test_is_found_beside_no_source(self, pyc):
        spec = FileFinder.path_hook(*suffixes.LOADERS)(str(pyc.parent)).find_spec("mod")
        assert type(spec.loader) is SourcelessFileLoader
        assert spec.origin == spec.cached == str(pyc)


def test_on_another_disk():
    disk = MemoryDisk({"/lib/mod.py": b"x = 1"})
    loader = SourceFileLoader("mod", "/lib/mod.py")
    loader.disk = disk
    assert x_of(loader) == 1
    assert [path for path in disk.contents if path.endswith(".pyc")]
    assert x_of(loader) == 1
