"""When a pyc in an archive is used: the table of PEP 552, with the clock of zip archives.

The times of members are local times in steps of two seconds. So a pyc by time fits a source
whose time differs by up to one second, and none is compared where the source is not there.
"""

from __future__ import annotations

from time import mktime

from ...bytecode import fresh, header as headers, policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from ..archive.member import Member

_TIME_DIFFERS = "the source was modified: its mtime is {}, the pyc says {}"


def code_of(
    data: bytes,
    name: str,
    path: str,
    source: Member | None,
    read_source: Callable[[], bytes],
) -> tuple[CodeType | None, str]:
    """Return the code in the pyc content *data*, or None and why it is stale.

    *source* is the member beside it, if there is one. Raises ImportError for what is no pyc of
    this interpreter, TypeError for a pyc that holds no code, EOFError and ValueError for a
    damaged one.
    """
    header = headers.parse(data, name, path)
    reason = None
    if source is not None:
        decision = policy.decision(header.flags)
        if decision is policy.COMPARE_HASH:
            reason = policy.stale_by_hash(header, read_source())
        elif decision is policy.COMPARE_TIME:
            reason = _stale_by_time(header, source)
    if reason is not None:
        return None, reason
    return fresh.load_code(data, name, path), ""


def _stale_by_time(header: headers.Header, source: Member) -> str | None:
    mtime = modification_time(source.date, source.time)
    if abs((header.mtime or 0) - mtime) > 1:
        return _TIME_DIFFERS.format(mtime, header.mtime)
    return policy.stale_by_time(header, header.mtime or 0, source.size)


def modification_time(date: int, time: int) -> int:
    """Return the time of a member, given in MS-DOS's format, in seconds since the epoch.

    What is no date at all is 0.
    """
    fields = (
        (date >> 9) + 1980,
        date >> 5 & 0x0F,
        date & 0x1F,
        time >> 11,
        time >> 5 & 0x3F,
        (time & 0x1F) * 2,
    )
    try:
        return int(mktime((*fields, -1, -1, -1)))
    except (OverflowError, ValueError):
        return 0
