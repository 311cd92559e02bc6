"""The tour of `make run` shows each kind of module, whoever runs it."""

from __future__ import annotations

import pathlib
import shutil

import pytest

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
KINDS = {
    "harbour": "SourceFileLoader",
    "harbour.crane": "SourceFileLoader",
    "coast": "NamespaceLoader",
    "coast.lighthouse": "SourceFileLoader",
    "coast.jetty": "SourceFileLoader",
    "ledger": "zipimporter",
    "manifest": "DatabaseImporter",
}


@pytest.mark.parametrize("command", [["-m", "entrepot", "run"], []], ids=["run", "plain"])
def test_the_tour(command, python, tmp_path):
    pytest.importorskip("sqlite3", reason="the tour keeps modules in a database")
    # Without the bytecode that `make run` has left there.
    bytecode = shutil.ignore_patterns("__pycache__")
    copy = shutil.copytree(EXAMPLES, tmp_path / "examples", ignore=bytecode)
    child = python("-B", *command, copy / "tour.py")
    assert child.stderr == ""
    *table, _, last = child.stdout.splitlines()
    assert last == "lifted sugar, tea, spice, spice, spice"
    columns = [table[0].index(word) for word in ("module", "found by", "loaded by", "how", "from")]
    starts = [0, *columns, 999]
    cells = [
        [line[a:b].strip() for a, b in zip(starts, starts[1:], strict=False)] for line in table
    ]
    served = {row[1]: row for row in cells[1:]}
    for name, loader in KINDS.items():
        assert served[name][3] == loader
    assert served["coast"][5] in ("north/coast + south/coast", r"north\coast + south\coast")
    assert served["coast.jetty"][4] == "source, compiled"
    assert any(row[3] in ("ExtensionFileLoader", "-") for row in cells)
