"""Names and places as they are shown on a terminal."""

from __future__ import annotations

import os


def place(file: str, cwd: str, room: int, line: int) -> str:
    """Return the end of *file* and *line*, as much as there is *room* for; "" for very little."""
    if cwd and file.startswith(cwd + os.sep):
        file = file[len(cwd) + 1 :]
    text = printable(f"{file}:{line}")
    if len(text) <= room:
        return text
    return f"…{text[-room + 1 :]}" if room > 8 else ""


def printable(text: str) -> str:
    """Return *text* without what would not be seen, or move the cursor."""
    return text if text.isprintable() else ascii(text)[1:-1]
