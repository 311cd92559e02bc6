"""Run a module or a file as a program, as `python -m NAME` and `python PATH` do.

`run_module()` and `run_path()` are the stdlib's (documentation of `runpy`; PEP 338, 366, 451).
Both come down to three steps:

1. Find what is to be run: the spec and the code of a module, of the `__main__` of a package, a
   directory or an archive; or just the code of a file. The parents of a module are imported,
   the module itself is not.
2. Give it a namespace: a plain dict, a temporary module in `modules`, or the real `__main__`.
3. Execute it there.

A `Program` (`program.py`) is what a whole process runs, as `entrepot run` does: it takes the
place of `__main__` for good and takes nothing back. Everything here belongs to one import
system; the functions are those of the process's own.

    find.py        step 1
    execution.py   steps 2 and 3
    runner.py      the stdlib's functions, loaded when they are first asked for
    program.py     `Program`
"""

from __future__ import annotations

import sys

from .. import process as _process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .runner import Runner

    run_module = Runner(_process).run_module
    run_path = Runner(_process).run_path

__all__ = ["run_module", "run_path"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    __import__(f"{__name__}.runner")
    value = globals()[name] = getattr(sys.modules[f"{__name__}.runner"].Runner(_process), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
