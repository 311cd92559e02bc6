"""The interpreter's own tests of zipimport, pkgutil and runpy, with entrepot's in their places."""

from __future__ import annotations

import os

import pytest

from tests.conformance import ledger, suite

pytestmark = pytest.mark.conformance

HERE = os.path.dirname(__file__)
MODULES = ["test.test_pkgutil", "test.test_runpy", "test.test_zipimport"]


def entries(module):
    with open(os.path.join(HERE, "face_ledger.toml"), encoding="utf-8") as file:
        parsed = ledger.parse(file.read())
    mine = [each for each in parsed if each.is_for(ledger.interpreter())]
    return [each for each in mine if each.id.startswith(f"{module}.")]


@pytest.mark.parametrize("module", [name for name in MODULES if suite.exists(name)])
def test_suite(module, uphold, monkeypatch):
    interpreters_driver = suite.DRIVER
    monkeypatch.setattr(suite, "DRIVER", os.path.join(HERE, "face_driver.py"))
    outcomes = suite.run(module)
    verdict = ledger.judge(outcomes, entries(module))
    if verdict.problems:  # is it the interpreter that cannot?
        monkeypatch.setattr(suite, "DRIVER", interpreters_driver)
        outcomes = suite.without_host_faults(outcomes, suite.run(module))
        verdict = ledger.judge(outcomes, entries(module))
    uphold(verdict)
