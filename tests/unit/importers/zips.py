"""Zip archives made field by field, so that each field can lie."""

from __future__ import annotations

import binascii
import struct
import zlib

STORED, DEFLATED = 0, 8
_LOCAL = "<4s5H3L2H"
_CENTRAL = "<4s6H3L5H2L"
_END = "<4s4H2LH"


def deflate(data: bytes) -> bytes:
    """Return *data* as a member's deflated bytes."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(data) + compressor.flush()


class Member:
    """One member. *local* and *central* override fields of the two headers by name."""

    def __init__(self, name, data=b"", *, method=STORED, raw=None, local=(), central=(), flags=0):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.raw = raw if raw is not None else deflate(data) if method == DEFLATED else data
        self.fields = {
            "flags": flags,
            "method": method,
            "time": 0,
            "date": 0x5A21,
            "crc": binascii.crc32(data),
            "compressed": len(self.raw),
            "size": len(data),
            "name": self.name,
            "extra": b"",
            "comment": b"",
        }
        self.local = {**self.fields, **dict(local)}
        self.central = {**self.fields, **dict(central)}

    def local_header(self) -> bytes:
        f = self.local
        name, extra = f["name"], f["extra"]
        head = (b"PK\3\4", 20, f["flags"], f["method"], f["time"], f["date"], f["crc"])
        sizes = (f["compressed"], f["size"], len(name), len(extra))
        return struct.pack(_LOCAL, *head, *sizes) + name + extra

    def entry(self, offset: int) -> bytes:
        f = self.central
        name, extra, comment = f["name"], f["extra"], f["comment"]
        head = (b"PK\1\2", 20, 20, f["flags"], f["method"], f["time"], f["date"], f["crc"])
        sizes = (f["compressed"], f["size"], len(name), len(extra), len(comment))
        tail = (0, 0, 0, f.get("offset", offset))
        return struct.pack(_CENTRAL, *head, *sizes, *tail) + name + extra + comment


def build(*members: Member, prefix=b"", comment=b"", after=b"", gap=b"", **end) -> bytes:
    """Return the archive of *members*; *end* overrides fields of its end record."""
    body, entries = b"", b""
    for member in members:
        entries += member.entry(len(body))
        body += member.local_header() + member.raw
    count = len(members)
    fields = {"entries": count, "total": count, "length": len(entries), "offset": len(body), **end}
    record = struct.pack(
        _END,
        b"PK\5\6",
        0,
        0,
        fields["entries"],
        fields["total"],
        fields["length"],
        fields["offset"],
        fields.get("comment_length", len(comment)),
    )
    return prefix + body + gap + entries + end.get("before_end", b"") + record + comment + after


def zip64_end(count: int, length: int, offset: int, place: int, *, tail=b"") -> bytes:
    """Return a zip64 end record, which lies at *place*, and its locator."""
    sizes = (44 + len(tail), 45, 45, 0, 0, count, count, length, offset)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", *sizes) + tail
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
