"""pytest runs a real project's suite with the same results, assertion rewriting included."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import clean_environment
from tests.programs.conftest import ENTREPOT, PLAIN, needs

pytestmark = pytest.mark.programs

FAILING = """
import pytest
from helper import check

def test_rewritten():
    left = {"a": [1, 2, 3]}
    assert left == {"a": [1, 2, 4]}, "not equal"

def test_rewritten_in_a_helper():
    check([1], 2)

def test_raises():
    with pytest.raises(ImportError, match="No module named 'absent'"):
        import absent
"""
HELPER = "def check(items, n):\n    assert len(items) == n\n"
CONFTEST = "import pytest\npytest.register_assert_rewrite('helper')\n"


def results(prefix, folder, *args):
    """What pytest says of each test: its outcome and the message, from a fresh process.

    No bytecode is written, so that each run rewrites the assertions itself.
    """
    report = folder / "report.xml"
    command = [sys.executable, *prefix, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    child = subprocess.run(
        [*command, "-c", os.devnull, f"--rootdir={folder}", f"--junitxml={report}", *args],
        cwd=folder,
        env=clean_environment(PYTHONDONTWRITEBYTECODE="1"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert child.returncode in (0, 1), child.stdout + child.stderr
    return child.returncode, {
        (case.get("classname"), case.get("name")): [
            (said.tag, steady(said.get("message")), steady(said.text)) for said in case
        ]
        for case in ET.parse(report).iter("testcase")
    }


def steady(text):
    """A message without the addresses of objects."""
    return re.sub(r"0x[0-9a-f]+", "0x", text or "")


def test_a_real_suite(tmp_path):
    needs("networkx")
    suite = ["--pyargs", "networkx.classes", "networkx.utils"]
    plain = results(PLAIN, tmp_path, *suite)
    assert len(plain[1]) > 500
    assert results(ENTREPOT, tmp_path, *suite) == plain


def test_the_texts_of_rewritten_assertions(tmp_path):
    for name, text in (("test_x", FAILING), ("helper", HELPER), ("conftest", CONFTEST)):
        (tmp_path / f"{name}.py").write_text(text)
    status, plain = results(PLAIN, tmp_path, "test_x.py")
    assert status == 1
    assert sum(bool(said) for said in plain.values()) == 2
    assert "assert {'a': [1, 2, 3]} == {'a': [1, 2, 4]}" in plain["test_x", "test_rewritten"][0][2]
    assert results(ENTREPOT, tmp_path, "test_x.py") == (status, plain)
