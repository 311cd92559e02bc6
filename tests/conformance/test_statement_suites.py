"""The interpreter's own tests of the `import` statement fare no worse with entrepot installed.

They start many interpreters themselves. So they run in an environment whose every start calls
`entrepot.install()` when a variable says so, once with and once without it, and what became of
each test id is compared.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import entrepot
from tests.conformance import ledger, suite

pytestmark = pytest.mark.conformance

MODULES = [
    "test.test_cmd_line_script",
    "test.test_import",
    "test.test_module",
    "test.test_modulefinder",
    "test.test_pkg",
    "test.test_threaded_import",
]
SWITCH = "ENTREPOT_CONFORMANCE"
START = f"import os; os.environ.get({SWITCH!r}) and __import__('entrepot').install()"


@pytest.fixture(scope="session")
def executable(tmp_path_factory) -> str:
    """An environment's Python that finds entrepot, and installs it if `SWITCH` is set."""
    home = tmp_path_factory.mktemp("statement")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = os.path.join(home, "Scripts" if os.name == "nt" else "bin", "python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.check_output([python, "-c", ask], text=True).strip()
    parent = os.path.dirname(os.path.dirname(os.path.abspath(entrepot.__file__)))
    with open(os.path.join(purelib, "entrepot_conformance.pth"), "w", encoding="utf-8") as file:
        file.write(f"{parent}\n{START}\n")
    return python


def test_the_switch_works(executable):
    """Without this, the comparison below would compare two equal runs."""
    code = "import entrepot; print(entrepot.is_installed())"
    for env, expected in (({SWITCH: "1"}, "True\n"), ({}, "False\n")):
        command = [executable, "-I", "-c", code]
        assert subprocess.check_output(command, env=suite.environment(**env), text=True) == expected


@pytest.mark.parametrize("module", [name for name in MODULES if suite.exists(name)])
def test_no_worse_with_entrepot(module, executable, uphold):
    entries = [entry for entry in ledger.read() if entry.id.startswith(f"{module}.")]
    without = suite.run(module, executable=executable)
    having = suite.run(module, executable=executable, **{SWITCH: "1"})
    for test, said in without.items():
        if said["outcome"] == "passed":
            having.setdefault(test, {"outcome": "failed", "why": "did not run at all"})
    uphold(ledger.judge(suite.without_host_faults(having, without), entries))
