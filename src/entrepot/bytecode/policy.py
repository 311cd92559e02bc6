"""When a pyc is used: one decision table (PEP 552, `--check-hash-based-pycs`).

A pyc that cannot be read or has another interpreter's magic number is no pyc. For the others:
"""

from __future__ import annotations

from .. import host
from . import header as headers

BY_TIME, UNCHECKED, CHECKED = 0, headers.HASH_BASED, headers.HASH_BASED | headers.CHECK_SOURCE

COMPARE_TIME, COMPARE_HASH, TRUST = "compare time and size", "compare hash", "trust"

#: (flags of the pyc, policy of the process) -> what is done
DECISIONS = {
    (BY_TIME, "default"): COMPARE_TIME,
    (BY_TIME, "always"): COMPARE_TIME,
    (BY_TIME, "never"): COMPARE_TIME,
    (UNCHECKED, "default"): TRUST,
    (UNCHECKED, "always"): COMPARE_HASH,
    (UNCHECKED, "never"): TRUST,
    (CHECKED, "default"): COMPARE_HASH,
    (CHECKED, "always"): COMPARE_HASH,
    (CHECKED, "never"): TRUST,
}

#: Every reason why a readable pyc of this interpreter is stale, but for `fresh.SOURCE_NEWER`.
MTIME_DIFFERS = "the source was modified: its mtime is {}, the pyc says {}"
SIZE_DIFFERS = "the source's size is {}, the pyc says {}"
HASH_DIFFERS = "the source's hash is {}, the pyc says {}"


def decision(flags: int, policy: str | None = None) -> str:
    """Return `COMPARE_TIME`, `COMPARE_HASH` or `TRUST` for a pyc of these *flags*.

    Without "by hash", "check the source" means nothing.
    """
    kind = flags if flags & headers.HASH_BASED else BY_TIME
    return DECISIONS[kind, host.check_hash_based_pycs() if policy is None else policy]


def stale_by_time(header: headers.Header, mtime: float, size: int | None) -> str | None:
    """Return why a pyc by time does not fit source of this mtime (seconds) and size, or None."""
    if header.mtime != int(mtime) & 0xFFFF_FFFF:
        return MTIME_DIFFERS.format(int(mtime), header.mtime)
    if size is not None and header.size != size & 0xFFFF_FFFF:
        return SIZE_DIFFERS.format(size, header.size)
    return None


def stale_by_hash(header: headers.Header, source: bytes) -> str | None:
    """Return why a pyc by hash does not fit *source*, or None."""
    actual = host.source_hash(source)
    if header.source_hash == actual:
        return None
    return HASH_DIFFERS.format(actual.hex(), (header.source_hash or b"").hex())


def renewed(old: headers.Header | None, source: bytes, mtime: float, size: int) -> headers.Header:
    """Return the header for the pyc that is written in the place of the stale *old* one.

    A pyc by hash stays one, checked or not as it was; everything else is by time.
    """
    if old is None or not old.flags & headers.HASH_BASED:
        return headers.by_time(mtime, size)
    return headers.by_hash(host.source_hash(source), checked=bool(old.flags & headers.CHECK_SOURCE))
