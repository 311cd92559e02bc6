"""What importing costs, and why it happens: `entrepot trace`, `entrepot.trace()`.

1. `recorder` observes the events of an import system (`core/events.py`) and makes two records of
   each import: one when it begins, one when it ends. `stream` takes them from a traced process to
   a file, so that they outlive whatever becomes of it.
2. `assemble` makes a trace of the records: a list of imports, as `model` describes it. `phases`
   works out where the time of each went, `owners` whose each module is, `describe` what was run.
3. `file` reads and writes it as JSON (`jsontext` makes the text), and refuses what is no whole
   trace; `chrome` and `speedscope` write what these viewers read.
4. `totals` adds up, `text` shows it on a terminal, with what would help (`helpful`, which has it
   from `observe/savings`); `compare` says how two traces differ.

`tracing` is the context manager for a block of code, in the same process. `cli/trace.py` runs a
whole program in a child process and reads what that has streamed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .tracing import Tracing

__all__ = ["trace"]


def trace(system: Any = None, *, memory: bool = False) -> Tracing:
    """Return a context manager that records the imports of the `with` block.

    *system* is the import system to observe; by default that of this process, behind whose
    `import` statement entrepot is put meanwhile, if it is not there. With *memory* the growth
    of the process's memory is recorded, too; RuntimeError where the platform does not tell.

    >>> with entrepot.trace() as t:
    ...     import json
    >>> print(t)
    """
    from .tracing import Tracing

    return Tracing(system, memory=memory)
