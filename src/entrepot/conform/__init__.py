"""What import must do, as cases that any import system can be held against.

A case is data: a small tree of files, a program, and what the program prints, with the section of
the documentation that it comes from (`cases/AREA/ID.txt`; docs/conformance.md has the format). It
is run in a process of its own by an interpreter, with a candidate behind its `import` statement:

1. `cases.py` reads the files, `ledger.py` the differences that are known and explained.
2. `target.py` asks the interpreter and the candidate, once, what they can do.
3. `tree.py` writes a copy of the case's tree; `child.py` starts the process, and ends it when its
   time is over.
4. `drive.py` is what the process runs: the one file that runs on the interpreter under test. It
   puts the candidate in place, offers the module `conform_state`, and executes the program.
5. `compare.py` holds what was printed against what the case expects, `runner.py` does all that for
   many cases at a time, `result.py` has what came out, as one object of JSON.

The suite asks nothing of the interpreter under test but to run a script and to print; nor need it
be the interpreter that runs the suite.
"""

from __future__ import annotations

from .cases import Case, CaseError, read_cases
from .ledger import read_ledger
from .result import Report
from .runner import run_cases
from .target import CANDIDATES, Target, TargetError

__all__ = [
    "CANDIDATES",
    "Case",
    "CaseError",
    "Report",
    "Target",
    "TargetError",
    "read_cases",
    "read_ledger",
    "run_cases",
]
