"""What would help a start, on a terminal: the modules to import when they are first used.

The report has all of them. Here are those that a few statements ask for, so that something can be
done about them, and not only functions, which are late already; of a chain in which each brings
nearly nothing but the next, the last.
"""

from __future__ import annotations

from .places import place, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..graph.sources import Sources
    from ..savings.model import Saving
    from ..savings.needs import Site
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
    found = chosen(savings, trace.import_ns, most)
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


def chosen(savings: Iterable[Saving], whole: int, most: int) -> list[Saving]:
    """Return which of *savings*, the greatest first, are told of *whole* ns: *most* of them."""
    from ..graph.sources import Sources

    found: list[Saving] = []
    sources = Sources()
    for one in savings:
        last = found[-1] if found else None
        is_link = last is not None and one.ns > _NEARLY * last.ns and one.name in last.modules
        if one.ns < max(_LEAST * whole, 1) or (len(found) == most and not is_link):
            break
        if not one.unseen and _can_be_done(one.sites, sources):
            if is_link:
                found.pop()
            found.append(one)
    return found


def _can_be_done(sites: list[Site], sources: Sources) -> bool:
    """Whether the statements to change are few, and not all in functions."""
    return len(sites) <= _SITES and any(_can_be_later(site, sources) for site in sites)


def _can_be_later(site: Site, sources: Sources) -> bool:
    """Whether there is a statement to change, that is not in a function already."""
    if not site.file or not site.line:
        return False
    return not sources.is_in_function(site.file, site.line)


def _asked(one: Saving, cwd: str, room: int) -> str:
    """Return where the statements are: the first, and how many others."""
    first, others = one.sites[0], len(one.sites) - 1
    more = f" and {others} more" if others else ""
    return place(first.file or "", cwd, max(room - len(more), 0), first.line or 0) + more


def _short(name: str) -> str:
    name = printable(name)
    return name if len(name) <= _NAMED else f"…{name[-_NAMED + 1 :]}"
