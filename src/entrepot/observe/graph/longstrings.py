"""Where the strings of three quotes are in a source: what stands there is text, not statements.

They are found by their quotes, without a look at all else. Quotes in a comment, or in a string
that ends in its line, open none.
"""

from __future__ import annotations

from bisect import bisect_left

_QUOTES = b'"""', b"'''"


class Unsure(Exception):
    """The source must be parsed as a whole."""


class LongStrings:
    """The strings of a *source*, found as far as somebody has asked."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._starts: list[int] = []
        self._ends: list[int] = []
        #: What has been looked at: there is no string after the last one, up to there.
        self._seen = 0
        #: Where the next quotes of each kind are, or where to look for them.
        self._next = [0, 0]

    def have(self, at: int) -> bool:
        """Whether a place is within one: the first of a line, or of a word."""
        while self._seen < at:
            opening = min(self._quotes(0, at), self._quotes(1, at))
            self._seen = at if opening == at else self._end_of(opening)
        before = bisect_left(self._starts, at) - 1
        return before >= 0 and at < self._ends[before]

    def _quotes(self, kind: int, at: int) -> int:
        """Return where the next quotes of a kind are, or the place *at* if that is before."""
        place = self._next[kind]
        if place < at and (place < self._seen or not self._source.startswith(_QUOTES[kind], place)):
            place = self._source.find(_QUOTES[kind], max(place, self._seen), at)
            self._next[kind] = place = at if place < 0 else place
        return min(place, at)

    def _end_of(self, opening: int) -> int:
        """Note the string that opens at a place; return where it ends, or what hides it there."""
        source = self._source
        start = max(source.rfind(b"\n", 0, opening) + 1, self._ends[-1] if self._ends else 0)
        line = source[start:opening].lstrip()
        hidden = _hidden(line) if line else b""
        if hidden == b"#":
            return source.find(b"\n", opening) % (len(source) + 1)
        if hidden:
            return _found(source, hidden, opening) + 1
        end = _found(source, source[opening : opening + 3], opening + 3) + 3
        self._starts.append(opening)
        self._ends.append(end)
        return end


def _hidden(line: bytes) -> bytes:
    """Return the quote of the string that *line* ends within, "#" for a comment, else nothing."""
    inside, at = b"", 0
    while at < len(line) and inside != b"#":
        char = line[at : at + 1]
        if char == b"\\":
            at += 1
        elif inside:
            inside = b"" if char == inside else inside
        elif char in _HIDING:
            inside = char
        at += 1
    return inside


_HIDING = b"'", b'"', b"#"


def _found(source: bytes, what: bytes, at: int) -> int:
    """Return where *what* is from a place on, without a backslash before it. Raises Unsure."""
    while True:
        at = source.find(what, at)
        if at < 0:
            raise Unsure
        if not _is_escaped(source, at):
            return at
        at += 1


def _is_escaped(source: bytes, at: int) -> bool:
    if source[at - 1 : at] != b"\\":
        return False
    before = source[max(at - 64, 0) : at]
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1
