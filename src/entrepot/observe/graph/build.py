"""A graph from a trace, and from the sources of the modules that the trace says were executed.

The events of a trace tell which import loaded a module, and which one met a module under
construction. An import of a module that was there already leaves no event on a fast path; its
statement stands in the source, which is read for that (`statements`), and counts if the module
that it names was loaded.
"""

from __future__ import annotations

import gc
import sys

from . import model
from .model import INITIALIZING, ImportGraph, Place
from .sources import Sources
from .statements import CONDITIONAL, DEFERRED, LOADING, TYPING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from .model import Node
    from .statements import Named

_KINDS = {
    LOADING: model.AGAIN,
    CONDITIONAL: model.CONDITIONAL,
    DEFERRED: model.DEFERRED,
    TYPING: model.TYPING,
}
#: Outcomes of imports after which there is a module, or was one for a while.
_THERE = frozenset({"loaded", "failed", "unfinished"})
MAIN = "__main__"


def build(
    trace: Mapping[str, Any],
    *,
    with_sources: bool = True,
    executed: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> ImportGraph:
    """Return the graph of a trace, a document of the format that docs/trace.md describes.

    *with_sources* has the sources read, from the files that the trace names; with *executed* only
    for the statements that loading a module may execute: this is much faster, and does not tell
    how these are written. *progress* is called with the number of sources read, and of all.
    """
    graph = ImportGraph(Sources())
    _add_modules(graph, trace)
    places = _events(graph, trace)
    if with_sources:
        places += _statements(graph, trace, places, progress, executed=executed)
    for place in places:
        graph.add(place, place.importer, place.imported)
    return graph


def _add_modules(graph: ImportGraph, trace: Mapping[str, Any]) -> None:
    for record in trace["imports"]:
        _add_importer(graph, record.get("importer"))
        if record["outcome"] not in _THERE:
            continue
        is_new = record["name"] not in graph.nodes or graph.nodes[record["name"]].before
        node = graph.node(record["name"])
        if is_new or node.outcome != "loaded":
            node.before, node.outcome = False, record["outcome"]
            node.file, node.package = _file(record), bool(record.get("package"))
            node.distribution = record.get("distribution")
            node.own_ns = sum(record.get("phases", {}).values())
            node.total_ns = record["end"] - record["start"]

    for repeat in trace.get("repeats", ()):
        _add_importer(graph, repeat.get("importer"))


def _file(record: Mapping[str, Any]) -> str | None:
    """Return the file of a module, as its code knows it; None for what has none."""
    origin: str | None = record.get("origin")
    if origin == "frozen":
        return f"<frozen {record['name']}>"
    return None if origin == "built-in" else origin


def _add_importer(graph: ImportGraph, asked: Mapping[str, Any] | None) -> None:
    """Add a module that imports others, and was not imported itself: the program, or an older."""
    if not asked or not asked.get("module") or asked["module"] in graph.nodes:
        return
    node = graph.node(asked["module"])
    node.before, node.file = True, asked.get("file")
    if node.name == MAIN:
        node.distribution = "program"
    elif node.name.partition(".")[0] in sys.stdlib_module_names:
        node.distribution = "stdlib"
    node.package = node.name != MAIN and (node.file or "").endswith("__init__.py")


def _events(graph: ImportGraph, trace: Mapping[str, Any]) -> list[Place]:
    """Return the imports that the trace has seen, in their order."""
    names = {record["id"]: record["name"] for record in trace["imports"]}
    ends: dict[str, int] = {}
    found = []
    for record in trace["imports"]:
        if record["outcome"] in _THERE:
            asked = record.get("importer") or {"module": names.get(record["parent"])}
            place = _event(asked, record["name"], model.FIRST)
            is_over = ends.get(place.importer, record["start"]) < record["start"]
            place.late = record["parent"] is None and is_over
            found.append(place)
            ends.setdefault(record["name"], record["end"])
    found += (
        _event(repeat.get("importer") or {}, repeat["module"], INITIALIZING)
        for repeat in trace.get("repeats", ())
        if repeat["module"] in graph.nodes
    )
    return [each for each in found if each.importer and each.importer != each.imported]


def _event(asked: Mapping[str, Any], imported: str, kind: str) -> Place:
    return Place(asked.get("module") or "", imported, kind, asked.get("file"), asked.get("line"))


def _statements(
    graph: ImportGraph,
    trace: Mapping[str, Any],
    events: list[Place],
    progress: Callable[[int, int], object] | None,
    *,
    executed: bool,
) -> list[Place]:
    """Return the imports that the sources have; completes *events* by what they say of those."""
    known: dict[tuple[str | None, int | None], list[Place]] = {}
    for place in events:
        known.setdefault((place.file, place.line), []).append(place)
    readable = [node for node in graph.nodes.values() if _is_readable(node)]
    for node in readable:
        graph.sources.know(node.name, node.file or "", is_package=node.package)
    for record in trace["imports"]:
        if record["outcome"] == "missing" and record["name"] not in graph.nodes:
            graph.sources.sought(record["name"])
    found: list[Place] = []
    with _Uncollected():
        for done, node in enumerate(readable):
            found += _of_source(graph, trace, node, known, executed=executed)
            if progress is not None:
                progress(done + 1, len(readable))
    if executed:
        _tell_called(graph, events, known)
    _tell_native(graph, events)
    return found


class _Uncollected:
    """No garbage is looked for meanwhile: syntax trees have no circles, but very many nodes."""

    __slots__ = ("_was_on",)

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()


def _of_source(
    graph: ImportGraph,
    trace: Mapping[str, Any],
    node: Node,
    known: Mapping[tuple[str | None, int | None], list[Place]],
    *,
    executed: bool,
) -> list[Place]:
    """Return the imports that the source of one module has."""
    found = []
    file, is_main = node.file or "", node.name == MAIN
    package = _package_of_main(graph, trace) if is_main else _package_of(node)
    sources = graph.sources
    statements: Sequence[Named] = (
        sources.executed(file)
        if executed and not is_main
        else sources.statements(file, is_main=is_main)
    )
    for each in statements:
        targets = each.targets(package, graph.nodes, sources.absent)
        _describe(known, node, each, targets)
        found += [_place(node, each, target) for target in targets if target != node.name]
    return found


def _package_of(node: Node) -> str:
    return node.name if node.package else node.name.rpartition(".")[0]


def _is_readable(node: Node) -> bool:
    return bool(node.file) and (not node.before or node.name == MAIN)


def _place(node: Node, each: Named, target: str) -> Place:
    place = Place(node.name, target, _KINDS[each.stands], node.file, each.line)
    place.text, place.function = each.text, each.function
    return place


def _describe(
    known: Mapping[tuple[str | None, int | None], list[Place]],
    node: Node,
    each: Named,
    targets: list[str],
) -> None:
    """Tell the events in the lines of a statement which statement it is."""
    for line in range(each.line, each.end_line + 1):
        for place in known.get((node.file, line), ()):
            place.text, place.function = each.text, each.function
            place.line = each.line
            if place.kind == INITIALIZING and place.imported not in targets:
                place.kind = model.PACKAGE


def _tell_called(
    graph: ImportGraph,
    events: list[Place],
    known: Mapping[tuple[str | None, int | None], list[Place]],
) -> None:
    """Find the statements within functions that met a module under construction; they are few."""
    for place in events:
        if place.kind == INITIALIZING and place.text is None:
            node = graph.nodes.get(place.importer)
            each = graph.sources.statement(place.file, place.line)
            if node is not None and each is not None:
                targets = each.targets(_package_of(node), graph.nodes, graph.sources.absent)
                _describe(known, node, each, targets)


def _tell_native(graph: ImportGraph, events: list[Place]) -> None:
    """Find the modules under construction that C code asked for: no line of Python can change."""
    for place in events:
        if place.kind == INITIALIZING and place.text is None and place.file and place.line:
            line = graph.sources.line(place.file, place.line)
            if line and "import" not in line:
                place.kind = model.NATIVE


def _package_of_main(graph: ImportGraph, trace: Mapping[str, Any]) -> str:
    """Return the package that the program is in: with `-m`, it can import relatively."""
    import os

    program = trace.get("program") or {}
    file = graph.nodes[MAIN].file if MAIN in graph.nodes else None
    if program.get("form") != "module" or not file:
        return ""
    here = os.path.dirname(file)
    for node in graph.nodes.values():
        if node.package and node.file and os.path.dirname(node.file) == here:
            return node.name
    return ""
