"""A graph as JSON, in a schema with a version (docs/graph.md)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .cycles import Cycle
    from .model import Edge, ImportGraph, Node, Place

SCHEMA, VERSION = "entrepot.graph", 1


def graph(about: ImportGraph) -> dict[str, Any]:
    """Return a graph as a dict of what JSON has."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "by": about.by,
        "nodes": [_node(node) for node in about.nodes.values()],
        "edges": [_edge(edge) for edge in about.edges.values()],
        "components": about.components(),
    }


def cycles(about: ImportGraph, found: Sequence[Cycle]) -> dict[str, Any]:
    """Return circles as a dict of what JSON has."""
    return {
        "schema": f"{SCHEMA}.cycles",
        "version": VERSION,
        "by": about.by,
        "components": about.components(),
        "cycles": [cycle(each) for each in found],
    }


def paths(start: str, end: str, chains: Sequence[Sequence[Edge]]) -> dict[str, Any]:
    """Return chains as a dict of what JSON has."""
    return {
        "schema": f"{SCHEMA}.paths",
        "version": VERSION,
        "from": start,
        "to": end,
        "paths": [[_edge(edge) for edge in chain] for chain in chains],
    }


def cycle(found: Cycle) -> dict[str, Any]:
    """Return one circle as a dict of what JSON has."""
    change = found.change
    return {
        "modules": found.modules,
        "edges": [_edge(edge) for edge in found.edges],
        "change": {
            "code": change.code,
            "importer": change.edge.importer,
            "imported": change.edge.imported,
            "file": change.place.file,
            "line": change.place.line,
            "statement": change.place.text,
            "advice": change.advice,
            "others": [_place(each) for each in change.others],
        },
    }


def _node(node: Node) -> dict[str, Any]:
    return {
        "name": node.name,
        "file": node.file,
        "distribution": node.distribution,
        "package": node.package,
        "outcome": node.outcome,
        "before": node.before,
        "own_ns": node.own_ns,
        "total_ns": node.total_ns,
        "members": node.members,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "importer": edge.importer,
        "imported": edge.imported,
        "kind": edge.kind,
        "places": [_place(place) for place in edge.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "importer": place.importer,
        "imported": place.imported,
        "kind": place.kind,
        "file": place.file,
        "line": place.line,
        "statement": place.text,
        "function": place.function,
    }
