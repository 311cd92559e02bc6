"""Looking through any tree of resources: `glob`, `rglob`, `walk` for traversables.

Patterns are those of `pathlib.Path.glob` (3.13): `*`, `?`, `[seq]` within one part, `**` for any
number of directories. Links to directories are not followed by `**` and `walk`.
"""

from __future__ import annotations

import os

from .abc import ContainmentError
from .names import leads_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from .abc import Traversable

    Matcher: TypeAlias = Callable[[str], object]

_MAGIC = frozenset("*?[")


def glob(
    traversable: Traversable, pattern: str, *, case_sensitive: bool | None = None
) -> Iterator[Traversable]:
    """Yield what lies below *traversable* and matches *pattern*, each once, sorted by name.

    *case_sensitive* None means: as the platform's file names are. Raises ValueError for an
    empty pattern, ContainmentError for one that leads out, both at once.
    """
    if leads_out(pattern):
        raise ContainmentError(f"{pattern!r} leads out of the tree")
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    if not parts:
        raise ValueError(f"Unacceptable pattern: {pattern!r}")
    ignore_case = os.name == "nt" if case_sensitive is None else not case_sensitive
    matchers = [None if part == "**" else _matcher(part, ignore_case) for part in parts]
    only_directories = pattern.endswith("/")
    return _select(traversable, matchers, only_directories)


def rglob(
    traversable: Traversable, pattern: str, *, case_sensitive: bool | None = None
) -> Iterator[Traversable]:
    """Yield what matches *pattern* in *traversable* or in any directory below it: see `glob`."""
    if leads_out(pattern):
        raise ContainmentError(f"{pattern!r} leads out of the tree")
    return glob(traversable, f"**/{pattern}", case_sensitive=case_sensitive)


def walk(
    traversable: Traversable, top_down: bool = True
) -> Iterator[tuple[Traversable, list[str], list[str]]]:
    """Yield `(directory, names of directories, names of files)` for each directory.

    As `pathlib.Path.walk`: with *top_down* the caller may change the list of directories, and
    only those left in it are entered. Names are sorted. Raises what `iterdir()` raises.
    """
    below = {}
    files = []
    for child in _children(traversable):
        if _is_real_dir(child):
            below[child.name] = child
        else:
            files.append(child.name)
    directories = list(below)
    if top_down:
        yield traversable, directories, files
    for name in directories:
        yield from walk(below[name], top_down)
    if not top_down:
        yield traversable, directories, files


def _children(directory: Traversable) -> list[Traversable]:
    return sorted(directory.iterdir(), key=lambda child: child.name)


def _is_real_dir(path: Traversable) -> bool:
    is_link = getattr(path, "is_symlink", None)
    return path.is_dir() and not (is_link is not None and is_link())


def _matcher(part: str, ignore_case: bool) -> Matcher:
    if _MAGIC.isdisjoint(part) and not ignore_case:
        return part.__eq__
    import fnmatch  # with re 8 ms, and not needed for plain names
    import re

    return re.compile(fnmatch.translate(part), re.IGNORECASE if ignore_case else 0).match


def _select(
    start: Traversable, matchers: list[Matcher | None], only_directories: bool
) -> Iterator[Traversable]:
    """Walk the tree once, each path with the set of positions in the pattern that it has reached.

    So nothing is yielded twice and nothing listed twice, however many `**` (None) there are.
    """
    end = len(matchers)
    waiting = [(start, _past_recursion(0, matchers))]
    while waiting:
        path, reached = waiting.pop()
        if end in reached and (not only_directories or path.is_dir()):
            yield path
        if reached != {end} and (path.is_dir() or (path is start and not path.is_file())):
            waiting.extend(reversed(list(_steps(path, reached, matchers))))


def _past_recursion(position: int, matchers: list[Matcher | None]) -> set[int]:
    """Return *position* and those behind it that `**`, matching nothing, leads to."""
    reached = {position}
    while position < len(matchers) and matchers[position] is None:
        position += 1
        reached.add(position)
    return reached


def _steps(
    directory: Traversable, reached: set[int], matchers: list[Matcher | None]
) -> Iterator[tuple[Traversable, set[int]]]:
    """Yield the children of *directory* that lead on, with the positions they reach."""
    end = len(matchers)
    for child in _children(directory):
        ahead: set[int] = set()
        for position in reached - {end}:
            matcher = matchers[position]
            if matcher is not None:
                if matcher(child.name) and (position + 1 == end or child.is_dir()):
                    ahead |= _past_recursion(position + 1, matchers)
            elif _is_real_dir(child):
                ahead |= _past_recursion(position, matchers)
            else:  # a file, or a link that is not followed: what a last `**` matches too
                ahead |= _past_recursion(position, matchers) & {end}
        if ahead:
            yield child, ahead
