"""Graphs of any shape: circles and chains as networkx finds them; any name in any format."""

from __future__ import annotations

import re

import pytest

st = pytest.importorskip("hypothesis.strategies", reason="hypothesis is not installed")
nx = pytest.importorskip("networkx", reason="networkx, the oracle, is not installed")
from hypothesis import given, settings  # noqa: E402

from entrepot.observe.graph.dot import quoted  # noqa: E402
from entrepot.observe.graph.mermaid import coded  # noqa: E402
from tests.unit.observe.graph.builders import of_edges  # noqa: E402

NODES = st.integers(0, 8).map("n{}".format)
EDGES = st.lists(st.tuples(NODES, NODES).filter(lambda pair: pair[0] != pair[1]), max_size=30)


def oracle(edges):
    graph = nx.DiGraph()
    graph.add_edges_from(edges)
    return graph


def ring(modules):
    """A circle as its edges: where it starts does not count."""
    return frozenset(zip(modules, [*modules[1:], modules[0]], strict=True))


@given(EDGES)
@settings(max_examples=150, deadline=None)
def test_components(edges):
    theirs = {frozenset(c) for c in nx.strongly_connected_components(oracle(edges)) if len(c) > 1}
    assert {frozenset(part) for part in of_edges(edges).components()} == theirs


@given(EDGES)
@settings(max_examples=100, deadline=None)
def test_all_elementary_cycles(edges):
    theirs = list(nx.simple_cycles(oracle(edges)))
    if len(theirs) > 300:
        return
    ours = [cycle.modules for cycle in of_edges(edges).cycles(1000, every=True)]
    assert [len(each) for each in ours] == sorted(map(len, theirs))
    assert len({ring(each) for each in ours}) == len(ours)
    assert {ring(each) for each in ours} == {ring(each) for each in theirs}


@given(EDGES)
@settings(max_examples=150, deadline=None)
def test_the_minimal_cycles(edges):
    graph = of_edges(edges)
    told = graph.cycles(1000)
    theirs = {ring(each) for each in nx.simple_cycles(oracle(edges), length_bound=4)}
    assert all(ring(each.modules) in theirs for each in told if len(each) <= 4)
    assert [len(each) for each in told] == sorted(len(each) for each in told)
    # Each tangle is told of, and with the changes that are proposed there is no circle left.
    inside = {name for each in told for name in each.modules}
    assert all(inside.intersection(part) for part in graph.components())
    left = oracle(edges)
    left.remove_edges_from([(c.change.edge.importer, c.change.edge.imported) for c in told])
    assert nx.is_directed_acyclic_graph(left)
    if told:
        assert len(told[0]) == min(len(c) for c in nx.simple_cycles(oracle(edges)))


@given(EDGES, NODES, NODES)
@settings(max_examples=150, deadline=None)
def test_chains(edges, start, end):
    if start == end:
        return
    graph, theirs = of_edges(edges, nodes=[start, end]), oracle(edges)
    theirs.add_nodes_from([start, end])
    path = graph.path(start, end)
    assert bool(path) == nx.has_path(theirs, start, end)
    simple = list(nx.all_simple_paths(theirs, start, end))
    if path:
        assert len(path) == nx.shortest_path_length(theirs, start, end)
    if len(simple) < 200:
        ours = [
            [start, *(edge.imported for edge in chain)] for chain in graph.paths(start, end, 500)
        ]
        assert sorted(ours) == sorted(simple)
        assert [len(each) for each in ours] == sorted(map(len, simple))


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(NAMES)
def test_quoted_names_parse_back(name):
    text = quoted(name)
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', text, re.DOTALL)
    unescaped = re.sub(r'\\(["\\n])', lambda m: "\n" if m[1] == "n" else m[1], text[1:-1])
    assert unescaped == name.replace("\0", "").replace("\r", "")


@given(NAMES)
def test_coded_names_parse_back(name):
    text = coded(name)
    assert not set(text.replace("#", "").replace(";", "")) & set('"<>&`|[](){}\n\r')
    assert re.sub(r"#(\d+);", lambda m: chr(int(m[1])), text) == name
