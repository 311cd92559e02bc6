"""`entrepot.util` beside `importlib.util`: names, signatures, results, errors."""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
import types

import pytest

import entrepot.abc
import entrepot.util
from tests.capabilities import needs

STDLIB, OURS = importlib.util, entrepot.util
BOTH = pytest.mark.parametrize("util", [STDLIB, OURS], ids=["stdlib", "entrepot"])

#: importlib.util of Python 3.15.
NAMES = [
    "LazyLoader", "Loader", "MAGIC_NUMBER", "cache_from_source", "decode_source", "find_spec",
    "module_from_spec", "resolve_name", "source_from_cache", "source_hash",
    "spec_from_file_location", "spec_from_loader",
]  # fmt: skip
FUNCTIONS = [name for name in NAMES if name.islower()]

#: What importlib.util imports for itself.
NOT_API = {"contextmanager", "functools", "sys", "threading", "types", "warnings"}


def test_has_the_names_of_the_newest():
    assert sorted(OURS.__all__) == sorted(NAMES)
    assert hasattr(OURS, "_incompatible_extension_module_restrictions")


def test_has_whatever_the_host_has():
    public = {name for name in dir(STDLIB) if not name.startswith("_")} - NOT_API
    assert [name for name in public if not hasattr(OURS, name)] == []


def parameters(function):
    """Names, kinds and defaults; of a default that is a mark, only that there is one."""
    return [
        (p.name, p.kind, p.default if p.default in (p.empty, None) else "some")
        for p in inspect.signature(function).parameters.values()
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signatures_are_the_hosts(name):
    if name in ("source_hash", "decode_source"):
        assert len(parameters(getattr(OURS, name))) == 1
    else:
        assert parameters(getattr(OURS, name)) == parameters(getattr(STDLIB, name))
    assert getattr(OURS, name).__name__ == name
    assert getattr(OURS, name).__doc__


def test_constants_and_classes():
    assert OURS.MAGIC_NUMBER == STDLIB.MAGIC_NUMBER
    assert OURS.Loader is entrepot.abc.Loader
    assert issubclass(OURS.LazyLoader, OURS.Loader)
    assert issubclass(OURS.LazyLoader, STDLIB.Loader)
    assert parameters(OURS.LazyLoader) == parameters(STDLIB.LazyLoader)


def outcome(function, *args, **kwargs):
    """What a call returns, or the class and text of what it raises."""
    try:
        return function(*args, **kwargs)
    except (ImportError, OSError, ValueError, TypeError, SyntaxError, NotImplementedError) as error:
        return type(error), str(error), getattr(error, "name", None)


def same(name, *args, **kwargs):
    ours = outcome(getattr(OURS, name), *args, **kwargs)
    assert ours == outcome(getattr(STDLIB, name), *args, **kwargs)
    return ours


# --- find_spec


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("nope", None), ("nope.x", None), ("os.nope", None), ("sys.x", None), ("xml.nope", None),
        (".nope", None), (".nope", ""), ("..nope", "xml"), (".nope", "xml"),
    ],
)  # fmt: skip
def test_find_spec_of_what_is_not_there(name, package):
    same("find_spec", name, package)


@BOTH
@pytest.mark.parametrize(
    ("name", "package", "found"),
    [
        ("xml.dom.minidom", None, "xml.dom.minidom"),
        (".dom", "xml", "xml.dom"),
        ("sys", None, "sys"),
    ],
)
def test_find_spec(util, name, package, found):
    spec = util.find_spec(name, package)
    assert spec.name == found
    assert "." not in found or spec.parent.startswith("xml")


@BOTH
def test_find_spec_asks_modules_first(util, monkeypatch):
    module = types.ModuleType("planted")
    monkeypatch.setitem(sys.modules, "planted", module)
    with pytest.raises(ValueError, match="planted.__spec__ is None"):
        util.find_spec("planted")
    del module.__spec__
    with pytest.raises(ValueError, match="planted.__spec__ is not set"):
        util.find_spec("planted")
    module.__spec__ = spec = object()
    assert util.find_spec("planted") is spec
    monkeypatch.setitem(sys.modules, "planted", None)
    assert util.find_spec("planted") is None


def test_find_spec_is_of_the_process_and_systems_have_their_own(tmp_path):
    (tmp_path / "only_there.py").write_text("")
    system = entrepot.ImportSystem([str(tmp_path)])
    assert OURS.find_spec("only_there") is None
    assert system.find_spec("only_there").origin == str(tmp_path / "only_there.py")


@pytest.mark.parametrize("where", ["process", "isolated"])
def test_find_spec_imports_parents_not_the_module(where, tmp_path, monkeypatch):
    package = tmp_path / "parent_of_it"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "it.py").write_text("1 / 0")
    monkeypatch.syspath_prepend(str(tmp_path))
    system = entrepot.process if where == "process" else entrepot.ImportSystem([str(tmp_path)])
    assert system.find_spec("parent_of_it.it").origin == str(package / "it.py")
    assert "parent_of_it" in system.modules
    assert "parent_of_it.it" not in system.modules
    del system.modules["parent_of_it"]


# --- module_from_spec


class Creates:
    def __init__(self, module):
        self.module = module

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        raise AssertionError("nothing is executed")


@BOTH
def test_module_from_spec(util):
    spec = util.spec_from_loader("a.b", Creates(None), origin="here", is_package=True)
    module = util.module_from_spec(spec)
    assert type(module) is types.ModuleType
    assert (module.__name__, module.__package__, module.__path__) == ("a.b", "a.b", [])
    assert (module.__spec__, module.__loader__) == (spec, spec.loader)
    assert not hasattr(module, "__file__")
    assert "a.b" not in sys.modules


@BOTH
def test_module_from_spec_takes_the_loaders_module(util):
    mine = types.ModuleType("other")
    mine.__package__ = "kept"
    module = util.module_from_spec(util.spec_from_loader("a", Creates(mine)))
    assert module is mine
    assert (module.__name__, module.__package__) == ("other", "kept")
    assert module.__spec__.name == "a"


@BOTH
def test_module_from_spec_wants_create_module(util):
    loader = type("L", (), {"exec_module": lambda self, module: None})()
    with pytest.raises(ImportError, match="must also define create_module"):
        util.module_from_spec(util.spec_from_loader("a", loader))


# --- specs from loaders and locations


def fields(spec):
    if spec is None:
        return None
    names = ("name", "origin", "submodule_search_locations", "cached", "parent", "has_location")
    return {**{n: getattr(spec, n) for n in names}, "loader": type(spec.loader).__name__}


class Package:
    def is_package(self, fullname):
        return True


class File(Package):
    def get_filename(self, fullname):
        return f"/dir/{fullname}.py"


class NoFile:
    def get_filename(self, fullname):
        raise ImportError

    def is_package(self, fullname):
        raise ImportError


@pytest.mark.parametrize("options", [{}, {"is_package": True}, {"is_package": False}])
@pytest.mark.parametrize("loader", [None, Package(), File(), NoFile(), object()])
def test_spec_from_loader(loader, options):
    answers = [fields(util.spec_from_loader("m", loader, **options)) for util in (OURS, STDLIB)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "locations", [{}] + [{"submodule_search_locations": each} for each in (None, [], ["a", "b"])]
)
@pytest.mark.parametrize("loader", [None, Package(), File(), NoFile(), object()])
@pytest.mark.parametrize(
    "path", [None, "/dir/m.py", "/dir/m.pyc", "/dir/m.txt", "m.py", "sub/m.py", ""]
)
def test_spec_from_file_location(path, loader, locations):
    answers = []
    for util in (OURS, STDLIB):
        given = {key: value and list(value) if value else value for key, value in locations.items()}
        given = {key: [] if value == [] else value for key, value in given.items()}
        answers.append(fields(util.spec_from_file_location("m", path, loader=loader, **given)))
    assert answers[0] == answers[1]


@BOTH
def test_spec_from_file_location_takes_paths(util, tmp_path):
    spec = util.spec_from_file_location("m", tmp_path / "m.py")
    assert spec.origin == str(tmp_path / "m.py")
    with pytest.raises(TypeError):
        util.spec_from_file_location("m", 5)


def test_spec_from_file_location_drops_a_leading_dot():
    """As importlib does since Python 3.12."""
    assert OURS.spec_from_file_location("m", "./m.py").origin == os.path.join(os.getcwd(), "m.py")
    if sys.version_info >= (3, 12):
        assert OURS.spec_from_file_location("m", "./m.py").origin == (
            STDLIB.spec_from_file_location("m", "./m.py").origin
        )


@pytest.mark.parametrize("where", ["stdlib", "entrepot"])
def test_a_file_is_loaded_by_its_path(where, tmp_path):
    """The recipe "Importing a source file directly"."""
    util = STDLIB if where == "stdlib" else OURS
    (tmp_path / "recipe.py").write_text("x = 1")
    spec = util.spec_from_file_location("recipe", tmp_path / "recipe.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.x == 1


# --- names


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("x", None), ("x", "a"), (".x", "a"), (".x.y", "a.b"), ("..x", "a.b"), (".", "a"),
        ("..x", "a"), (".x", ""), (".x", None), ("...x", "a.b"), ("", "a"), ("", None),
    ],
)  # fmt: skip
def test_resolve_name(name, package):
    same("resolve_name", name, package)


# --- caches

OPTIMIZATIONS = [{}] + [{"optimization": each} for each in ("", "2", 2, 0, True, "x1", "x-y", ".")]


@pytest.mark.parametrize("options", OPTIMIZATIONS)
@pytest.mark.parametrize(
    "path", ["/a/b.py", "b.py", "/a/b", "a/b.c.py", "", "./x.py", "/a/.py", "a//b.py"]
)
def test_cache_from_source(path, options):
    same("cache_from_source", path, **options)


@pytest.mark.skipif(os.sep != "/", reason="POSIX has one root")
def test_the_cache_of_a_file_in_the_root_is_in_the_root():
    """CPython puts it into the current directory."""
    assert os.path.dirname(OURS.cache_from_source("/b.py")) == "/__pycache__"


@pytest.mark.parametrize("options", OPTIMIZATIONS)
@pytest.mark.parametrize("path", ["/a/b.py", "b.py", "a/b.py", "../b.py"])
def test_cache_from_source_below_a_prefix(path, options, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "mirror"))
    cached = same("cache_from_source", path, **options)
    if isinstance(cached, str) and not path.startswith("."):
        assert same("source_from_cache", cached) == os.path.abspath(path)


@pytest.mark.parametrize(
    "path",
    [
        "/a/__pycache__/b.x.pyc", "/a/__pycache__/b.x.opt-1.pyc", "__pycache__/b.x.pyc",
        "/a/b.x.pyc", "/a/__pycache__/b.pyc", "/a/__pycache__/b.x.opt-.pyc",
        "/a/__pycache__/b.x.foo.pyc", "/a/__pycache__/b.a.b.c.pyc",
        "/a/__pycache__/b.x.opt-a-b.pyc",
    ],
)  # fmt: skip
def test_source_from_cache(path):
    same("source_from_cache", path)


@BOTH
def test_paths_may_be_path_like(util, tmp_path):
    cached = util.cache_from_source(tmp_path / "m.py")
    assert cached == util.cache_from_source(str(tmp_path / "m.py"))
    assert util.source_from_cache(tmp_path / "__pycache__" / os.path.basename(cached)) == str(
        tmp_path / "m.py"
    )
    for function in (util.cache_from_source, util.source_from_cache):
        with pytest.raises(TypeError):
            function(5)


@BOTH
def test_without_cache_tag_there_are_no_caches(util, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    for function in (util.cache_from_source, util.source_from_cache):
        with pytest.raises(NotImplementedError, match="cache_tag is None"):
            function("/a/__pycache__/b.x.pyc")


# --- source


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x\r\ny\rz\n", b"# coding: latin-1\nx = '\xe9'", b"\xef\xbb\xbfx = 1",
        b"\n# -*- coding: cp1252 -*-\n\x80", b"# coding: nope\n", b"\xff", b"# coding: utf-8\n\xff",
        b"\xef\xbb\xbf# coding: latin-1\n", "é = 1".encode(), b"x = 1\n# coding: latin-1\n\xe9",
    ],
)  # fmt: skip
def test_decode_source(data):
    ours, theirs = outcome(OURS.decode_source, data), outcome(STDLIB.decode_source, data)
    if isinstance(theirs, tuple):  # texts of the tokenizer's errors differ from host to host
        ours, theirs = ours[0], theirs[0]
    assert ours == theirs


def test_source_hash():
    for data in (b"", b"x = 1", bytes(range(256))):
        assert OURS.source_hash(data) == STDLIB.source_hash(data)


# --- extension modules in subinterpreters


@pytest.mark.parametrize(("disable", "override"), [(True, -1), (False, 1), (5, -1), ("", 1)])
def test_restrictions_say_what_they_override(disable, override):
    context = OURS._incompatible_extension_module_restrictions(disable_check=disable)
    assert context.override == override
    theirs = getattr(STDLIB, "_incompatible_extension_module_restrictions", None)
    if theirs is not None:
        assert theirs(disable_check=disable).override == override


@needs("lift restrictions")
def test_restrictions_are_of_subinterpreters():
    context = OURS._incompatible_extension_module_restrictions(disable_check=True)
    if sys.version_info < (3, 12) or sys.implementation.name != "cpython":
        with context as same_one:
            assert same_one is context
        return
    with pytest.raises(RuntimeError, match="cannot be used in the main interpreter"), context:
        pass
