"""An explanation as text: one layout, written plainly or in rich's colours (`drawing`).

Paths are never broken, so a line may be wider than the terminal; sentences are wrapped.
"""

from __future__ import annotations

import os

from .. import drawing
from . import search as searches
from .catalogue import NOTE, PROBLEM, WARNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..drawing import Line
    from .catalogue import Finding
    from .describe import Module
    from .explanation import Explanation
    from .search import Entry, Step
    from .walk import Stage

_MARKS = {PROBLEM: "✗", WARNING: "!", NOTE: "·"}
_STYLES = {PROBLEM: "bold red", WARNING: "yellow", NOTE: "dim"}
_ANSWERS = {
    searches.ABSENT: "does not exist",
    searches.NOT_ARCHIVE: "is a file, and no archive that can be read",
    searches.NO_HOOK: "no path hook takes it",
    searches.IGNORED: "is no string, and ignored",
    searches.PORTION: "a directory without __init__, a namespace portion",
}
#: The width of sentences where there is no terminal (characters).
WIDTH = 100


def plain(about: Explanation, width: int | None = None, *, ascii_only: bool = False) -> str:
    """Return the text of an explanation, its sentences wrapped at *width* characters."""
    return drawing.plain(layout(about, width or WIDTH), ascii_only=ascii_only)


def rich_text(about: Explanation, width: int | None = None) -> Any:
    """Return the explanation as a `rich.text.Text`. Raises ImportError without rich."""
    return drawing.rich_text(layout(about, width or WIDTH))


def layout(about: Explanation, width: int) -> Iterator[Line]:
    """Yield the lines: what it is, the findings, the search."""
    yield from _verdict(about)
    for finding in about.findings:
        yield []
        yield from of_finding(finding, width)
    for stage in about.stages:
        yield []
        yield from _search(stage)


def _verdict(about: Explanation) -> Iterator[Line]:
    module = about.module
    if about.is_imported:
        yield [("bold", about.name), ("", " is imported already")]
        file = getattr(about.last.imported, "__file__", None)
        if file:
            yield _field("file", file)
    if about.made is not None:
        yield [("bold", about.name), ("", " is no file: the package makes it")]
    elif not about.found:
        yield [("bold red", about.name), ("", " is not found")]
    elif module is not None:
        start = "a search finds" if about.is_imported else f"{about.name} is"
        yield [("bold", start), ("", f" {_with_article(module.kind)}")]
        yield from _module(module)


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _module(module: Module) -> Iterator[Line]:
    if module.file:
        yield _field("file", module.file)
    for location in module.locations or () if not module.file else ():
        yield _field("directory", str(location))
    if module.loader:
        yield _field("loader", module.loader)
    if module.bytecode is not None:
        pyc = module.bytecode
        reason = f" ({pyc.reason})" if pyc.reason else ""
        where = f", {pyc.path}" if pyc.path else ""
        yield _field("bytecode", f"{pyc.state}{reason}{where}")
    if module.stdlib:
        yield _field("from", "the standard library")
    for owner in module.owners:
        yield _field("from", str(owner))


def _field(label: str, text: str) -> Line:
    return [("dim", f"  {label:<10}"), ("", text)]


def of_finding(finding: Finding, width: int) -> Iterator[Line]:
    """Yield the lines of one finding: what was found out, and what to do."""
    first = (_STYLES[finding.severity], f"{_MARKS[finding.severity]} ")
    yield from drawing.wrapped(first, finding.text, width)
    yield from drawing.wrapped(("green", "  → "), finding.advice, width - 2)


def _search(stage: Stage) -> Iterator[Line]:
    yield [("", "the search for "), ("bold", stage.name)]
    if stage.is_blocked:
        yield [("red", "  None stands in sys.modules: the import ends there")]
    if stage.is_imported:
        more = "; one would go like this:" if stage.search else ""
        yield [("", f"  sys.modules has it: no search is made{more}")]
    for step in stage.search.steps if stage.search else ():
        yield from _step(step)


def _step(step: Step) -> Iterator[Line]:
    kind = step.finder if isinstance(step.finder, type) else type(step.finder)
    if step.error is not None:
        answer, style = f"raises {type(step.error).__name__}: {step.error}", "red"
    elif step.spec is None:
        answer, style = "does not have it", "dim"
    else:
        answer, style = "has it", "green"
    yield [("", f"  {kind.__qualname__:<22} "), (style, answer)]
    for number, entry in enumerate(step.entries):
        yield _entry(number, entry, is_winner=entry.spec is not None and entry.spec is step.spec)


def _entry(number: int, entry: Entry, *, is_winner: bool) -> Line:
    where = entry.entry if isinstance(entry.entry, str) else repr(entry.entry)
    where = where or f"{entry.directory} (the current directory)"
    style = "bold green" if is_winner else "green" if entry.spec is not None else "dim"
    return [("dim", f"    {number:>2} "), ("", f"{where}: "), (style, _told(entry))]


def _told(entry: Entry) -> str:
    if entry.error is not None:
        return f"raises {type(entry.error).__name__}: {entry.error}"
    if entry.answer == searches.FOUND:
        return f"has {_inside(entry)}"
    if entry.answer in _ANSWERS:
        return _ANSWERS[entry.answer]
    there = f"; there is {', '.join(entry.names)}" if entry.names else ""
    return f"nothing{there}"


def _inside(entry: Entry) -> str:
    """Return what was found in a path entry, as seen from there."""
    origin = str(entry.spec.origin or "a module")
    is_below = bool(entry.directory) and origin.startswith(entry.directory)
    return os.path.relpath(origin, entry.directory) if is_below else origin
