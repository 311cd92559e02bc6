from __future__ import annotations

import pytest

from tests.unit.observe.why.worlds import PARTS, World


@pytest.fixture(params=sorted(PARTS))
def world(request, tmp_path, monkeypatch):
    """An empty world with the finders of the interpreter, or with entrepot's."""
    return World(tmp_path.resolve(), monkeypatch, request.param)
