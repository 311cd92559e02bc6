"""A trace on a terminal: the tree of the slowest imports, and the totals, in under a screen.

A line is a list of (style, text); "" is no style.
"""

from __future__ import annotations

import signal
from heapq import nlargest

from . import helpful
from .places import place, printable
from .totals import by_distribution, by_phase, modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..savings.model import Saving
    from .model import Import, Trace

    #: Tells what each lazy import would save, the greatest first.
    Savings = Callable[[Trace], list[Saving]]

    Line = list[tuple[str, str]]

#: The size of what is not a terminal (characters, lines).
WIDTH, HEIGHT = 100, 24
#: Lines of the tree where there is hardly room for any; of distributions, and of phases.
_FEWEST, _DISTRIBUTIONS = 5, 6
#: The most characters of a distribution's name, and the fewest of a module's column.
_NAMED = 34
_MARKS = {"failed": "✗", "missing": "✗", "unfinished": "…"}
_STYLES = {"failed": "red", "missing": "dim", "unfinished": "yellow"}
#: What stands for the marks where the encoding of the output does not have them.
_PLAINER = {"✗": "x", "…": "~", "µ": "u"}


def summary(
    trace: Trace,
    width: int = WIDTH,
    height: int | None = HEIGHT,
    *,
    savings: Savings | None = None,
    ascii_only: bool = False,
) -> list[str]:
    """Return the lines for people, in *height* lines or, if None, all: the tree and the totals.

    With *savings* what would help is there, too.
    """
    return list(plain(layout(trace, width, height, savings), ascii_only=ascii_only))


def plain(lines: Iterable[Line], *, ascii_only: bool) -> Iterator[str]:
    """Yield the *lines* without their styles."""
    for line in lines:
        text = "".join(text for _, text in line).rstrip()
        yield _plainer(text) if ascii_only else text


def _plainer(line: str) -> str:
    for mark, plainer in _PLAINER.items():
        line = line.replace(mark, plainer)
    return line.encode("ascii", "backslashreplace").decode()


def tree(trace: Trace, limit: int | None = None, width: int = WIDTH) -> list[str]:
    """Return the lines of the tree of the *limit* slowest imports, or of all."""
    return ["".join(text for _, text in line).rstrip() for line in _tree(trace, limit, width)]


def layout(
    trace: Trace, width: int, height: int | None, savings: Savings | None = None
) -> Iterator[Line]:
    """Yield the lines: what it was, the tree, the totals, what would help.

    *savings*, which takes the longest, is not called before the lines above are taken.
    """
    head = list(_head(trace, width))
    totals = list(_totals(trace, None if height is None else _DISTRIBUTIONS))
    yield from head
    if not trace.imports:
        return
    limit = None
    if height is not None:  # A line for what is left out, one for the prompt.
        helping = 0 if savings is None else helpful.room(height)
        limit = max(height - len(head) - len(totals) - 5 - helping, _FEWEST)
    yield []
    yield from _tree(trace, limit, width)
    yield []
    yield from totals
    if savings is not None and (height is None or helpful.room(height)):
        yield from helpful.layout(trace, savings(trace), width, height)


# --- What it was


def _head(trace: Trace, width: int) -> Iterator[Line]:
    count = modules(trace)
    what = f"{count} module{'' if count == 1 else 's'} loaded"
    times = f"{readable(trace.import_ns)} of imports in {readable(trace.wall_ns)}"
    room = max(width - len(what) - len(times) - 6, 0)
    program = " ".join(trace.program.get("argv", ()))
    if len(program) > room:
        program = f"{program[: max(room - 1, 0)]}…"
    shown = "".join(c if c.isprintable() else "?" for c in program)
    yield [("bold", what), ("", f", {times}: "), ("dim", shown)]
    ended = _ended(trace)
    if ended:
        yield [("yellow", ended)]


def _ended(trace: Trace) -> str:
    how, status, error = (trace.ended[key] for key in ("how", "status", "error"))
    if how == "signal":
        return f"the program was ended by {_signal_name(status)}"
    if how == "os._exit":
        return f"the program called os._exit() or became another one; exit status {status}"
    if how == "raised":
        text = str(error).partition("\n")[0]
        return f"the program raised {text}"
    return f"the program exited with status {status}" if status else ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


# --- The tree


def _tree(trace: Trace, limit: int | None, width: int) -> Iterator[Line]:
    chosen = trace.imports
    if limit is not None and len(chosen) > limit:
        # An import takes no less than those within it: with each, all that it is in are chosen.
        chosen = nlargest(limit, trace.imports, key=lambda one: one.cumulative)
    taken = {one.id for one in chosen}
    cwd = trace.program.get("cwd", "")
    rows = [(one, _name(one, depth)) for root in trace.roots for one, depth in _walk(root, taken)]
    names = min(max((len(name) for _, name in rows), default=0), max(width // 2, _NAMED))
    yield [("bold", f"{'cumulative':>11} {'own':>10}  {'import':{names}}  asked for in")]
    for one, name in rows:
        yield _line(one, f"{name:{names}}", width, cwd)
    left = len(trace.imports) - len(chosen)
    if left:
        most = max(one.cumulative for one in trace.imports if one.id not in taken)
        yield [("dim", f"and {left} more, none over {readable(most)}")]


def _walk(root: Import, taken: set[int]) -> Iterator[tuple[Import, int]]:
    """Yield *root* and what is within it, as far as it is *taken*, with their depths."""
    waiting = [(root, 0)]
    while waiting:
        one, depth = waiting.pop()
        if one.id in taken:
            yield one, depth
            waiting += ((child, depth + 1) for child in reversed(one.children))


def _name(one: Import, depth: int) -> str:
    mark = _MARKS.get(one.outcome, "")
    name = "  " * min(depth, 12) + printable(one.name) + (f" {mark}" if mark else "")
    return name if one.thread_name == "MainThread" else f"{name} [{printable(one.thread_name)}]"


def _line(one: Import, name: str, width: int, cwd: str) -> Line:
    room = max(width - 26 - len(name), 0)
    asker = "" if one.importer is None else place(one.importer.file, cwd, room, one.importer.line)
    times = f"{one.cumulative / 1e6:8.1f} ms {one.own / 1e6:7.1f} ms  "
    style = _STYLES.get(one.outcome, "" if one.parent else "cyan")
    return [("", times), (style, name), ("dim", f"  {asker}")]


# --- The totals


def _totals(trace: Trace, limit: int | None) -> Iterator[Line]:
    whole = sum(one.own for one in trace.imports) or 1
    phases = _phases(trace, limit)
    rows = _distributions(trace, limit)
    names = max([len("by distribution"), *(len(name) for name, _, _ in rows)])
    yield [
        ("bold", f"{'own time':>11} {'modules':>8}  {'by distribution':{names}}"),
        ("bold", f" {'own time':>11}  by phase"),
    ]
    for at in range(max(len(rows), len(phases))):
        left = right = ""
        if at < len(rows):
            name, count, time = rows[at]
            left = f"{time / 1e6:8.1f} ms {count:>8}  {name}"
        if at < len(phases):
            name, time = phases[at]
            right = f" {time / 1e6:8.1f} ms  {name} {100 * time / whole:.0f} %"
        yield [("", f"{left:{22 + names}}"), ("", right)]


def _phases(trace: Trace, limit: int | None) -> list[tuple[str, int]]:
    """Return name and time (ns) of those that took any; what is over the *limit* in one row."""
    found = [(name, time) for name, time in by_phase(trace).items() if time]
    shown = found if limit is None or len(found) <= limit else found[: limit - 1]
    rest = found[len(shown) :]
    return [*shown, (f"{len(rest)} more", sum(time for _, time in rest))] if rest else shown


def _distributions(trace: Trace, limit: int | None) -> list[tuple[str, int, int]]:
    """Return name, modules and own time (ns); what is over the *limit* in one row."""
    found = list(by_distribution(trace).items())
    shown = found if limit is None or len(found) <= limit else found[: limit - 1]
    rows = [(_short(name), len(each.modules), each.own) for name, each in shown]
    rest = [each for _, each in found[len(shown) :]]
    if rest:
        count = sum(len(each.modules) for each in rest)
        rows.append((f"{len(rest)} more", count, sum(each.own for each in rest)))
    return rows


def _short(name: str) -> str:
    name = printable(name)
    return name if len(name) <= _NAMED else f"{name[: _NAMED - 1]}…"


def readable(ns: int) -> str:
    """Return *ns* in a unit that fits: `1.23 s`, `4.5 ms`, `6 µs`."""
    if ns >= 1_000_000_000:
        return f"{ns / 1e9:.2f} s"
    if ns >= 100_000:
        return f"{ns / 1e6:.1f} ms"
    return f"{ns / 1e3:.0f} µs"


def rich_lines(lines: Iterable[Line]) -> Iterator[object]:
    """Yield the lines as `rich.text.Text`. Raises ImportError without rich."""
    from rich.text import Text

    for line in lines:
        yield Text.assemble(*((text, style) for style, text in line))
