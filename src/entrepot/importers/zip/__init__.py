"""Importing from zip archives: a path hook, and a finder and loader in one (PEP 273).

    importer.py    `zipimporter`: which module is which member, and what the loader protocol asks
    bytecode.py    when a pyc in an archive is used
    shared.py      one open archive for all importers of it, and for the interpreter's own
    extensions.py  extension modules, unpacked to where they can be loaded; only if asked for

How archives are read is the business of `entrepot.importers.archive`.

Most programs never meet an archive, and each of their path entries is shown to the path hook, and
so is the script that is run. So the hook, here, only looks whether a path leads into a file that
could be an archive, and loads the rest when one does.
Here importing makes entrepot import, which it does nowhere else but for decompressors: no lock is
held meanwhile that it may need, and if entrepot is itself in an archive, the interpreter's own
zipimporter serves that import.
"""

from __future__ import annotations

from io import open_code

from ...finders.hooks import offer
from ...host import DISK, get_ident, resident, without_import_lock
from ...startup import loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import stat_result
    from typing import Any

_IMPORTER = f"{__name__}.importer"
_DIRECTORY, _REGULAR, _KIND = 0o040000, 0o100000, 0o170000
#: What the end record of an archive begins with, and how far from the end it may be: the record's
#: own 22 bytes and a comment (APPNOTE 4.3.16).
_END, _REACH = b"PK\x05\x06", 22 + 0xFFFF
_kinds: list[Any] = []
_loading: set[int] = set()


def path_hook(path: str) -> Any:
    """Return the `zipimporter` for *path*; ImportError if it does not lead into an archive.

    This is what stands on `sys.path_hooks`. Files before the first archive are looked at here.
    """
    file, _, status = split(path)
    for kind in _kinds:
        return kind(path)
    if not _could_be_archive(file, status.st_size):
        raise _no_archive(path)
    me = get_ident()
    if me in _loading:
        return resident.zipimporter(path)
    _loading.add(me)
    try:
        # (From its bundle: a pyc would look for `__future__`, in this archive first.)
        with without_import_lock():
            importer = loaded(_IMPORTER, "zip")
    finally:
        _loading.discard(me)
    _kinds[:] = [importer.zipimporter]
    return _kinds[0](path)


def _unless_directory(path: str, status: stat_result | None) -> Any:
    # That there is nothing does not say that it does not lead into an archive.
    is_directory = status is not None and status.st_mode & _KIND == _DIRECTORY
    return None if is_directory else path_hook(path)


offer(path_hook, _unless_directory)


def _could_be_archive(file: str, size: int) -> bool:
    """Whether an archive's end record could be in *file*; who reads it tells what is wrong."""
    try:
        with open_code(file) as opened:
            opened.seek(max(0, size - _REACH))
            return _END in opened.read()
    except OSError:
        return True


def importers() -> tuple[type, ...]:
    """Return the classes that `path_hook` has made importers of: at most one."""
    return tuple(_kinds)


def split(path: str) -> tuple[str, str, stat_result]:
    """Return the path of the file that *path* leads into, the rest of it, and the file's status.

    The rest is "" or ends with a separator. Raises ImportError if there is no file.
    """
    rest: list[str] = []
    file, paths = path, DISK.paths
    while True:
        try:
            status = DISK.stat(file)
        except (OSError, ValueError):
            head, tail = paths.split(file)
            if head == file or not head:
                raise _no_archive(file) from None
            file = head
            rest.append(tail)
            continue
        if status.st_mode & _KIND != _REGULAR:
            raise _no_archive(file)
        return file, "".join(f"{part}{paths.sep}" for part in reversed(rest) if part), status


def _no_archive(path: str) -> ImportError:
    error: ImportError = resident.ZipImportError("not a Zip file", path=path)
    return error
