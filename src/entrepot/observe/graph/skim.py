"""The import statements that loading a module executes, found without parsing all of its source.

`statements.statements` wants the syntax tree of the whole file, a hundred times more than what is
looked for: lines that begin with an import. At the margin such a line is the statement. Within a
block, the headers above it say whether only a call or a type checker gets there; what is left, the
likes of `try: import a`, is a short piece of source, and that is parsed. What stands within strings
is passed over. Where a source is written so that none of this would be sure, it is `Unsure`, and
somebody must parse it all. tests/unit/observe/graph/test_skim.py compares the two.
"""

from __future__ import annotations

from .longstrings import LongStrings, Unsure
from .statements import CONDITIONAL, DEFERRED, LOADING, Named, parsed, statements

_WORD = b"import"
#: What may stand before and behind it.
_BEFORE, _AFTER = b" \t\n.;:", b" \t(*\\"
_BLANK = b" \t"
_FUNCTIONS = (b"def ", b"async def ")
#: What opens a block in which nothing is executed when the module is loaded.
_LATER = (
    *_FUNCTIONS, b"if TYPE_CHECKING:", b"if typing.TYPE_CHECKING:",
    b"if t.TYPE_CHECKING:",
    b'if __name__ == "__main__":', b"if __name__ == '__main__':",
)  # fmt: skip
#: What opens another block, and what goes on with the one above.
_OPENS = (b"if", b"try", b"with", b"for", b"while", b"class")
_GOES_ON = (b"else", b"elif", b"except", b"finally")
#: Those in which everything is executed, unless something is raised.
_ALWAYS = (b"try", b"finally", b"class")
#: What ends a header of several lines.
_CLOSES = (b")", b"]", b"}")
#: What the test of an `if` has that is not just a condition; a constant is none, either.
_TELLING = b"TYPE_CHECKING", b"__name__"
_CONSTANTS = (b"0", b"1", b"True", b"False", b"None", b"'", b'"')
#: What ends such a word.
_ENDS = b" \t(:\\*"
#: With what a line begins that does not begin a piece of source.
_NOT_FIRST = b" \t\n#)]}"


def skim(source: bytes) -> list[Named]:
    """Return the import statements that are executed when *source* is, by their lines.

    Those that stand in an `if` or a `try` are among them, as they may be. Raises Unsure.
    """
    return _Skimmed(source).statements()


def is_in_function(source: bytes, line: int) -> bool:
    """Whether a *line* of *source* is in a function, as far as that is sure. Raises Unsure."""
    return _Skimmed(source).is_in_function(line)


def _with_plain_lines(source: bytes) -> bytes:
    if b"\r" in source:
        source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\f" in source:  # One at the beginning of a line means no margin.
        source = source.replace(b"\n\f", b"\n").replace(b"\f", b" ")
    return source.removeprefix(b"\xef\xbb\xbf")


class _Skimmed:
    """A source that is read from the top to the bottom."""

    def __init__(self, source: bytes) -> None:
        self._source = _with_plain_lines(source)
        self._strings = LongStrings(self._source)
        self._all: list[Named] = []
        #: A place, and the number of its line.
        self._counted = 0, 1

    def statements(self) -> list[Named]:
        """Return those that are executed."""
        at = self._source.find(_WORD)
        while at >= 0:
            at = self._source.find(_WORD, self._look(at))
        return self._all

    def is_in_function(self, line: int) -> bool:
        """Whether a function's header is above a *line*, or in it."""
        lines = self._source.split(b"\n")
        if not 0 < line <= len(lines):
            return False
        at = sum(map(len, lines[: line - 1])) + line - 1
        bare = lines[line - 1].lstrip(_BLANK)
        margin = len(lines[line - 1]) - len(bare)
        return bare.startswith(_FUNCTIONS) or self._stands(at, margin, _FUNCTIONS) == DEFERRED

    def _look(self, at: int) -> int:
        """Take the statement that has the word *at* a place, if one has.

        Returns from where on to look for more.
        """
        source, after = self._source, at + len(_WORD)
        if source[after : after + 1] not in _AFTER or source[at - 1 : at] not in _BEFORE:
            return after  # Another word, of which it is a part.
        start = source.rfind(b"\n", 0, at) + 1
        head = source[start:at]
        bare = head.strip(_BLANK)
        if (bare and not _leads(bare)) or self._strings.have(at):
            return after  # A comment, a text.
        if b";" in bare or b":" in bare or self._is_continued(start):
            return self._parse(start, after)
        stands = self._stands(start, len(head) - len(head.lstrip(_BLANK)))
        if stands is None:
            return self._parse(start, after)
        return after if stands == DEFERRED else self._take(start, after, bare, stands)

    # --- A statement

    def _take(self, start: int, after: int, head: bytes, stands: str) -> int:
        """Take the statement in the line from *start*, with *head* before the word."""
        end = self._end_of_line(after)
        told = self._source[after:end]
        if told.strip(_BLANK)[:1] == b"(":
            end = self._source.find(b")", after)
            told = self._source[after:end].replace(b"(", b" ", 1).replace(b"\n", b" ")
        else:
            told = told.partition(b"#")[0]
        names = [part.split() for part in told.split(b",") if part.strip()]
        base = head[4:].strip()
        known = b".".join([base.replace(b".", b""), *(part[0] for part in names)])
        if end < 0 or not _is_plain(known):
            return self._parse(start, after)
        name = base.lstrip(b".")
        self._all.append(
            Named(
                self._line(start),
                name.decode() if head else None,
                len(base) - len(name),
                [part[0].decode() for part in names],
                stands,
            )
        )
        return end

    def _end_of_line(self, at: int) -> int:
        end = self._source.find(b"\n", at)
        return len(self._source) if end < 0 else end

    def _line(self, at: int) -> int:
        """Return the number of the line that a place is in."""
        last, number = self._counted
        if at >= last:
            number += self._source.count(b"\n", last, at)
        else:
            number -= self._source.count(b"\n", at, last)
        self._counted = at, number
        return number

    # --- A piece of source

    def _parse(self, start: int, after: int) -> int:
        """Take the statements of the piece that the line from *start* is in, but for those above.

        Returns where the piece ends.
        """
        while self._is_continued(start):
            start = self._source.rfind(b"\n", 0, start - 1) + 1
        first, top, end = self._line(start), self._top(start), self._bottom(after)
        tree = parsed(b"\n" * (self._line(top) - 1) + self._source[top:end])
        if tree is None:
            raise Unsure
        self._all += [
            each
            for each in statements(tree)
            if each.line >= first and each.stands in (LOADING, CONDITIONAL)
        ]
        return end

    def _top(self, at: int) -> int:
        """Return where the piece begins that the line from *at* is in."""
        while not self._is_first(at) or self._is_continued(at):
            if not at:
                raise Unsure
            at = self._source.rfind(b"\n", 0, at - 1) + 1
        return at

    def _bottom(self, at: int) -> int:
        """Return where the next piece begins after a place."""
        end = len(self._source)
        while at < end:
            at = self._end_of_line(at) + 1
            if at < end and self._is_first(at):
                return at
        return end

    def _is_continued(self, at: int) -> bool:
        """Whether the line from *at* belongs to the one above."""
        return self._source[max(at - 2, 0) : at] == b"\\\n"

    def _is_first(self, at: int) -> bool:
        """Whether a piece can begin with the line from *at*."""
        source = self._source
        return not (
            source[at] in _NOT_FIRST
            or _begins(source[at : at + 8], _GOES_ON)
            or self._strings.have(at)
        )

    # --- The headers above

    def _stands(self, at: int, margin: int, later: tuple[bytes, ...] = _LATER) -> str | None:
        """Return how that stands which is *margin* deep in the line from *at*.

        What *later* opens is deferred. None if more than the beginnings of the lines above tell it.
        """
        source, limit = self._source, margin  # What is less deep matters.
        closing = unsure = False
        stands = LOADING
        while limit:
            if not at:
                return None
            end = at - 1
            at = source.rfind(b"\n", 0, end) + 1
            if at + limit <= end and source[at : at + limit].isspace():
                continue
            bare = source[at:end].lstrip(_BLANK)
            depth = end - at - len(bare)
            if not bare or bare[0] == _COMMENT or depth >= limit or self._strings.have(at):
                continue
            if bare.startswith(_CLOSES):  # The header begins above, as deep.
                closing, limit = True, depth + 1
                continue
            if bare.startswith(later) and depth < margin:
                return DEFERRED
            unsure |= closing or not _is_header(bare)
            if depth < margin and not bare.startswith(_ALWAYS):
                stands = CONDITIONAL
            closing, margin = False, depth
            limit = depth + _begins(bare, _GOES_ON)  # The `if` of an `else` matters, too.
        return None if unsure else stands


_COMMENT = ord("#")


def _leads(bare: bytes) -> bool:
    """Whether *bare* can stand before the word: `from x`, behind another statement or not."""
    if bare[0] == _COMMENT:
        return False
    if b";" in bare or b":" in bare:
        bare = bare.replace(b";", b":").rpartition(b":")[2].strip(_BLANK)
    if bare.startswith(b"from ") and bare.count(b" ") == 1:
        return True
    parts = bare.split()
    return not parts or (parts[0].partition(b".")[0] == b"from" and _is_plain(b"".join(parts)))


def _is_plain(names: bytes) -> bool:
    """Whether *names* are all letters, digits, and dots, of ASCII."""
    return names.isascii() and names.translate(None, b"._*").isalnum()


def _begins(line: bytes, words: tuple[bytes, ...]) -> bool:
    return line.startswith(words) and any(
        line.startswith(word) and line[len(word) : len(word) + 1] in _ENDS for word in words
    )


def _is_header(line: bytes) -> bool:
    """Whether *line* opens a block, or goes on with one, that may be executed."""
    code = line.partition(b"#")[0].rstrip()
    if not code.endswith(b":") or not (_begins(code, _OPENS) or _begins(code, _GOES_ON)):
        return False
    if not code.startswith((b"if", b"elif")):
        return True
    test = code[code.index(b"if") + 2 :].lstrip(b" (")
    return not (test.startswith(_CONSTANTS) or any(word in test for word in _TELLING))
