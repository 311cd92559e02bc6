"""`entrepot enable`: each start of this environment's Python goes through entrepot."""

from __future__ import annotations

import sys

from . import fail, startup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SUMMARY = "let each start of this environment's Python go through entrepot"

HELP = """\
usage: entrepot enable

Each start of this environment's Python goes through entrepot, until `entrepot disable`: programs,
their children and multiprocessing included. A start with ENTREPOT=0 in the environment does not.
"""


def main(argv: Sequence[str]) -> int:
    """Enable it; returns the exit status, 1 when that is not possible."""
    return change(argv, HELP, startup.enable, "enabled", "already enabled")


def change(
    argv: Sequence[str], text: str, act: Callable[[str], bool], done: str, nothing: str
) -> int:
    """Carry out *act* on site-packages and tell what was *done*, or that *nothing* was to do."""
    if argv and argv[0] in ("-h", "--help"):
        print(text, end="")
        return 0
    if argv:
        return fail(f"unexpected argument {argv[0]!r}", text.partition("\n")[0])
    try:
        directory = startup.site_packages()
        changed = act(directory)
    except startup.StartupError as problem:
        print(f"entrepot: {problem}", file=sys.stderr)
        return 1
    print(f"entrepot is {done if changed else nothing} for {sys.executable} ({directory})")
    return 0
