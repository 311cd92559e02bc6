"""`with entrepot.trace() as t:`, and whose the modules are."""

from __future__ import annotations

import json
import pathlib

import pytest

import entrepot
from entrepot.observe.trace import file
from entrepot.observe.trace.owners import PROGRAM, STDLIB, Owners


def test_an_isolated_system(tmp_path):
    (tmp_path / "a.py").write_text("import b")
    (tmp_path / "b.py").write_text("")
    system = entrepot.ImportSystem([str(tmp_path)])
    with entrepot.trace(system) as t:
        system.import_module("a")
    system.import_module("json")
    assert [one.name for one in t.imports] == ["a", "b"]
    assert not entrepot.is_installed()
    assert t.tree().splitlines()[1].split()[4] == "a"
    assert t.tree(1).splitlines()[2].startswith("and 1 more, none over ")
    assert sum(t.totals()["phase"].values()) == t.trace.import_ns
    assert list(t.totals()["distribution"]) == ["program"]
    assert str(t).startswith("2 modules loaded, ")
    assert repr(t) == "<tracing, 2 imports, ended>"
    t.save(tmp_path / "t.json")
    again = file.read(str(tmp_path / "t.json"))
    assert file.as_json(again) == file.as_json(t.trace)
    assert again.program["form"] == "library"


def test_the_process(python):
    program = """
import entrepot
before = entrepot.is_installed()
with entrepot.trace() as t:
    print(before, entrepot.is_installed())
    import csv
print(entrepot.is_installed())
import decimal
print([one.name for one in t.trace.roots])
with entrepot.install(), entrepot.trace() as t:
    import fractions
print(entrepot.is_installed(), [one.name for one in t.trace.roots])
"""
    assert python("-c", program).stdout.splitlines() == [
        "False True", "False", "['csv']", "False ['fractions']",
    ]  # fmt: skip


def test_nothing_more_is_loaded_than_for_the_import_system(python):
    """What the block imports would else be there already, and be missing from the trace."""
    program = """
import sys, __future__, entrepot  # What comes from no bundle says `from __future__ import`.
before = set(sys.modules)
with entrepot.{}():
    print(sorted(name for name in set(sys.modules) - before if not name.startswith("entrepot")))
"""
    install, trace = (python("-c", program.format(each)).stdout for each in ("install", "trace"))
    assert trace == install


def test_it_can_be_asked_while_it_goes_on(tmp_path):
    (tmp_path / "a.py").write_text("")
    (tmp_path / "b.py").write_text("")
    system = entrepot.ImportSystem([str(tmp_path)])
    with entrepot.trace(system) as t:
        system.import_module("a")
        assert [one.name for one in t.imports] == ["a"]
        assert repr(t) == "<tracing, 1 imports>"
        system.import_module("b")
    assert [one.name for one in t.imports] == ["a", "b"]


def test_a_block_that_raises(tmp_path):
    system = entrepot.ImportSystem([str(tmp_path)])
    with pytest.raises(ImportError), entrepot.trace(system) as t:
        system.import_module("nowhere")
    assert t.trace.ended == {
        "how": "raised", "status": 1, "error": "ModuleNotFoundError: No module named 'nowhere'",
    }  # fmt: skip
    (one,) = t.imports
    assert (one.outcome, one.caught) == ("missing", False)
    assert system.events.observers == ()


def test_once_only():
    t = entrepot.trace(entrepot.ImportSystem())
    with pytest.raises(RuntimeError, match="nothing is recorded yet"):
        _ = t.imports
    assert repr(t) == "<tracing, not begun>"
    with t:
        pass
    with pytest.raises(RuntimeError, match="a trace is recorded once"):
        t.__enter__()
    assert t.imports == []


class Dist:
    """A distribution with these files below *base*."""

    editable = False
    version = "1.0"

    def __init__(self, name, base, *files):
        self.name, self.base, self.files = name, base, files

    def locate_file(self, path):
        return pathlib.Path(self.base, path)

    def read_text(self, name):
        return "".join(f"{file},,\n" for file in self.files) if name == "RECORD" else None


@pytest.fixture
def owners(tmp_path):
    base = f"{tmp_path}/site-packages/"
    names = {"one": ["a/__init__.py", "ns/x.py"], "two": ["ns/y.py"]}
    for files in names.values():
        for each in files:
            path = tmp_path / "site-packages" / each
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return base, Owners([Dist(name, base, *files) for name, files in names.items()])


def test_whose_a_module_is(owners):
    base, owners = owners
    assert owners.owner("sys", "built-in") == STDLIB
    assert owners.owner("json", json.__file__) == STDLIB
    assert owners.owner("a", f"{base}a/__init__.py") == "one 1.0"
    assert owners.owner("ns.x", f"{base}ns/x.py") == "one 1.0"
    assert owners.owner("ns.y", f"{base}ns/y.py") == "two 1.0"
    assert owners.owner("ns", None) is None
    assert owners.owner("a", "/elsewhere/a.py") == PROGRAM
    assert owners.owner("unknown", f"{base}unknown.py") is None
    assert owners.owner("made up", "no path") is None
