"""Explanations of errors as lines for people."""

from __future__ import annotations

import shutil

from ..drawing import plain as plain_lines, wrapped
from ..graph.text import edges, shown
from ..why.layout import WIDTH, of_finding
from .circular import Circular
from .relative import Relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from ..drawing import Line
    from .missing import Missing

#: How many explanations are told; a group can hold hundreds of errors.
_MOST = 5


def plain(found: Sequence[Circular | Missing | Relative]) -> str:
    """Return the text of explanations."""
    return plain_lines(_all(found, WIDTH))


def lines(found: Sequence[Circular | Missing | Relative], stream: TextIO) -> Iterator[Line]:
    """Yield the lines of explanations, sentences wrapped at the width of *stream*."""
    width = shutil.get_terminal_size((WIDTH, 24)).columns if stream.isatty() else WIDTH
    yield from _all(found, width)


def _all(found: Sequence[Circular | Missing | Relative], width: int) -> Iterator[Line]:
    for number, each in enumerate(found[:_MOST]):
        if number:
            yield []
        if isinstance(each, Circular):
            yield from _circular(each, width)
        elif isinstance(each, Relative):
            yield from _relative(each, width)
        else:
            yield from _missing(each, width)
    if len(found) > _MOST:
        yield []
        yield [("", f"entrepot: {len(found) - _MOST} more errors are of these kinds")]


def _circular(about: Circular, width: int) -> Iterator[Line]:
    yield [("bold", "entrepot: a circular import")]
    if about.lead:
        yield [("dim", "  it is reached by")]
        yield from edges(about.lead, "    ")
        yield [("dim", "  and goes round by")]
    yield from edges(about.ring, "    ")
    yield from wrapped(("bold red", "✗ "), about.facts, width)
    for advice in about.advice:
        yield from wrapped(("green", "  → "), advice, width - 2)


def _relative(about: Relative, width: int) -> Iterator[Line]:
    yield [("bold", "entrepot: a relative import without its package")]
    yield from wrapped(("bold red", "✗ "), about.facts, width)
    yield from wrapped(("green", "  → "), about.advice, width - 2)


def _missing(about: Missing, width: int) -> Iterator[Line]:
    explanation = about.explanation
    yield [("bold", f"entrepot: no module {about.name}")]
    if explanation.found:
        module = explanation.module
        place = shown(module.place) if module else "sys.modules"
        told = f"{about.name} is found now, in {place}: it was not when the import failed"
        yield from wrapped(("yellow", "! "), told, width)
    for finding in explanation.findings:
        yield from of_finding(finding, width)
    yield [("dim", f"  the whole search: entrepot why {about.name}")]
