"""How much memory the process has in use: what each import adds to it."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_STATM = "/proc/self/statm"
#: Where the page size is asked for; `os` has it only on Unix.
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def _by_proc() -> int:
    fd = os.open(_STATM, os.O_RDONLY)
    try:
        return int(os.read(fd, 256).split()[1]) * _PAGE
    finally:
        os.close(fd)


def _by_peak() -> int:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _measure() -> Callable[[], int] | None:
    if os.path.exists(_STATM):
        return _by_proc
    try:
        _by_peak()
    except ImportError:
        return None
    return _by_peak


#: Returns the resident memory (bytes), or, where the system tells no more, its peak so far.
#: None where it tells neither (Windows).
resident_bytes = _measure()
