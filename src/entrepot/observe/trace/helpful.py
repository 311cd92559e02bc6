"""What would help a start, on a terminal: the modules to import when they are first used.

The report has all of them. Here are those that a few statements ask for, so that something can be
done about them, and of a chain in which each brings nearly nothing but the next, the last.
"""

from __future__ import annotations

from .places import place, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..savings.model import Saving
    from .model import Trace
    from .text import Line

#: The most statements to change for one saving.
_SITES = 3
#: The least that is worth a line, as a share of all imports; and what is nearly all of another.
_LEAST, _NEARLY = 0.01, 0.9
#: How many there are on a screen of so many lines, the higher first; and where there is no end.
_ROOM = ((32, 5), (24, 3))
_MANY = 20
#: The most characters of a module's name.
_NAMED = 40


def room(height: int) -> int:
    """Return how many lines it takes on a screen of this *height*, 0 for a low one."""
    return next((2 + count for least, count in _ROOM if height >= least), 0)


def layout(
    trace: Trace, savings: Iterable[Saving], width: int, height: int | None
) -> Iterator[Line]:
    """Yield the lines: an empty one, the headings, the greatest of *savings*; nothing for none."""
    most = _MANY if height is None else room(height) - 2
    found = chosen(savings, trace.import_ns)[:most]
    if not found:
        return
    rows = [(one, _short(one.name)) for one in found]
    heading = "would help: a lazy import of"
    names = max(len(heading), *(len(name) for _, name in rows))
    yield []
    heads = f"{'saves':>11} {'modules':>8}  {heading:{names}}  asked for in"
    yield [("bold", heads[:width])]
    for one, name in rows:
        saved = f"{one.ns / 1e6:8.1f} ms {len(one.modules):>8}  "
        asked = _asked(one, trace.program.get("cwd", ""), max(width - len(saved) - names - 2, 0))
        yield [("", saved), ("green", f"{name:{names}}"), ("dim", f"  {asked}")]


def chosen(savings: Iterable[Saving], whole: int) -> list[Saving]:
    """Return which of *savings*, the greatest first, are told of *whole* nanoseconds."""
    found: list[Saving] = []
    for one in savings:
        if one.ns < max(_LEAST * whole, 1):
            break
        if 0 < len(one.sites) <= _SITES and all(site.file for site in one.sites):
            last = found[-1] if found else None
            if last is not None and one.ns > _NEARLY * last.ns and one.name in last.modules:
                found.pop()
            found.append(one)
    return found


def _asked(one: Saving, cwd: str, room: int) -> str:
    """Return where the statements are: the first, and how many others."""
    first, others = one.sites[0], len(one.sites) - 1
    more = f" and {others} more" if others else ""
    return place(first.file or "", cwd, max(room - len(more), 0), first.line or 0) + more


def _short(name: str) -> str:
    name = printable(name)
    return name if len(name) <= _NAMED else f"…{name[-_NAMED + 1 :]}"
