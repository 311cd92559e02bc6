"""`entrepot dist NAME`: what is known of an installed distribution."""

from __future__ import annotations

import argparse
import json
import sys

from .. import metadata
from . import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

SUMMARY = "show what is known of an installed distribution"

_FIELDS = {
    "summary": "Summary",
    "author": "Author",
    "author_email": "Author-email",
    "license": "License-Expression",
    "requires_python": "Requires-Python",
}


def main(argv: Sequence[str]) -> int:
    """Run the command with the arguments *argv*; return 0, or 1 if there is nothing to show."""
    options = _parser().parse_args(argv)
    try:
        report = describe(metadata.distribution(options.name))
    except (metadata.PackageNotFoundError, metadata.MetadataNotFound, ValueError) as error:
        print(f"entrepot dist: {error}", file=sys.stderr)
        return 1
    if options.files:
        report["files"] = [_file(file) for file in metadata.files(options.name) or ()]
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        table.show(("", ""), [(name.replace("_", " "), _text(report[name])) for name in report])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="entrepot dist", description=SUMMARY)
    parser.add_argument("name", help="the distribution's name, such as `PyYAML`")
    parser.add_argument("--files", action="store_true", help="its files too, with their sizes")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser


def describe(dist: metadata.Distribution) -> dict[str, Any]:
    """Return what is known of *dist* as JSON data. Raises MetadataNotFound."""
    fields = dist.metadata
    return {
        "name": fields.get("Name"),
        "version": fields.get("Version"),
        **{key: fields.get(name) for key, name in _FIELDS.items()},
        "location": str(dist),
        "editable": dist.editable,
        "origin": _origin(dist),
        "installer": dist.installer,
        "requested": dist.requested,
        "provides": sorted(_provided(dist)),
        "requires": dist.requires,
        "entry_points": [f"{ep.group}: {ep.name} = {ep.value}" for ep in dist.entry_points],
    }


def _origin(dist: metadata.Distribution) -> str | None:
    try:
        return getattr(dist.origin, "url", None)
    except ValueError:
        return "direct_url.json is damaged"


def _provided(dist: metadata.Distribution) -> set[str]:
    from ..metadata.toplevel import top_level

    return set(top_level(dist))


def _file(file: metadata.PackagePath) -> dict[str, Any]:
    return {"path": str(file), "size": file.size}


def _text(value: Any) -> str:
    """Return a value of the report as the text of a table's cell."""
    if value is None or value in ([], False):
        return "-"
    if value is True:
        return "yes"
    if not isinstance(value, list):
        return str(value)
    return "\n".join(_text(each) for each in value if not isinstance(each, dict)) or "\n".join(
        f"{each['path']}{'' if each['size'] is None else '  ' + str(each['size'])}"
        for each in value
    )
