"""`entrepot why NAME`: the whole search for a module, without executing it."""

from __future__ import annotations

import sys

from ..core.system import PROCESS_SYSTEM
from ..observe.why import explain
from ..observe.why.shelter import Shelter
from . import request as requests

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from ..observe.why import Explanation
    from ..observe.why.view import View

SUMMARY = "tell why an import finds what it finds, or does not"

_EPILOG = """\
Nothing is executed. Without --program the search is that of python -c 'import NAME', started in
the current directory. The exit status is 0 if the module is found and would not fail to compile,
1 if not, 2 if the question makes no sense."""


def main(argv: list[str]) -> int:
    """Explain the module that *argv* names; returns the exit status."""
    # In a directory with an argparse.py, that file must not be executed here.
    with Shelter():
        options = _parser().parse_args(argv)
        return _explain(options)


def _explain(options: argparse.Namespace) -> int:
    from ..observe.why.program import NoProgram
    from .progress import Progress

    try:
        with Progress("looking into every place on the path, and beside it ..."):
            explanation = explain(options.name, system=_view(options.program))
    except (NoProgram, ValueError, ImportError, requests.UsageError) as problem:
        print(f"entrepot why: {problem}", file=sys.stderr)
        return 2
    try:
        _show(explanation, as_json=options.json)
        sys.stdout.flush()
    except BrokenPipeError:  # Whoever reads has seen enough (documentation of `signal`).
        _silence(sys.stdout)
    return 0 if explanation.ok else 1


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="entrepot why", description=SUMMARY, epilog=_EPILOG, allow_abbrev=False
    )
    parser.add_argument("name", metavar="NAME", help="the module's absolute name, as in a.b.c")
    parser.add_argument("--json", action="store_true", help="JSON instead of text (docs/why.md)")
    parser.add_argument(
        "--program",
        metavar="'PROGRAM ...'",
        help="the search inside that program: 'script.py args', '-m name', 'app.zip'",
    )
    return parser


def _view(program: str | None) -> View:
    from ..observe.why.program import view_of

    if program is None:
        return view_of(PROCESS_SYSTEM, requests.COMMAND, "")
    import shlex

    request = requests.parse(shlex.split(program))
    if request.help:
        raise requests.UsageError("--program takes a program, as after `entrepot run`")
    options = request.interpreter
    return view_of(PROCESS_SYSTEM, request.form, request.program, options=options)


def _show(explanation: Explanation, *, as_json: bool) -> None:
    if as_json:
        import json

        print(json.dumps(explanation.as_json(), indent=2))
    elif not (sys.stdout.isatty() and _show_with_rich(explanation)):
        from ..observe.drawing import can_show_marks
        from ..observe.why.layout import plain

        print(plain(explanation, _width(), ascii_only=not can_show_marks(sys.stdout)))


def _silence(stream: TextIO) -> None:
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _show_with_rich(explanation: Explanation) -> bool:
    """Show it in colours, if rich is installed; it honours NO_COLOR and the terminal's size."""
    try:
        from rich.console import Console
    except ImportError:
        return False
    from ..observe.why.layout import rich_text

    console = Console(highlight=False, soft_wrap=True)
    console.print(rich_text(explanation, console.width))
    return True


def _width() -> int:
    import shutil

    from ..observe.why.layout import WIDTH

    return shutil.get_terminal_size((WIDTH, 24)).columns
