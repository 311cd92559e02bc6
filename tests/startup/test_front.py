"""What `import entrepot` loads, and what comes when a name is first asked for."""

from __future__ import annotations

import os

import pytest

import entrepot
from entrepot.core.system import PROCESS_SYSTEM

SOURCE = os.path.dirname(os.path.dirname(entrepot.__file__))
PREAMBLE = f"import sys; sys.path.insert(0, {SOURCE!r})\n"
REPORT = "\nprint(*(n for n in sys.modules if n.partition('.')[0] == 'entrepot'))"


@pytest.fixture
def loaded(python):
    """A function: the modules of entrepot that some code loads, in a bare process."""

    def run(code):
        return python("-I", "-S", "-c", f"{PREAMBLE}{code}{REPORT}").stdout.split()

    return run


def test_the_package_alone_loads_nothing(loaded):
    assert loaded("import entrepot") == ["entrepot"]
    assert loaded("import entrepot; entrepot.__version__, entrepot.__all__, dir(entrepot)") == [
        "entrepot"
    ]
    asked = "import entrepot; hasattr(entrepot, 'no_such_name'), hasattr(entrepot, '__wrapped__')"
    assert loaded(asked) == ["entrepot"]


@pytest.mark.parametrize(
    "action",
    [
        "",
        "m.version('foo')",
        "list(m.distributions())",
        "m.packages_distributions()",
        "m.entry_points(group='g')",
        "m.use_index('index'); m.entry_points(group='g')",
    ],
)
def test_metadata_needs_no_import_system(loaded, action, tmp_path):
    directory = tmp_path / "foo-1.0.dist-info"
    directory.mkdir()
    (directory / "METADATA").write_text("Name: foo\nVersion: 1.0\n")
    (directory / "entry_points.txt").write_text("[g]\nn = os.path:join\n")
    names = loaded(f"sys.path.append({str(tmp_path)!r})\nimport entrepot.metadata as m\n{action}")
    parts = {name.split(".")[1] for name in names if "." in name}
    assert parts == {"startup", "host", "metadata"}


@pytest.mark.parametrize(
    "action",
    [
        "import entrepot; entrepot.install()",
        "import entrepot; entrepot.process",
        "from entrepot import import_module",
        "from entrepot import *",
        "import entrepot as importlib; importlib.__import__('json')",
        "import entrepot; entrepot.ImportSystem()",
        *(
            f"import entrepot.{face}"
            for face in ("abc", "machinery", "util", "zipimport", "pkgutil", "runpy", "resources")
        ),
        "import entrepot.observe.why",
    ],
)
def test_what_imports_brings_all_parts(loaded, action):
    names = loaded(action)
    assert {"entrepot.front", "entrepot.defaults", "entrepot.installation"} <= set(names)


def test_the_names_are_the_same_whoever_asks():
    assert entrepot.process is PROCESS_SYSTEM
    assert entrepot.import_module == PROCESS_SYSTEM.import_module
    assert vars(entrepot)["install"] is entrepot.install  # Not asked for each time.
    assert entrepot.ImportSystem.__module__ == "entrepot"


def test_all_names_are_listed_before_they_are_there(python):
    code = "import entrepot, inspect; found = dict(inspect.getmembers(entrepot))\n"
    code += "assert {*entrepot.__all__, 'find_spec', 'metadata', 'explain'} <= found.keys()\n"
    code += "assert found['process'] is entrepot.process; help(entrepot)"
    text = python("-c", f"{PREAMBLE}{code}").stdout
    assert "ImportSystem" in text
    assert "install()" in text


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'entrepot' has no attribute 'no_such'"):
        _ = entrepot.no_such


def test_an_isolated_system_has_an_entrepot_of_its_own():
    system = entrepot.ImportSystem([SOURCE])
    theirs = system.import_module("entrepot")
    assert theirs is not entrepot
    assert theirs.process is system.modules["entrepot.core.system"].PROCESS_SYSTEM
    assert theirs.process is not entrepot.process
    assert theirs.machinery is system.modules["entrepot.machinery"]
