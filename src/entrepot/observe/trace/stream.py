"""Records on their way from a traced process into a file, one system call each.

A record is marshalled, after its length in four bytes. What has been written stays, however the
process ends; children of a fork write into the same file, for what is appended in one call is
never torn apart.

A program may close all files it does not know, and open its own, which then get their numbers. So
each time it is made sure that the number still is that of the stream; it is opened again by its
path if not. Nor does the stream take the lowest number that is free, which programs may count on.
"""

from __future__ import annotations

from os import O_APPEND, O_CREAT, O_EXCL, O_WRONLY, close, dup2, fstat, open as open_, write

from ...host import marshal_dumps, marshal_loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_LENGTH = 4
#: The numbers that are tried, so that a program finds the low ones free.
_NUMBERS = range(250, 200, -1)


class Stream:
    """A sink of records in the file *path*, which is made, and must not exist.

    Raises OSError if that is not possible. Later, what cannot be written is left out: the
    program must not notice.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._fd = -1
        self._open(O_CREAT | O_EXCL)
        status = fstat(self._fd)
        self._file = status.st_ino, status.st_dev

    def __call__(self, record: tuple[Any, ...]) -> None:
        """Write *record*."""
        if self._fd == -1:
            return
        data = marshal_dumps(record)
        try:
            if not self._is_ours():
                self._open(0)
            if not self._is_ours():
                raise OSError("the file has been replaced")
            data = len(data).to_bytes(_LENGTH, "little") + data
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
        if free is None:
            self._fd = low
            return
        self._fd = dup2(low, free, inheritable=False)
        close(low)


def _is_open(number: int) -> bool:
    try:
        fstat(number)
    except OSError:
        return False
    return True


def read(path: str) -> Iterator[tuple[Any, ...]]:
    """Yield the records in the file *path*, up to the first that is not whole."""
    with open(path, "rb") as file:
        data = file.read()
    at = 0
    while at + _LENGTH <= len(data):
        end = at + _LENGTH + int.from_bytes(data[at : at + _LENGTH], "little")
        if end > len(data):
            return
        yield marshal_loads(data[at + _LENGTH : end])
        at = end


try:
    from os import O_BINARY as _BINARY  # type: ignore[attr-defined,unused-ignore]
except ImportError:  # Everywhere but on Windows.
    _BINARY = 0
