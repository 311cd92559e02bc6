"""What is told of a graph, in lines for people.

A line is a list of (style, text), as in `why`; "" is no style.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .cycles import Cycle
    from .model import Edge, ImportGraph, Place

    Line = list[tuple[str, str]]

#: What is said of a place beside its line, by its kind.
_REMARKS = {
    "first": "",
    "again": "",
    "initializing": "finds it under construction",
    "conditional": "perhaps: in a branch",
    "package": "passes through the package",
    "deferred": "when it is called",
    "typing": "for type checkers",
}


def shown(file: str | None) -> str:
    """Return a path as people read it: from the current directory if it is below that."""
    if not file:
        return "?"
    try:
        here = os.getcwd() + os.sep
    except OSError:  # The current directory is gone.
        return file
    return file[len(here) :] if file.startswith(here) else file


def where(place: Place) -> str:
    """Return the place as `file:line`, the path as people read it."""
    return f"{shown(place.file)}:{place.line}" if place.line else "(no line of Python)"


def cycle(found: Cycle, number: int | None = None) -> Iterator[Line]:
    """Yield the lines about one circle: its modules, each import in it, what to change."""
    count = f"{number}. " if number is not None else ""
    ring = " → ".join([*found.modules, found.modules[0]])
    yield [("bold", f"{count}{ring}")]
    yield from edges(found.edges, "    ")
    change = found.change
    yield [("green", "    → "), ("bold", where(change.place)), ("", f": {change.advice}")]
    if change.others:
        more = ", ".join(where(each) for each in change.others)
        yield [("", f"      likewise {more}")]


def edges(chain: Sequence[Edge], indent: str = "  ") -> Iterator[Line]:
    """Yield a line for each import of a chain: where, the statement, and what came of it."""
    places = [edge.places[0] for edge in chain]
    width = max((len(where(place)) for place in places), default=0)
    for edge, place in zip(chain, places, strict=True):
        text = place.text or f"{edge.importer} imports {edge.imported}"
        remark = _REMARKS[place.kind]
        if place.function:
            remark = f"in {place.function}(){'; ' * bool(remark)}{remark}"
        line = [("dim", f"{indent}{where(place):<{width}}  "), ("", text)]
        yield [*line, ("dim", f"  # {remark}")] if remark else line


def cycles(graph: ImportGraph, found: Sequence[Cycle], limit: int) -> Iterator[Line]:
    """Yield the lines about all circles."""
    tangles = graph.components()
    if not found:
        yield [("green", "no circular imports"), ("", f" among {len(graph.nodes)} {graph.by}s")]
        return
    inside = sum(map(len, tangles))
    yield [
        ("bold", _counted(len(found), "circle")),
        ("", f" of imports; {inside} of {len(graph.nodes)} {graph.by}s are in one"),
    ]
    for number, each in enumerate(found, 1):
        yield []
        yield from cycle(each, number)
    yield []
    if len(found) < limit:
        yield [("dim", "With these changes, no circle is left.")]
    else:
        yield [("dim", f"There may be more than these {limit}: --limit N tells more.")]


def path(chains: Sequence[Sequence[Edge]]) -> Iterator[Line]:
    """Yield the lines about chains from one module to another."""
    for number, chain in enumerate(chains):
        if number:
            yield []
        names = [chain[0].importer, *(edge.imported for edge in chain)]
        yield [("bold", " → ".join(names))]
        yield from edges(chain)


def summary(graph: ImportGraph) -> Iterator[Line]:
    """Yield what there is to say of a graph that is not drawn: its size, its heaviest nodes."""
    tangles = graph.components()
    inside = sum(map(len, tangles))
    yield [
        ("bold", f"{len(graph.nodes)} {graph.by}s, {len(graph.edges)} imports"),
        ("", f"; {inside} in circles (--cycles)" if inside else "; no circular imports"),
    ]
    fan_in: dict[str, int] = dict.fromkeys(graph.nodes, 0)
    for edge in graph.edges.values():
        fan_in[edge.imported] += edge.is_loading
    following = graph.successors()
    rows = sorted(graph.nodes.values(), key=lambda node: (-node.own_ns, node.order))[:10]
    width = max((len(node.name) for node in rows), default=0)
    yield [("dim", f"  {'':<{width}}  own time  imports  imported by")]
    for node in rows:
        yield [
            ("", f"  {node.name:<{width}}  "),
            ("", f"{node.own_ns / 1e6:>5.1f} ms  {len(following[node.name]):>7}  "),
            ("", f"{fan_in[node.name]:>11}"),
        ]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
