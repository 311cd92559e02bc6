"""The names in one directory, as far as they can be relied on (PEP 235, gh-75241)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from os import stat_result

    from ..host.files import Disk

#: Within this time (ns) after a change, a second change may leave the same mtime: the clock of
#: most file systems ticks every 4 to 10 ms, but some keep whole seconds, or two.
FINE_TICK, COARSE_TICK = 20_000_000, 2_000_000_000
_SECOND = 1_000_000_000

#: A directory is huge from this size (bytes) on: some 4,000 files on ext4.
HUGE = 1 << 17
#: Looking for a module that is not in a directory costs as much as working out this many stems.
NAMES_FOR_A_MISS = 8


class Changes:
    """Says whether any list of names was dropped or replaced.

    `token` is another object after each time: whoever keeps what lists have said keeps the token
    too. (A count would need a lock.)
    """

    __slots__ = ("token",)

    def __init__(self) -> None:
        self.token = object()

    def note(self) -> None:
        """Tell of a change that has been made."""
        self.token = object()


CHANGES = Changes()


class _Anything:
    """Contains whatever it is asked for."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return True


#: The stems of what has to be asked itself.
ANYTHING = _Anything()


class Listing:
    """What a directory held when it was read.

    *stat* is the directory's, looked at before it is read; *now* is the time (ns).
    """

    __slots__ = ("_ctime", "_misses", "_mtime", "keeps_case", "names", "portions", "racy", "stems")
    #: Whether it answers until the directory changes.
    lasts = True

    def __init__(self, disk: Disk, path: str, stat: stat_result, now: int) -> None:
        self._mtime, self._ctime = stat.st_mtime_ns, stat.st_ctime_ns
        names: Iterable[str] = names_in(disk, path)
        #: Whether names are looked up as they are, or (PYTHONCASEOK, PEP 235) in lower case.
        self.keeps_case = not (disk.case_insensitive and disk.ignores_case())
        self.names = frozenset(names if self.keeps_case else [name.lower() for name in names])
        #: Whether it was read so soon after a change that another one could have left no trace.
        self.racy = is_within_tick(self._mtime, now) or (
            self._ctime != self._mtime and is_within_tick(self._ctime, now)
        )
        #: What the names begin with, up to a dot; ANYTHING until that is worth working out.
        self.stems: Container[str] = ANYTHING
        self._misses = 0
        #: Directories in it that are namespace portions: see `is_portion`.
        self.portions: dict[str, tuple[int, ...] | None] | None = None

    def holds(self, stat: stat_result) -> bool:
        """Whether the directory, whose *stat* is from now, still holds these names."""
        # Who sets the mtime back, as archivers do, leaves a trace in the other one.
        return stat.st_mtime_ns == self._mtime and stat.st_ctime_ns == self._ctime and not self.racy

    def known_stems(self) -> Container[str]:
        """Return the stems, worked out now if need be: what is not in them is not here."""
        if self.stems is ANYTHING and self.keeps_case:
            self.stems = frozenset([name.partition(".")[0] for name in self.names])
        return self.stems

    def note_miss(self) -> bool:
        """Note that a module was not here; whether it pays by now to work out the stems."""
        self._misses += 1
        return self._misses * NAMES_FOR_A_MISS >= len(self.names)

    # --- Namespace portions: directories without `__init__` (gh-91519)

    def is_portion(self, name: str, stat: stat_result) -> bool:
        """Whether the directory *name*, whose *stat* is from now, is known to be a portion."""
        known = None if self.portions is None else self.portions.get(name)
        return known is not None and known == _identity(stat)

    def note_portion(self, name: str, path: str, stat: stat_result, disk: Disk, now: int) -> None:
        """Remember that the directory *name* (*path*), seen as *stat*, is a portion.

        The first time, only that it was asked for; then it is listed, since what is no
        `__init__` may become one without a change of the directory: a broken link, say.
        """
        if self.portions is None:
            self.portions = {}
        if name not in self.portions or self.portions[name] == ():
            self.portions.setdefault(name, None)
            return
        try:
            inner = Listing(disk, path, stat, now)
        except OSError:
            return  # Too many open files, say: then it is asked again, as ever.
        stems = {each.partition(".")[0].lower() for each in inner.names}
        if not inner.racy:
            self.portions[name] = () if "__init__" in stems else _identity(stat)

    def modules(self, suffixes: Iterable[str]) -> list[str]:
        """Return, sorted, the names of what could be a module with one of *suffixes*."""
        return modules_among(self.names, suffixes)


def names_in(disk: Disk, path: str) -> list[str]:
    """Return the names in the directory *path*; none if it cannot be read."""
    try:
        return disk.listdir(path or ".")
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return []  # It vanished, cannot be read, or has become a file.


def modules_among(names: Iterable[str], suffixes: Iterable[str]) -> list[str]:
    """Return, sorted, those of *names* that could be modules, without their suffix."""
    found = set()
    for name in names:
        if "." not in name:
            found.add(name)  # A directory, if anything.
        for suffix in suffixes:
            stem = name[: -len(suffix)]
            if name.endswith(suffix) and "." not in stem:
                found.add(stem)
    found -= {"__init__", "__pycache__", ""}
    return sorted(found)


def is_within_tick(time: int, now: int) -> bool:
    """Whether *now* (ns) is so close to the *time* of a change that another may leave the same."""
    tick = COARSE_TICK if time % _SECOND == 0 else FINE_TICK
    # The clock of the file system may be a little ahead of ours, as in WebAssembly.
    return time - tick <= now < time + tick


def _identity(stat: stat_result) -> tuple[int, ...]:
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_dev
