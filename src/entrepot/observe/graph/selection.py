"""Parts of a graph by the names of modules."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Edge, ImportGraph

_WILDCARDS = frozenset("*?[")


def matches(name: str, patterns: list[str]) -> bool:
    """Whether *name* is meant by one of *patterns*.

    >>> matches("a.b.c", ["a.b"]), matches("a.bc", ["a.b"]), matches("a.bc", ["a.b*"])
    (True, False, True)
    """
    from fnmatch import fnmatchcase

    for pattern in patterns:
        if _WILDCARDS.isdisjoint(pattern):
            if name == pattern or name.startswith(f"{pattern}."):
                return True
        elif fnmatchcase(name, pattern):
            return True
    return False


def select(graph: ImportGraph, only: list[str], exclude: list[str]) -> ImportGraph:
    """Return the part of *graph* whose names match one of *only*, if any, and none of *exclude*."""
    if not only and not exclude:
        return graph
    names = {
        name
        for name in graph.nodes
        if (not only or matches(name, only)) and not matches(name, exclude)
    }
    chosen = type(graph)(graph.sources)
    chosen.by = graph.by
    chosen.nodes = {name: node for name, node in graph.nodes.items() if name in names}
    for pair, edge in graph.edges.items():
        if pair[0] in names and pair[1] in names:
            chosen.edges[pair] = edge
    return chosen


def of_edges(graph: ImportGraph, edges: Iterable[Edge]) -> ImportGraph:
    """Return the part of *graph* that *edges* make up."""
    chosen = type(graph)(graph.sources)
    chosen.by = graph.by
    pairs = {(edge.importer, edge.imported) for edge in edges}
    names = {name for pair in pairs for name in pair}
    chosen.nodes = {name: node for name, node in graph.nodes.items() if name in names}
    chosen.edges = {pair: edge for pair, edge in graph.edges.items() if pair in pairs}
    return chosen


def closest(graph: ImportGraph, name: str) -> list[str]:
    """Return up to three nodes whose names are like *name*, best first."""
    from difflib import get_close_matches

    folded = {each.casefold(): each for each in reversed(graph.nodes)}
    tails = {each.rpartition(".")[2].casefold(): each for each in reversed(graph.nodes)}
    wanted = name.casefold()
    near = get_close_matches(wanted, folded, 3, 0.7)
    found = [folded[each] for each in near]
    found += [tails[wanted]] if wanted in tails and not found else []
    return list(dict.fromkeys(found))
