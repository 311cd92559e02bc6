"""What a distribution requires: Requires-Dist of its metadata, or requires.txt of egg-info.

requires.txt has requirements in sections: `[extra]`, `[:marker]` or `[extra:marker]`. Each
becomes one PEP 508 requirement with the section as its marker.
"""

from __future__ import annotations

from . import sections

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .installed import Distribution


def requires_of(dist: Distribution) -> list[str] | None:
    """Return the requirements of *dist*, or None where none are declared."""
    declared = dist.metadata.get_all("Requires-Dist")
    if declared is not None:
        return list(declared)
    text = dist.read_text("requires.txt")
    return None if text is None else list(from_requires_text(text))


def from_requires_text(text: str) -> Iterator[str]:
    """Yield what stands in a requires.txt as PEP 508 requirements."""
    for section, line in sections.lines(text):
        marker = _marker(section or "")
        # In `name @ URL;marker` the semicolon would be part of the URL (PEP 508).
        space = " " if "@" in line else ""
        yield f"{line}{space}; {marker}" if marker else line + space


def _marker(section: str) -> str:
    """Return the marker that `[section]` of a requires.txt stands for."""
    extra, _, condition = section.partition(":")
    if extra and condition:
        return f'({condition}) and extra == "{extra}"'
    return f'extra == "{extra}"' if extra else condition
