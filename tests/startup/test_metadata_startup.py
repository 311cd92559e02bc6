"""What looking up a version loads: nothing that it does not need."""

from __future__ import annotations

import pytest

HEAVY = [
    "csv",
    "email",
    "enum",
    "importlib.metadata",
    "inspect",
    "json",
    "pathlib",
    "re",
    "typing",
    "zipfile",
]

PREAMBLE = "import sys\nbefore = set(sys.modules)\nimport entrepot.metadata as m\n"
REPORT = f"\nprint(*sorted(set({HEAVY!r}) & (set(sys.modules) - before)))"


def loaded(python, tmp_path, code):
    """The heavy modules that *code* loads, with one distribution, `foo`, to be found."""
    directory = tmp_path / "site" / "foo-1.0.dist-info"
    directory.mkdir(parents=True)
    (directory / "METADATA").write_text("Name: foo\nVersion: 1.0\nRequires-Dist: x\n\nbody")
    (directory / "RECORD").write_text("foo/__init__.py,,\nfoo-1.0.dist-info/RECORD,,\n")
    (directory / "entry_points.txt").write_text("[g]\nn = os.path:join\n")
    path = f"sys.path.insert(0, {str(directory.parent)!r})\n"
    # -S: what the environment's .pth files import is not ours to answer for.
    source = "import os\nsys_path = os.environ['SEARCH'].split(os.pathsep)\n"
    code = f"import sys\n{source}sys.path[:0] = sys_path\n{PREAMBLE}{path}{code}{REPORT}"
    return python("-S", "-c", code, env={"SEARCH": SOURCE}).stdout.split()


@pytest.fixture(autouse=True, scope="module")
def where_entrepot_is():
    import os

    import entrepot

    global SOURCE
    SOURCE = os.path.dirname(os.path.dirname(entrepot.__file__))


@pytest.mark.parametrize(
    "code",
    [
        "",
        'assert m.version("foo") == "1.0"',
        'assert m.requires("foo") == ["x"]',
        'assert m.metadata("foo").json["name"] == "foo"',
        'assert "foo" in [d.version and d.name for d in m.distributions()]',
        'assert m.entry_points(group="g")["n"].load() is not None',
        'assert "foo" not in m.packages_distributions()',
        'assert m.installer("foo") is None and not m.requested("foo")',
    ],
)
def test_nothing_heavy_is_loaded(python, tmp_path, code):
    assert loaded(python, tmp_path, code) == []


def test_what_needs_them_loads_them(python, tmp_path):
    """The test above can fail: files are paths, and paths are pathlib's."""
    assert "pathlib" in loaded(python, tmp_path, 'm.files("foo")')
