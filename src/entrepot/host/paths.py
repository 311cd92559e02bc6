"""Paths as strings: the two flavours, as pure functions of their separators.

Neither `os.path` (not loaded when importing starts) nor the running platform is asked, so the
rules of Windows are tested on Linux.
"""

from __future__ import annotations


class Paths:
    """One flavour of path: how parts are joined, split and recognised as absolute."""

    __slots__ = ("drives", "sep", "seps")

    def __init__(self, seps: str, *, drives: bool) -> None:
        self.sep = seps[0]
        self.seps = seps
        self.drives = drives

    def join(self, directory: str, *names: str) -> str:
        """Join a directory and names; an absolute name starts anew, empty parts are left out."""
        path = directory
        for name in names:
            if not name:
                continue
            if not path or self.isabs(name):
                path = name
            elif path[-1] in self.seps:
                path += name
            else:
                path = f"{path}{self.sep}{name}"
        return path

    def prefix(self, directory: str) -> str:
        """Return the path of what is in *directory*, up to where its name begins."""
        return directory if directory[-1:] in self.seps else f"{directory}{self.sep}"

    def split(self, path: str) -> tuple[str, str]:
        """Split *path* into what is before and after its last separator."""
        at = path.rfind(self.sep)
        if self.drives:
            at = max(at, path.rfind(self.seps[1]))
        return ("", path) if at < 0 else (path[:at], path[at + 1 :])

    def isabs(self, path: str) -> bool:
        """Whether *path* does not depend on the current directory (of any drive)."""
        if not self.drives:
            return path.startswith(self.sep)
        if path[:2] in {one + other for one in self.seps for other in self.seps}:
            return True  # \\server\share
        return path[1:2] == ":" and path[2:3] in tuple(self.seps)

    def absolute(self, path: str, cwd: str) -> str:
        """Return *path* as seen from the directory *cwd*; only a leading `./` is dropped."""
        if self.isabs(path) or not cwd:
            return path
        if self.drives and path[:1] in tuple(self.seps):
            return cwd[:2] + path if cwd[1:2] == ":" else path
        if path[:1] == "." and path[1:2] in tuple(self.seps):
            path = path[1:].lstrip(self.seps)  # As Python 3.12 and later do.
        return cwd if path in ("", ".") else self.join(cwd, path)


POSIX = Paths("/", drives=False)
WINDOWS = Paths("\\/", drives=True)
