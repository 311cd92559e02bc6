"""The end of a zip file, from where it is read: where the directory is, and how long.

A zip file may have anything in front of it (a self-extracting program) and a comment behind it.
So all places are counted from the end, and what the file says of its offsets only tells how
much is in front.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _END_64_SIZE, _LOCATOR_SIZE = 22, 56, 20
_LONGEST_COMMENT = 0xFFFF


class ArchiveError(Exception):
    """What is wrong with an archive: the text names it and says why."""


class Location:
    """Where the directory is: from *start* to *end* in the file, with *count* entries.

    The offsets in the entries are relative to *base*. *exact* says that the count is not cut to
    16 bits, as old archives of more than 65,535 members have it.
    """

    __slots__ = ("base", "count", "end", "exact", "start")

    def __init__(self, start: int, end: int, base: int, count: int, exact: bool) -> None:
        self.start = start
        self.end = end
        self.base = base
        self.count = count
        self.exact = exact


def locate(file: IO[bytes], path: str) -> Location:
    """Return where the directory of the archive in *file* is.

    Raises ArchiveError when this is no archive, OSError when it cannot be read.
    """
    size = file.seek(0, 2)
    record, at = _find_end(file, size, path)
    count, length, offset = _number(record, 10, 2), _number(record, 12, 4), _number(record, 16, 4)
    large = _find_end_64(file, at)
    exact = large is not None
    if large is not None:
        record, at = large
        count, length, offset = (_number(record, place, 8) for place in (32, 40, 48))
    if at < length:
        raise ArchiveError(f"bad central directory size: {path!r}")
    if at < offset:
        raise ArchiveError(f"bad central directory offset: {path!r}")
    start = at - length
    if start < offset:
        raise ArchiveError(f"bad central directory size or offset: {path!r}")
    return Location(start, at, start - offset, count, exact)


def _find_end(file: IO[bytes], size: int, path: str) -> tuple[bytes, int]:
    """Return the end record, without its comment, and its place (APPNOTE 4.3.16)."""
    if size < _END_SIZE:
        raise ArchiveError(f"not a Zip file: {path!r}")
    tail = _read_at(file, size - _END_SIZE, _END_SIZE)
    if tail.startswith(_END) and tail.endswith(b"\0\0"):
        return tail, size - _END_SIZE
    start = max(0, size - _END_SIZE - _LONGEST_COMMENT)
    tail = _read_at(file, start, size - start)
    at = _signature(tail)
    if at < 0:
        raise ArchiveError(f"not a Zip file: {path!r}")
    return tail[at : at + _END_SIZE], start + at


def _signature(tail: bytes) -> int:
    """Return where the end record is in *tail*; -1 if it is not.

    A comment may hold the signature too, so the one whose comment ends with the file is right;
    if there is none, something was appended, and the last one is taken.
    """
    last = at = tail.rfind(_END, 0, len(tail) - _END_SIZE + len(_END))
    while at >= 0:
        if at + _END_SIZE + _number(tail, at + 20, 2) == len(tail):
            return at
        at = tail.rfind(_END, 0, at + len(_END) - 1)
    return last


def _find_end_64(file: IO[bytes], end: int) -> tuple[bytes, int] | None:
    """Return the zip64 end record, if there is one, and its place (APPNOTE 4.3.14, 4.3.15)."""
    at = end - _LOCATOR_SIZE
    if at < _END_64_SIZE:
        return None
    block = _read_at(file, at - _END_64_SIZE, _END_64_SIZE + _LOCATOR_SIZE)
    locator = block[_END_64_SIZE:]
    if not locator.startswith(_LOCATOR_64):
        return None
    if block.startswith(_END_64):
        return block[:_END_64_SIZE], at - _END_64_SIZE
    # The record may have data of its own at its end; then only the locator knows its place.
    place = _number(locator, 8, 8)
    if place > at - _END_64_SIZE:
        return None
    record = _read_at(file, place, _END_64_SIZE)
    return (record, place) if record.startswith(_END_64) else None


def _read_at(file: IO[bytes], place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")
