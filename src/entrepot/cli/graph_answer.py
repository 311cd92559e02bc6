"""The answers of `entrepot graph`, as text in each format."""

from __future__ import annotations

import sys
from time import monotonic

from ..observe.drawing import can_show_marks, plain, write
from ..observe.graph import jsonable, text
from ..observe.graph.cycles import DEFAULT_LIMIT
from ..observe.graph.mermaid import MAX_EDGES
from ..observe.graph.paths import DEFAULT_PATHS
from ..observe.graph.picture import READABLE_NODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..observe.drawing import Line
    from ..observe.graph.model import Edge, ImportGraph
    from .graph_request import GraphRequest

#: What is drawn, and so must not be too much.
_DRAWN = {"dot", "svg", "mermaid"}


class NoAnswer(Exception):
    """There is nothing to answer; the text says why."""


class Progress:
    """Tells on a terminal how far something is, once it has taken longer than a second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = monotonic() + 1.0
        self._shown = 0

    def __call__(self, done: int, of: int) -> None:
        """Take note that *done* *of* so many are done."""
        if monotonic() >= self._next and sys.stderr.isatty():
            line = f"{self._what}: {done} of {of}"
            print(f"\r{line:<{self._shown}}", end="", flush=True, file=sys.stderr)
            self._shown = len(line)
            self._next = monotonic() + 0.1

    def end(self) -> None:
        """Take the line away again."""
        if self._shown:
            print(f"\r{' ' * self._shown}\r", end="", flush=True, file=sys.stderr)


def answer(graph: ImportGraph, request: GraphRequest) -> tuple[str, int]:
    """Return the text that is asked for, and the exit status. Raises NoAnswer, NoGraphviz."""
    if not graph.nodes:
        raise NoAnswer("the trace has no imports")
    graph = graph.collapse(request.by or "module").select(request.only, request.exclude)
    if not graph.nodes:
        raise NoAnswer("no module is left by --only and --exclude")
    if request.path:
        return _path(graph, request, *request.path)
    if request.cycles:
        return _cycles(graph, request), 0
    return _whole(graph, request), 0


def _whole(graph: ImportGraph, request: GraphRequest) -> str:
    if request.format == "text":
        return _shown(text.summary(graph), request)
    if request.format == "json":
        return _json(graph.as_json())
    return _drawn(graph, request)


def _cycles(graph: ImportGraph, request: GraphRequest) -> str:
    limit = request.limit or DEFAULT_LIMIT
    found = graph.cycles(limit, every=request.every)
    if request.format == "json":
        return _json(jsonable.cycles(graph, found))
    if request.format == "text":
        lines = text.cycles(graph, found, limit, every=request.every, width=_width(request))
        return _shown(lines, request)
    changes = [cycle.change.edge for cycle in found]
    return _drawn(graph.of_edges(edge for cycle in found for edge in cycle.edges), request, changes)


def _path(graph: ImportGraph, request: GraphRequest, start: str, end: str) -> tuple[str, int]:
    for name in (start, end):
        if name not in graph.nodes:
            near = graph.closest(name)
            there = f"; there is {', '.join(near)}" if near else ""
            raise NoAnswer(f"no {graph.by} {name!r} is in the graph{there}")
    if request.every:
        chains = graph.paths(start, end, request.limit or DEFAULT_PATHS)
    else:
        chains = list(filter(None, [graph.path(start, end)]))
    status = 0 if chains else 1
    if request.format == "json":
        return _json(jsonable.paths(start, end, chains)), status
    if not chains:
        return f"{start} does not lead to {end}\n", status
    if request.format == "text":
        return _shown(text.path(chains), request), status
    marked = [edge for chain in chains for edge in chain]
    return _drawn(graph.of_edges(marked), request, marked), status


def _width(request: GraphRequest) -> int:
    import shutil

    on_terminal = request.output is None
    return shutil.get_terminal_size((text.WIDTH, 24)).columns if on_terminal else text.WIDTH


def _json(document: object) -> str:
    import json

    return json.dumps(document, indent=1) + "\n"


def _shown(lines: Iterable[Line], request: GraphRequest) -> str:
    """Return *lines* as text; on a terminal, write them in colours at once."""
    lines = list(lines)
    if request.output is None and sys.stdout.isatty():
        write(lines, sys.stdout)
        return ""
    ascii_only = request.output is None and not can_show_marks(sys.stdout)
    return plain(lines, ascii_only=ascii_only) + "\n"


def _drawn(graph: ImportGraph, request: GraphRequest, marked: Sequence[Edge] = ()) -> str:
    if request.format == "html":
        return graph.html()
    if request.by is None:
        graph = _readable(graph, request.format)
    draw: dict[str, Callable[..., str]] = {
        "dot": graph.dot, "mermaid": graph.mermaid, "svg": graph.svg
    }  # fmt: skip
    return draw[request.format](marked=marked)


def _readable(graph: ImportGraph, format: str) -> ImportGraph:
    """Return *graph* by modules, packages or distributions: the most that can be read."""
    most_edges = MAX_EDGES if format == "mermaid" else 4 * READABLE_NODES
    for by in ("module", "package", "distribution"):
        smaller = graph.collapse(by)
        if len(smaller.nodes) <= READABLE_NODES and len(smaller.edges) <= most_edges:
            break
    if smaller is not graph:
        told = f"{len(graph.nodes)} modules are drawn as {len(smaller.nodes)} {smaller.by}s"
        print(f"entrepot: {told} (--by module draws them all)", file=sys.stderr)
    return smaller
