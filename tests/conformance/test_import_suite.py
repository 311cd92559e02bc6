"""The interpreter's own tests of `importlib`, with entrepot in importlib's place."""

from __future__ import annotations

import pytest

from tests.conformance import ledger, suite

pytestmark = pytest.mark.conformance

MODULES = suite.import_modules()


def test_the_interpreter_has_its_tests():
    if not MODULES:
        pytest.skip("this interpreter comes without its `test` package")
    assert {"test_api", "source.test_file_loader", "import_.test_path"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_importlib_suite(module, candidate, uphold):
    options = ["--candidate", candidate]
    if candidate == "entrepot":
        options.append("--install")
    name = f"{suite.PACKAGE}.{module}"
    entries = [e for e in ledger.read() if e.id.startswith(f"{name}.")]
    outcomes = suite.run(name, *options)
    verdict = ledger.judge(outcomes, entries)
    if verdict.problems:  # is it the interpreter that cannot?
        outcomes = suite.without_host_faults(outcomes, suite.run(name))
        verdict = ledger.judge(outcomes, entries)
    uphold(verdict)
