"""pkgutil: modules, packages, data and names; the stdlib is the oracle where it is right."""

from __future__ import annotations

import io
import os
import pathlib
import pkgutil as stdlib_pkgutil
import py_compile
import sys
import warnings
import zipfile
from importlib.machinery import ModuleSpec

import pytest

import entrepot
from entrepot import pkgutil as entrepot_pkgutil
from entrepot.pkgutil.entries import Importers
from entrepot.pkgutil.objects import Objects
from entrepot.pkgutil.walk import Packages

FILES = {
    "pu_pkg/__init__.py": "",
    "pu_pkg/leaf.py": "value = 7\n",
    "pu_pkg/data/text.txt": "data\n",
    "pu_pkg/inner/__init__.py": "",
    "pu_pkg/inner/deep.py": "class Outer:\n    class Inner:\n        pass\n",
    "pu_both.py": "",
    "pu_both/__init__.py": "",
    "pu_no_package/x.py": "",
    "pu.dotted.py": "",
    "pu-dash.py": "",
    "notes.txt": "",
}


@pytest.fixture(params=["stdlib", "entrepot"])
def pkgutil(request):
    return {"stdlib": stdlib_pkgutil, "entrepot": entrepot_pkgutil}[request.param]


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    modules = set(sys.modules)
    yield
    for name in set(sys.modules) - modules:
        if name.startswith("pu_"):
            del sys.modules[name]
    sys.path_importer_cache.clear()


def write(directory, files):
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return directory


@pytest.fixture
def tree(tmp_path, monkeypatch):
    write(tmp_path / "top", FILES)
    monkeypatch.syspath_prepend(tmp_path / "top")
    return tmp_path / "top"


@pytest.fixture
def archive(tree, tmp_path):
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name in FILES:
            file.write(tree / name, name)
    return path


def listed(infos):
    return [(info.name, info.ispkg) for info in infos]


def test_modules_of_a_directory(pkgutil, tree):
    found = list(pkgutil.iter_modules([str(tree)], "pre."))
    assert listed(found) == [("pre.pu-dash", False), ("pre.pu_both", True), ("pre.pu_pkg", True)]
    assert {info.module_finder.path for info in found} == {str(tree)}


def test_modules_of_an_archive(pkgutil, archive):
    found = listed(pkgutil.iter_modules([str(archive)]))
    assert [name for name, _ in found] == ["pu-dash", "pu_both", "pu_pkg"]
    assert dict(found)["pu_pkg"]
    if pkgutil is entrepot_pkgutil:  # The stdlib lists the module that the package hides.
        assert dict(found)["pu_both"]


def test_a_module_info_is_a_named_tuple(pkgutil, tree):
    info = next(iter(pkgutil.iter_modules([str(tree)])))
    assert info == (info.module_finder, info.name, info.ispkg)
    assert info._fields == ("module_finder", "name", "ispkg")


def test_a_path_is_not_a_string(pkgutil):
    with pytest.raises(ValueError, match="path must be None or list of paths"):
        next(iter(pkgutil.iter_modules("somewhere")))


def skip_without_path_objects(pkgutil):
    if pkgutil is stdlib_pkgutil and sys.version_info < (3, 11):
        pytest.skip("the stdlib takes path objects since 3.11 (gh-88227)")


def test_paths_may_be_path_objects(pkgutil, tree):
    skip_without_path_objects(pkgutil)
    assert listed(pkgutil.iter_modules([tree])) == listed(pkgutil.iter_modules([str(tree)]))


def test_what_is_not_there_has_no_modules(pkgutil, tmp_path):
    assert listed(pkgutil.iter_modules([str(tmp_path / "absent")])) == []


def test_top_level_modules_are_those_of_the_stdlib(monkeypatch):
    monkeypatch.setattr(sys, "path", [each for each in sys.path if "site-packages" not in each])
    ours = {(name, ispkg) for _, name, ispkg in entrepot_pkgutil.iter_modules()}
    theirs = {(name, ispkg) for _, name, ispkg in stdlib_pkgutil.iter_modules()}
    assert ours == theirs
    assert ("json", True) in ours


def test_walking(pkgutil, tree):
    assert listed(pkgutil.walk_packages([str(tree)])) == [
        ("pu-dash", False),
        ("pu_both", True),
        ("pu_pkg", True),
        ("pu_pkg.inner", True),
        ("pu_pkg.inner.deep", False),
        ("pu_pkg.leaf", False),
    ]
    assert "pu_pkg.inner" in sys.modules
    assert "pu_pkg.leaf" not in sys.modules


@pytest.mark.parametrize(
    ("error", "passed_on"), [("ImportError", False), ("KeyError", True), ("SystemExit", True)]
)
def test_packages_that_fail(pkgutil, tree, error, passed_on):
    (tree / "pu_pkg" / "inner" / "__init__.py").write_text(f"raise {error}('on purpose')")
    import builtins

    walk = pkgutil.walk_packages([str(tree)])
    if passed_on:
        with pytest.raises(getattr(builtins, error), match="on purpose"):
            list(walk)
    else:
        assert "pu_pkg.inner.deep" not in dict(listed(walk))
    if error != "SystemExit":
        told = []
        list(pkgutil.walk_packages([str(tree)], onerror=told.append))
        assert told == ["pu_pkg.inner"]


def test_the_package_that_was_found_is_walked(tmp_path, monkeypatch):
    """gh-80234: the stdlib walks a package of the same name that is earlier on sys.path."""
    first = write(tmp_path / "one", {"pu_twice/__init__.py": "", "pu_twice/wrong.py": ""})
    second = write(tmp_path / "two", {"pu_twice/__init__.py": "", "pu_twice/right.py": ""})
    monkeypatch.syspath_prepend(first)
    names = [info.name for info in entrepot_pkgutil.walk_packages([str(second)])]
    assert names == ["pu_twice", "pu_twice.right"]


class EditableFinder:
    """What build backends install for editable packages: files anywhere, an empty `__path__`."""

    def __init__(self, root):
        self.root = root

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in ("pu_edit", "pu_edit.part"):
            return None
        is_package = fullname == "pu_edit"
        return ModuleSpec(fullname, self, is_package=is_package)

    def discover(self, parent=None):
        if parent is None:
            yield self.find_spec("pu_edit")
        elif parent.name == "pu_edit":
            yield self.find_spec("pu_edit.part")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        pass


def test_editable_packages_are_walked(tmp_path, monkeypatch):
    """PAINS 27 (meson-python#557): their `__path__` is empty; their finder knows, by discover()."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, EditableFinder(tmp_path)])
    monkeypatch.setattr(sys, "path", [])
    found = listed(entrepot_pkgutil.walk_packages())
    assert found == [("pu_edit", True), ("pu_edit.part", False)]


def test_importers_of_other_people(pkgutil, tree):
    class Listing:
        def iter_modules(self, prefix=""):
            return [(prefix + "own", False)]

    class Silent:
        pass

    assert list(pkgutil.iter_importer_modules(Listing(), "p.")) == [("p.own", False)]
    assert list(pkgutil.iter_importer_modules(Silent(), "p.")) == []
    pkgutil.iter_importer_modules.register(Silent, lambda importer, prefix="": [("told", True)])
    assert list(pkgutil.iter_importer_modules(Silent(), "")) == [("told", True)]


def test_what_is_registered_with_the_stdlib_counts():
    class Foreign:
        pass

    stdlib_pkgutil.iter_importer_modules.register(Foreign, lambda each, prefix="": [("f", False)])
    assert list(entrepot_pkgutil.iter_importer_modules(Foreign())) == [("f", False)]


def test_get_importer(pkgutil, tree):
    skip_without_path_objects(pkgutil)
    importer = pkgutil.get_importer(str(tree))
    assert sys.path_importer_cache[str(tree)] is importer
    assert pkgutil.get_importer(pathlib.Path(tree)) is importer
    assert pkgutil.get_importer(os.fsencode(tree)) is importer
    assert pkgutil.get_importer(str(tree / "notes.txt")) is None


def test_iter_importers(pkgutil, tree):
    everything = list(pkgutil.iter_importers())
    assert everything[: len(sys.meta_path)] == sys.meta_path
    assert [each.path for each in pkgutil.iter_importers("pu_pkg.leaf")] == [str(tree / "pu_pkg")]
    assert list(pkgutil.iter_importers("pu-dash")) == everything
    with pytest.raises(ImportError, match=r"Relative module name '\.x' not supported"):
        list(pkgutil.iter_importers(".x"))


@pytest.mark.parametrize("where", ["directory", "archive"])
def test_data(pkgutil, tree, archive, where, monkeypatch):
    if where == "archive":
        monkeypatch.setattr(sys, "path", [str(archive)])
    assert pkgutil.get_data("pu_pkg", "data/text.txt") == b"data\n"
    assert pkgutil.get_data("pu_absent", "data/text.txt") is None
    assert pkgutil.get_data("sys", "anything") is None
    with pytest.raises(OSError, match=r"absent|Errno 0"):
        pkgutil.get_data("pu_pkg", "absent.txt")


@pytest.mark.parametrize("name", ["../notes.txt", "data/../../notes.txt", "/etc/hosts", "nul\0"])
def test_data_that_leads_out_is_refused(tree, name):
    """The documentation does not allow these names; the stdlib reads whatever they lead to."""
    with pytest.raises(ValueError, match="is not within the package 'pu_pkg'"):
        entrepot_pkgutil.get_data("pu_pkg", name)


def test_read_code(pkgutil, tree):
    py_compile.compile(str(tree / "pu_pkg" / "leaf.py"), cfile=str(tree / "leaf.pyc"))
    data = (tree / "leaf.pyc").read_bytes()
    namespace = {}
    exec(pkgutil.read_code(io.BytesIO(data)), namespace)
    assert namespace["value"] == 7
    assert pkgutil.read_code(io.BytesIO(b"source = 1")) is None


GOOD = {
    "os": "os",
    "os:": "os",
    "os.path": "os.path",
    "os:path": "os.path",
    "os.path:join": "os.path.join",
    "os.path.join": "os.path.join",
    "pu_pkg.inner.deep.Outer.Inner": None,
    "pu_pkg.inner.deep:Outer.Inner": None,
}
BAD = {
    "": ValueError,
    ":": ValueError,
    "os.": ValueError,
    ".os": ValueError,
    "os::path": ValueError,
    "os:path.": ValueError,
    "a-b": ValueError,
    "1os": ValueError,
    "os path": ValueError,
    "pu_absent": ModuleNotFoundError,
    "pu_pkg:absent": AttributeError,
    "pu_pkg.absent": AttributeError,
    "os.path.join.absent": AttributeError,
}


@pytest.mark.parametrize("name", GOOD)
def test_names_are_resolved(pkgutil, tree, name):
    result = pkgutil.resolve_name(name)
    if GOOD[name]:
        assert result is eval(GOOD[name], {"os": os})
    else:
        assert result.__name__ == "Inner"


@pytest.mark.parametrize("name", BAD)
def test_names_that_lead_nowhere(pkgutil, tree, name):
    with pytest.raises(BAD[name]) as caught:
        pkgutil.resolve_name(name)
    assert type(caught.value) is BAD[name]


def test_strict_names_say_where_the_module_ends(pkgutil):
    if pkgutil is stdlib_pkgutil and sys.version_info < (3, 15):
        pytest.skip("the stdlib has *strict* since 3.15")
    assert pkgutil.resolve_name("os:path.join", strict=True) is os.path.join
    for name in ("os", "os.path", "os:"):
        with pytest.raises(ValueError, match="invalid format"):
            pkgutil.resolve_name(name, strict=True)


def test_extend_path(pkgutil, tmp_path, monkeypatch):
    write(tmp_path / "a", {"pu_ext/__init__.py": "", "pu_ext.pkg": "# note\n\n/else/where\n"})
    write(tmp_path / "b", {"pu_ext/__init__.py": ""})
    write(tmp_path / "c", {"pu_ext/no_init.py": ""})
    for name in "cba":
        monkeypatch.syspath_prepend(tmp_path / name)
    own = [str(tmp_path / "a" / "pu_ext")]
    extended = pkgutil.extend_path(own, "pu_ext")
    assert own == [str(tmp_path / "a" / "pu_ext")]
    others = [str(tmp_path / name / "pu_ext") for name in "bc"]
    assert extended == [*own, "/else/where", *others]
    assert pkgutil.extend_path("frozen", "pu_ext") == "frozen"
    assert pkgutil.extend_path(own, "pu_absent.pu_ext") == own


def test_all_of_it_belongs_to_a_system(tree):
    system = entrepot.ImportSystem([str(tree)])
    assert listed(Packages(system).iter_modules())[0] == ("pu-dash", False)
    assert dict(listed(Packages(system).walk_packages()))["pu_pkg.leaf"] is False
    assert Objects(system).resolve_name("pu_pkg.leaf:value") == 7
    assert Objects(system).get_data("pu_pkg", "data/text.txt") == b"data\n"
    assert Importers(system).get_importer(str(tree)) is system.path_importer_cache[str(tree)]
    assert not any(name.startswith("pu_") for name in sys.modules)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="get_loader() is gone since 3.14")
def test_loaders_are_still_there_where_they_are(pkgutil, tree):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert pkgutil.get_loader("pu_pkg.leaf").path == str(tree / "pu_pkg" / "leaf.py")
        assert pkgutil.find_loader("pu_absent") is None
        assert pkgutil.get_loader(os) is os.__loader__
        with pytest.raises(ImportError, match="Error while finding loader for 'pu_absent.x'"):
            pkgutil.find_loader("pu_absent.x")


def test_names_are_those_of_the_newest():
    assert set(entrepot_pkgutil.__all__) == {
        "ModuleInfo",
        "extend_path",
        "get_data",
        "get_importer",
        "iter_importers",
        "iter_modules",
        "read_code",
        "resolve_name",
        "walk_packages",
    }
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        entrepot_pkgutil.nothing  # noqa: B018
