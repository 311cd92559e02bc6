"""What was printed against what was expected."""

from __future__ import annotations

import pytest

from entrepot.conform.compare import matches


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("1\n2\n", "1\n2\n"),
        ("1\n2\n", "1  \n2\n\n"),
        ("", "\n"),
        ("from ... to\n", "from here and there to\n"),
        ("...\n", "\n"),
        ("a.b (...)\n", "a.b (x)\n"),
        ("...a...\n", "a\n"),
    ],
)
def test_the_same(expected, got):
    assert matches(expected, got)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("1\n2\n", "1\n"),
        ("1\n", "1\n2\n"),
        ("1\n2\n", "2\n1\n"),
        (" 1\n", "1\n"),
        ("...\n", "1\n2\n"),
        ("a.b ...\n", "axb c\n"),
        ("from ... to\n", "from here\n"),
        ("1\n", ""),
    ],
)
def test_not_the_same(expected, got):
    assert not matches(expected, got)
