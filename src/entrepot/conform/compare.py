"""Whether a program printed what its case expects."""

from __future__ import annotations

import re

#: Stands for any text within a line of an expectation.
WILDCARD = "..."


def matches(expected: str, got: str) -> bool:
    """Whether *got* is *expected*, line by line and but for blanks at the ends."""
    wanted, found = _lines(expected), _lines(got)
    return len(wanted) == len(found) and all(map(_line_matches, wanted, found))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")]


def _line_matches(expected: str, got: str) -> bool:
    if WILDCARD not in expected:
        return expected == got
    pattern = ".*".join(map(re.escape, expected.split(WILDCARD)))
    return re.fullmatch(pattern, got) is not None
