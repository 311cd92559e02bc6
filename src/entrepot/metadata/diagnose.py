"""Which metadata is found where: `python -m entrepot.metadata.diagnose`."""

from __future__ import annotations

import sys

from . import distributions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def inspect(path: str) -> None:
    """Print the distributions whose metadata is in the path entry *path*."""
    sys.stdout.writelines(f"{line}\n" for line in lines(path))


def lines(path: str) -> Iterator[str]:
    """Yield the lines that `inspect` prints: none for a path entry without metadata."""
    found = sorted({_described(dist) for dist in distributions(path=[path])})
    if found:
        yield f"Inspecting {path}"
        yield f"Found {len(found)} packages: {', '.join(found)}"


def _described(dist: object) -> str:
    try:
        return str(dist.name)  # type: ignore[attr-defined]
    except (OSError, ValueError, KeyError):
        return f"{dist} (unreadable)"


def run() -> None:
    """Print the distributions of each entry of `sys.path`."""
    for path in sys.path:
        inspect(path)


if __name__ == "__main__":
    run()
