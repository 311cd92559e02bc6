"""What has changed between two traces: modules that are new or gone, slower or faster.

A module's time is its own, of all its imports together: so what it costs is not counted again in
each module that imports it. What would be called a change must be greater than both a share of
the module's time and an absolute one, for clocks and machines are never quite the same.
"""

from __future__ import annotations

from .places import printable
from .text import readable
from .totals import by_phase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .model import Trace

FORMAT, VERSION = "entrepot-trace-comparison", 1
#: A module is slower or faster if its time has changed by more than this share and this time (ns).
SHARE, TIME = 0.1, 200_000
#: The kinds of change, in the order in which they are told.
KINDS = ("new", "gone", "slower", "faster")


class Change:
    """What became of one module: its own time (ns) *before* and *after*, None without it."""

    __slots__ = ("after", "before", "kind", "name")

    def __init__(self, name: str, before: int | None, after: int | None) -> None:
        self.name = name
        self.before = before
        self.after = after
        self.kind = _kind(before, after)

    @property
    def difference(self) -> int:
        """The time that was added (ns); negative if it is faster."""
        return (self.after or 0) - (self.before or 0)


def _kind(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return "new" if before is None else "gone"
    difference = after - before
    if abs(difference) <= max(TIME, SHARE * before):
        return "same"
    return "slower" if difference > 0 else "faster"


class Comparison:
    """How the trace *after* differs from the one *before*."""

    __slots__ = ("after", "before", "changes")

    def __init__(self, before: Trace, after: Trace) -> None:
        self.before = before
        self.after = after
        times = _times(before), _times(after)
        every = [
            Change(name, times[0].get(name), times[1].get(name))
            for name in {**times[0], **times[1]}
        ]
        #: Those of a kind, the greatest difference first.
        self.changes: dict[str, list[Change]] = {
            kind: sorted(
                (one for one in every if one.kind == kind),
                key=lambda one: (-abs(one.difference), one.name),
            )
            for kind in KINDS
        }

    @property
    def growth(self) -> float:
        """By how much importing takes longer, as a share: 0.1 is ten percent more."""
        before, after = self.before.import_ns, self.after.import_ns
        if not before:
            return float("inf") if after else 0.0
        return (after - before) / before

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data (docs/trace.md); times in ns."""
        phases = by_phase(self.before), by_phase(self.after)
        growth = self.growth
        return {
            "format": FORMAT,
            "version": VERSION,
            "before": _totals(self.before),
            "after": _totals(self.after),
            "growth": None if growth == float("inf") else growth,
            "phases": {name: [phases[0][name], phases[1][name]] for name in sorted(phases[0])},
            **{
                kind: [
                    {"module": one.name, "before": one.before, "after": one.after}
                    for one in self.changes[kind]
                ]
                for kind in KINDS
            },
        }


def _times(trace: Trace) -> dict[str, int]:
    """Return the own time of each module that was loaded."""
    times: dict[str, int] = {}
    for one in trace.imports:
        if one.outcome == "loaded":
            times[one.name] = times.get(one.name, 0) + one.own
    return times


def _totals(trace: Trace) -> dict[str, int]:
    loaded = {one.name for one in trace.imports if one.outcome == "loaded"}
    return {"modules": len(loaded), "import_ns": trace.import_ns, "wall_ns": trace.wall_ns}


def lines(about: Comparison, limit: int | None = 8) -> Iterator[str]:
    """Yield the comparison as lines for people: at most *limit* modules of a kind."""
    sides = _totals(about.before), _totals(about.after)
    yield f"{'':9}{'before':>12} {'after':>12}"
    yield from (_row(what, sides[0][key], sides[1][key], said) for what, key, said in _ROWS)
    for kind in KINDS:
        changes = about.changes[kind]
        if changes:
            yield ""
            yield f"{kind} ({len(changes)})"
            yield from map(_line, changes[:limit])
            left = changes[limit:] if limit is not None else []
            if left:
                yield f"{_signed(sum(one.difference for one in left)):>13}  {len(left)} more"
    if not any(about.changes.values()):
        yield "no module is new, gone, slower or faster"


#: What the totals are called, where they are, and how they are said.
_ROWS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("modules", "modules", str),
    ("imports", "import_ns", readable),
    ("whole run", "wall_ns", readable),
)


def _row(what: str, before: int, after: int, said: Callable[[int], str]) -> str:
    percent = f"  {100 * (after - before) / before:+.1f} %" if before else ""
    return f"{what:9}{said(before):>12} {said(after):>12}{percent}"


def _line(one: Change) -> str:
    both = one.before is not None and one.after is not None
    was = f"  ({readable(one.before or 0)} before)" if both else ""
    return f"{_signed(one.difference):>13}  {printable(one.name)}{was}"


def _signed(ns: int) -> str:
    return f"{'-' if ns < 0 else '+'}{readable(abs(ns))}"
