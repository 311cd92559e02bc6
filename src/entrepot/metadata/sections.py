"""The reader of sectioned files: entry_points.txt and the requires.txt of egg-info.

    [section]
    line        with leading and trailing white space taken away
    # comment   skipped, as are empty lines

A line in brackets begins a section, a section may come again. See the entry points
specification, "File format"; it is not `configparser`: names keep their case, values may have
any character, and one bad line costs only itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def lines(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield (section, line) for each line that says something; None before any section."""
    section = None
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        if line[0] == "[" and line[-1] == "]":
            section = line[1:-1]
        else:
            yield section, line


def pairs(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (section, name, value) for each `name = value` in a section of *text*.

    Lines without `=` and lines before the first section are malformed and left out.
    """
    for section, line in lines(text):
        name, equals, value = line.partition("=")
        if equals and section is not None:
            yield section, name.rstrip(), value.lstrip()
