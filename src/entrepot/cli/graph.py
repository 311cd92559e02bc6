"""`entrepot graph`: who imports whom, in a program that runs now or in a trace of one.

1. `graph_request` finds out what the words ask for.
2. A program is traced: `entrepot trace` runs it, in a process of its own.
3. `observe.graph` makes the graph of the trace, and a smaller one if that is asked for.
4. `graph_answer` makes the text of what is asked for; it is written to a file or standard output.
"""

from __future__ import annotations

import os
import sys

from ..observe.why.shelter import Shelter
from . import fail
from .graph_request import GraphRequest, UsageError, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..observe.graph.model import ImportGraph

SUMMARY = "show who imports whom, the circles, and why one module leads to another"

HELP = """\
usage: entrepot graph [OPTION ...] TRACE.json [OPTION ...]
       entrepot graph [OPTION ...] PROGRAM [ARGUMENT ...]

The graph of the imports that really happened: in a trace (entrepot trace --json), or in PROGRAM,
which is what it is for `entrepot run`, and is run. What it prints goes to standard error then,
unless -o names a file.

what is shown:
  (nothing)           in short: how many, the slowest, whether there are circles
  --format FORMAT     dot, mermaid, json, svg (drawn by Graphviz), html (a page to walk through)
  -o FILE             write it there; the format is that of the suffix (.dot .mmd .json .svg .html)
  --cycles            the circles of imports, each with its lines and what to change
  --path A B          why A leads to B: the shortest chain of imports, with the lines
  --all               all circles, or all chains, not only those that matter
  --limit N           how many of them at most (20 of each)
  --json              the same as --format json

which part of the graph:
  --by WHAT           module, package or distribution; a drawing of more modules than can be read
                      is of packages or distributions unless this says otherwise
  --only PATTERN      modules of that name, and all below it; wildcards (*, ?) match the whole name
  --exclude PATTERN   all but those; both can be given several times
  --no-source         do not read the modules' sources for imports that left no event

The exit status is 0, 1 if --path finds no chain, 2 for what makes no sense.
"""


def main(argv: list[str]) -> int:
    """Carry out what *argv* asks for; returns the exit status."""
    try:
        request = parse(argv)
    except UsageError as problem:
        return fail(f"{problem} (entrepot graph --help tells more)")
    if request.help:
        print(HELP, end="")
        return 0
    with Shelter():
        return _answer(request)


def _answer(request: GraphRequest) -> int:
    from ..observe.graph.picture import NoGraphviz
    from ..observe.trace.file import BadTrace
    from .graph_answer import NoAnswer, answer

    try:
        _check_output(request.output)
        text, status = answer(_graph(request), request)
        if request.output is not None:
            _write(text, request.output)
    except OSError as problem:
        return fail(f"{problem.filename or request.output}: {problem.strerror}")
    except (BadTrace, NoAnswer, NoGraphviz, NoTrace) as problem:
        return fail(str(problem))
    if request.output is None:
        _print(text)
    return status


class NoTrace(Exception):
    """The program has left no trace."""


def _graph(request: GraphRequest) -> ImportGraph:
    from ..observe.graph import graph
    from .graph_answer import Progress

    progress = Progress("reading sources")
    try:
        if request.trace is not None:
            return graph(request.trace, sources=request.sources, progress=progress)
        with _Scratch() as path:
            _run_traced(request, path)
            return graph(path, sources=request.sources, progress=progress)
    finally:
        progress.end()


class _Scratch:
    """The name of a file in a new directory, which goes with the context."""

    def __enter__(self) -> str:
        import tempfile

        self._directory = tempfile.TemporaryDirectory(prefix="entrepot-graph-")
        return os.path.join(self._directory.name, "trace.json")

    def __exit__(self, *_: object) -> None:
        self._directory.cleanup()


def _run_traced(request: GraphRequest, path: str) -> None:
    """Run the program under `entrepot trace`, which writes to *path*. Raises NoTrace."""
    import subprocess

    command = [sys.executable, "-m", "entrepot", "trace", "--quiet", "--json", path]
    sys.stdout.flush()
    # Standard output is for what is asked for, if it goes there.
    output = None if request.output else sys.stderr
    status = subprocess.run([*command, *request.program], stdout=output, check=False).returncode
    if not os.path.exists(path):
        raise NoTrace(f"the program could not be traced (exit status {status})")
    if status:
        print(f"entrepot: the program has ended with status {status}", file=sys.stderr)


def _check_output(path: str | None) -> None:
    """Raise OSError if *path* is clearly no place to write to: better now than after a long run."""
    import errno

    if path is None:
        return
    folder = os.path.dirname(path) or os.curdir
    number = (
        errno.EISDIR if os.path.isdir(path)
        else errno.ENOENT if not os.path.isdir(folder)
        else errno.EACCES if not os.access(folder, os.W_OK)
        else 0
    )  # fmt: skip
    if number:
        raise OSError(number, os.strerror(number), path)


def _write(text: str, path: str) -> None:
    """Write *text* to the file *path*, whole or not at all."""
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:  # A terminal or pipe without the characters of a name.
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
