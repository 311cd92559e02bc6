"""Chains, smaller graphs, names."""

from __future__ import annotations

import pytest

from tests.unit.observe.graph.builders import document, of_edges, of_files, record


def chain(edges):
    return "".join([edges[0].importer, *(edge.imported for edge in edges)]) if edges else ""


class TestPaths:
    GRAPH = ("ab", "bd", "ac", "cd", "de", "ae", "ea")

    def test_the_shortest(self):
        assert chain(of_edges(self.GRAPH).path("a", "e")) == "ae"
        assert chain(of_edges(self.GRAPH).path("b", "c")) == "bdeac"

    def test_back_to_itself(self):
        assert chain(of_edges(self.GRAPH).path("a", "a")) == "aea"

    def test_none(self):
        graph = of_edges(self.GRAPH, nodes=["z"])
        assert graph.path("a", "z") == graph.paths("a", "z") == graph.path("z", "a") == []

    def test_all_of_them(self):
        found = [chain(each) for each in of_edges(self.GRAPH).paths("a", "e")]
        assert found == ["ae", "abde", "acde"]
        assert len(of_edges(self.GRAPH).paths("a", "e", 2)) == 2

    @pytest.mark.parametrize("pair", ["zb", "az"])
    def test_unknown_names(self, pair):
        for find in (of_edges(self.GRAPH).path, of_edges(self.GRAPH).paths):
            with pytest.raises(KeyError):
                find(*pair)

    def test_what_does_not_happen_at_loading_leads_nowhere(self, tmp_path):
        graph = of_files(tmp_path, {"a.py": "def f():\n    import b\n", "b.py": ""})
        assert graph.path("a", "b") == []


class TestCollapse:
    def graph(self):
        from entrepot.observe.graph import graph

        return graph(
            document(
                [
                    record(0, "p", ("x", "/x.py", 1), package=True, distribution="P 1"),
                    record(1, "p.a", ("p", "/p.py", 1), distribution="P 1"),
                    record(2, "q", ("p.a", "/p/a.py", 1), distribution="Q 2"),
                    record(3, "q2", ("p.a", "/p/a.py", 2), distribution="Q 2"),
                ]
            )
        )

    def test_packages(self):
        made = self.graph().collapse("package")
        assert set(made.edges) == {("x", "p"), ("p", "q"), ("p", "q2")}
        assert made.nodes["p"].members == ["p", "p.a"]
        assert made.nodes["p"].own_ns == 10
        assert made.by == "package"

    def test_distributions(self):
        made = self.graph().collapse("distribution")
        assert set(made.edges) == {("(no distribution)", "P 1"), ("P 1", "Q 2")}
        assert [place.where for place in made.edges["P 1", "Q 2"].places] == [
            "/p/a.py:1",
            "/p/a.py:2",
        ]
        assert made.path("(no distribution)", "Q 2")[1].places[0].imported == "q"

    def test_modules_are_the_graph_itself(self):
        made = self.graph()
        assert made.collapse("module") is made

    def test_anything_else(self):
        with pytest.raises(ValueError, match="by must be one of module, package, distribution"):
            self.graph().collapse("colour")


@pytest.mark.parametrize(
    ("only", "exclude", "left"),
    [
        (["a"], [], ["a", "a.b", "a.b.c"]),
        (["a.b"], [], ["a.b", "a.b.c"]),
        (["a*"], [], ["a", "ab", "a.b", "a.b.c"]),
        (["a", "x"], ["a.b"], ["a", "x"]),
        ([], ["a"], ["ab", "x"]),
        (["*.?"], [], ["a.b", "a.b.c"]),
        (["nothing"], [], []),
    ],
)
def test_patterns(only, exclude, left):
    names = ["a", "ab", "a.b", "a.b.c", "x"]
    graph = of_edges([(x, y) for x in names for y in names if x < y], nodes=names)
    chosen = graph.select(only, exclude)
    assert list(chosen.nodes) == left
    assert all(x in left and y in left for x, y in chosen.edges)


@pytest.mark.parametrize(
    ("name", "closest"),
    [("Requests", "requests"), ("reqeusts", "requests"), ("adapters", "requests.adapters")],
)
def test_closest_names(name, closest):
    graph = of_edges([("requests", "requests.adapters"), ("x", "requests")])
    assert graph.closest(name)[0] == closest
    assert graph.closest("qqqqq") == []
