"""`entrepot.abc` beside `importlib.abc`: contracts, and who is a subclass of what."""

from __future__ import annotations

import importlib.abc
import inspect
import sys
import types
import warnings

import pytest

import entrepot.abc
from entrepot.abc import kinship

STDLIB, OURS = importlib.abc, entrepot.abc
BOTH = pytest.mark.parametrize("abc", [STDLIB, OURS], ids=["stdlib", "entrepot"])

#: importlib.abc of Python 3.15.
NAMES = [
    "ExecutionLoader", "FileLoader", "InspectLoader", "Loader", "MetaPathFinder",
    "PathEntryFinder", "ResourceLoader", "SourceLoader",
]  # fmt: skip


def test_has_the_names_of_the_newest():
    assert sorted(OURS.__all__) == sorted(NAMES)


#: What importlib.abc imports for itself, or is private to it.
NOT_API = {"abc", "warnings", "runtime_checkable", "Protocol", "BinaryIO", "Iterable", "Text"}


def test_has_whatever_the_host_has():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        public = {name for name in dir(STDLIB) if not name.startswith("_")} - NOT_API
        assert [name for name in public if not hasattr(OURS, name)] == []


@pytest.mark.parametrize("name", NAMES)
def test_abstract_methods_are_the_same(name):
    assert getattr(OURS, name).__abstractmethods__ == getattr(STDLIB, name).__abstractmethods__


def parameters(function):
    """Names, kinds and whether optional; *fullname* of source_to_code() is new in 3.15."""
    found = inspect.signature(function).parameters.values()
    return [
        (p.name, p.kind, p.default is p.empty)
        for p in found
        if p.name != "fullname" or function.__name__ != "source_to_code"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_signatures_are_the_hosts(name):
    ours, theirs = getattr(OURS, name), getattr(STDLIB, name)
    for method in vars(theirs):
        if not method.startswith("_") and method not in ("load_module", "find_module"):
            if method in ("find_loader", "module_repr"):
                continue  # `self` has another name in the table of entrepot.legacy
            assert parameters(getattr(ours, method)) == parameters(getattr(theirs, method)), method


@pytest.mark.parametrize("child", NAMES)
@pytest.mark.parametrize("parent", NAMES)
def test_hierarchies_are_the_same(child, parent):
    expected = issubclass(getattr(STDLIB, child), getattr(STDLIB, parent))
    assert issubclass(getattr(OURS, child), getattr(OURS, parent)) is expected
    assert issubclass(getattr(OURS, child), getattr(STDLIB, parent)) is expected
    assert issubclass(getattr(STDLIB, child), getattr(OURS, parent)) is expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("one", "other"), [(STDLIB, OURS), (OURS, STDLIB)])
def test_subclasses_and_registered_classes_are_known_to_both(one, other, name):
    written = type("Written", (getattr(one, name),), {})
    registered = type("Registered", (), {})
    getattr(one, name).register(registered)
    unrelated = type("Unrelated", (), {})
    for cls in (written, registered):
        for each in NAMES:
            expected = issubclass(cls, getattr(one, each))
            assert expected or each != name
            assert issubclass(cls, getattr(other, each)) is expected
    assert not issubclass(unrelated, getattr(one, name))
    assert not issubclass(unrelated, getattr(other, name))


def test_no_question_is_left_open():
    assert kinship._asking == set()


KINSHIP = """
import sys, entrepot, entrepot.abc, entrepot.util, entrepot.machinery
assert "importlib.resources" not in sys.modules, "importlib.abc was executed"
class Mine(entrepot.abc.InspectLoader):
    def get_source(self, fullname): return ""
{install}
import importlib.abc
assert isinstance(Mine(), importlib.abc.Loader)
assert not isinstance(Mine(), importlib.abc.ExecutionLoader)
class Theirs(importlib.abc.InspectLoader):
    def get_source(self, fullname): return ""
assert isinstance(Theirs(), entrepot.abc.Loader)
module = sys.modules["importlib.abc"]
assert type(module) is type(sys), type(module)
assert type(module.__spec__.loader).__name__ == "SourceFileLoader"
assert module.__loader__ is module.__spec__.loader
"""


@pytest.mark.parametrize("install", ["", "entrepot.install()"])
def test_kinship_needs_no_import_of_importlib_abc(python, install):
    python(
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:] = {sys.path!r}\n" + KINSHIP.format(install=install),
    )


START = """
import entrepot
entrepot.install()
import colorsys
face = {"abc", "util", "machinery", "legacy.methods", "legacy.functions", "loaders.lazy"}
loaded = {f"entrepot.{name}" for name in face} & set(sys.modules)
assert not loaded, loaded
assert "importlib.abc" not in sys.modules
"""


def test_starting_needs_no_face(python):
    python("-I", "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n" + START)


# --- What the base classes do by themselves


@BOTH
def test_finders(abc):
    for cls in (abc.MetaPathFinder, abc.PathEntryFinder):
        finder = type("Finder", (cls,), {})()
        assert finder.invalidate_caches() is None
        if abc is OURS or sys.version_info >= (3, 15):
            assert tuple(finder.discover()) == ()
            assert tuple(finder.discover(parent=None)) == ()


@BOTH
def test_loader_asks_for_an_ordinary_module(abc):
    assert abc.Loader().create_module(None) is None
    assert not hasattr(abc.Loader(), "exec_module")


def inspect_loader(abc, **members):
    return type("Inspect", (abc.InspectLoader,), {"get_source": lambda s, n: "x = 1", **members})()


@BOTH
def test_abstract_methods_raise_what_the_documentation_says(abc):
    loader = inspect_loader(abc)
    for ask in (
        lambda: loader.is_package("m"),
        lambda: abc.InspectLoader.get_source(loader, "m"),
        lambda: abc.ExecutionLoader.get_filename(loader, "m"),
    ):
        with pytest.raises(ImportError):
            ask()
    with pytest.raises(OSError, match="^$"):
        abc.ResourceLoader.get_data(loader, "path")


@BOTH
def test_inspect_loader_executes_its_source(abc):
    module = types.ModuleType("m")
    inspect_loader(abc).exec_module(module)
    assert module.x == 1


@BOTH
def test_inspect_loader_without_source(abc):
    loader = inspect_loader(abc, get_source=lambda s, n: None)
    assert loader.get_code("m") is None
    with pytest.raises(ImportError, match="cannot load module 'm' when get_code"):
        loader.exec_module(types.ModuleType("m"))


@BOTH
@pytest.mark.parametrize("source", ["x = 1", b"x = 1", b"# coding: latin-1\nx = '\xe9'"])
def test_source_to_code_is_static(abc, source):
    code = abc.InspectLoader.source_to_code(source, "file.py")
    assert code.co_filename == "file.py"
    assert abc.InspectLoader.source_to_code(source).co_filename == "<string>"


def test_source_to_code_takes_the_modules_name():
    assert OURS.InspectLoader.source_to_code("x", "f", "name").co_filename == "f"
    assert OURS.InspectLoader.source_to_code("x", fullname="name").co_filename == "<string>"


@pytest.mark.parametrize("kind", ["InspectLoader", "ExecutionLoader", "nameless", "SourceLoader"])
def test_overridden_source_to_code_gets_the_hosts_arguments(kind):
    """A subclass written for this host's importlib works with ours."""

    def calls(abc):
        seen = []

        class Loader(getattr(abc, "ExecutionLoader" if kind == "nameless" else kind)):
            def get_source(self, fullname):
                return "x = 1"

            def get_data(self, path):
                return b"x = 1"

            def get_filename(self, fullname):
                if kind == "nameless":
                    raise ImportError
                return "/dir/m.py"

            def source_to_code(self, *args, **kwargs):
                seen.append((args, kwargs))
                return compile("x = 1", "m", "exec")

        Loader().get_code("m")
        return seen

    assert calls(OURS) == calls(STDLIB)


@BOTH
def test_execution_loader_names_its_file_in_the_code(abc):
    members = {"get_source": lambda s, n: "x = 1", "get_filename": lambda s, n: "/dir/m.py"}
    loader = type("Loader", (abc.ExecutionLoader,), members)()
    assert loader.get_code("m").co_filename == "/dir/m.py"


@BOTH
def test_file_loader(abc, tmp_path):
    loader = type("Loader", (abc.FileLoader,), {"get_source": lambda s, n: "x = 1"})
    path = tmp_path / "m.py"
    path.write_bytes(b"x = 1\n")
    one = loader("m", str(path))
    assert (one.name, one.path, one.get_filename("m")) == ("m", str(path), str(path))
    assert one.get_data(str(path)) == b"x = 1\n"
    assert one == loader("m", str(path))
    assert one.get_code("m").co_filename == str(path)
    with pytest.raises(ImportError, match="loader for m cannot handle other"):
        one.get_filename("other")


class Sources:
    """The body of a SourceLoader over a dict of path -> bytes."""

    def __init__(self, files):
        self.files = files

    def get_data(self, path):
        if path not in self.files:
            raise OSError(path)
        return self.files[path]

    def get_filename(self, fullname):
        return f"/lib/{fullname}.py"


def source_loader(abc, files, *parts):
    return type("Loader", (Sources, *parts, abc.SourceLoader), {})(files)


@BOTH
def test_source_loader_needs_two_methods(abc):
    with pytest.raises(TypeError, match="get_data"):
        abc.SourceLoader()
    loader = source_loader(abc, {"/lib/m.py": b"x = 1\r\n"})
    assert loader.get_source("m") == "x = 1\n"
    assert loader.is_package("m") is False
    assert loader.is_package("__init__") is False
    assert loader.get_code("m").co_filename == "/lib/m.py"
    module = types.ModuleType("m")
    loader.exec_module(module)
    assert module.x == 1
    with pytest.raises(ImportError, match="source not available"):
        loader.get_source("other")
    with pytest.raises(OSError, match="^$"):
        loader.path_stats("/lib/m.py")
    assert loader.set_data("path", b"") is None


class Stats:
    mtime = 1_000_000

    def path_stats(self, path):
        return {"mtime": self.mtime, "size": len(self.get_data(path))}

    def set_data(self, path, data):
        self.files[path] = data


@BOTH
def test_source_loader_keeps_and_uses_pycs(abc, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    loader = source_loader(abc, {"/lib/m.py": b"x = 1"}, Stats)
    loader.get_code("m")
    (pyc,) = set(loader.files) - {"/lib/m.py"}
    assert pyc == importlib.util.cache_from_source("/lib/m.py")
    loader.files["/lib/m.py"] = b"x = 2"  # the same mtime and size: the pyc is fresh
    assert 1 in loader.get_code("m").co_consts
    loader.mtime += 1
    assert 1 not in loader.get_code("m").co_consts


@BOTH
def test_path_mtime_still_does(abc):
    loader = source_loader(abc, {}, type("M", (), {"path_mtime": lambda s, p: 5}))
    assert loader.path_stats("p") == {"mtime": 5}


@BOTH
def test_path_mtime_is_deprecated(abc):
    loader = source_loader(abc, {})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(OSError, match="^$"):
            loader.path_mtime("p")
    expected = [DeprecationWarning] if sys.version_info >= (3, 14) else []
    assert [each.category for each in caught] == expected
