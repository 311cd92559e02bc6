"""The directory of a zip archive, in one block of bytes.

Only the names are taken out of the block when an archive is opened: they lead to the places of
their entries, which are read when a member is. That is several times as fast, and takes half of
the memory, of an object for each entry.
"""

from __future__ import annotations

from io import open_code

from .end import ArchiveError, locate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

ENTRY_SIZE = 46
#: How many bytes of an archive are read at once, and kept: 128 KiB.
WINDOW = 128 << 10
_ENTRY, _SIGNATURE = b"PK\x01\x02", b"PK\x05\x05"
_LOCAL_HEADER_SIZE = 30
_UTF_8 = 0x800
_MASK_16, _MASK_32 = 0xFFFF, 0xFFFF_FFFF


class Archive:
    """The archive in the file *path*, as it was when it was opened.

    `entries` maps the name of each member to the place of its entry in `block`. Names are as in
    the archive, with "/"; of equal names the last one counts. The data of members is between
    `base`, which offsets are relative to, and `end`, both places in the file. `crowded` says
    that the members cannot all have a place of their own there: some overlap.
    """

    __slots__ = (
        "_directories",
        "_window",
        "base",
        "block",
        "crowded",
        "end",
        "entries",
        "opener",
        "path",
    )

    def __init__(self, path: str, opener: Callable[[str], IO[bytes]] = open_code) -> None:
        self.path = path
        self.opener = opener
        with opener(path) as file:
            location = locate(file, path)
            file.seek(location.start)
            self.block = file.read(location.end - location.start)
        self.base = location.base
        self.end = location.start
        self._directories: set[str] | None = None
        self._window = 0, b""
        self.entries, count, total = _index(self.block, path)
        expected = location.count if location.exact else location.count & _MASK_16
        if count & (-1 if location.exact else _MASK_16) != expected:
            text = f"mismatched num_files: {count} should be {location.count} in {path!r}"
            raise ArchiveError(text)
        self.crowded = total > self.end - self.base

    @classmethod
    def empty(cls, path: str) -> Archive:
        """Return an archive without members, for a file that has gone."""
        self = cls.__new__(cls)
        self.path, self.opener = path, open_code
        self.block, self.entries, self._directories = b"", {}, set()
        self.base = self.end = 0
        self._window = 0, b""
        self.crowded = False
        return self

    def read_at(self, place: int, size: int) -> bytes:
        """Return *size* bytes from *place* in the file; fewer if it is shorter.

        The last `WINDOW` bytes read are kept: what is imported together is stored together.
        """
        start, data = self._window
        if start <= place and place + size <= start + len(data):
            return data[place - start : place - start + size]
        with self.opener(self.path) as file:
            file.seek(place)
            data = file.read(max(size, WINDOW))
        if size <= WINDOW:
            self._window = place, data
        return data[:size]

    def directories(self) -> set[str]:
        """Return the names of all directories, with or without entries of their own.

        They end with "/"; the root is not among them.
        """
        known = self._directories
        if known is None:
            known = self._directories = _directories(self.entries)
        return known

    def children(self, directory: str) -> set[str]:
        """Return the names in *directory* ("" or ending with "/"); directories end with "/"."""
        found, size = set(), len(directory)
        for names in (self.entries, self.directories()):
            for name in names:
                if name.startswith(directory) and len(name) > size:
                    end = name.find("/", size) + 1
                    found.add(name[size : end or None])
        return found

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"<Archive {self.path!r} of {len(self)} members>"


def _index(block: bytes, path: str) -> tuple[dict[str, int], int, int]:
    """Return name -> place of each entry, their number, and the least space of all members."""
    entries: dict[str, int] = {}
    at = count = total = 0
    end, number, starts = len(block), int.from_bytes, block.startswith
    while at < end:
        if not starts(_ENTRY, at):
            if starts(_SIGNATURE, at):  # A digital signature may follow (APPNOTE 4.3.13).
                break
            raise ArchiveError(f"bad central directory entry: {path!r}")
        # Compressed size and size (4 bytes each), lengths of name, extra fields, comment (2).
        fields = number(block[at + 20 : at + 34], "little")
        name_at = at + ENTRY_SIZE
        name_end = name_at + (fields >> 64 & _MASK_16)
        try:
            name = block[name_at:name_end].decode("ascii")
        except UnicodeDecodeError:
            name = _decode(block[name_at:name_end], block[at + 9] << 8, path)
        entries[name] = at
        size = fields & _MASK_32
        if size != _MASK_32:  # That would be a zip64 member, whose size is elsewhere.
            total += size + _LOCAL_HEADER_SIZE + name_end - name_at
        at = name_end + (fields >> 80 & _MASK_16) + (fields >> 96)
        count += 1
    if at > end:
        raise ArchiveError(f"truncated central directory: {path!r}")
    return entries, count, total


def _decode(name: bytes, flags: int, path: str) -> str:
    """Return a name that is not ASCII; without the flag it is in code page 437 (APPNOTE D.1)."""
    if not flags & _UTF_8:
        return "".join([_CODE_PAGE_437[byte] for byte in name])
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise ArchiveError(f"bad name of a member: {name!r} in {path!r}") from error


def _directories(names: dict[str, int]) -> set[str]:
    found: set[str] = set()
    for name in names:
        end = name.rfind("/")
        # Each directory of the way up, until one that is known, and so are those above it.
        while end >= 0 and name[: end + 1] not in found:
            found.add(name[: end + 1])
            end = name.rfind("/", 0, end)
    return found


# The codec is a module that would have to be imported, perhaps from this very archive.
_CODE_PAGE_437 = (
    bytes(range(128)).decode("ascii")
    + "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0"
)
