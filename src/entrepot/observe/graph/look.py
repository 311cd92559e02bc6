"""What a drawing shows of a graph, in whatever format: groups, colours, sizes, circles."""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Edge, ImportGraph, Node

#: From what is loaded in no time to what takes longest.
_FILLS = ("#ffffff", "#eef4fb", "#d6e6f7", "#ffe9c7", "#ffcf8f", "#ffae70")
#: The times (nanoseconds) at which the colour changes.
_STEPS = (200_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000)
_NS = 1e6


class Look:
    """How *graph* is drawn; *marked* are the edges to be drawn out."""

    def __init__(self, graph: ImportGraph, marked: Sequence[Edge] = ()) -> None:
        self._graph = graph
        self._marked = {(edge.importer, edge.imported) for edge in marked}
        components = graph.components()
        #: The nodes in circles, each with the number of its component.
        self.circular = {name: at for at, part in enumerate(components) for name in part}
        self.groups = _groups(graph)

    def is_drawn(self, edge: Edge) -> bool:
        """Whether the edge is part of the drawing: what does not happen at loading is not."""
        return edge.is_loading or self.is_marked(edge)

    def is_circular(self, edge: Edge) -> bool:
        """Whether the edge lies in a circle of imports."""
        component = self.circular.get(edge.importer)
        return (
            edge.is_circular
            and component is not None
            and (component == self.circular.get(edge.imported))
        )

    def is_marked(self, edge: Edge) -> bool:
        """Whether the edge is one of those to be drawn out."""
        return (edge.importer, edge.imported) in self._marked

    def fill(self, node: Node) -> str:
        """Return the colour of a node, by the time that it took without its imports."""
        return _FILLS[sum(node.own_ns >= step for step in _STEPS)]

    def size(self, node: Node) -> int:
        """Return the size of a node's text in points, 10 to 22, by the same time."""
        return round(10 + min(12, 4 * math.log10(1 + node.own_ns / _NS)))


def _groups(graph: ImportGraph) -> dict[str, list[Node]]:
    """Return the nodes by distribution, where a drawing of modules has more than one."""
    groups: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        key = "" if graph.by == "distribution" else node.distribution or ""
        groups.setdefault(key, []).append(node)
    return groups


def label(node: Node) -> list[str]:
    """Return the lines of a node's label: its name, how many modules it is, its own time."""
    details = []
    if len(node.members) > 1:
        details.append(f"{len(node.members)} modules")
    if node.own_ns >= _NS / 10:
        details.append(f"{node.own_ns / _NS:.1f} ms")
    if node.outcome != "loaded":
        details.append(node.outcome)
    return [node.name, ", ".join(details)] if details else [node.name]
