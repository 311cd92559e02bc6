"""`entrepot run`: run a program with every one of its imports served by entrepot.

1. `request` finds out what the words ask for.
2. `install()` puts entrepot behind the import statement.
3. `launch` sets `sys.argv` and `sys.path[0]` as `python` does and removes what entrepot's own
   start has left.
4. The program takes the place of `__main__` and runs (`entrepot.runpy.program`).

What it raises goes on to the interpreter, `SystemExit` and `KeyboardInterrupt` too.
"""

from __future__ import annotations

import atexit
import sys

from .. import host, installation
from ..core.collector import COLLECTOR
from ..finders.path import PATH_CHECKS
from ..runpy.program import KEPT_SCRIPTS, NotRunnable, Program
from ..startup import Section
from . import launch, programs, request as requests, uncaught

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .request import Request

SUMMARY = "run a program with every import served by entrepot"

HELP = """\
usage: entrepot run [--verbose] [--explain] [--path-check WHEN] [--image FILE] [OPTION ...]
                    PROGRAM [ARGUMENT ...]

PROGRAM is what it is for python:
  script.py           a file
  directory, app.zip  a directory or an archive with a __main__.py
  -m NAME             a module or a package
  -c CODE             code
  -                   standard input

options:
  --verbose           tell each import on standard error, keep entrepot's frames in tracebacks
  --explain           tell below the traceback why a module was not found, or which imports are
                      circular, when that ends the program
  --path-check WHEN   whether each search looks at each directory on its path ("always", as
                      python does), or only the first search does ("once": faster on long paths)
  --image FILE        take modules from this image (`entrepot image build`)
  --trust checked     ... if their sources have the size and time that they had (the default)
  --trust sealed      ... without looking
  -B -E -I -O -P -W FILTER -X OPTION ...
                      options of python; it is started again to take them. To spare that second
                      start: python OPTION ... -m entrepot run PROGRAM
"""


#: The options that only this command has: whether they have an argument.
OWN = {"--image": True, "--trust": True}
#: The rules of trust for an image, the usual one first.
TRUSTS = ("checked", "sealed")


def main(argv: Sequence[str]) -> int | None:
    """Run the program that *argv* names; returns an exit status only when it cannot be started.

    Raises what the program raises, SystemExit included.
    """
    words = list(argv)
    try:
        request = requests.parse(words, OWN)
    except requests.UsageError as problem:
        return _refuse(f"entrepot run: {problem}", 2)
    if request.help:
        print(HELP, end="")
        return 0
    trust = dict(request.own).get("--trust", TRUSTS[0])
    if trust not in TRUSTS:
        return _refuse(f"entrepot run: --trust is checked or sealed, not {trust!r}", 2)
    if request.interpreter:
        return launch.restart(request, words)  # It may ignore the environment (-E).
    unknown = _unknown_path_check()
    if unknown and not request.path_check:
        return _refuse(f"entrepot run: {unknown}", 2)
    return start(request)


def start(request: Request, ready: Callable[[], object] | None = None) -> int | None:
    """Run the program of *request*, as `main`; *ready* is called right before it."""
    if request.verbose:
        _be_verbose()
    installation.install(request.path_check)
    own = dict(request.own)
    if own.get("--image"):
        _use_image(str(own["--image"]), own.get("--trust") or TRUSTS[0])
    program = _program(request)
    form = request.form
    if form == requests.PATH and program.entry == _absolute(request.program):
        form = requests.MAIN
    launch.match_modules(form)
    launch.set_search_path(program.entry, always=form == requests.MAIN)
    sys.argv = [program.argv0, *request.arguments]
    COLLECTOR.settle()
    atexit.register(COLLECTOR.finish)  # The first to be registered, so the last to be called.
    if ready is not None:
        ready()
    try:
        program.run()
    except NotRunnable as problem:
        return _refuse(f"{sys.executable}: {problem}", problem.status)
    except SystemExit:
        raise
    except BaseException as error:
        if not request.verbose:
            uncaught.show_as_python_does(error, form)
        if request.explain:
            uncaught.explain_below(error)
        raise
    return None


def _program(request: Request) -> Program:
    if request.form == requests.PATH:
        return Program.of_path(request.program)
    if request.form == requests.MODULE:
        return Program.of_module(request.program)
    if request.form == requests.COMMAND:
        return programs.of_command(request.program)
    return programs.of_stdin(request.program)


def _unknown_path_check() -> str:
    """Return what is wrong with ENTREPOT_PATH_CHECK, or nothing."""
    said = host.environment(installation.PATH_CHECK_VARIABLE)
    if not said or said in PATH_CHECKS:
        return ""
    return f"{installation.PATH_CHECK_VARIABLE} is {' or '.join(PATH_CHECKS)}, not {said!r}"


def _use_image(path: str, trust: str) -> None:
    with Section("image"):
        from ..importers import image
    try:
        used = image.use(path, trust)
    except image.Refused as problem:
        # Not a warning: it is not the program's, and its filters need not be of our opinion.
        print(f"entrepot run: the image {path!r} is not used: {problem}", file=sys.stderr)
    else:
        KEPT_SCRIPTS.append(used.script)


def _absolute(path: str) -> str:
    return host.DISK.paths.absolute(path, host.DISK.getcwd())


def _be_verbose() -> None:
    from ..core.system import PROCESS_SYSTEM
    from ..observe.verbose import printer

    host.frames.show()
    PROCESS_SYSTEM.events.subscribe(printer(sys.stderr))


def _refuse(problem: str, status: int) -> int:
    print(problem, file=sys.stderr)
    return status
