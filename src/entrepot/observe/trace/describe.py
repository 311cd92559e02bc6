"""What a trace says of the program, of the interpreter, and of when it was."""

from __future__ import annotations

import sys
from time import gmtime, strftime

from ... import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model import Trace


def describe(trace: Trace, form: str, argv: list[str], cwd: str, started: float) -> None:
    """Write into *trace* what was run, where, when (seconds since the epoch) and by whom."""
    trace.entrepot = __version__
    level = ".".join(map(str, sys.version_info[:3]))
    trace.interpreter = {
        "implementation": sys.implementation.name,
        "version": level,
        "executable": sys.executable or "",
    }
    trace.program = {"form": form, "argv": argv, "cwd": cwd}
    trace.started = strftime("%Y-%m-%dT%H:%M:%S+00:00", gmtime(started))
