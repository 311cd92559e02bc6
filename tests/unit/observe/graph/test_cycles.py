"""Circles: which are told, and what is proposed."""

from __future__ import annotations

import pytest

from tests.unit.observe.graph.builders import of_edges, of_files


def rings(graph, **more):
    return [cycle.modules for cycle in graph.cycles(**more)]


def without_changes(graph):
    """The graph as it would be after all changes that are proposed."""
    gone = {(c.change.edge.importer, c.change.edge.imported) for c in graph.cycles(10_000)}
    return of_edges([pair for pair in graph.edges if pair not in gone])


def test_no_circle():
    assert rings(of_edges(["ab", "bc", "ac"])) == []


def test_it_starts_with_what_was_loaded_first():
    assert rings(of_edges(["bc", "ca", "ab"])) == [["b", "c", "a"]]


def test_shorter_ones_come_first():
    graph = of_edges(["ab", "bc", "cd", "da", "xy", "yx"])
    assert rings(graph) == [["x", "y"], ["a", "b", "c", "d"]]


def test_each_tangle_is_a_component():
    graph = of_edges(["ab", "ba", "bc", "cd", "de", "ec"])
    assert graph.components() == [["c", "d", "e"], ["a", "b"]]


def test_few_are_told_of_many():
    names = "abcdefgh"
    graph = of_edges([(x, y) for x in names for y in names if x != y])
    told = graph.cycles(1000)
    assert len(told) == 28  # A pair each; there are 16064 elementary ones.
    assert without_changes(graph).components() == []


def test_all_of_a_small_one():
    graph = of_edges(["ab", "ba", "bc", "ca"])
    assert rings(graph, every=True) == [["a", "b"], ["a", "b", "c"]]


def test_the_bound():
    names = "abcdefgh"
    graph = of_edges([(x, y) for x in names for y in names if x != y])
    assert len(graph.cycles(5)) == 5
    assert len(graph.cycles(40, every=True)) == 40


def test_it_is_the_same_each_time():
    names = [f"m{n}" for n in range(30)]
    edges = [(x, names[(7 * n + k) % 30]) for n, x in enumerate(names) for k in (1, 5, 11)]
    edges = [pair for pair in edges if pair[0] != pair[1]]
    assert rings(of_edges(edges), limit=99) == rings(of_edges(edges), limit=99)


def test_a_ring_of_many_modules_needs_no_recursion():
    names = [f"m{n}" for n in range(5000)]
    graph = of_edges(list(zip(names, [*names[1:], names[0]], strict=True)))
    assert len(graph.components()) == 1
    assert len(graph.path("m0", "m4999")) == 4999
    assert len(graph.cycles()[0].modules) == 5000


def test_ten_thousand_modules():
    # Layers that import downwards, and a few imports upwards that close circles.
    names = [f"pkg{n % 100}.m{n}" for n in range(10_000)]
    edges = [
        (names[n], names[min(9_999, n + 1 + (n * k) % 700)]) for n in range(9_999) for k in range(6)
    ]
    edges += [(names[n + 40], names[n]) for n in range(0, 9_900, 990)]
    graph = of_edges(list(dict.fromkeys(edges)))
    assert len(graph.nodes) == 10_000
    assert len(graph.edges) > 50_000
    assert graph.cycles()
    assert graph.path(names[0], names[-1])
    assert len(graph.paths(names[0], names[-1], 5)) == 5
    assert len(graph.collapse("package").nodes) == 100
    assert graph.dot().count("->") >= len(graph.edges)


CHANGES = {
    "typing": (
        {
            "a.py": "import b\nclass A(b.B): pass\n",
            "b.py": "from __future__ import annotations\nfrom a import A\nclass B:\n    x: A\n",
        },
        "b.py:2: put it under `if TYPE_CHECKING:`: A is used in annotations only",
    ),
    "local": (
        {
            "a.py": "import b\nclass A(b.B): pass\n",
            "b.py": "import a\nclass B:\n    def f(self): a.x\n    async def g(self): a.y\n",
        },
        "b.py:1: move it into B.f() and B.g(), which alone use a",
    ),
    "direct": (
        {
            "p/__init__.py": "from .a import A\nfrom .c import C\nA, C\n",
            "p/a.py": "from p import C\nclass A(C): pass\n",
            "p/c.py": "class C: pass\n",
        },
        "p/a.py:1: import C from p.c, where it is defined, not from p",
    ),
    "unused": (
        {"a.py": "import b\nclass A(b.B): pass\n", "b.py": "from a import A\nclass B: pass\n"},
        "b.py:1: remove it if nothing else gets A from b, which does not use it",
    ),
    "exported": (
        {"a.py": "from b import B\n__all__ = ['B']\n", "b.py": "import a\nclass B(a.X): pass\n"},
        "a.py:1: let a module's `__getattr__` import B when asked (PEP 562): a only hands it on",
    ),
    "effect": (
        {
            "p/__init__.py": "class Base: pass\nimport p.setup\n",
            "p/setup.py": "from p import Base\nclass A(Base): pass\n",
        },
        "p/__init__.py:2: p imports it for what it does: have a function do that, and call it",
    ),
    "split": (
        {
            "a.py": "import b\nclass A(b.B): pass\n",
            "b.py": "from a import A\n@A\ndef f(x=A): pass\nclass B: pass\n",
        },
        "b.py:1: b needs A while it is loaded (line 2 and 3), and so with each import of the",
    ),
}


@pytest.mark.parametrize("code", CHANGES)
def test_a_change(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files, advice = CHANGES[code]
    (cycle,) = of_files(tmp_path.resolve(), files).cycles()
    assert cycle.change.code == code
    assert advice in " ".join(str(cycle).replace("\\", "/").split())


def test_a_change_where_the_source_is_gone():
    (cycle,) = of_edges(["ab", "ba"]).cycles()
    assert cycle.change.code == "unknown"
    assert "/b.py:2" in str(cycle)


def test_typing_and_functions_make_no_circle(tmp_path):
    text = "if TYPE_CHECKING:\n    import a\ndef f():\n    import a\n"
    assert of_files(tmp_path, {"a.py": "import b\n", "b.py": text}).cycles() == []


def test_an_import_in_two_lines_is_changed_in_both(tmp_path):
    files = {
        "a.py": "import b\nclass A(b.B): pass\n",
        "b.py": "import a\nimport a as c\ndef f(): a\ndef g(): c\nclass B: pass\n",
    }
    (cycle,) = of_files(tmp_path, files).cycles()
    assert cycle.change.edge.importer == "b"
    assert [place.line for place in [cycle.change.place, *cycle.change.others]] == [1, 2]
    assert "likewise" in str(cycle)
