"""Records on their way out of a traced process: what has left it stays, however it ends.

A record is marshalled, after its length in four bytes and before a mark. Where there is fork, it
goes into memory that the process shares with the one that has started it (`Shared`), which costs a
microsecond and leaves nothing that the program could see or close. Else, and for children that the
program itself forks, it is appended to a file (`Stream`) by one system call, so that records of
several processes do not tear each other apart.

A program may close all files it does not know, and open its own, which then get their numbers. So
each time it is made sure that the number still is that of the stream; it is opened again by its
path if not. Nor does the stream take the lowest number that is free, which programs may count on.
"""

from __future__ import annotations

import os
from os import O_APPEND, O_CREAT, O_WRONLY, close, fstat, open as open_, write

from ...host import marshal_dumps, marshal_loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

#: Taken now, for a program may replace it; not everywhere are there descriptors to duplicate.
_dup2: Callable[..., int] | None = getattr(os, "dup2", None)

_LENGTH = 4
#: In the place of a length: all before it has been written. (Threads may be in between.)
_MARK = b"\xff" * _LENGTH
#: The version of the marshal format: the last one that does not look for objects it has had.
_FORMAT = 2
#: The size of the shared memory (bytes), none of which is taken before it is written to: enough
#: for a hundred thousand imports.
SIZE = 1 << 25
#: The numbers that are tried, so that a program finds the low ones free.
_NUMBERS = range(250, 200, -1)


class Shared:
    """A sink of records in *memory*, an mmap that processes share, full of zeros.

    Only the process *pid* writes there. What others, its children, tell goes to *path*, a file
    that the first of them makes. So does what there is no more room for.
    """

    __slots__ = ("_others", "_path", "_pid", "_write")

    def __init__(self, memory: Any, path: str, pid: int) -> None:
        self._write = memory.write
        self._path = path
        self._pid = pid
        self._others: Stream | None = None

    def write(self, record: Any) -> None:
        """Write *record*: no other thread tears it apart, and no signal does unnoticed."""
        if record[1] == self._pid:
            data = marshal_dumps(record, _FORMAT)
            try:
                self._write(len(data).to_bytes(_LENGTH, "little") + data)
                self._write(_MARK)
            except ValueError:  # There is no more room, neither for this nor for any other.
                self._pid = -1
                self._elsewhere(record)
        else:
            self._elsewhere(record)

    def _elsewhere(self, record: Any) -> None:
        if self._others is None:
            self._others = Stream(self._path)
        self._others.write(record)


class Stream:
    """A sink of records in the file *path*, which is made if it is not there.

    What cannot be written is left out: the program must not notice.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._fd = -1
        self._file = 0, 0
        try:
            self._open(O_CREAT)
        except OSError:
            return
        status = fstat(self._fd)
        self._file = status.st_ino, status.st_dev

    def write(self, record: Any) -> None:
        """Write *record*."""
        if self._fd == -1:
            return
        data = marshal_dumps(record, _FORMAT)
        try:
            if not self._is_ours():
                self._open(0)
            if not self._is_ours():
                raise OSError("the file has been replaced")
            data = len(data).to_bytes(_LENGTH, "little") + data + _MARK
            if write(self._fd, data) != len(data):
                self._fd = -1
        except OSError:
            self._fd = -1

    def _is_ours(self) -> bool:
        try:
            status = fstat(self._fd)
        except OSError:
            return False
        return (status.st_ino, status.st_dev) == self._file

    def _open(self, flags: int) -> None:
        """Open the file at a number that nobody uses."""
        low = open_(self.path, flags | O_APPEND | O_WRONLY | _BINARY, 0o600)
        free = next((number for number in _NUMBERS if not _is_open(number)), None)
        if free is None or _dup2 is None:
            self._fd = low
            return
        self._fd = _dup2(low, free, inheritable=False)
        close(low)


def _is_open(number: int) -> bool:
    try:
        fstat(number)
    except OSError:
        return False
    return True


def read(data: Any) -> Iterator[Any]:
    """Yield the records in *data*, bytes or memory, up to the first that is not whole."""
    at = 0
    while any(head := data[at : at + _LENGTH]):
        at += _LENGTH
        if head != _MARK:
            start, at = at, at + int.from_bytes(head, "little")
            if len(head) < _LENGTH or not any(data[at : at + _LENGTH]):
                return
            yield marshal_loads(data[start:at])


try:
    from os import O_BINARY as _BINARY  # type: ignore[attr-defined,unused-ignore]
except ImportError:  # Everywhere but on Windows.
    _BINARY = 0
