"""The interpreter's own tests of importlib.resources, with entrepot.resources in its place."""

from __future__ import annotations

import os

import pytest

from tests.conformance import ledger, suite

pytestmark = pytest.mark.conformance

HERE = os.path.dirname(__file__)


def modules():
    """The test modules; until 3.11 they lie beside those of imports."""
    named = [f"{suite.PACKAGE}.{name}" for name in sorted(suite.RESOURCES)]
    nested = [f"{suite.PACKAGE}.resources.{name}" for name in sorted(suite.RESOURCES)]
    return [name for name in nested if suite.exists(name)] or list(filter(suite.exists, named))


def entries(module):
    with open(os.path.join(HERE, "resources_ledger.toml"), encoding="utf-8") as file:
        parsed = ledger.parse(file.read())
    return [
        each
        for each in parsed
        if each.is_for(ledger.interpreter()) and each.id.startswith(f"{module}.")
    ]


def test_the_interpreter_has_its_tests():
    if suite.folder() is None:
        pytest.skip("this interpreter comes without its `test` package")
    names = {name.rpartition(".")[2] for name in modules()}
    assert {"test_files", "test_reader", "test_resource", "test_path"} <= names


@pytest.mark.parametrize("module", modules())
def test_suite(module, uphold, monkeypatch):
    monkeypatch.setattr(suite, "DRIVER", os.path.join(HERE, "resources_driver.py"))
    uphold(ledger.judge(suite.run(module), entries(module)))
