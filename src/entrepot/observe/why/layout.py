"""An explanation as text: one layout, written plainly or in rich's colours.

A line is a list of (style, text); "" is no style. Paths are never broken, so a line may be wider
than the terminal; sentences are wrapped.
"""

from __future__ import annotations

import os
import textwrap

from . import search as searches
from .catalogue import NOTE, PROBLEM, WARNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .catalogue import Finding
    from .describe import Module
    from .explanation import Explanation
    from .search import Entry, Step
    from .walk import Stage

    Line = list[tuple[str, str]]

_MARKS = {PROBLEM: "✗", WARNING: "!", NOTE: "·"}
_STYLES = {PROBLEM: "bold red", WARNING: "yellow", NOTE: "dim"}
_ANSWERS = {
    searches.ABSENT: "does not exist",
    searches.NOT_ARCHIVE: "is a file, and no archive that can be read",
    searches.NO_HOOK: "no path hook takes it",
    searches.IGNORED: "is no string, and ignored",
    searches.PORTION: "a directory without __init__, a namespace portion",
}
#: What stands for the marks where the encoding of the output does not have them.
_PLAINER = {"✗": "x", "·": "-", "→": "->"}
#: The width of sentences where there is no terminal (characters).
WIDTH = 100


def plain(about: Explanation, width: int | None = None, *, ascii_only: bool = False) -> str:
    """Return the text of an explanation, its sentences wrapped at *width* characters."""
    lines = ("".join(text for _, text in line).rstrip() for line in layout(about, width or WIDTH))
    text = "\n".join(lines)
    if ascii_only:
        for mark, plainer in _PLAINER.items():
            text = text.replace(mark, plainer)
    return text


def rich_text(about: Explanation, width: int | None = None) -> Any:
    """Return the explanation as a `rich.text.Text`. Raises ImportError without rich."""
    from rich.text import Text

    result = Text(overflow="ignore", no_wrap=True)
    for line in layout(about, width or WIDTH):
        for style, text in line:
            result.append(text, style=style or None)
        result.append("\n")
    result.right_crop(1)
    return result


def layout(about: Explanation, width: int) -> Iterator[Line]:
    """Yield the lines: what it is, the findings, the search."""
    yield from _verdict(about)
    for finding in about.findings:
        yield []
        yield from _finding(finding, width)
    for stage in about.stages:
        yield []
        yield from _search(stage)


def _verdict(about: Explanation) -> Iterator[Line]:
    module = about.module
    if about.last.is_imported:
        yield [("bold", about.name), ("", " is imported already")]
        file = getattr(about.last.imported, "__file__", None)
        if file:
            yield _field("file", file)
    if not about.found:
        yield [("bold red", about.name), ("", " is not found")]
    elif module is not None:
        start = "a search finds" if about.last.is_imported else f"{about.name} is"
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


def _finding(finding: Finding, width: int) -> Iterator[Line]:
    mark = _MARKS[finding.severity]
    style = _STYLES[finding.severity]
    for number, text in enumerate(_wrapped(finding.text, width)):
        yield [(style, f"{mark if number == 0 else ' '} "), ("", text)]
    for number, text in enumerate(_wrapped(finding.advice, width - 4)):
        yield [("green", "  → " if number == 0 else "    "), ("", text)]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width - 2, 20), break_long_words=False, break_on_hyphens=False)


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
