"""Modules that are not found, told as `entrepot why` tells them."""

from __future__ import annotations

import pytest

from entrepot.observe.failure import explain_error
from entrepot.observe.failure.missing import Missing

SITUATIONS = {
    "misspelt": ({"top.py": "import jsno\n"}, "misspelt", "import json"),
    "wrong case": (
        {"top.py": "import Helper_x\n", "helper_x.py": ""},
        "wrong-case",
        "import helper_x",
    ),
    "a module is no package": (
        {"top.py": "import mod_x.sub\n", "mod_x.py": ""},
        "parent-not-package",
        "import mod_x itself",
    ),
    "an attribute, not a module": (
        {"top.py": "import pk.thing\n", "pk/__init__.py": "thing = 1\n"},
        "attribute-not-module",
        "from pk import thing",
    ),
    "Python 2": ({"top.py": "import ConfigParser\n"}, "python-2", "import configparser"),
    "known under another name": ({"top.py": "import cv2\n"}, "not-installed", "opencv-python"),
    "forbidden": (
        {"top.py": "import sys\nsys.modules['forbidden_x'] = None\nimport forbidden_x\n"},
        "blocked",
        "find who put it there",
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation(name, world, monkeypatch):
    import sys

    monkeypatch.setattr(sys, "modules", sys.modules)
    files, code, advice = SITUATIONS[name]
    try:
        (found,) = explain_error(world(files, "top"))
        assert isinstance(found, Missing)
        assert code in found.explanation.codes()
        assert advice in str(found).replace("\n    ", " ")
    finally:
        sys.modules.pop("forbidden_x", None)


def test_what_is_tried_in_turns(world):
    error = world(
        {"top.py": "try:\n    import nowhere_a\nexcept ImportError:\n    import nowhere_b\n"}, "top"
    )
    assert [found.name for found in explain_error(error)] == ["nowhere_a", "nowhere_b"]


def test_what_is_there_by_now(world, tmp_path):
    error = world({"top.py": "import arriving\n"}, "top")
    (tmp_path / "arriving.py").write_text("")
    (found,) = explain_error(error)
    assert "stale-cache" in found.explanation.codes() or "is found now" in str(found)
