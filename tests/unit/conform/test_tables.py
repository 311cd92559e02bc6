"""The report as JSON, and the tables of the document."""

from __future__ import annotations

import pathlib

import pytest

from entrepot.conform import Report, read_cases, read_ledger, run_cases
from entrepot.conform.cases import parse
from entrepot.conform.ledger import parse as entries
from entrepot.conform.tables import FAILED, PASSED, SKIPPED, Run, document

DOCUMENT = pathlib.Path(__file__).parents[3] / "docs" / "conformance.md"


@pytest.fixture
def cases():
    """One that passes, one that fails, one that is explained, one that is skipped."""
    text = "title: t\nsource: The book, 1\n{}-- program.py --\n{}\n-- expect --\n1\n"
    return [
        parse("a/good", text.format("", "print(1)")),
        parse("a/bad", text.format("", "print(2)")),
        parse("b/known", text.format("", "print(3)")),
        parse("b/skipped", text.format("since: 9.9\n", "print(4)")),
    ]


def ledger(*names):
    blocks = [f"case: {name}\non: *\ncandidate: *\nwhy: It is so.\n" for name in names]
    return entries("\n".join(blocks))


def test_the_report(cases, interpreter):
    outcomes = run_cases(cases, interpreter)
    report = Report(interpreter, outcomes, ledger("b/known"))
    assert report.rows() == [("a", 1, 1, 0, 0), ("b", 0, 0, 1, 1)]
    assert not report.ok
    assert Report(interpreter, outcomes, ledger("b/known", "a/bad")).ok
    assert [o.case.id for o in Report(interpreter, outcomes, ledger("a/good")).outdated] == [
        "a/good"
    ]


def test_the_report_as_json(cases, interpreter):
    said = Report(interpreter, run_cases(cases, interpreter), ledger("b/known")).as_json()
    assert (said["schema"], said["version"], said["candidate"]) == (
        "entrepot.conform",
        1,
        "interpreter",
    )
    assert said["interpreter"] == interpreter.name
    assert (said["total"], said["passed"]) == (4, 1)
    assert said["failed"] == [
        {"id": "a/bad", "section": "The book, 1", "expected": "1\n", "got": "2\n", "why": None},
        {
            "id": "b/known",
            "section": "The book, 1",
            "expected": "1\n",
            "got": "3\n",
            "why": "It is so.",
        },
    ]
    assert said["skipped"] == [
        {"id": "b/skipped", "section": "The book, 1", "why": "documented since 9.9"}
    ]
    assert said["outdated"] == []


def test_the_tables(cases):
    ids = [case.id for case in cases]
    some = dict(zip(ids, [PASSED, FAILED, FAILED, SKIPPED], strict=True))
    made = document(cases, ledger("b/known"), [Run("x-1", "x 1.0", "mine", some)])
    assert "\n| x 1.0 | mine | 4 | 1 | 1 | 1 | 1 |\n" in made
    assert (
        "\n### mine, by section\n\n| section | x-1 |\n|---|---|\n| a | 1+1 |\n| b | 0+1 |" in made
    )
    assert "- `b/known` (mine: x-1). It is so.\n" in made
    assert "| a | 2 | The book, 1 |" in made


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the documents are not installed")
def test_the_document_is_that_of_the_cases_and_the_ledger():
    """Else: `python tools/conformance.py run ...` and `write`."""
    text = DOCUMENT.read_text(encoding="utf-8")
    cases = read_cases()
    assert f"\n{len(cases)} cases.\n" in text
    for area in {case.area for case in cases}:
        count = sum(1 for case in cases if case.area == area)
        assert f"\n| {area} | {count} |" in text
    assert [entry.why for entry in read_ledger() if entry.why not in text] == []
