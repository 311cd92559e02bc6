"""`entrepot.machinery` beside `importlib.machinery`: names, and what finders and loaders say."""

from __future__ import annotations

import importlib.machinery
import os
import py_compile
import sys
import warnings

import pytest

import entrepot.machinery
import entrepot.util
from entrepot.finders.directory import FileFinder
from entrepot.host import paths
from entrepot.host.memory import MemoryDisk

STDLIB, OURS = importlib.machinery, entrepot.machinery

#: What is found because it is an extension module, where there are such.
EXTENSIONS = {"ext", "extpkg"} if STDLIB.EXTENSION_SUFFIXES else set()

#: importlib.machinery of Python 3.15.
NAMES = [
    "AppleFrameworkLoader", "BYTECODE_SUFFIXES", "BuiltinImporter", "EXTENSION_SUFFIXES",
    "ExtensionFileLoader", "FileFinder", "FrozenImporter", "ModuleSpec", "NamespaceLoader",
    "NamespacePath", "PathFinder", "SOURCE_SUFFIXES", "SourceFileLoader",
    "SourcelessFileLoader", "WindowsRegistryFinder", "all_suffixes",
]  # fmt: skip
DEPRECATED = ["DEBUG_BYTECODE_SUFFIXES", "OPTIMIZED_BYTECODE_SUFFIXES"]


def test_has_the_names_of_the_newest():
    assert sorted(OURS.__all__) == sorted(NAMES)
    assert all(hasattr(OURS, name) for name in NAMES)


def test_has_whatever_the_host_has():
    public = {name for name in dir(STDLIB) if not name.startswith("_")}
    assert public - set(dir(OURS)) - set(DEPRECATED) == set()


@pytest.mark.parametrize("name", DEPRECATED)
@pytest.mark.parametrize("machinery", [STDLIB, OURS])
def test_deprecated_suffixes(machinery, name):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert getattr(machinery, name) == [".pyc"]
    expected = [DeprecationWarning] if sys.version_info >= (3, 14) else []
    assert [each.category for each in caught] == expected
    assert all(each.filename == __file__ for each in caught)


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith("SUFFIXES")])
def test_suffixes_are_the_hosts(name):
    assert getattr(OURS, name) == getattr(STDLIB, name)


def test_all_suffixes():
    assert OURS.all_suffixes() == STDLIB.all_suffixes()


def test_unknown_names_are_refused():
    with pytest.raises(AttributeError, match="module 'entrepot.machinery' has no attribute 'nope'"):
        OURS.nope  # noqa: B018


def details(machinery):
    return [
        (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
        (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
        (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
    ]


def fields(spec):
    """All that a spec says, with loaders as names of their classes."""
    if spec is None:
        return None
    loader, locations = spec.loader, spec.submodule_search_locations
    return {
        "name": spec.name,
        "loader": loader.__name__ if isinstance(loader, type) else type(loader).__name__,
        "of loader": None if isinstance(loader, type) else getattr(loader, "path", None),
        "origin": spec.origin,
        "locations": None if locations is None else list(locations),
        "cached": spec.cached,
        "parent": spec.parent,
        "has_location": spec.has_location,
        "loader_state": repr(spec.loader_state),
        "is_package": loader and loader.is_package(spec.name),
    }


def outcome(function):
    """What a call returns, or the class and text of what it raises."""
    try:
        return function()
    except (ImportError, OSError, ValueError, TypeError, SyntaxError) as error:
        return type(error), str(error)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """One of everything that can lie in a directory."""
    top = tmp_path_factory.mktemp("tree")
    extension = next(iter(STDLIB.EXTENSION_SUFFIXES), ".so")
    for name in (
        "mod.py", "both.py", "both/__init__.py", "pkg/__init__.py", "pkg/sub.py", "ns/inner.py",
        "dirmod.py/x", "text.txt", f"ext{extension}", f"extpkg/__init__{extension}", "empty/x",
    ):  # fmt: skip
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_bytes(b"")
    py_compile.compile(str(top / "mod.py"), cfile=str(top / "less.pyc"), doraise=True)
    return top


FOUND = [
    "mod", "pkg", "pkg.sub", "ns", "both", "less", "ext", "extpkg", "empty", "nope", "text",
    "dirmod", "x.mod", "a.pkg", "", "__pycache__", "Mod",
]  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("where", ["absolute", "trailing", "relative", "missing", "subdirectory"])
def test_file_finders_find_the_same(tree, monkeypatch, where, name):
    monkeypatch.chdir(tree.parent)
    path = {
        "absolute": str(tree),
        "trailing": f"{tree}{os.sep}",
        "relative": tree.name,
        "missing": str(tree / "missing"),
        "subdirectory": str(tree / "pkg"),
    }[where]
    theirs = STDLIB.FileFinder(path, *details(STDLIB))
    ours = OURS.FileFinder(path, *details(OURS))
    assert (ours.path, repr(ours)) == (theirs.path, repr(theirs))
    assert fields(ours.find_spec(name)) == fields(theirs.find_spec(name))


@pytest.mark.parametrize("name", [name for name in FOUND if name != "pkg.sub"])
def test_path_finders_find_the_same(tree, name):
    entries = [str(tree / "missing"), str(tree), str(tree / "pkg")]
    ours, theirs = (
        OURS.PathFinder.find_spec(name, entries),
        STDLIB.PathFinder.find_spec(name, entries),
    )
    assert fields(ours) == fields(theirs)
    if theirs is not None and theirs.loader is None:
        assert repr(ours.submodule_search_locations) == repr(theirs.submodule_search_locations)


def test_path_finder_skips_what_is_not_str(tree):
    entries = [None, 5, str(tree)]
    ours, theirs = (m.PathFinder.find_spec("mod", entries) for m in (OURS, STDLIB))
    assert fields(ours) == fields(theirs)
    assert ours.origin == str(tree / "mod.py")


@pytest.mark.parametrize("name", ["sys", "builtins", "time", "os", "nope", ""])
def test_builtin_importers_say_the_same(name):
    ours, theirs = OURS.BuiltinImporter, STDLIB.BuiltinImporter
    assert fields(ours.find_spec(name)) == fields(theirs.find_spec(name))
    for method in ("is_package", "get_code", "get_source"):
        ask = [outcome(lambda: getattr(cls, method)(name)) for cls in (ours, theirs)]  # noqa: B023
        assert ask[0] == ask[1]


@pytest.mark.parametrize(
    "name",
    ["zipimport", "os", "__hello__", "__phello__", "__phello__.spam", "__hello_alias__", "nope"],
)
def test_frozen_importers_say_the_same(name):
    ours, theirs = OURS.FrozenImporter, STDLIB.FrozenImporter
    expected = fields(theirs.find_spec(name))
    assert fields(ours.find_spec(name)) == expected
    if expected is not None:
        module = entrepot.util.module_from_spec(ours.find_spec(name))
        theirs_module = importlib.util.module_from_spec(theirs.find_spec(name))
        assert getattr(module, "__file__", None) == getattr(theirs_module, "__file__", None)
        assert ours.get_code(name) == theirs.get_code(name)


LOADERS = ["SourceFileLoader", "SourcelessFileLoader", "ExtensionFileLoader"]
QUESTIONS = [
    ("is_package", "mod"), ("is_package", "__init__"), ("get_filename", "mod"), ("get_filename",),
    ("get_filename", "other"), ("get_source", "mod"), ("get_source", "other"),
    ("get_code", "other"),
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("file", ["mod.py", "pkg/__init__.py", "less.pyc", "missing.py"])
@pytest.mark.parametrize("name", LOADERS)
def test_loaders_answer_the_same(tree, name, file, question):
    method, *arguments = question
    if (name, method, *arguments) == ("SourceFileLoader", "get_source", "mod"):
        arguments = ["mod"] if file.endswith(".py") else ["other"]  # a pyc is no source
    answers = [
        outcome(lambda m=m: getattr(getattr(m, name)("mod", str(tree / file)), method)(*arguments))
        for m in (OURS, STDLIB)
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", LOADERS)
def test_loaders_are_equal_by_name_and_path(name):
    for machinery in (OURS, STDLIB):
        cls = getattr(machinery, name)
        assert cls("a", "b") == cls("a", "b")
        assert cls("a", "b") != cls("a", "c")
        assert cls("a", "b") != "a"
        assert hash(cls("a", "b")) == hash(cls("a", "b"))
        assert (cls("a", "b").name, cls("a", "b").path) == ("a", "b")


@pytest.mark.parametrize(
    "options", [{}, {"origin": "o"}, {"is_package": True}, {"is_package": False, "loader_state": 4}]
)
def test_specs_are_the_same(options):
    ours, theirs = (m.ModuleSpec("a.b", None, **options) for m in (OURS, STDLIB))
    assert fields(ours) == fields(theirs)
    assert repr(ours) == repr(theirs)
    assert ours == theirs
    assert theirs == ours
    assert ours != "a.b"
    with pytest.raises(TypeError):
        hash(ours)


def test_cached_of_a_spec():
    def story(machinery):
        spec = machinery.ModuleSpec("a", None, origin="/x/a.py")
        said = [spec.cached]
        spec.has_location = True
        said.append(spec.cached)
        spec.cached = "elsewhere"
        said.append(spec.cached)
        return said

    assert story(OURS) == story(STDLIB)


@pytest.mark.parametrize("machinery", [STDLIB, OURS])
def test_path_hook_wants_directories(machinery, tree):
    hook = machinery.FileFinder.path_hook(*details(machinery))
    assert hook(str(tree)).path == str(tree)
    with pytest.raises(ImportError, match="only directories are supported") as caught:
        hook(str(tree / "mod.py"))
    assert caught.value.path == str(tree / "mod.py")


# --- discover(), since Python 3.15


def test_file_finder_discovers(tree):
    found = {spec.name: spec for spec in OURS.FileFinder(str(tree), *details(OURS)).discover()}
    assert {"mod", "pkg", "both", "less", *EXTENSIONS} <= set(found)
    assert not {"text", "dirmod", "__init__", "__pycache__"} & set(found)
    assert found["pkg"].submodule_search_locations == [str(tree / "pkg")]
    inner = OURS.FileFinder(str(tree / "pkg"), *details(OURS)).discover(found["pkg"])
    assert [spec.name for spec in inner] == ["pkg.sub"]


@pytest.mark.parametrize(
    "machinery",
    [
        pytest.param(
            STDLIB,
            marks=pytest.mark.skipif(sys.version_info < (3, 15), reason="new in Python 3.15"),
        ),
        OURS,
    ],
)
def test_discover_wants_packages(machinery, tree):
    finder = machinery.FileFinder(str(tree), *details(machinery))
    with pytest.raises(ValueError, match="is not a package"):
        list(finder.discover(machinery.ModuleSpec("mod", None)))


@pytest.mark.parametrize("finders", ["the interpreter's", "ours"])
def test_path_finder_discovers(tree, monkeypatch, finders):
    """Also where the interpreter's own finders are in the cache."""
    other = tree / "pkg"
    monkeypatch.setattr(sys, "path", [str(tree), str(other), str(tree / "missing")])
    machinery = STDLIB if finders == "the interpreter's" else OURS
    for entry in map(str, (tree, other)):
        finder = machinery.FileFinder(entry, *details(machinery))
        monkeypatch.setitem(sys.path_importer_cache, entry, finder)
    found = {spec.name: spec.origin for spec in OURS.PathFinder.discover()}
    assert found["mod"] == str(tree / "mod.py")
    assert found["sub"] == str(other / "sub.py")
    assert {"pkg", "ns", "less", *EXTENSIONS} <= set(found)
    package = OURS.PathFinder.find_spec("pkg")
    assert [spec.name for spec in OURS.PathFinder.discover(package)] == ["pkg.sub"]
    with pytest.raises(ValueError, match="is not a package"):
        list(OURS.PathFinder.discover(OURS.PathFinder.find_spec("mod")))


def test_importers_without_files_discover_top_level_modules_only():
    package = OURS.ModuleSpec("p", None, is_package=True)
    assert "sys" in [spec.name for spec in OURS.BuiltinImporter.discover()]
    assert list(OURS.BuiltinImporter.discover(package)) == []
    assert list(OURS.FrozenImporter.discover(package)) == []


# --- PEP 235: names in their true case, on file systems that do not care


def windows(files, **options):
    disk = MemoryDisk(files, paths=paths.WINDOWS, case_insensitive=True, cwd="C:\\", **options)
    loaders = [(OURS.SourceFileLoader, [".py"])]
    return FileFinder("C:\\lib", *loaders, disk=disk)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Module", "C:\\lib\\Module.py"),
        ("module", None),
        ("MODULE", None),
        ("Package", "C:\\lib\\Package\\__init__.py"),
        ("package", None),
    ],
)
def test_case_must_match(name, expected):
    finder = windows({"C:\\lib\\Module.py": b"", "C:\\lib\\Package\\__init__.py": b""})
    spec = finder.find_spec(name)
    assert (spec and spec.origin) == expected


def test_case_does_not_matter_with_pythoncaseok():
    finder = windows({"C:\\lib\\Module.py": b""}, caseok=True)
    assert finder.find_spec("module").origin == "C:\\lib\\module.py"
    assert finder.find_spec("MODULE") is not None
    assert finder.find_spec("modul") is None


def test_the_right_case_wins_over_the_wrong_one():
    finder = windows({"C:\\lib\\spam.py": b"", "C:\\lib\\SPAM2.py": b""})
    assert finder.find_spec("spam") is not None
    assert finder.find_spec("spam2") is None
