"""Counts the tests of the interpreter's own suites, and says so at the end of the run."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conformance import ledger
from tests.conformance.ledger import Verdict

COUNTS = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--candidate",
        default="entrepot",
        help="the package that stands for importlib in tests/conformance (default: entrepot)",
    )


@pytest.fixture
def candidate(request: pytest.FixtureRequest) -> str:
    """The package that stands for importlib."""
    return str(request.config.getoption("--candidate"))


@pytest.fixture
def uphold(request: pytest.FixtureRequest):
    """A function that counts what a verdict says, and fails the test for what is wrong."""

    def check(verdict: Verdict) -> None:
        counts = request.config.stash.setdefault(COUNTS, Counter())
        counts.update(passed=verdict.passed, skipped=verdict.skipped, ledger=verdict.ledgered)
        counts.update(wrong=len(verdict.problems))
        assert not verdict.problems, "\n\n".join(verdict.problems)

    return check


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    counts = config.stash.get(COUNTS, None)
    if counts:
        said = ", ".join(f"{number} {what}" for what, number in counts.items())
        terminalreporter.write_line(f"{ledger.interpreter()}'s own suites: {said}")
