"""The reader of sectioned files."""

from __future__ import annotations

import pytest

from entrepot.metadata import sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]\nx = y:z\n", [("a", "x", "y:z")]),
        ("x = y\n[a]\nb=c", [("a", "b", "c")]),
        ("[a]\nno pair\nb = c", [("a", "b", "c")]),
        (
            "[a]\nx = 1\n[b]\ny = 2\n[a]\nx = 3\n",
            [("a", "x", "1"), ("b", "y", "2"), ("a", "x", "3")],
        ),
        (
            "[a]\n# c\n\n  x  =  m : at [e]  # not a comment\n",
            [("a", "x", "m : at [e]  # not a comment")],
        ),
        ("[a\nx = 1", []),
        ("[]\nx = 1", [("", "x", "1")]),
        ("[a]\nx = a=b", [("a", "x", "a=b")]),
        ("[a]\n= b\nc =\n", [("a", "", "b"), ("a", "c", "")]),
    ],
)
def test_pairs(text, expected):
    assert list(sections.pairs(text)) == expected
