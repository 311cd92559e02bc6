"""Images in use: what they serve, what they leave alone, and that nobody can tell."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import pathlib
import py_compile
import sys
import types
import warnings

import pytest

import entrepot
from entrepot.host import mapping
from entrepot.image import collect, layout
from entrepot.importers.image import finder as finders, format as format_
from entrepot.importers.image.loader import ImageLoader
from tests.capabilities import needs

TREE = {
    "top.py": "VALUE = 'top'\n",
    "pack/__init__.py": "VALUE = 'pack'\n",
    "pack/inner.py": "VALUE = 'inner'\n",
    "pack/other.py": "VALUE = 'other'\n",
    "pack/deep/__init__.py": "",
    "pack/deep/leaf.py": "from .. import inner\nVALUE = inner.VALUE\n",
    "pack/data.txt": "data\n",
}
NAMES = {"top", "pack", "pack.inner", "pack.other", "pack.deep", "pack.deep.leaf"}


def make(folder: pathlib.Path, tree: dict[str, str]) -> None:
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(target: pathlib.Path, *folders: pathlib.Path, together: int = 0) -> str:
    contents = layout.Contents(together)
    contents.add_all(collect.of_environment(map(str, folders)))
    layout.write(str(target), contents, {"of": "a test"})
    return str(target)


@pytest.fixture
def lib(tmp_path, monkeypatch):
    """A directory of modules, first on `sys.path`; what is imported from it leaves no trace."""
    folder = tmp_path / "lib"
    make(folder, TREE)
    before = set(sys.modules)
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield folder
    for name in set(sys.modules) - before:
        if not name.startswith("entrepot") and name.partition(".")[0] in {
            "top", "pack", "new", "space", "switch"
        }:  # fmt: skip
            del sys.modules[name]
    for entry in list(sys.path_importer_cache):
        if entry.startswith(str(tmp_path)):
            del sys.path_importer_cache[entry]


@pytest.fixture(params=[0, layout.TOGETHER], ids=["apart", "together"])
def together(request):
    return request.param


@pytest.fixture(params=[mapping.LARGE, 1], ids=["read", "mapped"])
def large(request, monkeypatch):
    """The size from which on images are mapped: those of these tests are small."""
    monkeypatch.setattr(mapping, "LARGE", request.param)


@pytest.fixture
def image(lib, tmp_path, together, large):
    return build(tmp_path / "test.image", lib, together=together)


@pytest.fixture
def served(monkeypatch):
    """The names of the modules whose code was taken from an image."""
    names = []
    code = ImageLoader.get_code

    def get_code(self, fullname):
        found = self.image.code(self.record) if fullname == self.name else None
        result = code(self, fullname)
        if found is not None and self.image.is_current(self.record):
            names.append(fullname)
        return result

    monkeypatch.setattr(ImageLoader, "get_code", get_code)
    return names


@pytest.fixture(params=["checked", "sealed"])
def trust(request):
    return request.param


def import_all() -> dict[str, str | None]:
    return {name: getattr(importlib.import_module(name), "VALUE", None) for name in sorted(NAMES)}


def test_all_comes_from_it(image, served, trust):
    with entrepot.use_image(image, trust) as used:
        assert used.refused is None
        values = import_all()
    assert values["pack.deep.leaf"] == "inner"
    assert set(served) == NAMES


def test_with_entrepot_behind_the_statement_too(image, served, trust):
    with entrepot.install(), entrepot.use_image(image, trust):
        import_all()
    assert set(served) == NAMES


def test_nothing_is_left_when_it_is_closed(image, lib):
    hooks, cache = list(sys.path_hooks), dict(sys.path_importer_cache)
    used = entrepot.use_image(image)
    import_all()
    used.close()
    used.close()
    assert sys.path_hooks == hooks
    assert not any(
        isinstance(each, finders.ImageFinder) for each in vars(sys)["path_importer_cache"].values()
    )
    assert {k: v for k, v in sys.path_importer_cache.items() if k in cache} == cache


def test_a_module_is_as_without(image, trust):
    plain = {name: _attributes(importlib.import_module(name)) for name in NAMES}
    for name in NAMES:
        del sys.modules[name]
    with entrepot.use_image(image, trust):
        kept = {name: _attributes(importlib.import_module(name)) for name in NAMES}
    for name in NAMES:
        assert kept[name] == plain[name]


def _attributes(module):
    spec, loader = module.__spec__, module.__loader__
    told = {
        key: value
        for key, value in vars(module).items()
        if isinstance(value, (str, list, type(None)))
    }
    return told, {
        "origin": spec.origin,
        "cached": spec.cached,
        "locations": spec.submodule_search_locations,
        "parent": spec.parent,
        "has_location": spec.has_location,
        "same": spec.loader is loader,
        "name": loader.name,
        "path": loader.path,
        "source": loader.get_source(module.__name__),
        "package": loader.is_package(module.__name__),
        "filename": loader.get_filename(module.__name__),
        "code": loader.get_code(module.__name__),
        "kind": isinstance(loader, importlib.machinery.SourceFileLoader),
    }


def test_a_changed_source_is_used_alone(lib, image, served):
    (lib / "pack" / "__init__.py").write_text("VALUE = 'changed'\n")
    with entrepot.use_image(image):
        values = import_all()
    assert values["pack"] == "changed"
    assert set(served) == NAMES - {"pack"}


def test_a_source_of_the_same_size_but_another_time(lib, image, served):
    (lib / "top.py").write_text("VALUE = 'pot'\n")
    with entrepot.use_image(image):
        assert import_all()["top"] == "pot"
    assert "top" not in served


def test_a_vanished_source_is_missing(lib, image):
    (lib / "pack" / "other.py").unlink()
    with entrepot.use_image(image), pytest.raises(ModuleNotFoundError, match=r"'pack\.other'"):
        importlib.import_module("pack.other")


def test_sealed_asks_nobody(lib, image, served):
    for path in lib.rglob("*.py"):
        path.unlink()
    with entrepot.use_image(image, "sealed"):
        assert import_all()["pack.inner"] == "inner"
    assert set(served) == NAMES


# --- Who comes first


def test_an_entry_in_front_wins(lib, image, tmp_path, served, trust):
    make(tmp_path / "front", {"top.py": "VALUE = 'front'\n"})
    sys.path.insert(0, str(tmp_path / "front"))
    with entrepot.use_image(image, trust):
        assert import_all()["top"] == "front"
    assert "top" not in served


def test_an_entry_that_is_gone_serves_nothing(lib, image, trust):
    sys.path.remove(str(lib))
    with entrepot.use_image(image, trust), pytest.raises(ModuleNotFoundError):
        importlib.import_module("top")


def test_a_finder_in_front_wins(image, monkeypatch, trust):
    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == "top":
                return importlib.util.spec_from_loader(name, Loader(), origin="mine")
            return None

    class Loader:
        def create_module(self, spec):
            return None

        def exec_module(self, module):
            module.VALUE = "mine"

    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    with entrepot.use_image(image, trust):
        assert importlib.import_module("top").VALUE == "mine"


def test_a_package_that_comes_beside_a_module_wins(lib, image):
    make(lib, {"top/__init__.py": "VALUE = 'package'\n"})
    with entrepot.use_image(image):
        assert importlib.import_module("top").VALUE == "package"


@needs("extension modules")
def test_an_extension_that_comes_beside_a_package_wins(lib, image):
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    (lib / "pack" / f"__init__{suffix}").write_bytes(b"")
    with entrepot.use_image(image):
        spec = importlib.util.find_spec("pack")
    assert spec.origin.endswith(suffix)


def test_a_module_that_comes_later_is_found(lib, image):
    with entrepot.use_image(image):
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module("new")
        make(lib, {"new.py": "VALUE = 1\n"})
        importlib.invalidate_caches()
        assert importlib.import_module("new").VALUE == 1


def test_what_wins_after_a_first_import_is_seen_when_caches_are_invalidated(lib, image):
    with entrepot.use_image(image):
        importlib.import_module("pack.inner")
        make(lib, {"pack/other/__init__.py": "VALUE = 'package'\n"})
        importlib.invalidate_caches()
        assert importlib.import_module("pack.other").VALUE == "package"


def test_a_path_that_the_program_extends(lib, image, tmp_path, trust):
    make(tmp_path / "more" / "pack", {"added.py": "VALUE = 'added'\n", "inner.py": "VALUE = 2\n"})
    with entrepot.use_image(image, trust):
        pack = importlib.import_module("pack")
        pack.__path__.append(str(tmp_path / "more" / "pack"))
        assert importlib.import_module("pack.added").VALUE == "added"
        assert importlib.import_module("pack.inner").VALUE == "inner"
        pack.__path__.insert(0, pack.__path__.pop())
        del sys.modules["pack.inner"]
        assert importlib.import_module("pack.inner").VALUE == 2


def test_a_namespace_gets_portions_that_come_later(lib, tmp_path, trust):
    make(lib, {"space/one.py": "VALUE = 1\n"})
    image = build(tmp_path / "space.image", lib)
    make(tmp_path / "more", {"space/two.py": "VALUE = 2\n"})
    with entrepot.use_image(image, trust):
        assert importlib.import_module("space.one").VALUE == 1
        sys.path.append(str(tmp_path / "more"))
        assert importlib.import_module("space.two").VALUE == 2
        assert len(sys.modules["space"].__path__) == 2


def test_of_two_images_the_last_comes_first(lib, tmp_path, image, served):
    second = build(tmp_path / "second.image", lib)
    with entrepot.use_image(image), entrepot.use_image(second):
        finder = importlib.import_module("top") and sys.path_importer_cache[str(lib)]
        assert finder.image.path == second


# --- The other verbs


def test_reload_sees_a_change(lib, image):
    with entrepot.use_image(image):
        top = importlib.import_module("top")
        assert importlib.reload(top).VALUE == "top"
        (lib / "top.py").write_text("VALUE = 'another'\n")
        assert importlib.reload(top).VALUE == "another"


def test_a_spec_that_was_kept_looks_again(lib, image):
    with entrepot.use_image(image):
        spec = importlib.util.find_spec("top")
        (lib / "top.py").write_text("VALUE = 'another'\n")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    assert module.VALUE == "another"


def test_lazy_modules(image, served):
    with entrepot.use_image(image):
        spec = importlib.util.find_spec("top")
        spec.loader = entrepot.util.LazyLoader(spec.loader)
        module = sys.modules["top"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert served == []
        assert module.VALUE == "top"
    assert served == ["top"]


def test_modules_are_listed_as_without(lib, image, trust):
    import pkgutil

    plain = {(m.name, m.ispkg) for m in pkgutil.iter_modules([str(lib), str(lib / "pack")])}
    with entrepot.use_image(image, trust):
        kept = {(m.name, m.ispkg) for m in pkgutil.iter_modules([str(lib), str(lib / "pack")])}
    assert kept == plain


def test_resources_are_read_as_without(image, trust):
    with entrepot.use_image(image, trust):
        importlib.import_module("pack")
        assert entrepot.resources.files("pack").joinpath("data.txt").read_text() == "data\n"


def test_a_loader_does_not_take_another_module_for_its_own(image):
    with entrepot.use_image(image):
        spec = importlib.util.find_spec("top")
        with pytest.raises(ImportError):
            spec.loader.get_code("pack")


# --- Bytecode that does not go by time


@pytest.mark.parametrize("mode", ["CHECKED_HASH", "UNCHECKED_HASH"])
def test_who_keeps_pycs_by_hash_does_not_rely_on_times(lib, tmp_path, served, mode):
    mode = getattr(py_compile.PycInvalidationMode, mode)
    py_compile.compile(str(lib / "top.py"), invalidation_mode=mode)
    image = build(tmp_path / "hash.image", lib)
    with entrepot.use_image(image):
        importlib.import_module("top")
    assert served == []
    del sys.modules["top"]
    with entrepot.use_image(image, "sealed"):
        importlib.import_module("top")


# --- Wrong calls


def test_another_trust_is_a_mistake(image):
    with pytest.raises(ValueError, match="'checked' or 'sealed', not 'blind'"):
        entrepot.use_image(image, "blind")


@pytest.mark.parametrize("path", [None, 3, b"x.image"])
def test_what_is_no_path_is_a_mistake(path):
    with pytest.raises(TypeError, match="an image is named by a path"):
        entrepot.use_image(path)


def test_a_path_object_is_a_path(image):
    with entrepot.use_image(pathlib.Path(image)) as used:
        assert used.path == image


def test_a_refusal_is_a_warning_and_the_program_goes_on(tmp_path, lib):
    with pytest.warns(RuntimeWarning, match="is not used: there is no such file") as caught:
        used = entrepot.use_image(tmp_path / "none.image")
    assert caught[0].filename == __file__
    assert "no such file" in used.refused
    with used:
        assert import_all()["top"] == "top"


@pytest.mark.parametrize(
    "touched", [pytest.param(False, marks=needs("times to the nanosecond")), True]
)
def test_what_nobody_has_written_to_needs_no_checksums(image, together, monkeypatch, touched):
    compared = []
    host = types.SimpleNamespace(source_hash=lambda data: compared.append(data) or hash_(data))
    hash_ = mapping.interpreter.source_hash
    monkeypatch.setattr(mapping, "interpreter", host)
    if touched:
        os.utime(image)  # A copy has another time, too.
    with entrepot.use_image(image):
        assert import_all()["pack.inner"] == "inner"
    # The index; directories; code.
    assert len(compared) == (1 + 3 + (1 if together else len(NAMES)) if touched else 1)


def test_damaged_code_is_not_executed(lib, image, monkeypatch):
    data = bytearray(pathlib.Path(image).read_bytes())
    at = data.index(b"inner", data.index(b"VALUE"))
    data[at] ^= 1
    pathlib.Path(image).write_bytes(data)
    with warnings.catch_warnings(record=True) as caught, entrepot.use_image(image):
        warnings.simplefilter("always")
        values = import_all()
    assert values["pack.inner"] == "inner"
    assert ["damaged" in str(each.message) for each in caught] == [True]


def test_code_may_be_asked_for_again(lib, image, served):
    with entrepot.use_image(image) as used:
        directory = used.image.directory(str(lib))
        record = directory.records["top"]
        first, second = used.image.code(record), used.image.code(record)
        assert first == second
        importlib.import_module("top")
    assert served == ["top"]


def test_pieces_are_of_about_the_size_that_is_wanted(tmp_path):
    make(tmp_path, {f"m{n}.py": f"VALUE = {'x' * 1000!r}, {n}" for n in range(10)})
    found = list(collect.of_environment([str(tmp_path)]))
    pieces = {}
    for size in (0, 2500, layout.TOGETHER):
        contents = layout.Contents(size)
        contents.add_all(found)
        contents.dump({})
        codes = [record[format_.CODE] for record in contents.modules[str(tmp_path)].values()]
        pieces[size] = len({code[0] for code in codes})
        assert all(1000 < code[2] < 1400 for code in codes)
    assert pieces == {0: 10, 2500: 4, layout.TOGETHER: 1}


# --- Whole programs

PROBE = """
import inspect, json, pickle, sys, traceback, warnings
import pack.inner, pack.deep.leaf, top, email.message, json.decoder, decimal, logging.config
def attributes(module):
    spec = module.__spec__
    return [repr(module), module.__package__, getattr(module, "__file__", None),
            repr(getattr(module, "__path__", None)), getattr(module, "__cached__", None),
            type(spec).__name__, type(spec).__module__, type(spec.loader).__name__,
            type(spec.loader).__module__, spec.origin, spec.cached, spec.parent]
table = {name: attributes(module) for name, module in sys.modules.items()
         if getattr(module, "__spec__", None) and not name.startswith("entrepot")}
try:
    json.loads("{")
except ValueError:
    trace = traceback.format_exc()
source = inspect.getsource(email.message.Message.attach)
pickled = pickle.loads(pickle.dumps(json.decoder.JSONDecodeError("a", "b", 0))).msg
print(json.dumps([table, trace, source, pickled, sorted(table)]))
"""


def test_a_program_cannot_tell(lib, tmp_path, python, trust):
    (tmp_path / "probe.py").write_text(PROBE)
    env = {"PYTHONPATH": str(lib)}
    image = tmp_path / "probe.image"
    entry = ("-m", "entrepot")
    python(*entry, "image", "build", "-o", image, tmp_path / "probe.py", env=env)
    plain = python(*entry, "run", tmp_path / "probe.py", env=env)
    options = ("--image", image, "--trust", trust)
    kept = python(*entry, "run", *options, tmp_path / "probe.py", env=env)
    assert kept.stderr == plain.stderr == ""
    for one, other in zip(json.loads(kept.stdout), json.loads(plain.stdout), strict=True):
        assert one == other


def test_the_traceback_of_a_failing_module(lib, tmp_path, python, trust):
    make(lib, {"fails.py": "def f():\n    1 / 0\n\nf()\n", "calls.py": "import fails\n"})
    env = {"PYTHONPATH": str(lib)}
    image = build(tmp_path / "fails.image", lib)
    plain = python("-m", "entrepot", "run", "-c", "import calls", env=env, check=False)
    options = "--image", image, "--trust", trust
    kept = python("-m", "entrepot", "run", *options, "-c", "import calls", env=env, check=False)
    assert "ZeroDivisionError" in plain.stderr
    assert "1 / 0" in kept.stderr
    assert kept.stderr == plain.stderr


def test_no_system_call_for_each_file(lib, tmp_path, image, monkeypatch):
    """Sealed, the directories of the image are not touched; checked, each source once."""
    seen = []
    stat = finders.DISK.stat

    class Counting:
        @staticmethod
        def stat(path):
            seen.append(os.fspath(path))
            return stat(path)

    def look(trust):
        seen.clear()
        with entrepot.use_image(image, trust):
            monkeypatch.setattr(type(finders.DISK), "stat", staticmethod(Counting.stat))
            import_all()
            monkeypatch.setattr(type(finders.DISK), "stat", staticmethod(stat))
        for name in NAMES:
            del sys.modules[name]
        return [path for path in seen if path.startswith(str(lib)) and path.endswith(".py")]

    assert sorted(look("checked")) == sorted(str(p) for p in lib.rglob("*.py"))
    assert look("sealed") == []
