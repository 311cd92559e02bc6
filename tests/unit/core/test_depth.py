"""Imports nest: each takes frames of Python's limited stack, and large programs nest deeply."""

from __future__ import annotations

from pathlib import Path

import pytest

import entrepot

LENGTH = 100


@pytest.mark.parametrize("kind", ["stdlib", "install", "isolated"])
def test_a_long_chain(python, tmp_path, kind):
    for number in range(LENGTH):
        body = f"import d{number + 1}" if number + 1 < LENGTH else "end = True"
        (tmp_path / f"d{number}.py").write_text(body)
    root = str(Path(entrepot.__file__).parent.parent)
    program = f"""
import sys
sys.path[:0] = [{root!r}, {str(tmp_path)!r}]
import entrepot
if {kind!r} == "isolated":
    modules = entrepot.ImportSystem([{str(tmp_path)!r}])
    modules.import_module("d0")
    modules = modules.modules
else:
    if {kind!r} == "install":
        entrepot.install()
    import d0
    modules = sys.modules
print(modules["d{LENGTH - 1}"].end)
"""
    assert python("-c", program).stdout.strip() == "True"
