"""Extension modules in archives, for those who ask for it (cython#1515, py2exe#174).

The system loads shared libraries from files only. So a library is unpacked, when its module is
created, to a directory that nobody but the user may write to, under the hash of its content:
what is there already is never written again, and a changed library gets another place. Other
libraries that it needs, unless the system has them, are not looked for in the archive.
"""

from __future__ import annotations

import hashlib
import os
import sys

from ...core.spec import ModuleSpec, located_spec
from ...host import DISK
from ...loaders.extension import EXTENSION_SUFFIXES, ExtensionFileLoader
from .importer import zipimporter
from .shared import ZipImportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

_OTHERS_MAY_WRITE = 0o022


def extension_hook(cache: str | os.PathLike[str] | None = None) -> Callable[[str], Any]:
    """Return a path hook for archives that has their extension modules too.

    They are unpacked to the directory *cache*, by default one in the user's cache directory. It
    is made if need be; importing one raises ImportError if others may write to it. The hook has
    to stand before the usual one: ::

        sys.path_hooks.insert(0, entrepot.zipimport.extension_hook())
    """
    directory = os.path.abspath(default_cache() if cache is None else os.fspath(cache))

    def path_hook_for_extensions(path: str) -> ExtensionZipImporter:
        return ExtensionZipImporter(path, directory)

    return path_hook_for_extensions


def default_cache() -> str:
    """Return the directory for unpacked libraries in the user's cache directory."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "entrepot", "extensions")


class ExtensionZipImporter(zipimporter):
    """A `zipimporter` that has extension modules too; they are unpacked to *cache*."""

    suffixes = (*EXTENSION_SUFFIXES, ".py", ".pyc")

    def __init__(self, path: str, cache: str) -> None:
        super().__init__(path)
        self.cache = cache

    def find_spec(self, fullname: str, target: Any = None) -> ModuleSpec | None:
        """Return the spec of the module *fullname*; as in a directory, extensions come first."""
        stem = self._stem(fullname)
        for infix in ("/__init__", ""):
            for suffix in EXTENSION_SUFFIXES:
                name = f"{stem}{infix}{suffix}"
                if name in self._shared.archive:
                    return self._spec_of(fullname, name, stem if infix else "")
            if infix and any(f"{stem}{infix}{each}" in self._shared.archive for each in _PYTHON):
                break
        return super().find_spec(fullname, target)

    def _spec_of(self, fullname: str, name: str, package: str) -> ModuleSpec:
        digest = hashlib.sha256(self._shared.data(name)).hexdigest()[:32]
        path = os.path.join(self.cache, digest, name.rpartition("/")[2])
        loader = UnpackingLoader(fullname, path)
        loader.importer, loader.member = self, name
        return located_spec(fullname, loader, path, [self._path_of(package)] if package else None)


_PYTHON = (".py", ".pyc")


class UnpackingLoader(ExtensionFileLoader):
    """The loader of an extension module in an archive: unpacks it to its path first."""

    importer: ExtensionZipImporter
    member: str

    def create_module(self, spec: Any) -> ModuleType:
        """Return the module that the library creates; ImportError if it cannot be unpacked."""
        try:
            _make_private(self.importer.cache)
            if not os.path.exists(self.path):
                self._unpack()
        except OSError as error:
            text = f"can't unpack {self.member!r} from {self.importer.archive!r}: {error}"
            raise ZipImportError(text, name=self.name, path=self.path) from error
        return super().create_module(spec)

    def _unpack(self) -> None:
        data = self.importer.get_data(self.member.replace("/", os.sep))
        os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
        DISK.write_atomic(self.path, data, 0o600)


def _make_private(directory: str) -> None:
    """Make *directory* if there is none; PermissionError if it is not the user's alone."""
    os.makedirs(directory, mode=0o700, exist_ok=True)
    if not hasattr(os, "geteuid"):
        return  # On Windows it is in the user's profile, which others may not write to.
    status = os.stat(directory)
    if status.st_uid != os.geteuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise PermissionError(f"others may write to {directory!r}")
