"""Runs test modules of the running interpreter and writes what became of each test as JSON.

    python driver.py --candidate NAME [--install] --output FILE MODULE...

NAME is a package that stands for `importlib`; `importlib` itself makes a harness that must find
nothing, and no `--candidate` leaves everything as it is. `--install` calls the candidate's
`install()` first. The exit status is 0 whatever the tests say, 1 when they could not be run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback
import unittest

import standin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

    ExcInfo = tuple[type[BaseException], BaseException, TracebackType]


class Outcomes(unittest.TestResult):
    """What became of each test id: passed, failed, skipped, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.tests: dict[str, dict[str, str]] = {}

    def record(self, test: unittest.TestCase, outcome: str, why: str = "") -> None:
        """Keep the worst: a failed subtest or clean-up outweighs what the test itself said."""
        known = self.tests.get(test.id())
        if known is None or known["outcome"] != "failed":
            self.tests[test.id()] = {"outcome": outcome, "why": why}

    def addSuccess(self, test: unittest.TestCase) -> None:
        self.record(test, "passed")

    def addFailure(self, test: unittest.TestCase, err: ExcInfo) -> None:
        self.record(test, "failed", "".join(traceback.format_exception(*err)))

    addError = addFailure

    def addSubTest(
        self, test: unittest.TestCase, subtest: unittest.TestCase, err: ExcInfo | None
    ) -> None:
        if err is not None:
            text = "".join(traceback.format_exception(*err))
            skipped = issubclass(err[0], unittest.SkipTest)
            self.record(test, "skipped" if skipped else "failed", f"{subtest}\n{text}")

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        self.record(test, "skipped", reason)

    def addExpectedFailure(self, test: unittest.TestCase, err: ExcInfo) -> None:
        self.record(test, "passed", "failed, as it says it does")

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        # The interpreter cannot do it, says the test. If the candidate can, so much the better.
        self.record(test, "passed", "unexpected success")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidate")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--output", required=True)
    parser.add_argument("modules", nargs="+")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    del sys.path[0]  # this directory: the tests must not see it
    sys.path.insert(0, "")
    sys.argv[1:] = []
    if options.candidate:
        candidate = importlib.import_module(options.candidate)
        if options.install:
            candidate.install()
        standin.put_in_place(candidate)
    outcomes = Outcomes()
    unittest.defaultTestLoader.loadTestsFromNames(options.modules).run(outcomes)
    with open(options.output, "w", encoding="utf-8") as file:
        json.dump(outcomes.tests, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
