"""`entrepot trace`: run a program, and tell what its imports cost.

1. `request` finds out what the words ask for; the files to be written are made sure of.
2. The program runs in a child process, as `entrepot run` runs it, but for an observer whose records
   leave the process at once (`traced`).
3. Whatever becomes of the child, the parent reads the records, writes the files and shows the
   summary on standard error (`trace_report`), which it loads while the child runs.

The exit status is the program's. What the child loads before the program begins is in `sys.modules`
there; so all that is for reports is imported in the parent alone.
"""

from __future__ import annotations

import sys

from ..observe.trace import output
from ..observe.trace.stream import Stream
from . import fail, launch, request as requests, to_a_reader, traced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY = "run a program, and tell what its imports cost"

HELP = """\
usage: entrepot trace [OPTION ...] PROGRAM [ARGUMENT ...]
       entrepot trace --compare A.json B.json [--fail-above PERCENT] [--json FILE]

PROGRAM, and options of python, are what they are for `entrepot run`. The summary goes to standard
error; the exit status is the program's, 128 + N if signal N has ended it.

options:
  --html FILE         write a report for the browser, one file
  --json FILE         write the trace (docs/trace.md)
  --chrome FILE       write trace events for chrome://tracing and ui.perfetto.dev
  --speedscope FILE   write a profile for www.speedscope.app
                      FILE may be - for standard output
  --memory            record by how much the process grows, too
  --all               show all imports, not only what fits on the screen
  --quiet             show no summary
  --explain           tell below the traceback why an import has failed, as entrepot run does
  --compare           tell what has changed between two traces; options:
  --fail-above 10%    exit status 1 if importing takes this much longer
"""

#: The options, and whether they have an argument.
OPTIONS = {
    "--html": True, "--json": True, "--chrome": True, "--speedscope": True, "--memory": False,
    "--all": False, "--quiet": False, "--compare": False, "--fail-above": True, "--records": True,
}  # fmt: skip
#: What a program that was killed by signal N has as its exit status, less N: a shell's habit.
_KILLED = 128


def main(argv: Sequence[str]) -> int | None:
    """Trace the program that *argv* names; returns its exit status, 2 for what makes no sense.

    In the child, raises what the program raises, SystemExit included.
    """
    words = list(argv)
    try:
        request = _request(words)
    except requests.UsageError as problem:
        return fail(f"{problem} (entrepot trace --help tells more)")
    if request.help:
        return to_a_reader(lambda: print(HELP, end=""))
    options = dict(request.own)
    if "--compare" in options:
        from .trace_compare import main as compare

        return to_a_reader(lambda: compare(words))
    if request.interpreter:
        return launch.restart(request, words)
    records = options.get("--records")
    if records is not None:
        return traced.be_program(request, Stream(records).write, memory="--memory" in options)
    return _trace(request, words)


def _request(words: list[str]) -> requests.Request:
    if "--compare" in words[:1]:  # The files that follow may be options' arguments, too.
        request = requests.Request()
        request.own = [("--compare", None)]
        return request
    request = requests.parse(words, OPTIONS)
    options = dict(request.own)
    if "--fail-above" in options and "--compare" not in options:
        raise requests.UsageError("--fail-above goes with --compare")
    return request


def _trace(request: requests.Request, words: list[str]) -> int | None:
    memory = "--memory" in dict(request.own)
    outputs = {name: path for name, path in request.own if name in traced.OUTPUTS and path}
    try:
        output.check_outputs(list(outputs.values()))
        if memory:
            traced.check_memory()
        path = traced.scratch_path()
    except (OSError, RuntimeError) as problem:
        return fail(output.said(problem))
    child = traced.Child(words, path)
    if child.is_me:
        return traced.be_program(request, child.sink(), memory=memory)
    from . import trace_report

    return trace_report.report(child, request, outputs)


def exit_status(status: int) -> int:
    """Return the exit status for that of a process, which is -N if signal N has ended it."""
    return _KILLED - status if status < 0 else status


if sys.platform == "win32":  # What ended a process there is a number without a sign.
    _KILLED = 0
