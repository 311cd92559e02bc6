"""Files that are written at the end of a traced program, and made sure of before it begins."""

from __future__ import annotations

import os
import sys

from ...host import DISK

#: What stands for standard output in the place of a file's name.
STDOUT = "-"
_STDOUT = "standard output"


def check_outputs(paths: list[str]) -> None:
    """Raise OSError unless each of *paths* can be written, RuntimeError for one that is twice."""
    for path in paths:
        check_writable(path)
    if len({os.path.realpath(path) for path in paths}) < len(paths):
        raise RuntimeError("two outputs would go to one file")


def check_writable(path: str) -> None:
    """Raise OSError unless the file *path* can be written; nothing is left behind."""
    if path == STDOUT:
        if sys.stdout is None:  # It was closed before the start.
            raise OSError(9, os.strerror(9), _STDOUT)
        return
    if os.path.isdir(path):
        raise IsADirectoryError(21, os.strerror(21), path)
    if os.path.exists(path):
        if not os.access(path, os.W_OK):
            raise PermissionError(13, os.strerror(13), path)
        if not os.path.isfile(path):
            return  # A device, a pipe: it is written as it is.
    try:
        try_out(f"{os.path.realpath(path)}.{os.getpid()}")
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def try_out(path: str) -> None:
    """Make the file *path*, which must not be there, and remove it. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.unlink(path)


def write(path: str, content: str) -> None:
    """Write *content* to the file *path*, all of it or nothing. Raises OSError."""
    data = content.encode("utf-8", "surrogatepass")
    if path == STDOUT:
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        except OSError as error:
            raise OSError(error.errno, error.strerror, _STDOUT) from None
    elif os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as file:
            file.write(data)
    else:
        try:
            DISK.write_atomic(os.path.realpath(path), data)
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from None


def said(problem: Exception) -> str:
    """Return what is wrong, as a line."""
    if isinstance(problem, OSError) and problem.filename is not None:
        return f"cannot write {problem.filename}: {problem.strerror}"
    return str(problem)
