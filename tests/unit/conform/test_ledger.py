"""The ledger: its format, and that it is about cases that are there."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from entrepot.conform import CaseError, read_cases, read_ledger
from entrepot.conform.ledger import parse, why

IDS = [case.id for case in read_cases()]

TEXT = """\
# a comment
case: area/one other/*
on: cpython-3.1[0-2] pypy-*
candidate: installed isolated
why: It is so
  for a reason.

case: area/two
on: *
candidate: *
why: Another.
"""


@pytest.mark.parametrize(
    ("case", "interpreter", "candidate", "reason"),
    [
        ("area/one", "cpython-3.11", "installed", "It is so for a reason."),
        ("other/any", "pypy-3.11", "isolated", "It is so for a reason."),
        ("area/one", "cpython-3.13", "installed", None),
        ("area/one", "cpython-3.11-wasi", "installed", None),
        ("area/one", "cpython-3.11", "interpreter", None),
        ("area/one-more", "cpython-3.11", "installed", None),
        ("area/two", "cpython-3.15", "mine", "Another."),
    ],
)
def test_all_three_patterns_must_match(case, interpreter, candidate, reason):
    assert why(parse(TEXT), case, interpreter, candidate) == reason


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("candidate: *\n", ""),
        TEXT.replace("why: Another.", "why:"),
        TEXT.replace("why:", "because:"),
        TEXT.replace("on: *", "on *"),
    ],
)
def test_an_entry_that_does_not_say_all(text):
    with pytest.raises(CaseError, match="ledger"):
        parse(text)


@pytest.mark.parametrize("entry", read_ledger(), ids=lambda entry: entry.cases[0])
def test_each_pattern_is_about_a_case(entry):
    assert all(any(fnmatchcase(id, pattern) for id in IDS) for pattern in entry.cases)
