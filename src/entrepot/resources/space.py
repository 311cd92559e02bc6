"""Where copies of resources are: one directory for the process, which goes with it.

It belongs to this user alone (mode 700). In it each `as_file` has a directory of its own, so a
copy keeps the resource's name. It is removed at the interpreter's end, and by the `reaper` if
there is none.
"""

from __future__ import annotations

import atexit
import os
import sys

from .. import host
from . import reaper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Space:
    """The directory of this process's copies. A forked child makes one of its own."""

    def __init__(self) -> None:
        self.lock = host.allocate_lock()
        self.owner = 0
        self.root = ""
        self.count = 0
        self.watched = False

    def new_directory(self) -> str:
        """Return a new directory."""
        with self.lock:
            if self.owner != os.getpid():
                self._make_root()
            self.count += 1
            path = os.path.join(self.root, str(self.count))
        os.mkdir(path, 0o700)
        return path

    def _make_root(self) -> None:
        name = f"entrepot-{os.urandom(12).hex()}"
        root = os.path.join(temporary_directory(), name)
        # The descriptor stays open until the process ends.
        self.watched = reaper.watch(root) is not None
        os.mkdir(root, 0o700)
        self.root, self.owner, self.count = root, os.getpid(), 0
        atexit.register(self._at_exit, os.getpid(), root)

    def remove(self, directory: str) -> None:
        """Remove what `new_directory` gave; a forked child leaves it to its owner."""
        if self.owner != os.getpid() or not directory.startswith(self.root + os.sep):
            return
        remove_tree(directory)
        if not self.watched:
            with self.lock:
                self._remove_root_if_empty()

    def _remove_root_if_empty(self) -> None:
        """Leave nothing behind if nobody watches; the next copy makes a new root."""
        try:
            os.rmdir(self.root)
        except OSError:
            return  # other copies are in it
        self.owner = 0

    @staticmethod
    def _at_exit(owner: int, root: str) -> None:
        if owner == os.getpid():
            remove_tree(root)


SPACE = Space()


def _new_lock() -> None:
    SPACE.lock = host.allocate_lock()


host.register_at_fork(_new_lock)


def temporary_directory() -> str:
    """Return the directory for temporary files, as `tempfile.gettempdir()` chooses it."""
    if "tempfile" not in sys.modules and os.name == "posix":
        for candidate in (*map(os.environ.get, ("TMPDIR", "TEMP", "TMP")), "/tmp"):
            if candidate and os.path.isdir(candidate) and os.access(candidate, os.W_OK | os.X_OK):
                return os.path.abspath(candidate)
    import tempfile  # 15 ms, for the unusual cases

    return tempfile.gettempdir()


def remove_tree(path: str) -> None:
    """Remove the directory *path* and all in it; what has gone already, or must stay, is no error.

    Links in it are removed, never followed.
    """
    try:
        entries = list(os.scandir(path))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            remove_tree(entry.path)
        else:
            _quietly(os.unlink, entry.path)
    _quietly(os.rmdir, path)


def _quietly(remove: Any, path: str) -> None:
    try:
        remove(path)
    except OSError:
        pass  # in use on Windows, or gone
