"""entrepot's own conformance suite, held against each candidate on the running interpreter."""

from __future__ import annotations

import json

import pytest

from entrepot.conform import CANDIDATES, Report, Target, read_cases, read_ledger, run_cases

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize("candidate", CANDIDATES)
def test_each_case_passes_or_is_explained(candidate):
    report = Report(target := Target(candidate), run_cases(read_cases(), target), read_ledger())
    failed = [each for each in report.as_json()["failed"] if not each["why"]]
    assert not failed, json.dumps(failed, indent=2)
    assert not report.outdated, [outcome.case.id for outcome in report.outdated]
    assert len(report.passed) + len(report.skipped) + len(report.failed) == len(read_cases())
    assert len(report.passed) > len(read_cases()) * 3 // 4
