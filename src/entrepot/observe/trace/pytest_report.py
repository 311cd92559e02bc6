"""What `pytest --import-trace` reports: the slowest imports of a test run."""

from __future__ import annotations

import os

import pytest

from .file import dumps
from .output import check_outputs, said, write
from .text import readable, tree
from .totals import modules
from .tracing import Tracing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Trace


class ImportTrace:
    """The part of the plugin that is there when it is asked for.

    *number* imports are shown, none if that is None; all go to the file *path*, if there is one.
    Raises pytest.UsageError where that cannot be written.
    """

    def __init__(self, number: int | None, path: str | None) -> None:
        self._number = number
        self._path = None if path is None else os.path.abspath(path)
        try:
            check_outputs([self._path] if self._path else [])
        except OSError as problem:
            raise pytest.UsageError(f"--import-trace-json: {said(problem)}") from None
        self._tracing = Tracing(form="pytest")
        self._goes_on = True
        self._tracing.__enter__()

    def _end(self) -> None:
        if self._goes_on:
            self._goes_on = False
            self._tracing.__exit__(None, None)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Write the file, and show the imports."""
        self._end()
        trace = self._tracing.trace
        if self._number is not None:
            _show(terminalreporter, trace, self._number)
        if self._path is not None:
            try:
                write(self._path, dumps(trace))
            except OSError as problem:
                terminalreporter.write_line(f"entrepot: {said(problem)}", red=True)

    def pytest_unconfigure(self) -> None:
        """Stop tracing, even where there is no summary."""
        self._end()


def _show(terminal: Any, trace: Trace, number: int) -> None:
    terminal.section("slowest imports")
    times = f"{readable(trace.import_ns)} of imports in {readable(trace.wall_ns)}"
    terminal.write_line(f"{modules(trace)} modules loaded, {times}")
    for line in tree(trace, number, terminal._tw.fullwidth):  # noqa: SLF001 - as all plugins do
        terminal.write_line(line)
