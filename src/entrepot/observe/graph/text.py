"""What is told of a graph, in lines for people.

A line is a list of (style, text), as in `why`; "" is no style.
"""

from __future__ import annotations

import os

from .. import library
from ..drawing import wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..drawing import Line
    from .cycles import Cycle
    from .model import Edge, ImportGraph, Place

#: The width of sentences where there is no terminal, of a statement at most (characters).
WIDTH, _LONGEST = 100, 100
#: Behind what a path is enough: the directories into which packages are installed.
_SITES = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")
#: What is said of a place beside its line, by its kind.
_REMARKS = {
    "first": "",
    "again": "",
    "initializing": "finds it under construction",
    "conditional": "perhaps: in a branch",
    "package": "passes through the package",
    "native": "C code asks for it",
    "deferred": "when it is called",
    "typing": "for type checkers",
}


def shown(file: str | None) -> str:
    """Return a path as people read it: from the current directory, or a directory of packages."""
    if not file:
        return "?"
    try:
        here = os.getcwd() + os.sep
    except OSError:  # The current directory is gone.
        return file
    for start in (here, *_SITES, library.DIRECTORY + os.sep):
        _, found, inside = file.partition(start)
        if found:
            return inside
    return file


def where(place: Place) -> str:
    """Return the place as `file:line`, the path as people read it."""
    return f"{shown(place.file)}:{place.line}" if place.line else "(no line of Python)"


def cycle(found: Cycle, number: int | None = None, width: int = WIDTH) -> Iterator[Line]:
    """Yield the lines about one circle: its modules, each import in it, what to change."""
    count = f"{number}. " if number is not None else ""
    ring = " → ".join([*found.modules, found.modules[0]])
    yield from wrapped(("bold", count), ring, width)
    yield from edges(found.edges, "    ")
    change = found.change
    yield from wrapped(("green", "  → "), f"{where(change.place)}: {change.advice}", width - 2)
    if change.others:
        more = ", ".join(where(each) for each in change.others)
        yield from wrapped(("", "    "), f"likewise {more}", width - 2)


def edges(chain: Sequence[Edge], indent: str = "  ") -> Iterator[Line]:
    """Yield a line for each import of a chain: where, the statement, and what came of it."""
    places = [edge.places[0] for edge in chain]
    width = max((len(where(place)) for place in places), default=0)
    for place in places:
        remark = _REMARKS[place.kind]
        if place.function:
            remark = f"in {place.function}(){'; ' * bool(remark)}{remark}"
        line = [("dim", f"{indent}{where(place):<{width}}  "), ("", _statement(place))]
        yield [*line, ("dim", f"  # {remark}")] if remark else line


def _statement(place: Place) -> str:
    """Return the text of an import: its statement, else its line, else what it does."""
    import linecache

    text = place.text or linecache.getline(place.file or "", place.line or 0).strip()
    text = text or f"({place.importer} imports {place.imported})"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def cycles(
    graph: ImportGraph,
    found: Sequence[Cycle],
    limit: int,
    *,
    every: bool = False,
    width: int = WIDTH,
) -> Iterator[Line]:
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
        yield from cycle(each, number, width)
    yield []
    if len(found) < limit:
        told = "These are all." if every else "With these changes, no circle is left."
        yield [("dim", told)]
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
