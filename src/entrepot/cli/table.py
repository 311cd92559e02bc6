"""Tables on a terminal: drawn by `rich` where that is installed, else as aligned text."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def show(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write *rows* under *header*; an empty header is not shown. Pipes get aligned text."""
    if not (sys.stdout.isatty() and _show_with_rich(header, rows)):
        for line in lines(header, rows):
            print(line)


def lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the table as aligned text; of a cell with line ends each line has its own row."""
    spread = [line for row in rows for line in _spread(row)]
    everything = [list(header), *spread] if any(header) else spread
    widths = [max(map(len, column)) for column in zip(*everything, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in everything]


def _spread(row: Sequence[str]) -> list[list[str]]:
    cells = [cell.split("\n") for cell in row]
    height = max(map(len, cells))
    padded = [cell + [""] * (height - len(cell)) for cell in cells]
    return [list(line) for line in zip(*padded, strict=True)]


def _show_with_rich(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        return False
    table = Table(show_header=any(header))
    for title in header:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))  # Text: brackets of extras are no markup
    Console().print(table)
    return True
