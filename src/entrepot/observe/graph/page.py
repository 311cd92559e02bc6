"""The graph as a page: one HTML file, which needs nothing else, to walk through the graph.

A drawing of a thousand modules cannot be read. The page draws one module with those that import
it and those that it imports, and one goes on from there; it finds modules, chains and circles.
`page.html` has its text, style and script; the graph goes into it as data.
"""

from __future__ import annotations

import json

from ...resources import files
from .text import where

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Edge, ImportGraph

#: How many circles the page has.
_MOST_CYCLES = 200
_MARK = "/*DATA*/null"


def html(graph: ImportGraph) -> str:
    """Return the page."""
    template = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    data = json.dumps(_data(graph), separators=(",", ":"))
    # "</script>" in a name must not end the script (HTML, 4.12.1.3).
    before, _, after = template.partition(_MARK)
    return before + data.replace("<", "\\u003c") + after


def _data(graph: ImportGraph) -> dict[str, Any]:
    numbers = {name: at for at, name in enumerate(graph.nodes)}
    components = {name: at for at, part in enumerate(graph.components()) for name in part}
    nodes = [
        [
            node.name, node.distribution or "", node.own_ns, node.file or "",
            len(node.members), components.get(node.name, -1), node.outcome,
        ]
        for node in graph.nodes.values()
    ]  # fmt: skip
    cycles = [
        {
            "modules": [numbers[name] for name in cycle.modules],
            "where": where(cycle.change.place),
            "advice": cycle.change.advice,
        }
        for cycle in graph.cycles(_MOST_CYCLES)
    ]
    edges = [_edge(edge, numbers) for edge in graph.edges.values()]
    return {"by": graph.by, "nodes": nodes, "edges": edges, "cycles": cycles}


def _edge(edge: Edge, numbers: dict[str, int]) -> list[Any]:
    places = [[where(place), place.text or "", place.kind] for place in edge.places[:20]]
    return [numbers[edge.importer], numbers[edge.imported], edge.kind, places]
