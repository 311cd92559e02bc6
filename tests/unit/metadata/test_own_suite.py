"""The interpreter's own tests of importlib.metadata, with entrepot.metadata in its place."""

from __future__ import annotations

import fnmatch
import importlib.util
import json
import os
import sys

import pytest

SCRIPT = os.path.join(os.path.dirname(__file__), "own_suite.py")

#: What cannot pass, since which version it is there, and why.
LEDGER = {
    "*.test_fastpath_cache_cleared_in_forked_child": (
        (3, 15),
        "FastPath is private; see test_a_child_finds_what_its_parent_found in test_listing.py",
    ),
}


@pytest.mark.conformance
def test_own_suite(python, tmp_path):
    if importlib.util.find_spec("test") is None or not importlib.util.find_spec(
        "test.test_importlib"
    ):
        pytest.skip("this interpreter comes without its `test` package")
    output = tmp_path / "outcome.json"
    python(SCRIPT, output)
    outcome = json.loads(output.read_text())
    assert outcome["run"] > 70
    unexpected = {
        test: text
        for test, text in outcome["problems"].items()
        if not any(fnmatch.fnmatchcase(test, pattern) for pattern in LEDGER)
    }
    assert unexpected == {}
    for pattern, (since, _) in LEDGER.items():
        if sys.version_info >= since:
            assert fnmatch.filter(outcome["problems"], pattern), f"{pattern} passes now"
