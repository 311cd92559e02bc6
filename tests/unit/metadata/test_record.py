"""The reader of RECORD."""

from __future__ import annotations

import pytest

from entrepot.metadata import record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a.py,sha256=x,12\n", [("a.py", "sha256=x", 12)]),
        ("a.py,,\nb.py\n", [("a.py", None, None), ("b.py", None, None)]),
        ("a.py,h", [("a.py", "h", None)]),
        ("a.py,h,1,more,and,more", [("a.py", "h", 1)]),
        ('"b,c.py",h,1\n', [("b,c.py", "h", 1)]),
        ('"q""q.py",,\n', [('q"q.py', None, None)]),
        ('"x\ny",h,2\nz,,\n', [("x\ny", "h", 2), ("z", None, None)]),
        ('a,"h,1",3', [("a", "h,1", 3)]),
        ('"a"b,,', [("ab", None, None)]),
        ('a"b,,', [('a"b', None, None)]),
        ("\n\na,,\n", [("a", None, None)]),
        (",sha256=x,3\na,,\n", [("a", None, None)]),
        ("../../bin/x,,\n/abs,,\n", [("../../bin/x", None, None), ("/abs", None, None)]),
    ],
)
def test_rows(text, expected):
    assert list(record.rows(text)) == expected


def test_a_quotation_mark_that_never_closes_costs_its_line():
    assert list(record.rows('a,,\n"never,,\nb,,\n')) == [("a", None, None), ("b", None, None)]
    assert list(record.rows('"never')) == []


@pytest.mark.parametrize("size", ["x", "-1", "1_0", "1.5", "\N{ARABIC-INDIC DIGIT THREE}", "\x00"])
def test_a_size_that_is_none(size):
    assert list(record.rows(f"a,h,{size}")) == [("a", "h", None)]


def test_white_space_around_a_size():
    assert list(record.rows("a,h, 12 \n")) == [("a", "h", 12)]
