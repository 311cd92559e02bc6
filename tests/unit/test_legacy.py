"""What a host's importlib still has, ours has there too, with the same warnings; and not later."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
import warnings

import pytest

import entrepot
import entrepot.abc
import entrepot.machinery
import entrepot.util
from entrepot import legacy
from entrepot.legacy import face

STDLIB, OURS = importlib, entrepot
BOTH = pytest.mark.parametrize("lib", [STDLIB, OURS], ids=["stdlib", "entrepot"])
VERSION = sys.version_info[:2]

LOAD_MODULE = pytest.mark.skipif(VERSION >= (3, 15), reason="Python 3.15 removed load_module()")
FIND_MODULE = pytest.mark.skipif(VERSION >= (3, 12), reason="Python 3.12 removed find_module()")


def warned(function):
    """What *function* returns, or the exception's class, and the categories of its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function()
        except (ImportError, ValueError, TypeError, NotImplementedError) as error:
            result = type(error)
    return result, [each.category for each in caught]


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "old_style.py").write_text("x = 1\n")
    (tmp_path / "old_ns").mkdir()
    yield tmp_path
    for name in ("old_style", "old_ns", "old_source"):
        sys.modules.pop(name, None)


# --- The table


@pytest.mark.parametrize("row", legacy.METHODS, ids=lambda row: f"{row[1].__name__}.{row[2]}")
def test_methods_are_there_as_long_as_the_hosts(row):
    removed, cls, name, *_ = row
    theirs = next(base for base in cls.__mro__ if base.__module__.startswith("_frozen"))
    assert hasattr(cls, name) is hasattr(theirs, name) is (removed > VERSION)


@pytest.mark.parametrize("row", face.FACE, ids=lambda row: ".".join(filter(None, row[1:4])))
def test_names_of_the_face_are_there_as_long_as_the_hosts(row):
    removed, module, cls, name, _ = row
    ours, theirs = getattr(OURS, module), getattr(STDLIB, module)
    if cls is not None:
        ours, theirs = getattr(ours, cls), getattr(theirs, cls)
    if name == "cache_from_source":
        assert ("debug_override" in ours.cache_from_source.__code__.co_varnames) is (
            removed > VERSION
        )
    else:
        assert hasattr(ours, name) is hasattr(theirs, name) is (removed > VERSION)


@pytest.mark.parametrize("key", face.ATTRIBUTES, ids=".".join)
def test_attributes_are_there_as_long_as_the_hosts(key):
    module, name = key
    ours = OURS if module == "entrepot" else getattr(OURS, module)
    theirs = STDLIB if module == "entrepot" else getattr(STDLIB, module)
    vars(ours).pop(name, None)
    removed = face.ATTRIBUTES[key][1]
    there, categories = warned(lambda: hasattr(ours, name))
    assert there is (removed > VERSION)
    if module == "abc":
        vars(theirs).pop(name, None) if VERSION >= (3, 12) and name != "machinery" else None
    assert warned(lambda: hasattr(theirs, name)) == (there, categories)


def test_unknown_names_are_refused():
    for module in (entrepot, entrepot.abc, entrepot.machinery, entrepot.util):
        with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'n"):
            module.nope  # noqa: B018


# --- load_module()


@LOAD_MODULE
@BOTH
def test_load_module_loads_then_reloads(lib, tree):
    loader = lib.machinery.SourceFileLoader("old_style", str(tree / "old_style.py"))
    module, categories = warned(lambda: loader.load_module("old_style"))
    assert categories == [DeprecationWarning]
    assert module is sys.modules["old_style"]
    assert (module.x, module.__spec__.loader, module.__file__) == (1, loader, loader.path)
    module.x = 2
    module.kept = 3
    assert warned(loader.load_module) == (module, [DeprecationWarning])
    assert (module.x, module.kept) == (1, 3)
    assert warned(lambda: loader.load_module("other")) == (ImportError, [])


@LOAD_MODULE
@BOTH
def test_load_module_leaves_nothing_of_a_failure(lib, tree):
    (tree / "old_style.py").write_text("1 / 0")
    loader = lib.machinery.SourceFileLoader("old_style", str(tree / "old_style.py"))
    warns = pytest.warns(DeprecationWarning, match="load_module")
    with warns, pytest.raises(ZeroDivisionError):
        loader.load_module("old_style")
    assert "old_style" not in sys.modules


@LOAD_MODULE
@BOTH
def test_load_module_of_builtin_and_frozen(lib):
    for importer, name in ((lib.machinery.BuiltinImporter, "time"),):
        before = dict(vars(sys.modules[name]))
        try:
            module, categories = warned(lambda: importer.load_module(name))  # noqa: B023
            assert (module, categories) == (sys.modules[name], [DeprecationWarning])
        finally:
            vars(sys.modules[name]).update(before)
    for importer in (lib.machinery.BuiltinImporter, lib.machinery.FrozenImporter):
        outcome = warned(lambda: importer.load_module("nope"))  # noqa: B023
        assert outcome == (ImportError, [DeprecationWarning])
    assert "nope" not in sys.modules


@LOAD_MODULE
@BOTH
def test_load_module_of_abcs(lib):
    members = {"get_source": lambda self, name: "x = 1"}
    loader = type("L", (lib.abc.InspectLoader,), members)()
    try:
        module, categories = warned(lambda: loader.load_module("old_source"))
        assert (module.x, categories) == (1, [DeprecationWarning])
    finally:
        sys.modules.pop("old_source", None)
    assert warned(lambda: lib.abc.Loader().load_module("m")) == (ImportError, [])


@LOAD_MODULE
@BOTH
def test_falling_back_to_load_module_is_announced(lib, monkeypatch):
    class Loader:
        def load_module(self, name):
            return sys.modules.setdefault(name, types.ModuleType(name))

    class Finder:
        def find_spec(self, name, path, target=None):
            return lib.util.spec_from_loader(name, Loader()) if name == "old_loader" else None

    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    try:
        module, categories = warned(lambda: lib.import_module("old_loader"))
    finally:
        sys.modules.pop("old_loader", None)
    assert (module.__name__, categories) == ("old_loader", [ImportWarning])


@LOAD_MODULE
@BOTH
def test_load_module_warns_the_caller(lib, tree):
    loader = lib.machinery.SourceFileLoader("old_style", str(tree / "old_style.py"))
    with pytest.warns(DeprecationWarning, match=r"load_module\(\) .*deprecated") as caught:
        loader.load_module("old_style")
    if lib is OURS:
        assert caught[0].filename == __file__


# --- find_module(), find_loader(), module_repr()


@FIND_MODULE
@BOTH
def test_find_module_of_meta_path_finders(lib, tree):
    machinery = lib.machinery
    found, categories = warned(lambda: machinery.PathFinder.find_module("old_style", [str(tree)]))
    assert (type(found).__name__, categories) == ("SourceFileLoader", [DeprecationWarning])
    for importer, name in (
        (machinery.BuiltinImporter, "sys"),
        (machinery.BuiltinImporter, "nope"),
        (machinery.FrozenImporter, "nope"),
    ):
        found, categories = warned(lambda: importer.find_module(name))  # noqa: B023
        assert (found, categories) == (
            importer if name == "sys" else None,
            [DeprecationWarning],
        )


@FIND_MODULE
@BOTH
def test_find_loader_of_path_entry_finders(lib, tree):
    machinery = lib.machinery
    finder = machinery.FileFinder(str(tree), (machinery.SourceFileLoader, [".py"]))
    (loader, portions), categories = warned(lambda: finder.find_loader("old_style"))
    assert (loader.name, portions, categories) == ("old_style", [], [DeprecationWarning])
    assert warned(lambda: finder.find_loader("old_ns"))[0] == (None, [str(tree / "old_ns")])
    assert warned(lambda: finder.find_loader("nope"))[0] == (None, [])
    assert warned(lambda: finder.find_module("old_ns")) == (
        None,
        [DeprecationWarning, DeprecationWarning, ImportWarning],
    )


@FIND_MODULE
@BOTH
def test_old_methods_of_the_base_classes(lib):
    spec = lib.machinery.ModuleSpec("m", "the loader")
    finds = {"find_spec": lambda self, name, *rest: spec}
    meta, entry = lib.abc.MetaPathFinder, lib.abc.PathEntryFinder
    once = [DeprecationWarning]
    assert warned(lambda: type("F", (meta,), {})().find_module("m", None)) == (None, once)
    assert warned(lambda: type("F", (meta,), finds)().find_module("m", None)) == (spec.loader, once)
    assert warned(lambda: type("F", (entry,), {})().find_loader("m")) == ((None, []), once)
    assert warned(lambda: type("F", (entry,), finds)().find_loader("m")) == (
        (spec.loader, []),
        once,
    )
    assert warned(lambda: type("F", (entry,), finds)().find_module("m")) == (spec.loader, once * 2)


@FIND_MODULE
@BOTH
def test_finder_is_abstract(lib):
    with pytest.raises(TypeError, match="abstract"):
        lib.abc.Finder()
    cls = type("F", (lib.abc.Finder,), {"find_module": lambda self, name, path=None: None})
    assert warned(cls)[1] == [DeprecationWarning]


@FIND_MODULE
@BOTH
def test_module_repr(lib):
    module = types.ModuleType("m")
    for importer, text in (
        (lib.machinery.BuiltinImporter, "<module 'm' (built-in)>"),
        (lib.machinery.FrozenImporter, "<module 'm' (frozen)>"),
    ):
        said = warned(lambda: importer.module_repr(module))  # noqa: B023
        assert said == (text, [DeprecationWarning])
    refused = warned(lambda: lib.abc.Loader().module_repr(module))
    assert refused == (NotImplementedError, [DeprecationWarning])


@FIND_MODULE
@BOTH
def test_find_loader(lib, tree, monkeypatch):
    once = [DeprecationWarning]
    loader, categories = warned(lambda: lib.find_loader("old_style", [str(tree)]))
    assert (loader.path, categories) == (str(tree / "old_style.py"), once)
    assert warned(lambda: lib.find_loader("nope")) == (None, once)
    assert warned(lambda: lib.find_loader("old_ns", [str(tree)])) == (ImportError, once)
    module = types.ModuleType("old_style")
    monkeypatch.setitem(sys.modules, "old_style", module)
    assert warned(lambda: lib.find_loader("old_style")) == (ValueError, once)
    module.__loader__ = 5
    assert warned(lambda: lib.find_loader("old_style")) == (5, once)
    del module.__loader__
    assert warned(lambda: lib.find_loader("old_style")) == (ValueError, once)


# --- Decorators


@FIND_MODULE
@BOTH
def test_set_package_and_set_loader(lib):
    def load(self, module):
        """Say it."""
        return module

    module = types.ModuleType("a.b")
    wrapped = lib.util.set_package(load)
    assert (wrapped.__name__, wrapped.__doc__, wrapped.__wrapped__) == ("load", "Say it.", load)
    assert warned(lambda: wrapped(None, module)) == (module, [DeprecationWarning])
    assert module.__package__ == "a"
    package = types.ModuleType("a.b")
    package.__path__ = []
    assert warned(lambda: wrapped(None, package))[0].__package__ == "a.b"
    package.__package__ = "kept"
    assert warned(lambda: wrapped(None, package))[0].__package__ == "kept"
    loader = object()
    assert warned(lambda: lib.util.set_loader(load)(loader, module))[0].__loader__ is loader
    assert warned(lambda: lib.util.set_loader(load)(object(), module))[0].__loader__ is loader


@FIND_MODULE
@BOTH
def test_module_for_loader(lib):
    class Loader:
        def is_package(self, fullname):
            return False

        def load(self, module):
            assert sys.modules[module.__name__] is module
            if module.__name__ == "old_source.bad":
                raise ZeroDivisionError
            return module

    wrapped, categories = warned(lambda: lib.util.module_for_loader(Loader.load))
    assert categories == [DeprecationWarning]
    loader = Loader()
    try:
        module = wrapped(loader, "old_source.good")
        assert (module.__loader__, module.__package__) == (loader, "old_source")
        assert wrapped(loader, "old_source.good") is module
        if lib is OURS:  # importlib's swallows it
            with pytest.raises(ZeroDivisionError):
                wrapped(loader, "old_source.bad")
        assert "old_source.bad" not in sys.modules
    finally:
        sys.modules.pop("old_source.good", None)


# --- debug_override


@LOAD_MODULE
@pytest.mark.parametrize("override", [True, False])
@BOTH
def test_debug_override(lib, override):
    expected = lib.util.cache_from_source("/a/b.py", optimization="" if override else 1)
    outcome = warned(lambda: lib.util.cache_from_source("/a/b.py", override))
    assert outcome == (expected, [DeprecationWarning])
    both = warned(lambda: lib.util.cache_from_source("/a/b.py", override, optimization=1))
    assert both == (TypeError, [DeprecationWarning])


@pytest.mark.skipif(VERSION < (3, 15), reason="until Python 3.14 there is debug_override")
@BOTH
def test_no_debug_override(lib):
    with pytest.raises(TypeError):
        lib.util.cache_from_source("/a/b.py", True)


# --- Moved to importlib.resources.abc in Python 3.11, removed from here in 3.14


@pytest.mark.skipif(VERSION >= (3, 14), reason="Python 3.14 removed them from importlib.abc")
@pytest.mark.parametrize("name", ["ResourceReader", "Traversable", "TraversableResources"])
def test_resource_classes(name):
    import entrepot.resources.abc

    vars(entrepot.abc).pop(name, None)
    found, categories = warned(lambda: getattr(entrepot.abc, name))
    assert found is getattr(entrepot.resources.abc, name)
    assert categories == ([DeprecationWarning] if VERSION >= (3, 12) else [])
