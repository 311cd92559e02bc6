"""The import graph: modules, and who imports whom in which lines."""

from __future__ import annotations

from . import collapse, cycles, paths, selection
from .components import components
from .paths import DEFAULT_PATHS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from .cycles import Cycle
    from .sources import Sources

#: How an import came about, or where its statement stands.
FIRST = "first"  # it has loaded the module
INITIALIZING = "initializing"  # it found the module under construction: what closes a cycle
AGAIN = "again"  # it found the module loaded; known from the source, for it leaves no event
CONDITIONAL = "conditional"  # in the source, in a branch that perhaps was not taken
PACKAGE = "package"  # `from package import module`, which passes through the package
NATIVE = "native"  # C code asked for it, under construction, where no statement stands
DEFERRED = "deferred"  # in the source, in a function, or lazy (PEP 810): not while it is loaded
TYPING = "typing"  # in the source, under TYPE_CHECKING: never

#: All kinds, those that matter most first.
KINDS = (FIRST, INITIALIZING, AGAIN, CONDITIONAL, PACKAGE, NATIVE, DEFERRED, TYPING)
#: Those that happen while modules are loaded, so that a ring of them is a circular import.
LOADING = frozenset({FIRST, INITIALIZING, AGAIN, CONDITIONAL})


class Node:
    """A module, or the modules that were collapsed into one node.

    Times are in nanoseconds: *own_ns* without the modules that it imports, *total_ns* with them.
    *order* is its place in the order of loading. *before* tells that it was loaded before the
    trace began.
    """

    __slots__ = (
        "before", "distribution", "file", "members", "name", "order", "outcome", "own_ns",
        "package", "total_ns",
    )  # fmt: skip

    def __init__(self, name: str, order: int) -> None:
        self.name = name
        self.order = order
        self.file: str | None = None
        self.distribution: str | None = None
        self.package = False
        self.outcome = "loaded"
        self.before = False
        self.own_ns = 0
        self.total_ns = 0
        self.members: list[str] = [name]

    def __repr__(self) -> str:
        return f"<node {self.name!r}>"


class Place:
    """An import in a line: *importer* imports *imported* in *line* of *file*, in the way *kind*.

    *file* and *line* are None where no line of Python asked. *text* is the statement, None if the
    source was not read; *function* the function that it stands in. *late* says that nothing was
    being loaded any more, but the program itself: a function was called, or a lazy name used.
    """

    __slots__ = ("file", "function", "imported", "importer", "kind", "late", "line", "text")

    def __init__(
        self, importer: str, imported: str, kind: str, file: str | None, line: int | None
    ) -> None:
        self.importer = importer
        self.imported = imported
        self.kind = kind
        self.file = file
        self.line = line
        self.text: str | None = None
        self.function: str | None = None
        self.late = False

    @property
    def where(self) -> str:
        """The place as `file:line`."""
        return f"{self.file or self.importer}:{self.line}" if self.line else self.importer

    def __repr__(self) -> str:
        return f"<{self.kind} {self.where} {self.importer!r} -> {self.imported!r}>"


class Edge:
    """That *importer* imports *imported*, and where: `places`."""

    __slots__ = ("_places", "_sorted", "imported", "importer")

    def __init__(self, importer: str, imported: str) -> None:
        self.importer = importer
        self.imported = imported
        self._places: dict[tuple[str, str | None, int | None], Place] = {}
        self._sorted: list[Place] | None = None

    @property
    def places(self) -> list[Place]:
        """The places of the import, those that matter most first."""
        if self._sorted is None:
            self._sorted = sorted(self._places.values(), key=_weight)
        return self._sorted

    @property
    def kind(self) -> str:
        """The kind of the place that matters most."""
        return self.places[0].kind

    @property
    def is_loading(self) -> bool:
        """Whether the import happens while modules are loaded."""
        return self.kind in LOADING

    @property
    def is_circular(self) -> bool:
        """Whether it can be part of a circle: it happens before its importer has been loaded."""
        return any(place.kind in LOADING and not place.late for place in self.places)

    def add(self, place: Place) -> None:
        """Take another *place*; one that is known is taken once."""
        key = (place.imported, place.file, place.line)
        known = self._places.setdefault(key, place)
        if known is not place and _weight(place) < _weight(known):
            self._places[key] = place
        self._sorted = None

    def __repr__(self) -> str:
        return f"<edge {self.importer!r} -> {self.imported!r} {self.kind}>"


def _weight(place: Place) -> tuple[int, str, int]:
    return KINDS.index(place.kind), place.file or "", place.line or 0


class ImportGraph:
    """Who imports whom: `nodes` by name, `edges` by (importer, imported), both in loading order.

    A graph is not changed once it is built; `collapse` and `select` return new ones.
    """

    def __init__(self, sources: Sources) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str], Edge] = {}
        #: The texts of the modules' files, for what is to be changed in them.
        self.sources = sources
        #: What the nodes are: "module", "package" or "distribution".
        self.by = "module"
        self._next: dict[bool, dict[str, list[str]]] = {}

    def node(self, name: str) -> Node:
        """Return the node *name*, a new one if there is none."""
        if name not in self.nodes:
            self.nodes[name] = Node(name, len(self.nodes))
        return self.nodes[name]

    def add(self, place: Place, importer: str, imported: str) -> None:
        """Add an import to the edge between two nodes."""
        edge = self.edges.get((importer, imported))
        if edge is None:
            edge = self.edges[importer, imported] = Edge(importer, imported)
        edge.add(place)
        self._next.clear()

    def successors(self, *, circular: bool = False) -> dict[str, list[str]]:
        """Return, for each node, whom it imports while modules are loaded, in loading order.

        With *circular*, only by what can be part of a circle: its own loading.
        """
        if circular not in self._next:
            following: dict[str, list[str]] = {name: [] for name in self.nodes}
            for (importer, imported), edge in self.edges.items():
                if edge.is_circular or (edge.is_loading and not circular):
                    following[importer].append(imported)
            for names in following.values():
                names.sort(key=lambda name: self.nodes[name].order)
            self._next[circular] = following
        return self._next[circular]

    def components(self) -> list[list[str]]:
        """Return the strongly connected components of more than one node, biggest first.

        Each holds modules that all lead to one another: there are no circles elsewhere.
        """
        order = {name: node.order for name, node in self.nodes.items()}
        found = [
            sorted(each, key=order.__getitem__)
            for each in components(self.successors(circular=True))
            if len(each) > 1
        ]
        return sorted(found, key=lambda each: (-len(each), order[each[0]]))

    def cycles(self, limit: int = cycles.DEFAULT_LIMIT, *, every: bool = False) -> list[Cycle]:
        """Return circles of imports, shortest first, at most *limit*.

        They are few: each is chosen among what is left when the changes that are proposed for
        those before it are made, so all changes together leave no circle. With *every*, all
        elementary cycles.
        """
        return cycles.every(self, limit) if every else cycles.minimal(self, limit)

    def path(self, start: str, end: str) -> list[Edge]:
        """Return the shortest chain of imports by which *start* leads to *end*; [] if none does.

        Raises KeyError for a name that is not in the graph.
        """
        return paths.shortest(self, start, end)

    def paths(self, start: str, end: str, limit: int = DEFAULT_PATHS) -> list[list[Edge]]:
        """Return the chains from *start* to *end* without repetition, shortest first.

        At most *limit*. Raises KeyError for a name that is not in the graph.
        """
        return paths.every(self, start, end, limit)

    def closest(self, name: str) -> list[str]:
        """Return up to three nodes that *name* could have been meant to be."""
        return selection.closest(self, name)

    def collapse(self, by: str) -> ImportGraph:
        """Return the graph of the packages ("package") or distributions that the modules are in.

        Raises ValueError for anything else but "module", which is the graph itself.
        """
        return collapse.collapse(self, by)

    def select(self, only: Iterable[str] = (), exclude: Iterable[str] = ()) -> ImportGraph:
        """Return the graph of the nodes that match a pattern of *only* and none of *exclude*.

        A pattern without wildcards means a module and all below it.
        """
        return selection.select(self, list(only), list(exclude))

    def of_edges(self, edges: Iterable[Edge]) -> ImportGraph:
        """Return the graph of *edges*, some of this one's."""
        return selection.of_edges(self, edges)

    def as_json(self) -> dict[str, Any]:
        """Return the graph as JSON has it; docs/graph.md documents the schema."""
        from .jsonable import graph

        return graph(self)

    def dot(self, *, marked: Sequence[Edge] = ()) -> str:
        """Return the graph in the language of Graphviz; *marked* edges are drawn out."""
        from .dot import text

        return text(self, marked)

    def mermaid(self, *, marked: Sequence[Edge] = ()) -> str:
        """Return the graph as a Mermaid flowchart; *marked* edges are drawn out."""
        from .mermaid import text

        return text(self, marked)

    def svg(self, *, marked: Sequence[Edge] = ()) -> str:
        """Return a picture, drawn by Graphviz. Raises NoGraphviz if `dot` is not there."""
        from .picture import svg

        return svg(self.dot(marked=marked))

    def html(self) -> str:
        """Return a page, in one file, in which one can walk through the graph."""
        from .page import html

        return html(self)

    def __repr__(self) -> str:
        return f"<import graph of {len(self.nodes)} {self.by}s, {len(self.edges)} edges>"
