r"""The reader of RECORD: rows of path, hash and size as CSV (PEP 376, PEP 627).

RECORD is the default dialect of the `csv` module: fields are separated by commas, a field in
quotation marks may have commas, line ends, and quotation marks written twice. What is wrong
costs its own row only:

    empty row, row with an empty path           left out
    quotation mark that never closes            left out, up to the end of its line
    size that is not a decimal number           None
    missing fields / more than three fields     None / the others are ignored
    absolute paths, `..`                        given as they stand: scripts are recorded so
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(text: str) -> Iterator[tuple[str, str | None, int | None]]:
    """Yield (path, hash or None, size in bytes or None) for each row of a RECORD."""
    for row in _fields(text):
        if row and row[0]:
            path, digest, size, *_ = *row, "", ""
            yield path, digest or None, _size(size)


def _size(text: str) -> int | None:
    text = text.strip()
    # int() would also take "1_0", "-1" and the digits of other scripts.
    return int(text) if text.isascii() and text.isdecimal() else None


def _fields(text: str) -> Iterator[list[str]]:
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text.find('"', at, end) < 0:
            yield text[at:end].split(",")
            at = end + 1
        else:
            row, at = _quoted_row(text, at)
            yield row


def _quoted_row(text: str, at: int) -> tuple[list[str], int]:
    """Return the row that begins at *at*, with quoted fields, and where the next begins."""
    row: list[str] = []
    begin = at
    while True:
        field, at = _quoted(text, at) if text.startswith('"', at) else ("", at)
        if at < 0:
            end = text.find("\n", begin)
            return [], len(text) if end < 0 else end + 1
        end = _end_of_field(text, at)
        row.append(field + text[at:end])
        at = end + 1
        if end >= len(text) or text[end] == "\n":
            return row, at


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return the quoted field that begins at *at*, and where it ends; -1 if it does not."""
    pieces = []
    while True:
        end = text.find('"', at + 1)
        if end < 0:
            return "", -1
        pieces.append(text[at + 1 : end])
        at = end + 1
        if not text.startswith('"', at):
            return "".join(pieces), at
        pieces.append('"')


def _end_of_field(text: str, at: int) -> int:
    ends = [end for end in (text.find(",", at), text.find("\n", at)) if end >= 0]
    return min(ends, default=len(text))
