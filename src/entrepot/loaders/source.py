"""Source files, and the pycs that spare compiling them.

`SourceLoader.get_code` is the whole story: look for the pyc and ask whether it is fresh; if not,
compile the source and keep the result in a new pyc. A pyc that cannot be read, is damaged or
cannot be written never makes an import fail.
"""

from __future__ import annotations

import sys

from ..bytecode import fresh, header as headers, policy, source as source_text
from ..bytecode.location import cache_from_source
from ..core.events import PROCESS
from ..host import features, frames, renamed, resident
from .base import CodeLoader, FileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from ..core.events import Events

#: What reading a damaged pyc can raise.
DAMAGED = (ImportError, EOFError, ValueError, TypeError, OSError)


class SourceLoader(CodeLoader, resident.SourceLoader):  # type: ignore[misc]
    """A loader that compiles source, given `get_data(path)` and `get_filename(fullname)`.

    With `path_stats(path)` bytecode is read, with `set_data(path, data)` also written.
    (importlib.abc.SourceLoader)
    """

    events: Events = PROCESS
    found_stat: Any = None

    def path_mtime(self, path: str) -> float:
        """Return the modification time of *path* in seconds; OSError if it is not known."""
        raise OSError

    def path_stats(self, path: str) -> dict[str, Any]:
        """Return `mtime` (seconds) and, optionally, `size` (bytes) of the source *path*."""
        return {"mtime": self.path_mtime(path)}

    def _cache_bytecode(self, source_path: str, cache_path: str, data: bytes) -> None:
        self.set_data(cache_path, data)

    def set_data(self, path: str, data: bytes) -> None:
        """Do nothing: by default bytecode is not kept."""

    def get_source(self, fullname: str) -> str:
        """Return the source as text; ImportError if it cannot be read."""
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as error:
            text = "source not available through get_data()"
            raise ImportError(text, name=fullname) from error
        return source_text.decode_source(data)

    def source_to_code(
        self, data: Any, path: str, fullname: str | None = None, *, _optimize: int = -1
    ) -> CodeType:
        """Return the compiled source *data* (bytes, text or AST); raises SyntaxError."""
        named = {"module": fullname} if features.COMPILES_FOR_MODULE else {}
        code: CodeType = frames.call(
            compile, data, path, "exec", dont_inherit=True, optimize=_optimize, **named
        )
        return code

    def get_code(self, fullname: str) -> CodeType:
        """Return the module's code, from a fresh pyc or else compiled (PEP 3147, PEP 552).

        Raises SyntaxError or ValueError as `compile`, OSError when the source cannot be read.
        """
        path = self.get_filename(fullname)
        pyc = self._pyc_of(path)
        source = None
        if pyc is not None:
            cached, source = self._from_pyc(fullname, path, pyc)
            if cached is not None:
                return cached
        if source is None:
            source = self.get_data(path)
            if told := self.events.on_read:
                told(fullname, path, len(source))
        arguments = (source, path, fullname) if self._names_module() else (source, path)
        code: CodeType = frames.call(self.source_to_code, *arguments)
        if told := self.events.on_compiled:
            told(fullname, path)
        if pyc is not None and not sys.dont_write_bytecode:
            self._keep(fullname, path, pyc, source, code)
        return code

    def _names_module(self) -> bool:
        # Who overrides source_to_code() knows its third argument since Python 3.15.
        own = type(self).source_to_code is SourceLoader.source_to_code
        return own or features.COMPILES_FOR_MODULE

    def _pyc_of(self, path: str) -> Pyc | None:
        try:
            cached = cache_from_source(path)
            stats = self.path_stats(path)
        except (NotImplementedError, OSError):
            return None
        return Pyc(cached, stats["mtime"], stats.get("size"))

    def _from_pyc(self, fullname: str, path: str, pyc: Pyc) -> tuple[CodeType | None, bytes | None]:
        """Return the code, if the pyc is there and fresh, and the source, if it was read."""
        code = source = stale = None
        try:
            data = self._read_pyc(pyc)
        except OSError:
            return None, None
        if told := self.events.on_read:
            told(fullname, pyc.path, len(data))
        try:
            if pyc.size is None or data[: fresh.SIZE] != fresh.fresh_by_time(pyc.mtime, pyc.size):
                stale, source = self._why_stale(fullname, path, pyc, data)
            if stale is None and pyc.written is not None:
                stale = fresh.stale_by_race(pyc.mtime, pyc.written)
            if stale is None:
                code = renamed(fresh.load_code(data, fullname, pyc.path), path)
        except DAMAGED as error:
            stale = str(error)
        if self.events.observers:
            self._tell_of_pyc(fullname, pyc, stale)
        return code, source

    def _read_pyc(self, pyc: Pyc) -> bytes:
        return self.get_data(pyc.path)  # type: ignore[no-any-return]

    def _why_stale(
        self, fullname: str, path: str, pyc: Pyc, data: bytes
    ) -> tuple[str | None, bytes | None]:
        """Return why the pyc does not fit, if so, and the source, if that is what was asked."""
        header = pyc.header = headers.parse(data, fullname, pyc.path)
        decision = policy.decision(header.flags)
        if decision is policy.COMPARE_TIME:
            return policy.stale_by_time(header, pyc.mtime, pyc.size), None
        pyc.written = None  # Its time does not matter.
        if decision is policy.TRUST:
            return None, None
        source = self.get_data(path)
        return policy.stale_by_hash(header, source), source

    def _tell_of_pyc(self, fullname: str, pyc: Pyc, stale: str | None) -> None:
        if stale is not None:
            self.events.tell("stale", name=fullname, path=pyc.path, reason=stale)
        elif told := self.events.on_cached:
            told(fullname, pyc.path)

    def _keep(self, fullname: str, path: str, pyc: Pyc, source: bytes, code: CodeType) -> None:
        size = len(source) if pyc.size is None else pyc.size
        header = policy.renewed(pyc.header, source, pyc.mtime, size)
        try:
            self._cache_bytecode(path, pyc.path, headers.dump(header, code))
        except NotImplementedError:
            pass


class Pyc:
    """Where the pyc of a source file is, and the source's mtime (seconds) and size (bytes).

    What is found out on the way: its `header`, if it had to be looked into; the time when it
    was `written` (seconds), as far as the file system tells.
    """

    __slots__ = ("header", "mtime", "path", "size", "written")

    def __init__(self, path: str, mtime: float, size: int | None) -> None:
        self.path = path
        self.mtime = mtime
        self.size = size
        self.header: headers.Header | None = None
        self.written: float | None = None


class SourceFileLoader(FileLoader, SourceLoader, resident.SourceFileLoader):  # type: ignore[misc]
    """The loader of a source file (importlib.machinery.SourceFileLoader)."""

    _reads_code = True

    def path_stats(self, path: str) -> dict[str, Any]:
        """Return `mtime` (seconds) and `size` (bytes) of the file *path*; OSError without it."""
        stat, self.found_stat = self.found_stat, None
        if stat is None or not self._is_import or path != self.path:
            stat = self.disk.stat(path)
        return {"mtime": stat.st_mtime, "size": stat.st_size}

    def _read_pyc(self, pyc: Pyc) -> bytes:
        if type(self).get_data is not FileLoader.get_data:
            return self.get_data(pyc.path)
        data, pyc.written = self.disk.read_code_dated(pyc.path)
        return data

    def _keep(self, fullname: str, path: str, pyc: Pyc, source: bytes, code: CodeType) -> None:
        try:
            modified = self.path_stats(path)["mtime"] != pyc.mtime
        except OSError:
            modified = False
        if not modified:
            super()._keep(fullname, path, pyc, source, code)
        elif self.events.observers:
            # Under the old time, the pyc might pass for the new source's (gh-121376).
            reason = "the source was modified while it was compiled"
            self.events.tell("unwritten", name=fullname, path=pyc.path, reason=reason)

    def _cache_bytecode(self, source_path: str, cache_path: str, data: bytes) -> None:
        try:
            mode = self.disk.stat(source_path).st_mode
        except OSError:
            mode = 0o666
        # Writable for its owner even where the source is not, so that it can be renewed.
        self.set_data(cache_path, data, _mode=mode | 0o200)

    def set_data(self, path: str, data: bytes, *, _mode: int = 0o666) -> None:
        """Write *data* to *path*, with the directories above it; what fails is left undone."""
        kind, details = "written", {}
        try:
            self.disk.make_directory(self.disk.paths.split(path)[0])
            self.disk.write_atomic(path, data, _mode)
        except OSError as error:
            # A full or read-only disk, or somebody else was faster: importing goes on.
            kind, details = "unwritten", {"reason": str(error)}
        if self.events.observers:
            self.events.tell(kind, name=self.name, path=path, **details)
