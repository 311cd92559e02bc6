"""The command line: `entrepot COMMAND ...`, also as `python -m entrepot COMMAND ...`.

Each command is a module of this package, of its own name: it has `SUMMARY`, a line for the help,
and `main(argv)`, which takes the words after the command's name and returns the exit status. Only
the module of the command that is called is imported: `run` pays for nothing else.

    run.py          run a program with every import served by entrepot
      request.py      what the words after `run` ask for
      programs.py     programs that are no module and no file: `-c`, standard input
      launch.py       what starting entrepot has left behind, and the program must not see
      uncaught.py     the traceback of an uncaught exception, as `python` shows it, and what
                      `--explain` tells below it
    image.py        make, show and verify images
      image_child.py  the program whose modules an image is made of
    why.py          tell why an import finds what it finds
    trace.py        run a program, and tell what its imports cost
      traced.py       the program, in a child process
      trace_report.py what comes of it, in the parent
      trace_compare.py how two traces differ
    graph.py        show who imports whom, in a program or a trace
      graph_request.py, graph_answer.py   what is asked for, and the answers
    enable.py       let each start of this environment's Python go through entrepot
    disable.py      undo that
    status.py       say whether it is so
      startup.py      the files in site-packages by which it is done
    dist.py, entry_points.py, resources.py   what is installed
    conform.py      hold an import system against what import must do
"""

# (Without `from __future__ import annotations`: see `startup.py` of the package.)
import sys

from ..startup import loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TextIO

#: The commands, in the order of the help.
COMMANDS = (
    "run",
    "image",
    "why",
    "trace",
    "graph",
    "enable",
    "disable",
    "status",
    "dist",
    "entry-points",
    "resources",
    "conform",
)

#: Those that run a program, whose output is its own affair.
PROGRAMS = frozenset({"run", "trace"})

#: Those that do without the import system.
METADATA_ONLY = frozenset({"conform", "dist", "entry-points"})

USAGE = "usage: entrepot [--version] [--help] COMMAND ..."


def main(argv: "Sequence[str] | None" = None) -> "int | None":
    """Carry out one command; *argv* are the words after `entrepot` (default: those of `sys`).

    Returns the exit status, 2 for a command that does not exist; None or 0 is success. It is 1
    when nobody reads the output to its end (`| head -1`).
    """
    words = list(sys.argv[1:] if argv is None else argv)
    name = words.pop(0) if words else ""
    try:
        if name not in PROGRAMS:
            return to_a_reader(lambda: _carry_out(name, words))
        program = command(name)
    except ImportError as problem:
        if not str(problem).startswith("ENTREPOT_HOST "):
            raise
        return fail(str(problem))
    return program.main(words)  # type: ignore[no-any-return]


def _carry_out(name: str, words: list[str]) -> "int | None":
    if name in COMMANDS:
        return command(name).main(words)  # type: ignore[no-any-return]
    if name == "--version":
        print(version())
        return 0
    if name in ("-h", "--help"):
        print(overview())
        return 0
    return fail(f"no command {name!r}" if name else "which command?", USAGE)


def to_a_reader(work: "Callable[[], int | None]") -> "int | None":
    """Do some *work* that prints; returns its exit status.

    It is 1 when nobody reads all of the output, 2 when it cannot be written.
    """
    if sys.stdout is None:  # Closed, as by the shell's `>&-`: what is printed goes nowhere.
        sys.stdout = _nowhere()
    try:
        try:
            return work()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        let_output_go()
        return 1
    except OSError as problem:
        if problem.filename is not None or not _is_of_writing(problem):
            raise
        let_output_go()
        return fail(f"cannot write standard output: {problem.strerror}")


def _nowhere() -> "TextIO":
    import os

    return open(os.devnull, "w", encoding="utf-8")


def _is_of_writing(problem: OSError) -> bool:
    """Whether it is what writing to a file that is open fails with: it is full, gone, too big."""
    import errno

    return problem.errno in (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG)


def let_output_go() -> None:
    """Let what is still to be written go nowhere: nobody reads it (documentation of `signal`)."""
    import os

    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def command(name: str) -> "Any":
    """Return the module of the command *name*."""
    module = name.replace("-", "_")
    if name not in METADATA_ONLY:
        from .. import process  # noqa: F401 - brings the parts that other sections build upon
    return loaded(f"{__name__}.{module}", f"command_{module}")


def fail(problem: str, usage: str = "") -> int:
    """Tell on standard error what is wrong, and return the exit status for that."""
    lines = [usage] if usage else []
    print(*lines, f"entrepot: {problem}", sep="\n", file=sys.stderr)
    return 2


def version() -> str:
    """Return the versions of entrepot and of the interpreter, as a line."""
    from .. import __version__

    host = sys.implementation
    level = ".".join(map(str, sys.version_info[:3]))
    return f"entrepot {__version__} ({host.name} {level})"


def overview() -> str:
    """Return the help: every command with its summary."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command(name).SUMMARY}" for name in COMMANDS]
    about = "Python's import system as a library, and what it serves from the command line."
    more = "`entrepot COMMAND --help` tells more."
    return "\n".join([USAGE, "", about, "", *lines, "", more])
