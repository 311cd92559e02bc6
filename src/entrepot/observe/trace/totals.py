"""Sums over a trace: by phase, by distribution."""

from __future__ import annotations

from .model import PHASES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model import Import, Trace

#: Modules of which it is not known whose they are, and imports that found none.
UNKNOWN, NOT_FOUND = "(not known)", "(not found)"


class Total:
    """Of one distribution: how many *modules* were loaded, and their *own* time (ns)."""

    __slots__ = ("modules", "own")

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.own = 0


def by_phase(trace: Trace) -> dict[str, int]:
    """Return the time (ns) of each phase, the greatest first."""
    sums = {name: sum(one.phases[name] for one in trace.imports) for name in PHASES}
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def whose(one: Import) -> str:
    """Return the name under which the time of an import is counted."""
    found = one.outcome == "loaded" or one.distribution is not None
    return (one.distribution or UNKNOWN) if found else NOT_FOUND


def by_distribution(trace: Trace) -> dict[str, Total]:
    """Return what each distribution's modules took, the greatest first."""
    totals: dict[str, Total] = {}
    for one in trace.imports:
        total = totals.setdefault(whose(one), Total())
        total.own += one.own
        if one.outcome == "loaded":
            total.modules.add(one.name)
    return dict(sorted(totals.items(), key=lambda item: -item[1].own))


def modules(trace: Trace) -> int:
    """Return how many modules were loaded."""
    return len({(one.pid, one.name) for one in trace.imports if one.outcome == "loaded"})
