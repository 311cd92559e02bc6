"""What the page shows: a trace, what it adds up to, its cycles, and what would help."""

from __future__ import annotations

from ..graph import graph
from ..graph.model import INITIALIZING
from ..savings.model import by_group, by_module
from ..savings.needs import groups, needs
from ..trace.file import as_json
from ..trace.model import PHASES
from ..trace.totals import by_distribution, by_phase, whose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..graph.cycles import Cycle
    from ..graph.model import ImportGraph, Place
    from ..graph.sources import Sources
    from ..savings.model import Saving
    from ..trace.model import Import, Trace

#: Of long lists the page has the first, and how many there are.
MOST_MODULES, MOST_SITES, MOST_CYCLES = 60, 25, 100


def page_data(trace: Trace, *, sources: bool = True) -> dict[str, Any]:
    """Return the data of the page of *trace*, ready for JSON."""
    imports = graph(trace, sources=sources, executed=True)
    return {
        "title": f"Imports of {program(trace)}",
        "program": program(trace),
        "entrepot": trace.entrepot,
        "interpreter": trace.interpreter,
        "started": trace.started,
        "ended": trace.ended,
        "wall": trace.wall_ns,
        "importing": trace.import_ns,
        "phases": by_phase(trace),
        "distributions": distributions(trace),
        "imports": [_import(one) for one in trace.imports],
        "cycles": cycles(imports, imports.sources if sources else None),
        "savings": _savings(as_json(trace), imports),
    }


def program(trace: Trace) -> str:
    """Return what was run, as it stood on the command line."""
    import shlex

    return shlex.join(map(str, trace.program.get("argv", ()))) or "a program"


def distributions(trace: Trace) -> list[dict[str, Any]]:
    """Return the sums of each distribution, the greatest own time first."""
    return [
        {"name": name, "modules": len(total.modules), "own": total.own}
        for name, total in by_distribution(trace).items()
    ]


#: Of each import, the fields that the page has under their own names, where they say something.
_FIELDS = (
    "name", "start", "end", "outcome", "error", "origin", "loader", "package", "bytecode",
    "bytes", "memory", "pid",
)  # fmt: skip


def _import(one: Import) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _FIELDS if getattr(one, name)}
    row["own"], row["distribution"] = one.own, whose(one)
    row["phases"] = [one.phases[name] for name in PHASES]
    if one.parent is not None:
        row["parent"] = one.parent.id
    if one.importer is not None:
        row["importer"] = [one.importer.module, one.importer.file, one.importer.line]
    return {"id": one.id, "thread": [one.thread_id, one.thread_name], **row}


def _savings(data: dict[str, Any], imports: ImportGraph) -> dict[str, list[dict[str, Any]]]:
    found = needs(data, imports)
    by = {"module": by_module(found)}
    for name in ("package", "distribution"):
        by[name] = by_group(found, groups(data, name))
    return {name: [_saving(one) for one in each] for name, each in by.items()}


def _saving(one: Saving) -> dict[str, Any]:
    row: dict[str, Any] = {"name": one.name, "ns": one.ns, "own": one.own}
    row["count"], row["asked"] = len(one.modules), len(one.sites)
    row["modules"] = one.modules[:MOST_MODULES]
    row["sites"] = [[site.module, site.file, site.line] for site in one.sites[:MOST_SITES]]
    if one.kept_by:
        row["kept"] = one.kept_by
    return row


def cycles(imports: ImportGraph, sources: Sources | None) -> list[dict[str, Any]]:
    """Return the circles of imports: their modules, their `steps`, and what would break them.

    The texts of the statements are from *sources*; without these there are none.
    A step is an import by its statement; `met` tells that it met its module under construction.
    `change` is the number of the step that is the cheapest to put off.
    """
    return [_cycle(each, sources) for each in imports.cycles(MOST_CYCLES)]


def _cycle(cycle: Cycle, sources: Sources | None) -> dict[str, Any]:
    change = cycle.change
    return {
        "modules": cycle.modules,
        "steps": [
            _step(change.place if edge is change.edge else edge.places[0], sources)
            for edge in cycle.edges
        ],
        "change": cycle.edges.index(change.edge),
        "advice": change.advice,
    }


def _step(place: Place, sources: Sources | None) -> dict[str, Any]:
    statement = sources.statement(place.file, place.line) if sources else None
    row = {"by": [place.importer, place.file, place.line], "imports": place.imported}
    met = {"met": True} if place.kind == INITIALIZING else {}
    return {**row, "text": statement.text if statement else None, **met}
