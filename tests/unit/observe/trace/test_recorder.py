"""The recorder: what it makes of the events of real imports, and of made-up ones."""

from __future__ import annotations

import os
import sys
import threading

import pytest

import entrepot
from entrepot.core.events import Events
from entrepot.observe.trace import assemble, recorder
from entrepot.observe.trace.model import PHASES
from entrepot.observe.trace.recorder import Recorder


class Recording:
    """A recorder that observes *events*, and the trace of what it has noted."""

    def __init__(self, events, **options):
        self.records = []
        self.recorder = Recorder(self.records.append, **options)
        events.attach(self.recorder.handlers)

    @property
    def trace(self):
        now = max((one for record in self.records for one in record if type(one) is int), default=0)
        return assemble.assemble(self.records, now)

    def by_name(self):
        return {one.name: one for one in self.trace.imports}


@pytest.fixture
def system(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return entrepot.ImportSystem([str(tmp_path)])


@pytest.fixture
def files(tmp_path):
    def write(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def recording(system):
    return Recording(system.events)


def test_phases_add_up_to_the_nanosecond(system, files, recording):
    files(a="import b, c\ntry:\n    import nowhere\nexcept ImportError: pass", b="import c", c="")
    system.import_module("a")
    system.import_module("c")
    for one in recording.trace.imports:
        assert one.own + sum(inner.cumulative for inner in one.children) == one.cumulative
        assert all(time >= 0 for time in one.phases.values())
    names = [(one.name, one.parent and one.parent.name) for one in recording.trace.imports]
    assert names == [("a", None), ("b", "a"), ("c", "b"), ("nowhere", "a")]


def test_where_the_time_goes():
    """With a clock that ticks once a look, each stretch of time has its length."""
    ticks = iter(range(0, 10_000, 10))
    events = Events()
    recording = Recording(events, clock=lambda: next(ticks))

    def tell(*kinds, name="m"):
        values = {"spec": recording, "path": "", "size": 3, "reason": "", "error": None}
        for kind in kinds:
            events.tell(kind, name=name, **{key: values[key] for key in details[kind]})

    details = dict.fromkeys(("import", "search", "create", "executed", "bound"), ())
    details |= dict.fromkeys(("found", "execute"), ("spec",))
    details |= dict.fromkeys(("cached", "compiled", "written"), ("path",))
    details |= {"read": ("path", "size"), "stale": ("path", "reason"), "done": ("error",)}

    tell("import", "search", "found", "create", "execute", "read", "stale", "read", "compiled")
    tell("written")
    tell("import", "found", "execute", "done", name="inner")
    tell("executed", "bound", "done")
    outer, inner = recording.trace.imports
    times = {"search": 10, "create": 10, "execute": 10, "other": 10}
    assert inner.phases == {**dict.fromkeys(PHASES, 0), **times}
    assert outer.phases == {
        "search": 10, "create": 10, "read": 30, "unmarshal": 0, "compile": 10, "write": 10,
        "execute": 20, "other": 20,  # the recorder's own time, at the start and after the inner one
    }  # fmt: skip
    assert outer.cumulative == outer.own + inner.cumulative
    assert (outer.bytecode, outer.bytes) == ("stale", 3)


def test_who_asks(system, files, recording, tmp_path):
    files(a="x = 1\n\nimport b", b="")
    system.import_module("a")
    found = recording.by_name()
    asker = found["b"].importer
    assert (asker.module, asker.file, asker.line) == ("a", str(tmp_path / "a.py"), 3)
    mine = found["a"].importer
    assert (mine.module, mine.file) == (__name__, __file__)


def test_importlib_does_not_ask(python, tmp_path):
    program = """
        import entrepot, importlib
        with entrepot.trace() as t:
            importlib.import_module("csv")
            __import__("decimal")
        print([(one.name, str(one.importer)) for one in t.trace.roots])
    """.replace("\n        ", "\n")
    script = tmp_path / "script.py"
    script.write_text(program)
    lines = [("csv", f"{script}:4"), ("decimal", f"{script}:5")]
    assert python(script).stdout.strip() == str(lines)


def test_how_it_ended(system, files, recording):
    files(
        good="", raises="1/0", broken="x = (", asks="import nowhere",
        catches="try:\n    import raises\nexcept ZeroDivisionError: pass",
    )  # fmt: skip
    for name in ("good", "raises", "broken", "asks", "catches"):
        try:
            system.import_module(name)
        except (ZeroDivisionError, SyntaxError, ImportError):
            pass
    outcomes = [(one.name, one.outcome, one.caught) for one in recording.trace.imports]
    assert outcomes == [
        ("good", "loaded", None),
        ("raises", "failed", True),
        ("broken", "failed", True),
        ("asks", "failed", True),
        ("nowhere", "missing", False),
        ("catches", "loaded", None),
        ("raises", "failed", True),
    ]
    found = recording.by_name()
    assert found["raises"].error == "ZeroDivisionError: division by zero"
    assert found["nowhere"].error == "ModuleNotFoundError: No module named 'nowhere'"
    assert found["broken"].phases["compile"] > 0
    assert found["broken"].phases["execute"] == 0


def test_the_file_its_bytecode_and_its_size(system, files, recording, tmp_path):
    files(mod="x = 1\n")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").touch()
    (tmp_path / "space").mkdir()
    for name in ("mod", "pack", "space"):
        system.import_module(name)
    first = recording.by_name()
    assert (first["mod"].bytecode, first["mod"].bytes) == ("written", 6)
    assert first["mod"].origin == str(tmp_path / "mod.py")
    assert first["mod"].loader == "entrepot.loaders.source.SourceFileLoader"
    assert [first[name].package for name in ("mod", "pack", "space")] == [False, True, True]
    assert (first["space"].origin, first["space"].bytecode) == (None, "none")
    del system.modules["mod"]
    module = system.import_module("mod")
    again = recording.trace.imports[-1]
    assert (again.bytecode, again.bytes) == ("fresh", os.stat(module.__spec__.cached).st_size)
    assert again.phases["unmarshal"] > 0
    assert again.phases["compile"] == 0


def test_bytecode_that_is_missing_and_not_written(system, files, recording, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    files(mod="")
    system.import_module("mod")
    assert recording.by_name()["mod"].bytecode == "missing"


def test_what_closes_a_circle(system, files, recording, tmp_path):
    files(a="import b", b="\nimport a")
    system.import_module("a")
    (repeat,) = recording.trace.repeats
    assert (repeat.module, repeat.state) == ("a", "initializing")
    assert (repeat.importer.module, repeat.importer.line) == ("b", 2)


def test_a_package_that_imports_its_own_modules_is_no_circle(system, recording, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("from . import sub\nfrom .sub import x\n")
    (tmp_path / "pack" / "sub.py").write_text("x = 1")
    system.import_module("pack")
    assert recording.trace.repeats == []


def test_a_module_that_its_parent_has_imported(system, recording, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("from . import sub")
    (tmp_path / "pack" / "sub.py").write_text("")
    system.import_module("pack.sub")
    outer, _, inner = recording.trace.imports
    assert (outer.name, inner.name) == ("pack.sub", "pack.sub")
    assert outer.origin == inner.origin
    assert outer.phases["search"] == 0


def test_threads(system, files, recording):
    names = [f"mod{n}" for n in range(8)]
    files(common="", **dict.fromkeys(names, "import common\nimport json"))
    threads = [threading.Thread(target=system.import_module, args=(n,), name=n) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    trace = recording.trace
    for one in trace.imports:
        assert one.own + sum(inner.cumulative for inner in one.children) == one.cumulative
        assert one.parent is None or one.parent.thread_id == one.thread_id
    assert {one.name: one.thread_name for one in trace.roots} == {name: name for name in names}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_the_child_of_a_fork(python, tmp_path):
    (tmp_path / "inner.py").write_text("import os\npid = os.fork()\nimport csv\n")
    program = f"""
import os, sys
sys.path.insert(0, {str(tmp_path)!r})
import entrepot
with entrepot.trace() as t:
    import inner
print([(one.name, one.pid == os.getpid(), one.outcome) for one in t.trace.roots])
if inner.pid:
    os.waitpid(inner.pid, 0)
"""
    lines = python("-c", program).stdout.splitlines()
    assert "[('inner', True, 'loaded')]" in lines
    assert "[('inner', False, 'unfinished'), ('csv', True, 'loaded')]" in lines


def test_errors_whose_text_raises():
    class Odd(Exception):
        def __str__(self):
            raise OSError

    assert recorder.told(Odd()) == "Odd: <its text raises OSError>"
    assert len(recorder.told(ValueError("x" * 10_000))) == 500


def test_events_of_others_are_passed_over():
    events = Events()
    recording = Recording(events)
    events.tell("done", name="never begun", error=None)
    events.tell("waited", name="never begun")
    events.tell("import", name="a")
    events.tell("found", name="other", spec=None)
    events.tell("done", name="never begun", error=None)
    events.tell("done", name="a", error=None)
    (one,) = recording.trace.imports
    assert (one.name, one.outcome, one.phases["create"]) == ("a", "loaded", 0)


def test_imports_that_take_turns_within_a_thread():
    """As greenlets do."""
    events = Events()
    recording = Recording(events)
    for name in ("a", "b"):
        events.tell("import", name=name)
    for name in ("a", "b"):
        events.tell("done", name=name, error=None)
    assert [one.outcome for one in recording.trace.imports] == ["loaded", "loaded"]


def test_memory(system, files):
    files(mod="x = 1")
    used = iter([1000, 4500])
    recording = Recording(system.events, memory=lambda: next(used))
    system.import_module("mod")
    assert recording.by_name()["mod"].memory == 3500
