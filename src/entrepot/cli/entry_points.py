"""`entrepot entry-points [GROUP]`: the entry points of all distributions."""

from __future__ import annotations

import argparse
import json
import sys

from .. import metadata
from . import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUMMARY = "list entry points: groups, or the names in one group"


def main(argv: Sequence[str]) -> int:
    """Run the command with the arguments *argv*; return 0, or 1 if the group does not exist."""
    options = _parser().parse_args(argv)
    found = metadata.entry_points()
    if options.group is None:
        _show_groups(found, as_json=options.json)
        return 0
    chosen = found.select(group=options.group)
    if not chosen:
        print(f"entrepot entry-points: no group {options.group!r}", file=sys.stderr)
        return 1
    _show(sorted(chosen), as_json=options.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="entrepot entry-points", description=SUMMARY)
    parser.add_argument("group", nargs="?", help="such as `console_scripts`; default: all groups")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    return parser


def _show_groups(found: metadata.EntryPoints, *, as_json: bool) -> None:
    sizes = {group: len(found.select(group=group)) for group in sorted(found.groups)}
    if as_json:
        print(json.dumps(sizes, indent=2))
    else:
        rows = [(group, str(size)) for group, size in sizes.items()]
        table.show(("group", "entry points"), rows)


def _show(found: Iterable[metadata.EntryPoint], *, as_json: bool) -> None:
    if as_json:
        reports = [
            {"name": ep.name, "value": ep.value, "group": ep.group, "distribution": _name(ep)}
            for ep in found
        ]
        print(json.dumps(reports, indent=2))
    else:
        rows = [(ep.name, ep.value, _name(ep) or "-") for ep in found]
        table.show(("name", "object", "distribution"), rows)


def _name(entry_point: metadata.EntryPoint) -> str | None:
    """Return the name of the distribution; None if its metadata cannot be read."""
    try:
        return entry_point.dist.name if entry_point.dist else None
    except (OSError, KeyError):
        return None
