"""One member of an archive: its entry in the directory, and its data, checked."""

from __future__ import annotations

from .directory import ENTRY_SIZE
from .end import ArchiveError
from .methods import METHODS, STORED, crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .directory import Archive

#: The most that a compressed member may expand to, in bytes: 256 MiB. What is only stored may
#: have any size, for it has that size in the archive too.
LIMIT = 256 << 20

_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
#: More room for the local header's extra fields than the directory's need: both are read at once.
_SLACK = 64
_ENCRYPTED = 0x1
_ELSEWHERE_16, _ELSEWHERE_32 = 0xFFFF, 0xFFFF_FFFF
_ZIP64 = 1


class Member:
    """What the directory says of one member.

    `flags` and `method` are those of the format, `when` is the time and date of MS-DOS, `crc`
    the CRC-32 of the content. `compressed` and `size` are in bytes; `offset` is the place of the
    local header in the file. `raw_name` is the name as it is in the file.
    """

    __slots__ = (
        "compressed",
        "crc",
        "extra",
        "flags",
        "method",
        "offset",
        "raw_name",
        "size",
        "when",
    )

    def __init__(self, archive: Archive, at: int) -> None:
        block, number = archive.block, int.from_bytes
        fields = number(block[at + 8 : at + 16], "little")
        self.flags = fields & 0xFFFF
        self.method = fields >> 16 & 0xFFFF
        self.when = fields >> 32
        fields = number(block[at + 16 : at + 32], "little")
        self.crc = fields & 0xFFFF_FFFF
        self.compressed = fields >> 32 & 0xFFFF_FFFF
        self.size = fields >> 64 & 0xFFFF_FFFF
        name_end = at + ENTRY_SIZE + (fields >> 96 & 0xFFFF)
        self.raw_name = block[at + ENTRY_SIZE : name_end]
        self.extra = block[name_end : name_end + (fields >> 112)]
        self.offset = number(block[at + 42 : at + 46], "little")
        if _ELSEWHERE_32 in (self.compressed, self.size, self.offset):
            self._read_zip64(archive.path)
        self.offset += archive.base

    @property
    def time(self) -> int:
        """The time of day, in MS-DOS's format."""
        return self.when & 0xFFFF

    @property
    def date(self) -> int:
        """The date, in MS-DOS's format."""
        return self.when >> 16

    def _read_zip64(self, path: str) -> None:
        """Take what has no room in 4 bytes from an extra field (APPNOTE 4.5.3)."""
        values = _extra_field(self.extra, _ZIP64)
        at = 0
        for field in ("size", "compressed", "offset"):
            if getattr(self, field) != _ELSEWHERE_32:
                continue
            if len(values) < at + 8:
                raise ArchiveError(f"corrupt zip64 extra field of {self._shown()} in {path!r}")
            setattr(self, field, int.from_bytes(values[at : at + 8], "little"))
            at += 8

    def _shown(self) -> str:
        return repr(self.raw_name.decode("utf-8", "backslashreplace"))

    def read(self, archive: Archive) -> bytes:
        """Return the content.

        Raises ArchiveError when the member is damaged, encrypted, expands beyond `LIMIT`, or is
        not where or what the directory says; OSError when the file cannot be read.
        """
        self._check(archive)
        data = self._read_raw(archive)
        if self.method == STORED:
            content = data
        else:
            try:
                content = METHODS[self.method].expand(data, self.size)
            except ArchiveError as error:
                raise ArchiveError(f"{error}: {self._shown()} in {archive.path!r}") from error
        crc = crc32(content)
        if crc != self.crc and crc is not None:
            raise self._error("bad CRC-32 of", archive)
        return content

    def _error(self, text: str, archive: Archive) -> ArchiveError:
        return ArchiveError(f"{text} {self._shown()} in {archive.path!r}")

    def _check(self, archive: Archive) -> None:
        if self.flags & _ENCRYPTED:
            raise self._error("can't read encrypted member", archive)
        if self.method == STORED:
            if self.size != self.compressed:
                raise self._error("stored with two different sizes:", archive)
        elif self.method not in METHODS:
            raise self._error(f"unknown compression method {self.method} of", archive)
        elif self.size > LIMIT:
            text = f"expands to {self.size} bytes, more than the {LIMIT} allowed:"
            raise self._error(text, archive)
        if self.offset + _LOCAL_SIZE + self.compressed > archive.end:
            raise self._error("data beyond the end of the archive:", archive)
        if archive.crowded and self._reach() > self._next(archive):
            raise self._error("overlapping members, one is", archive)

    def _reach(self) -> int:
        """Return the place before which the data cannot end."""
        return self.offset + _LOCAL_SIZE + len(self.raw_name) + self.compressed

    def _next(self, archive: Archive) -> int:
        """Return the place of the local header that follows this one's."""
        others = (Member(archive, at).offset for at in archive.entries.values())
        return min((offset for offset in others if offset > self.offset), default=archive.end)

    def _read_raw(self, archive: Archive) -> bytes:
        """Return the data as it is in the file, behind the member's local header."""
        header_size = _LOCAL_SIZE + len(self.raw_name)
        size = header_size + len(self.extra) + _SLACK + self.compressed
        data = archive.read_at(self.offset, min(size, archive.end - self.offset))
        if not data.startswith(_LOCAL):
            raise self._error("bad local file header of", archive)
        if data[_LOCAL_SIZE:header_size] != self.raw_name or data[26:28] != _two(header_size):
            raise self._error("the local file header has another name:", archive)
        start = header_size + int.from_bytes(data[28:30], "little")
        if start + self.compressed > len(data):
            data = archive.read_at(self.offset, start + self.compressed)
        data = data[start : start + self.compressed]
        if len(data) < self.compressed or self.offset + start + self.compressed > archive.end:
            raise self._error("data beyond the end of the archive:", archive)
        return data


def _two(header_size: int) -> bytes:
    return (header_size - _LOCAL_SIZE).to_bytes(2, "little")


def _extra_field(extra: bytes, wanted: int) -> bytes:
    """Return the data of the extra field *wanted*; empty if there is none (APPNOTE 4.5)."""
    at = 0
    while at + 4 <= len(extra):
        tag = int.from_bytes(extra[at : at + 2], "little")
        size = int.from_bytes(extra[at + 2 : at + 4], "little")
        if tag == wanted:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""
