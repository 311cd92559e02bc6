"""`entrepot status`: what is enabled where, and whether it is active."""

from __future__ import annotations

import os
import sys

from .. import __version__, is_installed
from . import fail, startup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY = "say whether entrepot is enabled, and active"

HELP = """\
usage: entrepot status [--json]

Says which entrepot this is, on which interpreter, whether it is enabled there, and whether it is
active: whether the imports of this very process went through it from the start.
"""


def main(argv: Sequence[str]) -> int:
    """Print the status; returns the exit status."""
    if argv and argv[0] in ("-h", "--help"):
        print(HELP, end="")
        return 0
    if argv and argv != ["--json"]:
        return fail(f"unexpected argument {argv[0]!r}", HELP.partition("\n")[0])
    found = status()
    if argv:
        import json

        print(json.dumps(found, indent=2))
    else:
        width = max(map(len, found))
        for name, value in found.items():
            print(f"{name.replace('_', ' '):{width}}  {_text(value)}")
    return 0


def status() -> dict[str, object]:
    """Return the status, in the order in which it is shown; values are str, bool or None.

    `site_packages` is None where there is none, `files` are those by which it is enabled.
    """
    try:
        directory: str | None = startup.site_packages()
    except startup.StartupError:
        directory = None
    enabled = directory is not None and startup.is_enabled(directory)
    return {
        "entrepot": __version__,
        "location": os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
        "interpreter": f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}",
        "executable": sys.executable,
        "site_packages": directory,
        "enabled": enabled,
        "files": list(startup.FILES) if enabled else [],
        "switched_off": os.environ.get("ENTREPOT") == "0",
        "active": is_installed(),
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return "none" if value is None else str(value)
