"""A file system in a dict, with the rules of any platform: for tests and images."""

from __future__ import annotations

from . import paths as _paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import stat_result

_DIRECTORY, _FILE = 0o040755, 0o100644


class MemoryStat:
    """The fields of `os.stat_result` that importing looks at."""

    __slots__ = (
        "st_ctime_ns", "st_dev", "st_ino", "st_mode", "st_mtime", "st_mtime_ns", "st_size",
    )  # fmt: skip

    def __init__(self, mode: int, mtime_ns: int, size: int, inode: int) -> None:
        self.st_mode = mode
        self.st_mtime_ns = self.st_ctime_ns = mtime_ns
        self.st_mtime = mtime_ns / 1e9
        self.st_size = size
        self.st_ino = inode
        self.st_dev = 0


class MemoryDisk:
    """Files given as a mapping of absolute path to content; directories follow from them.

    *case_insensitive* makes `stat`, `listdir` and `read` find a name in any case, as the file
    systems of macOS and Windows do; `listdir` still gives the true case.
    """

    def __init__(
        self,
        files: Mapping[str, bytes] | None = None,
        *,
        paths: _paths.Paths = _paths.POSIX,
        case_insensitive: bool = False,
        caseok: bool = False,
        cwd: str = "/",
    ) -> None:
        self.paths = paths
        self.case_insensitive = case_insensitive
        self.caseok = caseok
        self.cwd = cwd
        self.clock = 1_000_000_000_000_000_000
        self.contents: dict[str, bytes] = {}
        self.mtimes: dict[str, int] = {}
        for path, data in (files or {}).items():
            self.write_atomic(path, data)

    def getcwd(self) -> str:
        """Return the current directory."""
        return self.cwd

    def ignores_case(self) -> bool:
        """Whether PYTHONCASEOK is set in this world."""
        return self.caseok

    def stat(self, path: str) -> stat_result:
        """Return mode, size and times of a file or directory."""
        key = self._key(path)
        if key in self.contents:
            result = MemoryStat(_FILE, self.mtimes[key], len(self.contents[key]), hash(key))
        elif key in self._directories():
            result = MemoryStat(_DIRECTORY, self.mtimes.get(key, 0), 0, hash(key))
        else:
            raise FileNotFoundError(2, "No such file or directory", path)
        return result  # type: ignore[return-value]

    def listdir(self, path: str) -> list[str]:
        """Return the names in a directory."""
        key = self._key(path)
        if key not in self._directories():
            error = NotADirectoryError if key in self.contents else FileNotFoundError
            raise error(20 if key in self.contents else 2, "Cannot list", path)
        everything = [*self.contents, *self._directories()]
        parents = [self.paths.split(other) for other in everything]
        return sorted({name for head, name in parents if head == key and name})

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        key = self._key(path)
        if key not in self.contents:
            raise FileNotFoundError(2, "No such file or directory", path)
        return self.contents[key]

    read_code = read

    def read_code_dated(self, path: str) -> tuple[bytes, float]:
        """Return the content of a file and its mtime (seconds)."""
        return self.read(path), self.stat(path).st_mtime

    def make_directory(self, path: str) -> None:
        """Do nothing: directories follow from the files in them."""

    def write_atomic(self, path: str, data: bytes, mode: int = 0o666) -> None:
        """Write a file; its directory's time of change moves on."""
        self.clock += 1_000_000_000
        key = self._key(path)
        self.contents[key] = data
        self.mtimes[key] = self.mtimes[self.paths.split(key)[0]] = self.clock

    def _key(self, path: str) -> str:
        path = self.paths.absolute(path, self.cwd)
        for sep in self.paths.seps[1:]:
            path = path.replace(sep, self.paths.sep)
        path = path.rstrip(self.paths.sep)
        if not self.case_insensitive:
            return path
        known = {other.lower(): other for other in (*self.contents, *self._directories())}
        return known.get(path.lower(), path)

    def _directories(self) -> set[str]:
        found = set()
        for path in self.contents:
            directory = path
            while directory:
                directory = self.paths.split(directory)[0]
                found.add(directory)
        return found
