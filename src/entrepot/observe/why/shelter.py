"""The standard library for ourselves, also where a program's own files hide it.

Whoever asks why `ast` is a file of his own must not have it executed because this package needs
the standard library's `ast`. Within a `Shelter`, the imports of this thread get the standard
library's modules in the place of files that hide them; afterwards those are not in `sys.modules`,
so that the program's imports go on as they would have without.
"""

from __future__ import annotations

import os
import sys

from ...finders.path import PathFinder
from ...host import DISK, get_ident
from ...loaders.suffixes import all_suffixes
from .. import library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Shelter:
    """A context manager, and the meta path finder that it puts first meanwhile."""

    def __init__(self) -> None:
        self._thread = get_ident()
        self._library = library.DIRECTORY
        self._path = [self._library, os.path.join(self._library, "lib-dynload")]
        self._served: set[str] = set()

    def __enter__(self) -> Shelter:
        sys.meta_path.insert(0, self)
        return self

    def __exit__(self, *_: object) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        for name in list(sys.modules):
            if name.partition(".")[0] in self._served:
                del sys.modules[name]

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Return the spec of a module of the standard library, if something else hides it."""
        if path is not None or get_ident() != self._thread:
            return None
        if fullname not in sys.stdlib_module_names or not self._is_hidden(fullname):
            return None
        spec = PathFinder.find_spec(fullname, self._path)
        if spec is not None:
            self._served.add(fullname)
        return spec

    def _is_hidden(self, name: str) -> bool:
        """Whether a path entry before the standard library's has something of that name."""
        for entry in sys.path:
            if entry == self._library:
                return False
            if type(entry) is str and _has(entry, name):
                return True
        return True  # The standard library is not on the path.


def _has(directory: str, name: str) -> bool:
    start = os.path.join(directory, name)
    return any(_exists(start + suffix) for suffix in ("", *all_suffixes()))


def _exists(path: str) -> bool:
    try:
        DISK.stat(path)
    except (OSError, ValueError):
        return False
    return True
