"""The lines that `entrepot run --verbose` prints."""

from __future__ import annotations

import io
import os

import pytest

import entrepot
from entrepot.core import events, observers
from entrepot.observe import verbose


@pytest.fixture
def told(tmp_path):
    """A function: import *name* in a system on *tmp_path*, and the lines that were printed."""

    def run(name):
        system = entrepot.ImportSystem([str(tmp_path)])
        stream = io.StringIO()
        system.events.subscribe(verbose.printer(stream))
        try:
            system.import_module(name)
        except (ImportError, ZeroDivisionError):
            pass
        return stream.getvalue().splitlines()

    return run


def test_from_source_and_then_from_bytecode(told, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    source = tmp_path / "mod.py"
    source.write_text("import sub")
    (tmp_path / "sub.py").write_text("")
    first = told("mod")
    assert f"# compiled {source}" in first
    loader = "entrepot.loaders.source.SourceFileLoader"
    assert first[-2:] == [
        f"import 'sub' # {loader} {tmp_path / 'sub.py'}",
        f"import 'mod' # {loader} {source}",
    ]
    (written,) = [line for line in first if line.startswith("# wrote") and "mod." in line]
    assert f"{written.replace('# wrote ', '# ')} is fresh" in told("mod")
    before = os.stat(source)
    source.write_text("import sub, sub")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert any("is stale: the source's size is" in line for line in told("mod"))


def test_failures(told, tmp_path):
    (tmp_path / "raises.py").write_text("1/0")
    assert told("raises")[-1] == "# 'raises' failed: ZeroDivisionError: division by zero"
    assert told("absent")[-1] == "# no module named 'absent'"


def test_a_namespace_package(told, tmp_path):
    (tmp_path / "portion").mkdir()
    assert told("portion")[-1].endswith("NamespaceLoader")


def test_each_line_is_of_an_event_that_exists():
    assert events.__doc__
    described = {line.split()[0] for line in events.__doc__.splitlines() if line.startswith("    ")}
    assert set(verbose.LINES) <= described


def test_nobody_to_tell():
    verbose.printer(None)(observers.Event("missing", {"name": "x"}))
