"""Lines for people: written plainly, or by rich in colours.

A line is a list of (style, text), the styles those of rich; "" is no style.
"""

from __future__ import annotations

import textwrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TextIO

    Line = list[tuple[str, str]]

#: What stands for the marks where the encoding of the output does not have them.
_PLAINER = {"✗": "x", "·": "-", "→": "->"}


def plain(lines: Iterable[Line], *, ascii_only: bool = False) -> str:
    """Return the text of *lines* without styles."""
    text = "\n".join("".join(part for _, part in line).rstrip() for line in lines)
    if ascii_only:
        for mark, plainer in _PLAINER.items():
            text = text.replace(mark, plainer)
    return text


def rich_text(lines: Iterable[Line]) -> Any:
    """Return *lines* as a `rich.text.Text`. Raises ImportError without rich."""
    from rich.text import Text

    result = Text(overflow="ignore", no_wrap=True)
    for line in lines:
        for style, text in line:
            result.append(text, style=style or None)
        result.append("\n")
    result.right_crop(1)
    return result


def wrapped(first: tuple[str, str], text: str, width: int) -> Iterator[Line]:
    """Yield *text* in lines of *width*, *first* before it and blanks below that."""
    indent = " " * len(first[1])
    style = first[0] if first[0] == "bold" else ""
    broken = textwrap.wrap(text, max(width - 2, 20), break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(broken):
        yield [first if number == 0 else ("", indent), (style, line)]


def write(lines: Iterable[Line], stream: TextIO) -> None:
    """Write *lines* to *stream*: in colours on a terminal, if rich is there.

    rich honours NO_COLOR. Where the encoding has no marks, there are plainer ones.
    """
    lines = list(lines)
    if not (stream.isatty() and _write_with_rich(lines, stream)):
        print(plain(lines, ascii_only=not can_show_marks(stream)), file=stream)


def _write_with_rich(lines: list[Line], stream: TextIO) -> bool:
    try:
        from rich.console import Console
    except ImportError:
        return False
    Console(file=stream, highlight=False, soft_wrap=True).print(rich_text(lines))
    return True


def can_show_marks(stream: TextIO) -> bool:
    """Whether the encoding of *stream* has the marks."""
    try:
        "✗→·".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
