"""docs/api.md names everything that is public."""

from __future__ import annotations

import importlib
import pathlib

import pytest

API = pathlib.Path(__file__).parents[2] / "docs" / "api.md"


def section(title):
    _, _, rest = API.read_text(encoding="utf-8").partition(f"\n## {title}\n")
    assert rest, f"{title} has no section"
    return rest.partition("\n## ")[0]


@pytest.mark.parametrize("name", ["", ".abc", ".machinery", ".util", ".zipimport", ".runpy"])
def test_each_public_name_has_its_line(name):
    module = importlib.import_module(f"entrepot{name}")
    text = section(module.__name__)
    assert [each for each in module.__all__ if f"\n| `{each}` | " not in text] == []
    assert "|  |" not in text
