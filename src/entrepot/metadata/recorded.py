"""Which files a distribution has, as its records tell.

They come from the first of RECORD (wheels), installed-files.txt (eggs installed by pip) and
SOURCES.txt (source trees) that says anything.
"""

from __future__ import annotations

from . import record
from .installed import PathDistribution, place_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .installed import Distribution
    from .protocols import SimplePath

    #: Path, hash, size in bytes.
    Row = tuple[str, str | None, int | None]


def existence(dist: Distribution) -> Callable[[str], bool]:
    """Return a function that tells whether a recorded path of *dist* exists."""
    if getattr(type(dist), "locate_file", None) is PathDistribution.locate_file:
        # The same answer as below, without a pathlib object for each file.
        assert isinstance(dist, PathDistribution)
        return place_in(dist).exists
    return lambda path: _exists(dist.locate_file(path))


def _exists(path: SimplePath) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def recorded(dist: Distribution) -> Iterator[Row] | None:
    """Return the rows that say which files *dist* has, or None where nothing does."""
    text = dist.read_text("RECORD")
    if text:
        return record.rows(text)
    text = dist.read_text("installed-files.txt")
    if text:
        return _installed_files(text, dist)
    text = dist.read_text("SOURCES.txt")
    if text:
        return ((line, None, None) for line in text.splitlines() if line)
    return None


def _installed_files(text: str, dist: Distribution) -> Iterator[Row]:
    """Yield the rows of an installed-files.txt; its paths begin at the metadata directory."""
    directory = str(dist).replace("\\", "/").rpartition("/")[2]
    for line in text.splitlines():
        if line:
            yield _collapsed(f"{directory}/{line}"), None, None


def _collapsed(path: str) -> str:
    """Return *path* with `x/..` taken out, as far as that does not leave it."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
