"""`entrepot disable`: what `entrepot enable` has done is undone."""

from __future__ import annotations

from . import startup
from .enable import change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY = "undo `entrepot enable`"

HELP = """\
usage: entrepot disable

Each start of this environment's Python imports by itself again.
"""


def main(argv: Sequence[str]) -> int:
    """Disable it; returns the exit status, 1 when that is not possible."""
    return change(argv, HELP, startup.disable, "disabled", "not enabled")
