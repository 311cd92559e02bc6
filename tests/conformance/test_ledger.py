"""The ledger is checked both ways."""

from __future__ import annotations

import pytest

from tests.conformance import ledger, suite

ENTRY = """
[[entry]]
id = "test.a.Source_*"
on = ["cpython-3.1?"]
class = "private"
reason = "reaches for _x"
"""


def outcome(text: str) -> dict[str, str]:
    return {"outcome": text, "why": "because"}


def test_the_projects_own_can_be_read():
    with open(ledger.FILE, encoding="utf-8") as file:
        ids = [(entry.id, entry.on) for entry in ledger.parse(file.read())]
    assert len(ids) == len(set(ids))


def test_an_entry_holds_for_the_interpreters_it_names():
    (entry,) = ledger.parse(ENTRY)
    assert entry.is_for("cpython-3.13")
    assert not entry.is_for("pypy-3.11")


@pytest.mark.parametrize(
    "text",
    [
        ENTRY.replace("private", "later"),
        ENTRY.replace("reaches for _x", " "),
        ENTRY.replace("reason", "because"),
        ENTRY.replace("on =", "version ="),
    ],
)
def test_an_entry_must_say_all(text):
    with pytest.raises(ValueError, match="entry|class"):
        ledger.parse(text)


def test_what_fails_as_the_ledger_says_is_right():
    verdict = ledger.judge(
        {"test.a.Source_T.t": outcome("failed"), "test.a.Frozen_T.t": outcome("passed")},
        ledger.parse(ENTRY),
    )
    assert verdict == (1, 0, 1, [])


@pytest.mark.parametrize(
    ("outcomes", "problem"),
    [
        ({"test.a.Source_T.t": "failed", "test.a.T.t": "failed"}, "fails: test.a.T.t\nbecause"),
        ({"test.a.Source_T.t": "passed"}, "in the ledger but passes: test.a.Source_T.t"),
        ({"test.a.T.t": "passed"}, "matches no test that ran: test.a.Source_*"),
    ],
)
def test_what_differs_from_the_ledger_is_wrong(outcomes, problem):
    outcomes = {test: outcome(text) for test, text in outcomes.items()}
    (said,) = ledger.judge(outcomes, ledger.parse(ENTRY)).problems
    assert problem in said


def test_a_failure_of_the_interpreter_itself_is_not_ours():
    ours = {"a": outcome("failed"), "b": outcome("failed"), "c": outcome("failed")}
    own = {"a": outcome("failed"), "b": outcome("passed")}
    assert suite.without_host_faults(ours, own).keys() == {"b", "c"}
