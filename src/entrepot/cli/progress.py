"""A line on a terminal for what takes longer than a second."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Progress:
    """The context of some work; its *text* is shown while it goes on, from its second second."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __enter__(self) -> None:
        self._timer: Any = None
        self._shown = False
        if sys.stderr is not None and sys.stderr.isatty():
            from threading import Timer

            self._timer = Timer(1.0, self._show)
            self._timer.daemon = True
            self._timer.start()

    def _show(self) -> None:
        self._shown = True
        print(self._text, end="", flush=True, file=sys.stderr)

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._shown:
            print(f"\r{' ' * len(self._text)}\r", end="", flush=True, file=sys.stderr)
