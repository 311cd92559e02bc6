"""Which distributions provide an importable name."""

from __future__ import annotations

from .modules import module_name
from .recorded import existence, recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .installed import Distribution


def packages_distributions(dists: Iterable[Distribution]) -> dict[str, list[str]]:
    """Return, for each top-level name, the names of the distributions that have it.

    A distribution whose metadata cannot be read is left out.
    """
    found: dict[str, list[str]] = {}
    for dist in dists:
        try:
            name, provided = dist.name, set(top_level(dist))
        except (OSError, ValueError, KeyError):
            continue
        for each in provided:
            found.setdefault(each, []).append(name)
    return found


def top_level(dist: Distribution) -> Iterable[str]:
    """Return the importable top-level names of *dist*, declared or inferred from its files."""
    declared = (dist.read_text("top_level.txt") or "").split()
    if declared:
        return declared
    inferred = set(_inferred(dist))
    if dist.editable:
        from .editable import top_level as editable_names

        inferred.update(editable_names(dist))
    return inferred


def _inferred(dist: Distribution) -> Iterator[str]:
    exists = existence(dist)
    for top, sample in _tops(dist).items():
        # A single file is a module, if it is called so; what has a dot cannot be imported.
        name = top if "/" in sample else module_name(top) or top
        if name and "." not in name and (exists(sample) or any(map(exists, _below(top, dist)))):
            yield name


def _tops(dist: Distribution) -> dict[str, str]:
    """Return the first component of each recorded path, and one of the paths."""
    text = dist.read_text("RECORD")
    if not text or '"' in text:
        return {_top(path): path for path, _, _ in recorded(dist) or ()}
    # Without quotation marks the first component is what is before the first slash or comma.
    # There are thousands of lines, so only one of each kind is looked at closer.
    samples = {line.partition("/")[0]: line for line in text.split("\n") if line}
    paths = (line.partition(",")[0] for line in samples.values())
    return {_top(path): path for path in paths if path}


def _below(top: str, dist: Distribution) -> Iterator[str]:
    return (path for path, _, _ in recorded(dist) or () if _top(path) == top)


def _top(path: str) -> str:
    """Return the first component of *path*, "" if it is absolute."""
    return path.partition("/")[0]
