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
"""

from __future__ import annotations

from .. import process
from .runner import Runner

__all__ = ["run_module", "run_path"]

_process = Runner(process)
run_module = _process.run_module
run_path = _process.run_path
