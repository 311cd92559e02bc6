"""Who needs whom: the graph in which a lazy import cuts statements."""

from __future__ import annotations

from ..graph import model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from ..graph.model import ImportGraph

#: The node that stands for the program.
ROOT = ""
#: The imports that load nothing, and are executed when the module they stand in is.
AGAIN = frozenset({model.INITIALIZING, model.AGAIN, model.CONDITIONAL})

#: Loaders of modules that import by C code: the line that was executed then is somebody else's.
_NATIVE = ("ExtensionFileLoader", "BuiltinImporter")


class Site:
    """A statement that asks for a module: the *module* it stands in, its *file* and *line*."""

    __slots__ = ("file", "line", "module")

    def __init__(self, module: str, file: str | None, line: int | None) -> None:
        self.module = module
        self.file = file
        self.line = line

    @property
    def key(self) -> tuple[str, int]:
        """What tells one statement from another."""
        return self.file or self.module, self.line or 0

    def __repr__(self) -> str:
        return f"{self.file or self.module}:{self.line}"


class Needs:
    """A graph of needs; its nodes are the names of modules, `ROOT` among them.

    `asked` has the needs that stand in a statement: who needs whom, and where that is written.
    `inside` has the parent package of each submodule: it is needed, and no statement says so.
    `own` has the time that each module took by itself, in nanoseconds; `lazy` those that could be
    imported lazily (a module that is missing or fails is not: it would fail later).
    """

    def __init__(self) -> None:
        self.own: dict[str, int] = {ROOT: 0}
        self.lazy: set[str] = set()
        self.asked: dict[str, dict[str, list[Site]]] = {}
        self.inside: dict[str, str] = {}

    def module(self, name: str, own: int, *, lazy: bool = True) -> None:
        """Add a module, or *own* nanoseconds more to it."""
        self.own[name] = self.own.get(name, 0) + own
        if lazy:
            self.lazy.add(name)

    def ask(self, who: str, whom: str, site: Site | None) -> None:
        """Add that *who* needs *whom*, by the statement at *site* where that is known."""
        sites = self.asked.setdefault(who, {}).setdefault(whom, [])
        if site is not None and site.key not in [each.key for each in sites]:
            sites.append(site)

    def enclose(self) -> None:
        """Add to each submodule that it needs its parent."""
        for name in self.own:
            parent = name.rpartition(".")[0]
            if parent and parent in self.own:
                self.inside[name] = parent

    def after(self, name: str) -> Iterable[str]:
        """Return whom *name* needs."""
        needed = list(self.asked.get(name, ()))
        return [*needed, self.inside[name]] if name in self.inside else needed


def needs(data: Mapping[str, Any], imports: ImportGraph) -> Needs:
    """Return who needs whom in a trace, given as its document *data* and its import graph."""
    graph = Needs()
    records = data["imports"]
    for record in records:
        loaded = record["outcome"] == "loaded"
        graph.module(record["name"], sum(record["phases"].values()), lazy=loaded)
    names = {record["id"]: record["name"] for record in records}
    native = {record["id"] for record in records if (record["loader"] or "").endswith(_NATIVE)}
    implied = _implied(records)
    for record in records:
        if record["id"] not in implied:
            who = names.get(record["parent"], ROOT)
            asked = None if record["parent"] in native else record["importer"]
            graph.ask(who, record["name"], _site(asked))
    _add_again(graph, imports)
    graph.enclose()
    return graph


def _add_again(graph: Needs, imports: ImportGraph) -> None:
    """Add the imports of what was there already, or was under construction.

    Those that may be executed (in an `if` or a `try`) count: a saving is rather told too small.
    """
    for edge in imports.edges.values():
        who = edge.importer if edge.importer in graph.own else ROOT
        for place in edge.places:
            if place.kind in AGAIN and edge.imported in graph.own and who != edge.imported:
                graph.ask(who, edge.imported, Site(edge.importer, place.file, place.line))


def _implied(records: Iterable[Mapping[str, Any]]) -> set[int]:
    """Return the imports that no statement asks for: `import a.b` brings `a` first.

    The statement at the same place that is asked for `a.b` needs `a` only on its account.
    """
    asked: dict[tuple[Any, ...], list[str]] = {}
    for record in records:
        asked.setdefault(_place(record), []).append(record["name"])
    return {
        record["id"]
        for record in records
        if record["importer"]
        and any(name.startswith(f"{record['name']}.") for name in asked[_place(record)])
    }


def _place(record: Mapping[str, Any]) -> tuple[Any, ...]:
    importer = record["importer"] or {}
    return importer.get("module"), importer.get("file"), importer.get("line")


def _site(importer: Mapping[str, Any] | None) -> Site | None:
    if not importer:
        return None
    return Site(importer["module"], importer["file"], importer["line"])


def groups(data: Mapping[str, Any], by: str) -> dict[str, set[str]]:
    """Return the modules of each top-level "package" or "distribution"; ValueError for others."""
    if by not in ("package", "distribution"):
        raise ValueError(f"by must be 'module', 'package' or 'distribution', not {by!r}")
    found: dict[str, set[str]] = {}
    for record in data["imports"]:
        top = record["name"].partition(".")[0]
        group = top if by == "package" else record["distribution"]
        if group is not None:
            found.setdefault(group, set()).add(record["name"])
    return found
