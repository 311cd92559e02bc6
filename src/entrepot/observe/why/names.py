"""The name that is asked for: what can be a module's name, and what cannot."""

from __future__ import annotations

import keyword
from unicodedata import normalize

from ...core.names import resolve
from .catalogue import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_EMPTY = "a module's name is not empty"
_RELATIVE = "{!r} is relative: give the absolute name, or the package that it is seen from"
_DOTS = "{!r} has an empty part: between dots, before or behind them, there must be a name"
_SEPARATOR = "{!r} is a path: give the name of the module, with dots, as in {}"
_CONTROL = "{!r} has characters that no file's name can have"


def checked(name: object, package: str | None = None) -> str:
    """Return the absolute name that is to be searched for.

    A relative *name* (leading dots) is resolved from *package*. What an import statement would
    normalise (PEP 3131) is normalised. Raises TypeError for what is no str, ValueError for what
    cannot be a module's name, ImportError for too many dots.
    """
    if not isinstance(name, str):
        raise TypeError(f"a module's name is a str, not {type(name).__name__}")
    if not name.strip():
        raise ValueError(_EMPTY)
    if name.startswith(".") and package and name.strip("."):
        name = resolve(name, package)
    for text, is_wrong in (
        (_SEPARATOR, "/" in name or "\\" in name),
        (_RELATIVE, name.startswith(".")),
        (_DOTS, not all(part.strip() for part in name.split("."))),
        (_CONTROL, any(ord(character) < 32 for character in name) or not _encodable(name)),
    ):
        if is_wrong:
            raise ValueError(text.format(name, _as_module(name)))
    return normalize("NFKC", name) if _is_identifier(normalize("NFKC", name)) else name


def _as_module(path: str) -> str:
    """Return how the module in the file *path* is called, seen from where the path begins."""
    parts = path.replace("\\", "/").split("/")
    parts[-1] = parts[-1].removesuffix(".py")
    return ".".join(part for part in parts if part.strip(".")) or "a.b"


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False  # A lone surrogate.
    return True


def _is_identifier(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def findings(given: str, name: str, *, found: bool) -> Iterator[Finding]:
    """Yield what there is to say of the name itself; *found* tells if there is such a module."""
    if given != name and not given.startswith("."):
        yield Finding("normalised-name", given=given, name=name)
    if name.endswith((".py", ".pyc")) and not found:
        yield Finding("file-name", given=name, name=name.rpartition(".")[0])
    reserved = [part for part in name.split(".") if keyword.iskeyword(part)]
    if reserved:
        yield Finding("not-an-identifier", name=name, why=f"{reserved[0]} is a keyword")
    elif not _is_identifier(name):
        yield Finding("not-an-identifier", name=name, why="it is no identifier")
