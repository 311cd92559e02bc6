"""A file in memory: mapped if it is large and the interpreter can map files, else read."""

from __future__ import annotations

import sys

from .chosen import interpreter

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os as _os
    from collections.abc import Callable
    from typing import TypeVar

    _T = TypeVar("_T")
else:
    _os = interpreter.os

_CLOEXEC: int = getattr(_os, "O_CLOEXEC", getattr(_os, "O_NOINHERIT", 0))
#: A pipe must not be waited for, and on Windows a file be no text.
_FLAGS: int = _os.O_RDONLY | _CLOEXEC | getattr(_os, "O_NONBLOCK", 0) | getattr(_os, "O_BINARY", 0)


#: From this size (bytes) on a file is mapped: reading so much takes longer than to find and load
#: the module that maps.
LARGE = 512 << 10


def mapped(path: str, check: Callable[[_os.stat_result], _T]) -> tuple[memoryview, _T]:
    """Return the content of the file *path*, and what *check* says of what `fstat` says of it.

    What *check* raises ends it before anything is read. Raises OSError when the file cannot be
    opened or read. The file must not be written to, only replaced, while the content is in use.
    """
    fd = _os.open(path, _FLAGS)
    try:
        stat = _os.fstat(fd)
        said = check(stat)
        return _content(fd, stat.st_size), said
    finally:
        _os.close(fd)


def _content(fd: int, size: int) -> memoryview:
    if size < LARGE:
        return memoryview(_read(fd, size))
    before = "mmap" in sys.modules
    try:
        import mmap  # noqa: PLC0415 - only those who use an image need it
    except ImportError:
        return memoryview(_read(fd, size))
    finally:
        if not before:
            sys.modules.pop("mmap", None)  # The program has not imported it.
    if not hasattr(mmap, "ACCESS_READ"):
        return memoryview(_read(fd, size))
    return memoryview(mmap.mmap(fd, size, access=mmap.ACCESS_READ))


def _read(fd: int, size: int) -> bytes:
    parts, missing = [], size
    while missing > 0:
        part = _os.read(fd, missing)
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def checksum(data: memoryview) -> bytes:
    """Return the 8 bytes by which damaged *data* is known (that of hash-based pycs)."""
    return interpreter.source_hash(data if _HASHES_VIEWS else bytes(data))  # type: ignore[arg-type]


_HASHES_VIEWS = sys.implementation.name == "cpython"  # PyPy's wants bytes.


def user() -> int | None:
    """Return the user on whose behalf this process acts; None where files have no such owner."""
    return _os.geteuid() if hasattr(_os, "geteuid") else None
