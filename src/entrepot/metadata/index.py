"""The entry points of each path entry, kept between processes: opt-in, by `use_index()`.

A file for each path entry, in a directory that belongs to the user and that nobody else may
enter (0700; else it is not used). The file is believed if

1. its checksum is right, and it was written for this path entry by this kind of interpreter;
2. the path entry is the same directory with the same times of change as when it was read;
3. each entry_points.txt it has read from is the same file with the same times.

In all other cases - damaged, cut short, out of date - what is in the path entry is read and the
file is written anew, atomically; that fails silently where it must, for it is only a cache.
Writers at the same time do not harm each other: the last one wins.
"""

from __future__ import annotations

import sys
from os import environ, lstat, path as os_path

from .. import host
from .merged import FILE, Declared, watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .listing import Key, Listing

#: Changes with the form of the content; the language version is that of marshal's format.
_FORM = f"1-{sys.implementation.cache_tag}"
_CHECKSUM_SIZE = 8


class Index:
    """The directory with the index files."""

    __slots__ = ("_directory",)

    def __init__(self, directory: str | None = None) -> None:
        self._directory = user_directory() if directory is None else directory

    def declared(self, listing: Listing) -> Declared:
        """Return what the distributions of *listing* declare, from the index if that is right."""
        if listing.disk is not host.DISK or not listing.entry or not self._is_ours():
            return Declared.read(listing)
        file = self._file(listing.entry)
        kept = _load(file, listing)
        if kept is not None:
            return kept
        watched = {child: watch(host.DISK, _path(listing, child)) for child in listing.children()}
        declared = Declared.read(listing)
        # What may change once more without showing is not written down.
        if listing.at_rest and () not in watched.values():
            _store(file, listing, declared, watched)
        return declared

    def _file(self, entry: str) -> str:
        full = os_path.abspath(entry)
        digest = host.source_hash(full.encode("utf-8", "surrogatepass")).hex()
        return os_path.join(self._directory, f"entry-points-{digest}.{_FORM}")

    def _is_ours(self) -> bool:
        """Whether the directory is there, or can be made, and is nobody else's."""
        try:
            make_private(self._directory)
            return is_private(lstat(self._directory))
        except OSError:
            return False


def user_directory() -> str:
    """Return entrepot's place in the directory for caches of the user, as platforms have it."""
    home = os_path.expanduser("~")
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA") or os_path.join(home, "AppData", "Local")
        return os_path.join(base, "entrepot", "Cache")
    if sys.platform == "darwin":
        return os_path.join(home, "Library", "Caches", "entrepot")
    base = environ.get("XDG_CACHE_HOME", "")
    # The XDG base directory specification: a relative path is to be ignored.
    return os_path.join(base if os_path.isabs(base) else os_path.join(home, ".cache"), "entrepot")


def make_private(directory: str) -> None:
    """Make *directory*, for the user only, if there is none."""
    from os import makedirs, mkdir

    if os_path.lexists(directory):
        return
    makedirs(os_path.dirname(os_path.abspath(directory)), exist_ok=True)
    try:
        mkdir(directory, 0o700)
    except FileExistsError:
        pass  # Another process has been quicker.


def is_private(status: Any) -> bool:
    """Whether `lstat` tells of a directory, not a link, that only its owner, the user, may use."""
    if status.st_mode & 0o170000 != 0o040000:
        return False
    if sys.platform == "win32":
        return True  # Modes say nothing there; the profile of a user is private by its ACL.
    from os import geteuid

    return bool(status.st_uid == geteuid() and not status.st_mode & 0o077)


def _load(file: str, listing: Listing) -> Declared | None:
    """Return the content of an index file, if it is believed."""
    try:
        data = host.DISK.read(file)
    except OSError:
        return None
    payload = data[_CHECKSUM_SIZE:]
    if host.source_hash(payload) != data[:_CHECKSUM_SIZE]:
        return None
    entry, key, rows, watched, read = host.marshal_loads(payload)
    if entry != os_path.abspath(listing.entry) or key != listing.key:
        return None
    declared = Declared(rows, watched)
    sources = Declared([], read)
    return declared if declared.is_fresh(host.DISK) and sources.is_fresh(host.DISK) else None


def _path(listing: Listing, child: str) -> str:
    return host.DISK.paths.join(listing.place(child).path, FILE)


def _store(file: str, listing: Listing, declared: Declared, watched: dict[str, Key | None]) -> None:
    """Write an index file; nothing happens where that is not possible."""
    having = [child for _, child, entry_points in declared.rows if entry_points]
    read = {_path(listing, child): watched[child] for child in having}
    entry = os_path.abspath(listing.entry)
    payload = host.marshal_dumps((entry, listing.key, declared.rows, declared.watched, read))
    try:
        host.DISK.write_atomic(file, host.source_hash(payload) + payload, 0o600)
    except OSError:
        pass
