"""The file of an image: a header, the code of modules, and an index at the end.

    16 bytes   "entrepot image", CR, LF
     4         version of this format
     4         length of the identity
     8 + 8     where the index is, and how long
     8         length of the whole file
     8         the file's own mtime (ns), from when it was made
     8         checksum of the index
     8         checksum of these 64 bytes and the identity
    ...        the identity: which interpreter the code is for, UTF-8
    ...        pieces: marshalled code, of one or more modules; then what each directory holds
    ...        the index, marshalled: a dict, see `entrepot.image.layout`

Numbers are little-endian. Where a piece is, is written as (start, length, checksum): for the
interpreter may crash on damaged code. The checksum is the one by which pycs know their source
(PEP 552), 8 bytes, which every interpreter has at hand. Header and index are checked always,
pieces unless the file has the very mtime, to the nanosecond, that it got when it was made: nobody
has written to it since then.
"""

from __future__ import annotations

import sys

from ... import host
from ...host.mapping import checksum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    #: Where a piece is, how long it is, and its checksum.
    Piece = tuple[int, int, bytes]

MAGIC = b"entrepot image\r\n"
VERSION = 2
FIXED = 72

#: The two rules of trust.
CHECKED, SEALED = "checked", "sealed"
TRUSTS = (CHECKED, SEALED)

#: A record of a module: its kind, the path of its file, whether it is a package, the file's mtime
#: (ns) and size, and its code, None for an extension module: the piece, its place there, its size.
KIND, PATH, PACKAGE, MTIME, SIZE, CODE = range(6)
#: Kinds: source; source whose pyc is by hash, so that times mean nothing; an extension module.
SOURCE, BY_HASH, EXTENSION = "source", "source by hash", "extension"

#: What to do about it, for most reasons.
_AGAIN = "build it again"
NOT_THERE = "there is no such file: make it with `entrepot image build`"
NOT_READABLE = "it cannot be read: {}"
NOT_A_FILE = "it is not a regular file: give the path of an image"
NOT_AN_IMAGE = "it is not an image: make one with `entrepot image build`"
CUT_SHORT = "{} of its {} bytes are there: " + _AGAIN
OTHER_FORMAT = "it has version {} of the format, this entrepot reads " + f"{VERSION}: {_AGAIN}"
OTHER_INTERPRETER = "it was made for another interpreter ({} is {!r}, here {!r}): " + _AGAIN
DAMAGED = "it is damaged ({}): " + _AGAIN
OTHERS_WRITE = "others than its owner may write to it (mode {:o}): `chmod go-w` it"
OTHERS_OWN = "it belongs to user {}, who is neither you ({}) nor root: " + _AGAIN


class Refused(Exception):
    """An image cannot be used; the text says why, and what to do."""


def identity() -> dict[str, str]:
    """Return what the code in an image depends on, of this very process, by name."""
    suffixes = host.extension_suffixes()
    return {
        "interpreter": sys.implementation.name,
        "version": sys.version.replace("\n", " "),
        "bytecode": f"{sys.implementation.cache_tag} {host.MAGIC_NUMBER.hex()}",
        "binary interface": suffixes[0] if suffixes else "none",
        "optimization": str(sys.flags.optimize),
    }


def dump_identity(values: dict[str, str]) -> bytes:
    """Return an identity as the bytes in the file: a line a value."""
    return "".join(f"{name}: {value}\n" for name, value in values.items()).encode()


def parse_identity(data: bytes) -> dict[str, str]:
    """Return the identity that *data* says, as far as it can be read."""
    lines = data.decode("utf-8", "replace").splitlines()
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}


class Header:
    """What an image starts with: whom it is for, the piece that is its index, its own mtime."""

    __slots__ = ("identity", "index", "mtime", "size")

    def __init__(self, identity: bytes, index: Piece, size: int, mtime: int) -> None:
        self.identity = identity
        self.index = index
        self.size = size
        self.mtime = mtime

    def dump(self) -> bytes:
        """Return the bytes that stand at the start of the file."""
        start, length, checksum = self.index
        fixed = b"".join(
            [
                MAGIC,
                _word(VERSION, 4),
                _word(len(self.identity), 4),
                _word(start),
                _word(length),
                _word(self.size),
                _word(self.mtime),
                checksum,
            ]
        )
        return fixed + host.source_hash(fixed + self.identity) + self.identity


def _word(number: int, length: int = 8) -> bytes:
    return number.to_bytes(length, "little")


def _number(data: memoryview, start: int, length: int = 8) -> int:
    return int.from_bytes(data[start : start + length], "little")


def parse(data: memoryview) -> Header:
    """Return the header of the image *data*, made for any interpreter.

    Raises Refused for what is no image, of another format, or not all there.
    """
    if bytes(data[: len(MAGIC)]) != MAGIC[: len(data)] or not data:
        raise Refused(NOT_AN_IMAGE)
    if len(data) < FIXED:
        raise Refused(CUT_SHORT.format(len(data), "first " + str(FIXED)))
    version = _number(data, 16, 4)
    if version != VERSION:
        raise Refused(OTHER_FORMAT.format(version))
    size = _number(data, 40)
    if len(data) != size:
        raise Refused(CUT_SHORT.format(len(data), size))
    end = FIXED + _number(data, 20, 4)
    index = _number(data, 24), _number(data, 32), bytes(data[56:64])
    return Header(bytes(data[FIXED:end]), index, size, _number(data, 48))


def check(data: memoryview, header: Header) -> None:
    """Raise Refused unless the image *data* is whole at its start and for this interpreter."""
    here = identity()
    if header.identity != dump_identity(here):
        there = parse_identity(header.identity)
        for name, value in here.items():
            if there.get(name) != value:
                raise Refused(OTHER_INTERPRETER.format(name, there.get(name, "not said"), value))
    if host.source_hash(bytes(data[:64]) + header.identity) != bytes(data[64:72]):
        raise Refused(DAMAGED.format("its header is"))


def piece(data: memoryview, where: Piece) -> memoryview | None:
    """Return the piece at *where* in *data*; None if it is damaged."""
    start, length, expected = where
    found = data[start : start + length]
    return found if checksum(found) == expected else None


def index(data: memoryview, header: Header) -> dict[str, Any]:
    """Return the index of the image; Refused if it is damaged."""
    found = piece(data, header.index)
    if found is None:
        raise Refused(DAMAGED.format("its index is"))
    return host.marshal_loads(found)  # type: ignore[no-any-return]
