"""Whose file is it: the distributions that have installed a module, by their records."""

from __future__ import annotations

import os

from ...metadata import editable
from ...metadata.recorded import recorded as rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .describe import Module
    from .view import View

#: What reading the metadata of a distribution may raise.
UNREADABLE = (OSError, ValueError, KeyError, ImportError)


class Owner:
    """A distribution: its *name*, *version*, and whether it is *editable*."""

    __slots__ = ("editable", "name", "version")

    def __init__(self, dist: Any) -> None:
        self.name: str = dist.name
        self.version: str = dist.version
        self.editable: bool = dist.editable

    def __str__(self) -> str:
        return f"{self.name} {self.version}{' (editable)' if self.editable else ''}"


def owners(view: View, module: Module) -> list[Owner]:
    """Return the distributions that *module* belongs to."""
    return list(map(Owner, _of_whom(view, lambda dist: owns(dist, module))))


def recorders(view: View, path: str) -> list[Owner]:
    """Return the distributions whose records have the file *path*, be it there or not."""
    return list(map(Owner, installers(view, path)))


def installers(view: View, path: str) -> list[Any]:
    """Return what `recorders` returns, as the metadata's own objects."""
    return _of_whom(view, lambda dist: _is_recorded(dist, path, is_file=True))


def _of_whom(view: View, is_of: Callable[[Any], bool]) -> list[Any]:
    found: dict[str, Any] = {}
    for dist in view.metadata.distributions():
        try:
            if is_of(dist):
                found.setdefault(dist.name, dist)
        except UNREADABLE:
            continue
    return [found[name] for name in sorted(found)]


def owns(dist: Any, module: Module) -> bool:
    """Whether *module* is a file, or a directory, that *dist* has installed."""
    paths = [module.file] if module.file else list(module.locations or ())
    installed = any(_is_recorded(dist, path, is_file=bool(module.file)) for path in paths)
    return installed or (dist.editable and any(_is_editable(dist, path) for path in paths))


def _is_recorded(dist: Any, path: str, *, is_file: bool) -> bool:
    base = str(dist.locate_file(""))
    inside = os.path.relpath(path, base) if _on_drive(path, base) else os.pardir
    if inside.startswith(os.pardir):
        return False
    inside = inside.replace(os.sep, "/")
    if is_file:
        return inside in recorded_paths(dist, f"{inside},")
    return any(row.startswith(f"{inside}/") for row in recorded_paths(dist, f"{inside}/"))


def recorded_paths(dist: Any, *texts: str) -> list[str]:
    """Return the recorded paths of *dist*; none if RECORD has none of *texts*.

    Most distributions are told apart by their texts alone, which is quick.
    """
    record = dist.read_text("RECORD")
    if record and not any(text in record for text in texts):
        return []
    return [row[0] for row in rows_of(dist) or ()]


def _on_drive(path: str, base: str) -> bool:
    return os.path.splitdrive(path)[0] == os.path.splitdrive(base)[0]


def _is_editable(dist: Any, path: str) -> bool:
    places = list(editable.top_level(dist).values())
    if places:
        return any(_is_in(path, place) for place in places)
    # An import hook of its installer says nothing that could be read (meson-python).
    source = source_directory(dist)
    inside = source is not None and _is_in(path, source)
    return inside and not _is_in_site(os.path.relpath(path, source))


def _is_in(path: str, place: str) -> bool:
    path, inside = os.path.normcase(path), os.path.normcase(place).rstrip(os.sep)
    return path == inside or path.startswith(inside + os.sep)


def _is_in_site(path: str) -> bool:
    """Whether *path*, in a source tree, is in an environment there."""
    return any(part in ("site-packages", "dist-packages") for part in path.split(os.sep))


def source_directory(dist: Any) -> str | None:
    """Return the directory that *dist* was installed from (PEP 610), None if it was from none."""
    url = getattr(dist.origin, "url", None)
    if not isinstance(url, str) or not url.startswith("file:"):
        return None
    from urllib.parse import unquote, urlsplit

    path = unquote(urlsplit(url).path)
    return os.path.normpath(path.lstrip("/") if os.name == "nt" else path)


def providing(view: View, top: str) -> Iterator[tuple[Owner, bool]]:
    """Yield the distributions whose records have the top-level name *top*.

    And whether something of it is there.
    """
    for dist in view.metadata.distributions():
        try:
            recorded = recorded_paths(dist, f"{top}/", f"{top}.")
            paths = [path for path in recorded if _top_of(path) == top]
            if paths:
                places = (str(dist.locate_file(path)) for path in paths)
                yield Owner(dist), any(map(os.path.exists, places))
        except UNREADABLE:
            continue


def _top_of(path: str) -> str:
    first, slash, _ = path.partition("/")
    if slash:
        return first
    stem, _, suffix = first.partition(".")
    return stem if suffix.rpartition(".")[2] in ("py", "so", "pyd", "pyc") else ""
