"""The names in one directory, as far as they can be relied on (PEP 235, gh-75241)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..host.files import Disk

#: Within this time (ns) after a change, a second change may leave the same mtime: the clock of
#: most file systems ticks every 4 to 10 ms, but some keep whole seconds, or two.
FINE_TICK, COARSE_TICK = 20_000_000, 2_000_000_000
_SECOND = 1_000_000_000


class Listing:
    """What a directory held when it was read.

    *mtime* is the directory's (ns), looked at before it is read; *now* is the time (ns).
    """

    __slots__ = ("_racy", "keeps_case", "mtime", "names")

    def __init__(self, disk: Disk, path: str, mtime: int, now: int) -> None:
        self.mtime = mtime
        try:
            names = disk.listdir(path or ".")
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            names = []  # It vanished, cannot be read, or has become a file.
        #: Whether names are looked up as they are, or (PYTHONCASEOK, PEP 235) in lower case.
        self.keeps_case = not (disk.case_insensitive and disk.ignores_case())
        self.names = frozenset(names if self.keeps_case else (name.lower() for name in names))
        tick = COARSE_TICK if mtime % _SECOND == 0 else FINE_TICK
        # The clock of the file system may be a little ahead of ours, as in WebAssembly.
        self._racy = mtime - tick <= now < mtime + tick

    def holds(self, mtime: int) -> bool:
        """Whether the directory, whose mtime is *mtime* now, still holds these names."""
        return mtime == self.mtime and not self._racy

    def modules(self, suffixes: Iterable[str]) -> list[str]:
        """Return, sorted, the names of what could be a module with one of *suffixes*."""
        found = set()
        for name in self.names:
            if "." not in name:
                found.add(name)  # A directory, if anything.
            for suffix in suffixes:
                stem = name[: -len(suffix)]
                if name.endswith(suffix) and "." not in stem:
                    found.add(stem)
        found -= {"__init__", "__pycache__", ""}
        return sorted(found)
