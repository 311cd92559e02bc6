"""An open image: what it has of each directory, and the code of its modules."""

from __future__ import annotations

from ... import host
from ...host import DISK
from ...host.mapping import mapped, user
from . import format as format_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import stat_result
    from types import CodeType
    from typing import Any

_FORMAT, _FILE = 0o170000, 0o100000
_OTHERS_MAY_WRITE = 0o022
_TROUBLE = "the image {!r} is not used for {!r}: it is damaged there: build it again"


class Directory:
    """What an image has of one directory.

    *mtime* (ns) is the directory's, when it held *names*: those that a module could have, sorted.
    *records* are those of its modules, by their full name.
    """

    __slots__ = ("mtime", "names", "records")

    def __init__(self, mtime: int, names: tuple[str, ...], records: dict[str, Any]) -> None:
        self.mtime = mtime
        self.names = frozenset(names)
        self.records = records


class Image:
    """The image in the file *path*, open, under one of the two rules of *trust*.

    Raises `Refused` when it cannot be used.
    """

    __slots__ = (
        "_as_recorded",
        "_codes",
        "_data",
        "_is_as_written",
        "_told",
        "about",
        "identity",
        "path",
        "pieces",
        "scripts",
        "trust",
    )

    def __init__(self, path: str, trust: str = format_.CHECKED) -> None:
        self.path = path
        self.trust = trust
        data, mtime = _content(path)
        self._data = data
        header = format_.parse(data)
        format_.check(data, header)
        self._is_as_written = mtime == header.mtime
        index = format_.index(data, header)
        self.identity = format_.parse_identity(header.identity)
        #: What `entrepot.image.layout` says of the making of it.
        self.about: dict[str, Any] = index["about"]
        #: Directory -> where in the file is what is known of it.
        self.pieces: dict[str, format_.Piece] = index["directories"]
        #: Path of a script -> its record.
        self.scripts: dict[str, Any] = index["scripts"]
        #: Directory -> whether it is as it was; what has not been asked for is not there.
        self._as_recorded: dict[str, bool] = {}
        #: The start of a piece -> the code of its modules that was not asked for yet, or None.
        self._codes: dict[int, list[CodeType | None]] = {}
        self._told = False

    def directory(self, path: str) -> Directory | None:
        """Return what the image has of the directory *path*, or None."""
        where = self.pieces.get(path)
        if where is None:
            return None
        piece = self._piece(where)
        if piece is None:
            self._tell(path)
            return None
        return Directory(*host.marshal_loads(piece))

    def doubt(self) -> None:
        """Compare the checksum of each piece from now on, whatever the file's time says."""
        self._is_as_written = False

    def _piece(self, where: format_.Piece) -> memoryview | None:
        if self._is_as_written:
            return self._data[where[0] : where[0] + where[1]]
        return format_.piece(self._data, where)

    def code(self, record: Any) -> CodeType | None:
        """Return the code of the module of *record*; None, and a warning, if it is damaged.

        What else is in the same piece is kept until it is asked for.
        """
        where, place, _ = record[format_.CODE]
        codes = self._codes.get(where[0])
        code: CodeType | None = None if codes is None else codes[place]
        if codes is None or code is None:  # Never asked for, or once more.
            piece = self._piece(where)
            if piece is None:
                self._tell(record[format_.PATH])
                return None
            codes = self._codes[where[0]] = list(host.marshal_loads(piece))
            code = codes[place]
        codes[place] = None
        return code

    def _tell(self, what: str) -> None:
        if not self._told:
            self._told = True
            host.warn(_TROUBLE.format(self.path, what), RuntimeWarning)

    def is_current(self, record: Any, stat: Any = None) -> bool:
        """Whether the file of *record* is as it was; *stat*, if given, is what it is now."""
        if self.trust == format_.SEALED:
            return True
        if record[format_.KIND] == format_.BY_HASH:
            return False  # Who keeps pycs by hash does not rely on times.
        if stat is None:
            try:
                stat = DISK.stat(record[format_.PATH])
            except (OSError, ValueError):
                return False
        return bool(
            stat.st_mtime_ns == record[format_.MTIME]
            and stat.st_size == record[format_.SIZE]
            and stat.st_mode & _FORMAT == _FILE
        )

    def holds(self, directory: str, mtime: int) -> bool:
        """Whether *directory* has the names that it had; it had the *mtime* (ns).

        It is looked at once, until `forget()`.
        """
        if self.trust == format_.SEALED:
            return True
        known = self._as_recorded.get(directory)
        if known is None:
            try:
                known = DISK.stat(directory).st_mtime_ns == mtime
            except (OSError, ValueError):
                known = False
            self._as_recorded[directory] = known
        return known

    def forget(self, directory: str) -> None:
        """Look at *directory* again when it is asked for."""
        self._as_recorded.pop(directory, None)


def _content(path: str) -> tuple[memoryview, int]:
    """Return what is in the file, and its mtime (ns); Refused if it cannot be an image."""
    try:
        return mapped(path, _checked_mtime)
    except FileNotFoundError:
        raise format_.Refused(format_.NOT_THERE) from None
    except (OSError, ValueError) as problem:
        text = getattr(problem, "strerror", None) or str(problem)
        raise format_.Refused(format_.NOT_READABLE.format(text)) from None


def _checked_mtime(stat: stat_result) -> int:
    """Return the mtime (ns) of a file that only its owner, who can be trusted, writes.

    Raises Refused for another one.
    """
    if stat.st_mode & _FORMAT != _FILE:
        raise format_.Refused(format_.NOT_A_FILE)
    me = user()
    if me is None:
        return stat.st_mtime_ns  # Windows: its permissions are not in the mode.
    if stat.st_mode & _OTHERS_MAY_WRITE:
        raise format_.Refused(format_.OTHERS_WRITE.format(stat.st_mode & 0o7777))
    if stat.st_uid not in (me, 0):
        raise format_.Refused(format_.OTHERS_OWN.format(stat.st_uid, me))
    return stat.st_mtime_ns
