"""Names of resources: parts separated by `/`, which never lead out of the tree."""

from __future__ import annotations

from os import fspath, sep

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

_NOT_TEXT = (
    "argument should be a str or an os.PathLike object where __fspath__ returns a str, not {!r}"
)


def text(name: str | os.PathLike[str]) -> str:
    """Return *name* as str; raise TypeError, with pathlib's text, for anything else."""
    try:
        path = name if type(name) is str else fspath(name)
    except TypeError:
        raise TypeError(_NOT_TEXT.format(type(name).__name__)) from None
    if not isinstance(path, str):
        raise TypeError(_NOT_TEXT.format(type(path).__name__))
    return path


def split(names: Iterable[str | os.PathLike[str]], error: type[Exception]) -> list[str]:
    """Return the parts of *names*; raise *error* if one of them leads out of the tree.

    The same names are refused on every platform, also those that only Windows would follow:
    a resource has one name everywhere. Empty parts and `.` mean nothing, as for pathlib.
    """
    parts: list[str] = []
    for name in names:
        path = text(name)
        if sep != "/":
            path = path.replace(sep, "/")
        if leads_out(path):
            raise error(f"{path!r} leads out of the resources")
        parts.extend(part for part in path.split("/") if part not in ("", "."))
    return parts


def leads_out(path: str) -> bool:
    """Whether *path* has a NUL, a part `..`, or one that is absolute or begins with a drive."""
    if path[:1] == "/" or "\0" in path:
        return True
    if ".." not in path and ":" not in path and "\\" not in path:
        return False
    return any(map(_starts_anew, path.split("/"))) or ".." in path.replace("\\", "/").split("/")


def _starts_anew(part: str) -> bool:
    """Whether joining *part* makes Windows forget the parts before it."""
    return part[:1] == "\\" or part[1:2] == ":"  # any character is a drive to pathlib
