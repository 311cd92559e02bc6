"""The file system of the running interpreter, as the few operations that importing needs.

Finders and loaders take a `Disk` (or `entrepot.host.memory.MemoryDisk`, which is the same over a
dict), so that path and case rules of other platforms can be tested on this one.
"""

from __future__ import annotations

import sys

from . import paths
from .chosen import interpreter

TYPE_CHECKING = False
if TYPE_CHECKING:
    import io as _io
    import os as _os
else:
    _io, _os = interpreter.io, interpreter.os
_CASE_INSENSITIVE_PLATFORMS = ("win", "cygwin", "darwin", "ios", "tvos", "watchos")
_READ_SIZE = 1 << 16


class Disk:
    """The operating system's files. All methods raise OSError as the functions of `os` do."""

    __slots__ = ("case_insensitive", "paths")

    def __init__(self) -> None:
        self.paths = paths.WINDOWS if sys.platform == "win32" else paths.POSIX
        #: Whether names differ by more than case (PEP 235).
        self.case_insensitive = sys.platform.startswith(_CASE_INSENSITIVE_PLATFORMS)

    stat = staticmethod(_os.stat)
    getcwd = staticmethod(_os.getcwd)

    @staticmethod
    def listdir(path: str) -> list[str]:
        """Return the names in the directory *path*."""
        return _os.listdir(path)

    @staticmethod
    def read(path: str) -> bytes:
        """Return the content of a file of data."""
        with _io.FileIO(path, "r") as file:
            return file.read()

    @staticmethod
    def read_code(path: str) -> bytes:
        """Return the content of a file that is to be executed (PEP 578: `io.open_code`)."""
        with _io.open_code(path) as file:
            return file.read()

    @staticmethod
    def read_code_dated(path: str) -> tuple[bytes, float]:
        """Return the content of a file that is to be executed, and its mtime (seconds).

        Where nobody watches `io.open_code`, this is four system calls instead of nine.
        """
        if not _OPENS_CODE_PLAINLY:
            with _io.open_code(path) as file:
                return file.read(), _os.stat(path).st_mtime
        fd = _os.open(path, _os.O_RDONLY | _CLOEXEC)
        try:
            stat = _os.fstat(fd)
            # What comes short is damaged, which whoever reads it will see.
            return _os.read(fd, stat.st_size), stat.st_mtime
        finally:
            _os.close(fd)

    @staticmethod
    def ignores_case() -> bool:
        """Whether the user asks for case-insensitive imports (PYTHONCASEOK, PEP 235)."""
        return interpreter.environment("PYTHONCASEOK") is not None

    def make_directory(self, path: str) -> None:
        """Make the directory *path*, if there is none, and those above it."""
        try:
            _os.mkdir(path)
        except FileExistsError:
            return
        except FileNotFoundError:
            parent = self.paths.split(path)[0]
            if parent in ("", path):
                raise
            self.make_directory(parent)
            try:
                _os.mkdir(path)  # Once more, not again and again: the parent may be a broken link.
            except FileExistsError:
                return

    @staticmethod
    def write_atomic(path: str, data: bytes, mode: int = 0o666) -> None:
        """Write *data* to *path* so that others see all of it or nothing.

        A temporary file beside *path* is renamed over it. When a step fails the temporary file
        is removed; should the process be killed, it stays behind under a name nothing reads.
        """
        temporary = f"{path}.{_os.getpid()}-{id(data)}"
        fd = _os.open(temporary, _os.O_CREAT | _os.O_EXCL | _os.O_WRONLY | _CLOEXEC, mode & 0o666)
        try:
            try:
                _write_all(fd, data)
            finally:
                _os.close(fd)
            _os.replace(temporary, path)
        except BaseException:  # KeyboardInterrupt, too, leaves no file behind.
            try:
                _os.unlink(temporary)
            except OSError:
                pass  # The first error tells more.
            raise


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        # A full disk shows as a short write, not always as an error.
        written = _os.write(fd, rest)
        if written == 0:
            raise OSError(28, "No space left on device")
        rest = rest[written:]


_OPENS_CODE_PLAINLY = interpreter.opens_code_plainly()
_CLOEXEC = getattr(_os, "O_CLOEXEC", 0) | getattr(_os, "O_BINARY", 0)
DISK = Disk()
