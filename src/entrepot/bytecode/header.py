"""The header of a pyc: four words of four bytes, little-endian (PEP 552).

magic     which bytecode: changes with the interpreter's version
flags     0: by time; 0b01: by hash, unchecked; 0b11: by hash, checked
two words mtime (seconds) and size of the source, or the 8 bytes of its hash
"""

from __future__ import annotations

from .. import host
from .fresh import MASK, SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

HASH_BASED, CHECK_SOURCE = 0b01, 0b10


class Header:
    """What a pyc says of the source it was made from.

    `flags` as above; `mtime` (seconds, modulo 2**32) and `size` (bytes, modulo 2**32) of a pyc
    by time; `source_hash` (8 bytes) of one by hash. What does not apply is None.
    """

    __slots__ = ("flags", "mtime", "size", "source_hash")

    def __init__(
        self, flags: int, mtime: int | None, size: int | None, source_hash: bytes | None
    ) -> None:
        self.flags = flags
        self.mtime = mtime
        self.size = size
        self.source_hash = source_hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Header):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"Header({fields})"


def by_time(mtime: float, size: int) -> Header:
    """Return the header for source of this modification time (seconds) and size (bytes)."""
    return Header(0, int(mtime) & MASK, size & MASK, None)


def by_hash(source_hash: bytes, *, checked: bool) -> Header:
    """Return the header for source of this hash (8 bytes)."""
    if len(source_hash) != 8:
        raise ValueError(f"a source hash has 8 bytes, not {len(source_hash)}")
    return Header(HASH_BASED | (CHECK_SOURCE if checked else 0), None, None, source_hash)


def parse(data: bytes, name: str, path: str | None = None) -> Header:
    """Return the header at the start of *data*, the pyc of the module *name* at *path*.

    Raises ImportError for another interpreter's magic number and for unknown flags, EOFError
    for fewer than 16 bytes.
    """
    magic = bytes(data[:4])
    if magic != host.MAGIC_NUMBER:
        raise ImportError(f"bad magic number in {name!r}: {magic!r}", name=name, path=path)
    if len(data) < SIZE:
        raise EOFError(f"reached EOF while reading pyc header of {name!r}")
    flags = int.from_bytes(data[4:8], "little")
    if flags & ~(HASH_BASED | CHECK_SOURCE):
        raise ImportError(f"invalid flags {flags!r} in {name!r}", name=name, path=path)
    if flags & HASH_BASED:
        return Header(flags, None, None, bytes(data[8:16]))
    mtime, size = int.from_bytes(data[8:12], "little"), int.from_bytes(data[12:16], "little")
    return Header(flags, mtime, size, None)


def dump(header: Header, code: CodeType) -> bytes:
    """Return the content of a pyc of *code* under *header*."""
    if header.source_hash is not None:
        words = header.source_hash
    else:
        words = (header.mtime or 0).to_bytes(4, "little") + (header.size or 0).to_bytes(4, "little")
    flags = header.flags.to_bytes(4, "little")
    return host.MAGIC_NUMBER + flags + words + host.marshal_dumps(code)
