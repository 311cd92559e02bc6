"""What the engine tells: which events, in which order, with what."""

from __future__ import annotations

import py_compile
import sys

import pytest

import entrepot
from entrepot import machinery
from entrepot.core import events as events_module, observers as observers_module
from entrepot.host import features


@pytest.fixture
def system(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return entrepot.ImportSystem([str(tmp_path)], shared=())


@pytest.fixture
def told(system):
    seen = []
    system.events.subscribe(seen.append)
    return seen


@pytest.fixture
def told_in_process(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "meta_path", [Old, *sys.meta_path])
    end = entrepot.process.events.subscribe(seen.append)
    yield seen
    end()
    sys.modules.pop("old", None)


def kinds(events):
    return [e.kind for e in events]


def of_files(events):
    return [e for e in events if e.kind not in ("search", "listed")]


def test_a_module_in_a_package(system, told, tmp_path):
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / "__init__.py").write_text("")
    (tmp_path / "top" / "sub.py").write_text("x = 1\n")
    module = system.import_module("top.sub")
    one = ["found", "create", "execute", "read", "compiled", "written", "executed"]
    assert [(e.kind, e.name) for e in of_files(told)] == [
        ("import", "top.sub"),
        ("import", "top"),
        *[(kind, "top") for kind in one],
        ("done", "top"),
        *[(kind, "top.sub") for kind in one],
        ("bound", "top.sub"),
        ("done", "top.sub"),
    ]
    details = {e.kind: e for e in told if e.kind != "listed" and e.name == "top.sub"}
    assert details["found"].spec is module.__spec__
    assert details["executed"].module is module
    assert details["done"].error is None
    assert (details["read"].path, details["read"].size) == (module.__file__, 6)
    assert details["compiled"].path == str(tmp_path / "top" / "sub.py")
    assert details["written"].path == module.__spec__.cached
    assert details["bound"].parent == "top"


def test_searching_names_each_finder(system, told):
    with pytest.raises(ModuleNotFoundError):
        system.import_module("nowhere_to_be_found")
    assert [e.finder for e in told if e.kind == "search"] == system.meta_path
    assert [e.kind for e in of_files(told)] == ["import", "missing", "done"]
    assert isinstance(told[-1].error, ModuleNotFoundError)


def test_a_failure(system, told, tmp_path):
    (tmp_path / "broken.py").write_text("1/0")
    with pytest.raises(ZeroDivisionError) as caught:
        system.import_module("broken")
    assert [e.kind for e in of_files(told)][-3:] == ["written", "failed", "done"]
    failed = next(e for e in told if e.kind == "failed")
    assert failed.error is caught.value
    assert failed.spec.name == "broken"
    assert told[-1].error is caught.value


def test_a_module_under_construction_is_wanted(system, told, tmp_path):
    (tmp_path / "a.py").write_text("import b")
    (tmp_path / "b.py").write_text("import a")
    system.import_module("a")
    circle = [(e.kind, e.name) for e in told if e.kind in ("import", "repeat", "waited", "done")]
    assert circle == [
        ("import", "a"), ("import", "b"), ("repeat", "a"), ("waited", "a"), ("done", "b"),
        ("done", "a"),
    ]  # fmt: skip


CIRCLE = """
import sys
sys.path[:0] = [{source!r}, {directory!r}]
import entrepot
with entrepot.install():
    end = entrepot.process.events.subscribe(
        lambda event: print(event.kind, event.name) if event.kind in ("repeat", "waited") else None
    )
    {statement}
    end()
"""


@pytest.mark.parametrize("statement", ["import a", "from a import b", "import a, b, a"])
def test_c_code_that_meets_a_module_under_construction(python, tmp_path, statement):
    (tmp_path / "a.py").write_text("import b")
    (tmp_path / "b.py").write_text("import a\ndef later(): import a\n")
    source = entrepot.__file__.rpartition("/entrepot/")[0]
    program = CIRCLE.format(source=source, directory=str(tmp_path), statement=statement)
    told = python("-c", program).stdout.splitlines()
    if sys.implementation.name == "pypy":
        told = told[:2]  # Its statement looks more than once.
    assert told == ["repeat a", "waited a"]


def test_a_pyc_without_source(system, told, tmp_path):
    (tmp_path / "mod.py").write_text("x = 1")
    py_compile.compile(tmp_path / "mod.py", tmp_path / "mod.pyc")
    (tmp_path / "mod.py").unlink()
    system.import_module("mod")
    assert kinds(of_files(told))[3:6] == ["execute", "read", "cached"]
    size = (tmp_path / "mod.pyc").stat().st_size
    assert next(e for e in told if e.kind == "read").size == size


class Old:
    """A finder and loader as they were before PEP 451."""

    @staticmethod
    def find_spec(name, path, target=None):
        return machinery.ModuleSpec(name, Old) if name == "old" else None

    @staticmethod
    def load_module(name):
        module = sys.modules[name] = type(sys)(name)
        return module


@pytest.mark.skipif(
    not features.CALLS_LOAD_MODULE, reason="load_module() is not called any more on this version"
)
@pytest.mark.filterwarnings("ignore::ImportWarning")  # Older versions deprecate such loaders.
def test_a_loader_with_load_module_only(told_in_process):
    entrepot.import_module("old")
    assert kinds(e for e in told_in_process if e.kind != "search") == [
        "import", "found", "execute", "executed", "done",
    ]  # fmt: skip


def test_fresh_and_stale_bytecode(system, told, tmp_path):
    source = tmp_path / "mod.py"
    source.write_text("x = 1")
    for expected in (["compiled", "written"], ["cached"]):
        del told[:]
        system.import_module("mod")
        del system.modules["mod"]
        assert [
            k for k in kinds(of_files(told)) if k in ("compiled", "written", "cached")
        ] == expected
    source.write_text("x = 'longer'")
    del told[:]
    system.import_module("mod")
    stale = next(e for e in told if e.kind == "stale")
    assert "mtime" in stale.reason or "size" in stale.reason
    assert kinds(of_files(told)).index("stale") < kinds(of_files(told)).index("compiled")


def test_bytecode_that_cannot_be_written(system, told, tmp_path):
    (tmp_path / "mod.py").write_text("x = 1")
    (tmp_path / "__pycache__").write_text("a file")
    assert system.import_module("mod").x == 1
    assert next(e for e in told if e.kind == "unwritten").reason


def test_a_directory_is_listed(system, told, tmp_path):
    (tmp_path / "mod.py").write_text("")
    system.import_module("mod")
    listed = next(e for e in told if e.kind == "listed")
    assert (listed.path, listed.entries) == (str(tmp_path), 1)


def test_without_observers_no_event_is_made(system, tmp_path, monkeypatch):
    def fail(*_):
        raise AssertionError("an event was made")

    monkeypatch.setattr(observers_module.Event, "__init__", fail)
    (tmp_path / "mod.py").write_text("")
    (tmp_path / "broken.py").write_text("1/0")
    system.import_module("mod")
    with pytest.raises(ZeroDivisionError):
        system.import_module("broken")
    with pytest.raises(ModuleNotFoundError):
        system.import_module("absent")


def test_unsubscribing(system, tmp_path):
    first, second = [], []
    end = system.events.subscribe(first.append)
    system.events.subscribe(second.append)
    end()
    end()
    with pytest.raises(ModuleNotFoundError):
        system.import_module("absent")
    assert (first, bool(second)) == ([], True)


def test_handlers_are_given_the_details(system, tmp_path):
    """By position where it is a frequent kind, by name where not: they cannot tell."""
    seen = []
    end = system.events.attach(
        {
            "import": lambda name: seen.append(("import", name)),
            "read": lambda name, path, size: seen.append(("read", name, path, size)),
            "written": lambda name, path: seen.append(("written", name)),
            "done": lambda name, error: seen.append(("done", name, error)),
        }
    )
    (tmp_path / "mod.py").write_text("x = 1\n")
    system.import_module("mod")
    path = str(tmp_path / "mod.py")
    expected = [("import", "mod"), ("read", "mod", path, 6), ("written", "mod")]
    assert seen == [*expected, ("done", "mod", None)]
    end()
    end()
    assert (system.events.observers, system.events.on_import) == ((), None)


def test_handlers_and_observers_are_told_the_same(system, tmp_path):
    first, second, choosy, every = [], [], [], []
    for found in (first, second):
        system.events.attach({"found": lambda name, spec, found=found: found.append((name, spec))})
    system.events.subscribe(choosy.append, ["found"])
    system.events.subscribe(every.append)
    (tmp_path / "mod.py").write_text("")
    spec = system.import_module("mod").__spec__
    assert first == second == [("mod", spec)]
    told = [event for event in every if event.kind == "found"]
    assert [(event.name, event.spec) for event in told] == first
    assert [(event.kind, event.spec) for event in choosy] == [("found", spec)]


def test_the_frequent_kinds_have_the_details_of_the_table():
    table = events_module.__doc__.partition("of one import, and their details:")[2]
    for kind, names in events_module.FREQUENT.items():
        line = next(line for line in table.splitlines() if line.split()[:1] == [kind])
        assert line.endswith("  " + ", ".join(names))
    described = [name for name in dir(events_module.Events) if name.startswith("on_")]
    assert described == sorted(f"on_{kind}" for kind in events_module.FREQUENT)


def test_an_event_shows_itself():
    event = observers_module.Event("found", {"name": "x"})
    assert repr(event) == "Event('found', name='x')"
    assert event.name == "x"
    with pytest.raises(AttributeError, match="'found' events have no 'path'"):
        _ = event.path


AUDIT = """
import sys
log = []
sys.addaudithook(lambda event, args: event == "import" and log.append(args))
{install}
sys.path.insert(0, {directory!r})
import importlib
del log[:]
{statement}
print([(args[0], args[1], args[2] is sys.path, args[3] is sys.meta_path) for args in log])
"""
STATEMENTS = {
    "import audited.sub": ["audited.sub", "audited"],
    "from audited import sub": ["audited", "audited.sub"],
    "import audited, audited": ["audited"],
    "import audited.absent": ["audited.absent", "audited"],
    # Since Python 3.15 these raise it, too.
    "importlib.import_module('audited.sub')": ["audited.sub", "audited"],
    "importlib.__import__('audited.sub')": ["audited.sub", "audited"],
}


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("kind", ["stdlib", "entrepot"])
def test_audit_event(python, tmp_path, statement, kind):
    if kind == "stdlib":
        if sys.implementation.name == "pypy":
            pytest.skip("PyPy's own import system raises no such event")
        if "importlib" in statement and sys.version_info < (3, 15):
            pytest.skip("before 3.15 only the statement raises it")
    (tmp_path / "audited").mkdir()
    (tmp_path / "audited" / "__init__.py").touch()
    (tmp_path / "audited" / "sub.py").touch()
    if "absent" in statement:
        wrapped = f"try:\n    {statement}\nexcept ImportError:\n    pass"
    else:
        wrapped = statement
    source = entrepot.__file__.rpartition("/entrepot/")[0]
    install = f"sys.path.insert(0, {source!r})\nimport entrepot\nentrepot.install()"
    program = AUDIT.format(
        install=install if kind == "entrepot" else "", directory=str(tmp_path), statement=wrapped
    )
    out = python("-c", program).stdout.strip()
    assert out == str([(name, None, True, True) for name in STATEMENTS[statement]])
