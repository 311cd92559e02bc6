"""Tables of many runs, in Markdown: interpreter by candidate by section, and what differs."""

from __future__ import annotations

from . import ledger as ledgers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .cases import Case
    from .ledger import Entry

#: How the tables are read.
_ABOUT = """\
A row of fewer cases than there are is of a run that was not finished. In the tables by section,
`12` are 12 cases that passed, `11+1` are 11 and one more that differs, `-` says that none ran."""

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


class Run:
    """A run of the suite: what became of each case id (PASSED, FAILED, SKIPPED)."""

    __slots__ = ("candidate", "description", "interpreter", "results")

    def __init__(
        self, interpreter: str, description: str, candidate: str, results: Mapping[str, str]
    ) -> None:
        self.interpreter = interpreter
        self.description = description
        self.candidate = candidate
        self.results = results

    def count(self, result: str, area: str = "") -> int:
        """Return of how many cases, of *area* if it is given, the outcome is *result*."""
        prefix = f"{area}/" if area else ""
        return sum(
            1 for id, said in self.results.items() if said == result and id[: len(prefix)] == prefix
        )


def document(cases: Sequence[Case], ledger: Sequence[Entry], runs: Sequence[Run]) -> str:
    """Return what docs/conformance.md says of *runs*."""
    areas = list(dict.fromkeys(case.area for case in cases))
    lines = ["## The cases", "", *_areas(areas, cases)]
    lines += ["", "## What came out", "", _ABOUT, "", *_totals(runs, ledger)]
    for candidate in dict.fromkeys(run.candidate for run in runs):
        some = [run for run in runs if run.candidate == candidate]
        lines += ["", f"### {candidate}, by section", "", *_by_area(areas, some)]
    lines += ["", "## What differs, and why", "", *_differences(ledger, runs)]
    return "\n".join(lines) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|---" * len(header) + "|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def _areas(areas: Sequence[str], cases: Sequence[Case]) -> Iterator[str]:
    yield f"{len(cases)} cases."
    yield ""
    rows = []
    for area in areas:
        here = [case for case in cases if case.area == area]
        sources = "; ".join(dict.fromkeys(case.source for case in here))
        rows.append((area, len(here), sources))
    yield from _table(("section", "cases", "from"), rows)


def _totals(runs: Sequence[Run], ledger: Sequence[Entry]) -> Iterator[str]:
    rows = []
    for run in runs:
        failed = [id for id, said in run.results.items() if said == FAILED]
        known = [id for id in failed if ledgers.why(ledger, id, run.interpreter, run.candidate)]
        counts = (run.count(PASSED), len(known), len(failed) - len(known), run.count(SKIPPED))
        rows.append((run.description, run.candidate, len(run.results), *counts))
    yield from _table(
        ("interpreter", "candidate", "cases", "passed", "explained", "failed", "skipped"), rows
    )


def _by_area(areas: Sequence[str], runs: Sequence[Run]) -> Iterator[str]:
    rows = [(area, *(_cell(run, area) for run in runs)) for area in areas]
    yield from _table(("section", *(run.interpreter for run in runs)), rows)


def _cell(run: Run, area: str) -> str:
    """Return "12" for 12 cases that passed, "11+1" if one more differs, "-" if none ran."""
    passed, failed = run.count(PASSED, area), run.count(FAILED, area)
    if not passed + failed:
        return "-"
    return f"{passed}+{failed}" if failed else str(passed)


def _differences(ledger: Sequence[Entry], runs: Sequence[Run]) -> Iterator[str]:
    for entry in ledger:
        where: dict[str, list[str]] = {}
        ids: dict[str, None] = {}
        for run in runs:
            for id, said in run.results.items():
                if said == FAILED and entry.is_about(id, run.interpreter, run.candidate):
                    where.setdefault(run.candidate, []).append(run.interpreter)
                    ids[id] = None
        seen = "; ".join(
            f"{candidate}: {', '.join(dict.fromkeys(names))}" for candidate, names in where.items()
        )
        named = ", ".join(f"`{id}`" for id in ids) or f"`{' '.join(entry.cases)}`"
        yield f"- {named} ({seen or 'not seen in these runs'}). {entry.why}"
