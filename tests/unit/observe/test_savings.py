"""What a lazy import would save: only what nothing else needs."""

from __future__ import annotations

import pytest

from entrepot.observe.savings import savings
from entrepot.observe.savings.dominators import immediate_dominators
from entrepot.observe.savings.model import by_group, by_module
from entrepot.observe.savings.needs import ROOT, Needs, Site
from entrepot.observe.trace.model import PHASES
from tests.made_traces import trace as made


def graph_of(edges, own=None):
    """A graph from "a>b c, b>d": `.` stands for the program; each module takes 1 ns of its own."""
    graph = Needs()
    for part in edges.split(", "):
        who, _, whom = part.partition(">")
        for name in [who, *whom.split()]:
            if name != ".":
                graph.module(name, 0)
                graph.own[name] = (own or {}).get(name, 1)
        for name in whom.split():
            graph.ask(ROOT if who == "." else who, name, Site(who, f"{who}.py", 1))
    graph.enclose()
    return graph


def told(graph):
    return {each.name: each.ns for each in by_module(graph)}


def test_a_chain_takes_what_is_behind_it():
    assert told(graph_of(".>a, a>b, b>c")) == {"a": 3, "b": 2, "c": 1}


def test_what_two_need_is_saved_by_neither_of_them():
    assert told(graph_of(".>top, top>a b, a>shared, b>shared")) == {
        "top": 4,
        "a": 1,
        "b": 1,
        "shared": 1,
    }


def test_a_cycle_is_saved_by_its_only_way_in():
    assert told(graph_of(".>a, a>b, b>a")) == {"a": 2, "b": 1}


def test_a_package_is_not_saved_while_somebody_needs_its_submodule():
    found = {each.name: each for each in by_module(graph_of(".>user other, user>p, other>p.sub"))}
    assert (found["p"].ns, found["p"].kept_by) == (0, "p.sub")
    assert found["p.sub"].ns == 1
    assert found["other"].ns == 2


def test_a_submodule_brings_its_parent_and_takes_it_along():
    found = {each.name: each for each in by_module(graph_of(".>p.sub, p.sub>x, p>y"))}
    assert set(found["p.sub"].modules) == {"p.sub", "p", "x", "y"}
    assert found["p.sub"].ns == 4


def test_the_statements_to_change():
    graph = graph_of(".>a b, a>c, b>c")
    (saving,) = [each for each in by_module(graph) if each.name == "c"]
    assert [str(site) for site in map(repr, saving.sites)] == ["a.py:1", "b.py:1"]


def test_a_group_counts_what_only_its_members_need():
    graph = graph_of(".>a b, a>p.x, b>p.y, p.x>deep, p.y>deep")
    graph.module("p", 1)
    graph.enclose()
    (saving,) = by_group(graph, {"p": {"p", "p.x", "p.y"}})
    assert saving.ns == 4
    assert set(saving.modules) == {"p", "p.x", "p.y", "deep"}
    assert [repr(site) for site in saving.sites] == ["a.py:1", "b.py:1"]


def test_unreachable_nodes_have_no_dominator():
    assert immediate_dominators([[1], [], [1]]) == [None, 0, None]


def record(number, name, parent=None, importer=None, **more):
    place = importer and {"module": importer[0], "file": importer[1], "line": importer[2]}
    plain = {
        "id": number,
        "name": name,
        "parent": parent,
        "importer": place,
        "outcome": "loaded",
        "phases": {**dict.fromkeys(PHASES, 0), "execute": 10},
        "origin": None,
        "package": False,
        "distribution": None,
        "start": 0,
        "end": 10,
        "thread": {"id": 1, "name": "MainThread"},
        "pid": 1,
        "error": None,
        "caught": None,
        "loader": None,
        "bytecode": "none",
        "bytes": 0,
        "memory": None,
    }
    return {**plain, **more}


def trace_of(*records, repeats=()):
    return {**made(60), "imports": list(records), "repeats": list(repeats)}


def saved(trace, **options):
    return {each.name: each.ns for each in savings(trace, **options)}


def test_a_missing_module_cannot_be_put_off_but_its_search_counts():
    trace = trace_of(
        record(0, "a"),
        record(1, "faster", parent=0, outcome="missing"),
    )
    assert saved(trace, sources=False) == {"a": 20}


def test_a_parent_that_no_statement_names_is_saved_with_its_submodule():
    place = ("__main__", "app.py", 1)
    trace = trace_of(
        record(0, "p", importer=place, package=True),
        record(1, "p.sub", importer=place),
    )
    assert saved(trace, sources=False) == {"p.sub": 20, "p": 0}


def test_the_parent_that_is_imported_within_the_import_of_its_submodule():
    trace = trace_of(
        record(0, "p.sub", importer=("__main__", "app.py", 1)),
        record(1, "p", parent=0, importer=("__main__", "app.py", 1), package=True),
    )
    assert saved(trace, sources=False) == {"p.sub": 20, "p": 0}


def test_an_import_under_construction_is_a_need():
    repeat = {"module": "b", "importer": {"module": "c", "file": "c.py", "line": 1}}
    repeat |= {"state": "initializing", "at": 5}
    trace = trace_of(
        record(0, "a"),
        record(1, "b", parent=0),
        record(2, "c", parent=1),
        repeats=[repeat],
    )
    assert saved(trace, sources=False) == {"a": 30, "b": 20, "c": 10}


def test_the_sources_tell_what_else_needs_a_module(tmp_path):
    files = {
        "a": "import shared\ndef f():\n    import never\n",
        "b": "import shared\nif TYPE_CHECKING:\n    import a\n",
        "shared": "",
        "app": "import a\nimport b\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text)
    main = ("__main__", str(tmp_path / "app.py"))
    trace = trace_of(
        record(0, "a", importer=(*main, 1), origin=str(tmp_path / "a.py")),
        record(1, "shared", parent=0, origin=str(tmp_path / "shared.py")),
        record(2, "b", importer=(*main, 2), origin=str(tmp_path / "b.py")),
    )
    assert saved(trace) == {"a": 10, "b": 10, "shared": 10}
    assert saved(trace, sources=False) == {"a": 20, "b": 10, "shared": 10}
    (shared,) = [each for each in savings(trace) if each.name == "shared"]
    assert [(site.module, site.line) for site in shared.sites] == [("a", 1), ("b", 1)]


def test_what_c_code_imports_has_no_statement():
    place = ("app", "app.py", 1)
    trace = trace_of(
        record(0, "_c", importer=place, loader="entrepot.machinery.ExtensionFileLoader"),
        record(1, "abc", parent=0, importer=place),
    )
    found = {each.name: each for each in savings(trace, sources=False)}
    assert (found["_c"].ns, len(found["_c"].sites), found["_c"].unseen) == (20, 1, False)
    assert (found["abc"].ns, found["abc"].sites, found["abc"].unseen) == (10, [], True)


def test_what_would_not_be_imported_need_not_be_changed():
    found = {each.name: each for each in by_module(graph_of(".>p other, p>p.x, p.x>p, other>p"))}
    assert [repr(site) for site in found["p"].sites] == ["..py:1", "other.py:1"]
    assert [repr(site) for site in found["p.x"].sites] == ["p.py:1"]


def test_packages_and_distributions(tmp_path):
    trace = trace_of(
        record(0, "p", distribution="pee 1", package=True),
        record(1, "p.x", parent=0, distribution="pee 1"),
        record(2, "q", parent=1),
    )
    assert saved(trace, by="package", sources=False) == {"p": 30, "q": 10}
    assert saved(trace, by="distribution", sources=False) == {"pee 1": 30}
    with pytest.raises(ValueError, match="by must be"):
        savings(trace, by="line")
