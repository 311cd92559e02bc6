"""A graph as JSON, in a schema with a version (docs/graph.md)."""

from __future__ import annotations

from ..jsonable import attributes, headed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from .cycles import Cycle
    from .model import Edge, ImportGraph, Place

SCHEMA, VERSION = "entrepot.graph", 1

_OF_NODE = "name file distribution package outcome before own_ns total_ns members"


def graph(about: ImportGraph) -> dict[str, Any]:
    """Return a graph as a dict of what JSON has."""
    return headed(
        SCHEMA,
        VERSION,
        by=about.by,
        nodes=[attributes(node, _OF_NODE) for node in about.nodes.values()],
        edges=_edges(about.edges.values()),
        components=about.components(),
    )


def cycles(about: ImportGraph, found: Sequence[Cycle]) -> dict[str, Any]:
    """Return circles as a dict of what JSON has."""
    return headed(
        f"{SCHEMA}.cycles",
        VERSION,
        by=about.by,
        components=about.components(),
        cycles=[cycle(each) for each in found],
    )


def paths(start: str, end: str, chains: Sequence[Sequence[Edge]]) -> dict[str, Any]:
    """Return chains as a dict of what JSON has."""
    content = {"from": start, "to": end, "paths": [_edges(chain) for chain in chains]}
    return headed(f"{SCHEMA}.paths", VERSION, **content)


def cycle(found: Cycle) -> dict[str, Any]:
    """Return one circle as a dict of what JSON has."""
    change = found.change
    return {
        "modules": found.modules,
        "edges": _edges(found.edges),
        "change": {
            "code": change.code,
            **attributes(change.edge, "importer imported"),
            **attributes(change.place, "file line"),
            "statement": change.place.text,
            "advice": change.advice,
            "others": [_place(each) for each in change.others],
        },
    }


def _edges(edges: Iterable[Edge]) -> list[dict[str, Any]]:
    return [
        {
            **attributes(edge, "importer imported kind"),
            "places": [_place(place) for place in edge.places],
        }
        for edge in edges
    ]


def _place(place: Place) -> dict[str, Any]:
    return {
        **attributes(place, "importer imported kind file line"),
        "statement": place.text,
        "function": place.function,
        "late": place.late,
    }
