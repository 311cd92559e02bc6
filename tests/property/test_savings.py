"""Savings by dominators are those that taking each module away would show."""

from __future__ import annotations

from hypothesis import given, strategies as st

from entrepot.observe.savings.dominators import immediate_dominators
from entrepot.observe.savings.model import by_group, by_module
from entrepot.observe.savings.needs import ROOT, Needs

NAMES = [ROOT, "a", "b", "c", "a.x", "a.y", "a.x.z", "b.x", "d", "e"]


@st.composite
def graphs(draw):
    graph = Needs()
    for name in draw(st.lists(st.sampled_from(NAMES[1:]), unique=True, min_size=1)):
        graph.module(name, draw(st.integers(0, 100)), lazy=draw(st.booleans()))
    nodes = list(graph.own)
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes[1:]))
    for who, whom in draw(st.lists(pairs, max_size=30)):
        if who != whom:
            graph.ask(who, whom, None)
    graph.enclose()
    return graph


def walk(graph, without):
    """The nodes that the program reaches, the statements that lead to *without* cut."""
    seen = set()

    def visit(name):
        if name not in seen:
            seen.add(name)
            for whom in graph.asked.get(name, ()):
                if whom != without:
                    visit(whom)
            if name in graph.inside:
                visit(graph.inside[name])

    visit(ROOT)
    return seen


@given(graphs())
def test_a_saving_is_what_is_no_longer_reached(graph):
    everything = walk(graph, None)
    found = {each.name: each for each in by_module(graph)}
    assert set(found) == graph.lazy & everything
    for name, saving in found.items():
        gone = everything - walk(graph, name)
        assert set(saving.modules) == gone
        assert saving.ns == sum(graph.own[each] for each in gone)
        assert (saving.kept_by is None) == (name in gone)


@given(graphs())
def test_a_group_of_one_saves_what_its_module_does(graph):
    alone = by_group(graph, {name: {name} for name in graph.own if name != ROOT})
    assert {s.name: (s.ns, set(s.modules)) for s in alone} == {
        s.name: (s.ns, set(s.modules)) for s in by_module(graph)
    }


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=10, max_size=10))
def test_a_node_is_dominated_by_what_each_way_to_it_passes(successors):
    def reach(without):
        seen, todo = set(), [0] if without != 0 else []
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += [each for each in successors[node] if each != without]
        return seen

    everything = reach(None)
    found = immediate_dominators(successors)
    for node in range(10):
        above, at = set(), found[node]
        while at is not None:
            above.add(at)
            at = found[at]
        if node in everything and node != 0:
            assert above == {
                each for each in everything if each != node and node not in reach(each)
            }
        else:
            assert above == set()
