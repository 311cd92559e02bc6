"""Modules collapsed into their packages or distributions."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import ImportGraph, Node

#: What a module belongs to that no distribution has installed.
NO_DISTRIBUTION = "(no distribution)"


def _package(node: Node) -> str:
    return node.name if node.package else node.name.rpartition(".")[0] or node.name


def _module(node: Node) -> str:
    return node.name


def _distribution(node: Node) -> str:
    return node.distribution or NO_DISTRIBUTION


GROUPS: dict[str, Callable[[Node], str]] = {
    "module": _module,
    "package": _package,
    "distribution": _distribution,
}


def collapse(graph: ImportGraph, by: str) -> ImportGraph:
    """Return a graph with a node for each package or distribution; inner edges are left out."""
    if by not in GROUPS:
        raise ValueError(f"by must be one of {', '.join(GROUPS)}, not {by!r}")
    if by == "module":
        return graph
    group = {name: GROUPS[by](node) for name, node in graph.nodes.items()}
    collapsed = type(graph)(graph.sources)
    collapsed.by = by
    for name, node in graph.nodes.items():
        _take_in(collapsed, group[name], node)
    for (importer, imported), edge in graph.edges.items():
        if group[importer] != group[imported]:
            for place in edge.places:
                collapsed.add(place, group[importer], group[imported])
    return collapsed


def _take_in(graph: ImportGraph, name: str, node: Node) -> None:
    is_new = name not in graph.nodes
    into = graph.node(name)
    if is_new:
        into.members = []
        into.distribution, into.before, into.file = node.distribution, node.before, None
    elif into.distribution != node.distribution:
        into.distribution = None
    into.members.append(node.name)
    into.before = into.before and node.before
    into.package = True
    into.own_ns += node.own_ns
    # What the parts take without one another, which is not the sum of their totals.
    into.total_ns = into.own_ns
    if node.name == name:
        into.file = node.file
