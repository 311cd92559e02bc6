"""What is in an image, put together and written.

The index is a dict:

    about         `entrepot` and `made`: version and time (ISO 8601); `of`: a text, and what else
                  whoever makes it wants to have shown; `left_out`: module -> why
    directories   directory -> the piece that has its mtime (ns), the names in it that a module
                  could have, and the records of its modules: full name -> record
    scripts       path of a script -> its record

Records are described in `entrepot.importers.image.format`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time

from .. import __version__, host
from ..finders.listing import is_within_tick
from ..importers.image import format as format_
from ..loaders.suffixes import all_suffixes
from . import records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import CodeType
    from typing import Any

    from .collect import Found

_PATIENCE = 5.0  # seconds that a directory may take to come to rest


class WriteError(Exception):
    """The image cannot be written; the text says why."""


#: Modules of a program, in the order of its imports, have their code together in pieces of about
#: this size (bytes). They share names and more, so that is a good deal less to unmarshal. Too large
#: a piece costs those who import some of its modules only.
TOGETHER = 1 << 20


class Contents:
    """What is going to be in an image: modules are added one by one.

    Consecutive modules have their code *together* in pieces of about so many bytes; 0 is for
    modules that are not imported together, a piece for each.
    """

    def __init__(self, together: int = 0) -> None:
        self.modules: dict[str, dict[str, Any]] = {}
        self.scripts: dict[str, Any] = {}
        self.left_out: dict[str, str] = {}
        identity = format_.dump_identity(format_.identity())
        self._identity = identity
        self._parts = [b""]
        self._end = format_.FIXED + len(identity)
        self._together = together
        #: The code that is going to be in one piece: the records' dict and key there, the record
        #: up to that, the code, and its size (bytes).
        self._waiting: list[tuple[dict[str, Any], str, tuple[Any, ...], CodeType, int]] = []
        #: What the file's mtime (ns) is going to be.
        self.mtime = time.time_ns()

    def add_all(
        self, found: Sequence[Found], tell: Callable[[int, int], object] = lambda done, of: None
    ) -> None:
        """Add all modules that were *found*; *tell* is called with how many are done, and of all.

        Those that cannot be kept get their reason in `left_out`.
        """
        for done, each in enumerate(found):
            tell(done, len(found))
            try:
                self.add(each)
            except records.LeftOut as reason:
                self.left_out[each.name] = str(reason)
        tell(len(found), len(found))

    def add(self, found: Found) -> None:
        """Add one module; raises `records.LeftOut`."""
        kind, stat, code = records.kept(found)
        package = os.path.dirname(found.path) if found.is_package else None
        record = kind, found.path, package, stat.st_mtime_ns, stat.st_size
        self._add(self.modules.setdefault(found.directory, {}), found.name, record, code)
        if package is not None:
            self.modules.setdefault(package, {})

    def add_script(self, path: str) -> None:
        """Add the script *path*, which is no module; raises `records.LeftOut`, OSError."""
        stat = os.stat(path)
        code = records.code_of_script(path)
        record = format_.SOURCE, path, None, stat.st_mtime_ns, stat.st_size
        self._add(self.scripts, path, record, code)

    def _add(
        self, records: dict[str, Any], key: str, record: tuple[Any, ...], code: CodeType | None
    ) -> None:
        records[key] = (*record, None)
        if code is not None:
            self._waiting.append((records, key, record, code, len(host.marshal_dumps(code))))
            if sum(size for *_, size in self._waiting) >= self._together:
                self._make_piece()

    def _make_piece(self) -> None:
        """Put the code that is waiting into a piece, and what is known of it into the records."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            piece = self._piece(host.marshal_dumps(tuple(code for *_, code, _ in waiting)))
            for place, (records, key, record, _, size) in enumerate(waiting):
                records[key] = (*record, (piece, place, size))

    def _piece(self, data: bytes) -> format_.Piece:
        start = self._end
        self._parts.append(data)
        self._end += len(data)
        return start, len(data), host.source_hash(data)

    def dump(self, about: dict[str, Any]) -> bytes:
        """Return the file, which says *about* itself what is in that dict."""
        self._make_piece()
        listings = {directory: listing(directory) for directory in self.modules}
        mtimes = {directory: mtime for directory, (mtime, _) in listings.items()}
        directories = {}
        for directory, modules in self.modules.items():
            names = candidates(listings[directory][1])
            complete = {name: _with_package(each, mtimes) for name, each in modules.items()}
            known = mtimes[directory], names, complete
            directories[directory] = self._piece(host.marshal_dumps(known))
        made = dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds")
        about = {"entrepot": __version__, "made": made, "left_out": self.left_out, **about}
        index = {"about": about, "directories": directories, "scripts": self.scripts}
        piece = self._piece(host.marshal_dumps(index))
        self._parts[0] = format_.Header(self._identity, piece, self._end, self.mtime).dump()
        return b"".join(self._parts)


def _with_package(record: Any, mtimes: dict[str, int]) -> Any:
    """Return *record* with the mtime of the package's own directory beside it."""
    directory = record[format_.PACKAGE]
    package = None if directory is None else (directory, mtimes[directory])
    return (*record[: format_.PACKAGE], package, *record[format_.PACKAGE + 1 :])


def candidates(names: Iterable[str]) -> tuple[str, ...]:
    """Return, sorted, those of the *names* in a directory that a module could have."""
    suffixes = tuple(all_suffixes())
    return tuple(sorted(name for name in names if "." not in name or name.endswith(suffixes)))


def listing(directory: str) -> tuple[int, list[str]]:
    """Return the mtime (ns) of *directory*, and the names in it, once it has come to rest.

    Or else a later change could leave the same mtime. It is read anew until then, for some
    seconds; should it never come to rest, the mtime is one that it cannot have.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        mtime, now = os.stat(directory).st_mtime_ns, time.time_ns()
        names = os.listdir(directory)
        if not is_within_tick(mtime, now) and os.stat(directory).st_mtime_ns == mtime:
            return mtime, names
        time.sleep(0.01)
    return -1, names


def write(path: str, contents: Contents, about: dict[str, Any]) -> int:
    """Write the image of *contents* to *path*, whole or not at all; returns its size in bytes.

    Then the file gets the mtime that is in it. Where it cannot, it serves all the same, only its
    checksums are compared each time. WriteError says why it cannot be written.
    """
    data = contents.dump(about)
    try:
        host.DISK.write_atomic(path, data, 0o644)
    except OSError as problem:
        raise WriteError(f"cannot write {path!r}: {problem.strerror}") from problem
    with contextlib.suppress(OSError):
        os.utime(path, ns=(contents.mtime, contents.mtime))
    return len(data)
