"""docs/trace.md says what there is: events, keys of the file, options."""

from __future__ import annotations

import pathlib
import re

from entrepot.cli import trace
from entrepot.core import events
from entrepot.observe.trace import file, recorder

TEXT = (pathlib.Path(__file__).parents[4] / "docs" / "trace.md").read_text(encoding="utf-8")


def rows(heading):
    """The first cells of the tables under *heading*."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)


def test_events():
    documented = {row.strip("`") for row in rows("Events")}
    described = {line.split()[0] for line in events.__doc__.splitlines() if line.startswith("    ")}
    assert documented == described
    assert documented >= set(recorder.Recorder(print).handlers)


def test_the_keys_of_the_file(small):
    keys = {key for row in rows("The trace file") for key in re.findall(r"`(\w+)`", row)}
    data = file.as_json(small)
    assert keys == {*data, *data["imports"][0]}


def test_options():
    internal = {"--records"}  # By which entrepot starts itself where there is no fork.
    assert set(trace.OPTIONS) - internal <= set(re.findall(r"--[a-z-]+", trace.HELP))
    assert all(option in TEXT for option in set(trace.OPTIONS) - internal)
