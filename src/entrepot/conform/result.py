"""What came out: the outcomes of a run with the ledger's reasons, as JSON and as rows."""

from __future__ import annotations

from .. import __version__
from . import ledger as ledgers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .ledger import Entry
    from .runner import Outcome
    from .target import Target

#: Of the JSON.
VERSION = 1


class Report:
    """The *outcomes* of a run on *target*, and what the *ledger* says of those that failed."""

    def __init__(self, target: Target, outcomes: Sequence[Outcome], ledger: list[Entry]) -> None:
        self.target = target
        self.outcomes = outcomes
        self._ledger = ledger
        self.skipped = [each for each in outcomes if each.skipped is not None]
        self.passed = [each for each in outcomes if each.passed]
        self.failed = [each for each in outcomes if not each.passed and each.skipped is None]

    @property
    def ok(self) -> bool:
        """Whether everything passed, or is explained."""
        return all(self.why(outcome) for outcome in self.failed)

    @property
    def outdated(self) -> list[Outcome]:
        """What has passed, although the ledger knows why it fails."""
        return [outcome for outcome in self.passed if self.why(outcome)]

    def why(self, outcome: Outcome) -> str | None:
        """Return the ledger's reason for which the case of *outcome* fails on this target."""
        target = self.target
        return ledgers.why(self._ledger, outcome.case.id, target.name, target.candidate)

    def rows(self) -> list[tuple[str, int, int, int, int]]:
        """Return for each area: its name, and how many passed, failed, are explained, skipped."""
        areas = dict.fromkeys(outcome.case.area for outcome in self.outcomes)
        return [(area, *self._counts(area)) for area in areas]

    def _counts(self, area: str) -> tuple[int, int, int, int]:
        def here(outcomes: list[Outcome]) -> list[Outcome]:
            return [outcome for outcome in outcomes if outcome.case.area == area]

        failed = here(self.failed)
        explained = sum(1 for outcome in failed if self.why(outcome))
        return len(here(self.passed)), len(failed) - explained, explained, len(here(self.skipped))

    def as_json(self) -> dict[str, Any]:
        """Return the report as a dict of what JSON has (docs/conformance.md)."""
        return {
            "schema": "entrepot.conform",
            "version": VERSION,
            "entrepot": __version__,
            "interpreter": self.target.name,
            "description": self.target.description,
            "candidate": self.target.candidate,
            "total": len(self.outcomes),
            "passed": len(self.passed),
            "failed": [self._failure(outcome) for outcome in self.failed],
            "skipped": [{**_about(outcome), "why": outcome.skipped} for outcome in self.skipped],
            "outdated": [_about(outcome) for outcome in self.outdated],
        }

    def _failure(self, outcome: Outcome) -> dict[str, Any]:
        return {
            **_about(outcome),
            "expected": outcome.case.expect,
            "got": outcome.got,
            "why": self.why(outcome),
        }


def _about(outcome: Outcome) -> dict[str, Any]:
    return {"id": outcome.case.id, "section": outcome.case.source}
