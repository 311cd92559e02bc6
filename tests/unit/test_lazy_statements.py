"""Lazy import statements (PEP 810, Python 3.15) while entrepot is installed, and isolated."""

from __future__ import annotations

import subprocess
import sys

import pytest

import entrepot
from tests.conftest import clean_environment

pytestmark = pytest.mark.skipif(
    not hasattr(sys, "get_lazy_imports"), reason="the lazy statement came with Python 3.15"
)

STATEMENTS = """\
import sys
lazy import decimal
lazy from lazypackage import thing, part
lazy import lazypackage.other
lazy import not_there
lazy import lazypackage.not_there_either as q

print("decimal" in sys.modules, "lazypackage" in sys.modules, type(globals()["thing"]).__name__)
print(decimal.Decimal(1), thing, part.__name__, lazypackage.other.value)
for name in ("not_there", "q", "broken"):
    try:
        eval(name)
    except Exception as error:
        print(name, type(error).__name__, error, repr(error.__cause__), type(error.__context__))
print(sorted(name for name in sys.lazy_modules if name.startswith("lazypackage")))
"""

MODE_ALL = """\
import json, email.message, xml.dom.minidom as dom, sys
from lazypackage import thing
print("json" in sys.modules, "lazypackage" in sys.modules, sys.get_lazy_imports())
print(json.dumps(1), email.message.Message().as_string(), dom.__name__, thing)
try:
    import json.not_there as q
    q.x
except ImportError as error:
    print(error, repr(error.__cause__))
"""

FILTER = """\
import sys
asked = []
sys.set_lazy_imports_filter(lambda importer, name, names: asked.append((importer, name, names)))
lazy import decimal
print("decimal" in sys.modules)
sys.set_lazy_imports_filter(None)
print([each for each in asked if each[0] == "__main__"])
"""


@pytest.fixture
def tree(tmp_path):
    package = tmp_path / "lazypackage"
    package.mkdir()
    (package / "__init__.py").write_text("thing = 42\n")
    (package / "part.py").write_text("")
    (package / "other.py").write_text("value = 'other'\n")
    return tmp_path


def run(tree, source, *command):
    (tree / "program.py").write_text(source)
    done = subprocess.run(
        [sys.executable, *command, "program.py"], cwd=tree, env=clean_environment(),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("source", "options"),
    [(STATEMENTS, ()), (MODE_ALL, ("-X", "lazy_imports=all")), (FILTER, ())],
    ids=["statements", "all", "filter"],
)
def test_a_program_is_as_under_python(tree, source, options):
    plain = run(tree, source, *options)
    assert run(tree, source, *options, "-m", "entrepot", "run") == plain
    assert plain[0] == 0, plain[2]


def test_an_isolated_system_gets_its_own_module(tree):
    system = entrepot.ImportSystem([str(tree)])
    (tree / "client.py").write_text("lazy from lazypackage import thing\nlazy import lazypackage\n")
    client = system.import_module("client")
    assert "lazypackage" not in system.modules
    assert client.thing == 42
    assert client.lazypackage is system.modules["lazypackage"]
    assert "lazypackage" not in sys.modules


def test_a_relative_import_in_an_isolated_system_does_not_ask_the_process(tree):
    system = entrepot.ImportSystem([str(tree)])
    lines = "lazy from . import part\nlazy from .other import value\n"
    (tree / "lazypackage" / "client.py").write_text(lines)
    client = system.import_module("lazypackage.client")
    assert client.part is system.modules["lazypackage.part"]
    assert client.value == "other"
    assert "lazypackage" not in sys.modules
