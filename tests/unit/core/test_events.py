"""What the engine tells: which events, in which order, with what."""

from __future__ import annotations

import sys

import pytest

import entrepot
from entrepot.core import events as events_module


@pytest.fixture
def system(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return entrepot.ImportSystem([str(tmp_path)], shared=())


@pytest.fixture
def told(system):
    seen = []
    system.events.subscribe(seen.append)
    return seen


def kinds(events):
    return [e.kind for e in events]


def of_files(events):
    return [e for e in events if e.kind not in ("search", "listed")]


def test_a_module_in_a_package(system, told, tmp_path):
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / "__init__.py").write_text("")
    (tmp_path / "top" / "sub.py").write_text("")
    module = system.import_module("top.sub")
    one = ["found", "create", "execute", "compiled", "written", "executed"]
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
    assert details["compiled"].path == str(tmp_path / "top" / "sub.py")
    assert details["written"].path == module.__spec__.cached
    assert details["bound"].parent == "top"


def test_searching_names_each_finder(system, told):
    with pytest.raises(ModuleNotFoundError):
        system.import_module("nowhere_to_be_found")
    assert [e.finder for e in told if e.kind == "search"] == system.meta_path
    assert [e.kind for e in of_files(told)] == ["import", "missing", "done"]


def test_a_failure(system, told, tmp_path):
    (tmp_path / "broken.py").write_text("1/0")
    with pytest.raises(ZeroDivisionError) as caught:
        system.import_module("broken")
    assert [e.kind for e in of_files(told)][-3:] == ["written", "failed", "done"]
    failed = next(e for e in told if e.kind == "failed")
    assert failed.error is caught.value
    assert failed.spec.name == "broken"


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

    monkeypatch.setattr(events_module.Event, "__init__", fail)
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


def test_an_event_shows_itself():
    event = events_module.Event("found", {"name": "x"})
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
