"""Many threads, many modules, many cycles: no half-built module, no hang, no lost error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import entrepot

STORM = Path(__file__).with_name("storm.py")
#: 200 in one job of CI; a few at a developer's.
ROUNDS = int(os.environ.get("ENTREPOT_STORM_ROUNDS", "3"))


@pytest.mark.parametrize("kind", ["install", "isolated"])
def test_storm(python, tmp_path, kind):
    source = str(Path(entrepot.__file__).parent.parent)
    done = python(
        STORM, kind, ROUNDS, tmp_path / "graph", env={"PYTHONPATH": source},
        check=False, timeout=240 + 4 * ROUNDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{kind}: {ROUNDS} rounds" in done.stdout
