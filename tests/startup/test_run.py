"""What `entrepot run` loads before a program starts. Figures: benchmarks/imports.py."""

from __future__ import annotations

import sys

import pytest

from entrepot.core.collector import HAS_GENERATIONS

pytestmark = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="only CPython lists its imports (-X importtime)"
)

#: What costs milliseconds, each of them.
EXPENSIVE = {
    "argparse",
    "ast",
    "collections",
    "contextlib",
    "dataclasses",
    "email",
    "enum",
    "functools",
    "importlib.abc",
    "inspect",
    "pathlib",
    "re",
    "subprocess",
    "tempfile",
    "threading",
    "typing",
    "zipfile",
}


@pytest.fixture
def imports(python):
    """A function: the names of all modules that a command imports, in their order."""

    def run(*args):
        report = python("-X", "importtime", *args).stderr.splitlines()[1:]
        return [line.rpartition("|")[2].strip() for line in report]

    return run


def test_nothing_expensive_is_imported(imports):
    # What the start of the environment (`.pth` files) and `python -m` import is not our doing.
    plain = imports("-m", "this")
    ours = imports("-m", "entrepot", "run", "-c", "pass")
    assert EXPENSIVE.intersection(ours) <= set(plain)


def test_only_what_every_start_has_is_imported(imports):
    plain = imports("-m", "this") + imports("-c", "pass")
    ours = imports("-c", "import entrepot.cli, entrepot.cli.run")
    more = [name for name in ours if not name.startswith("entrepot") and name not in plain]
    assert set(more) <= {"__future__", "atexit", "gc"}  # All three are nearly nothing.


def test_a_script_is_not_taken_for_an_archive(imports, tmp_path):
    script = tmp_path / "script.py"
    script.write_text("pass")
    ours = imports("-m", "entrepot", "run", script)
    assert not [name for name in ours if name.startswith("entrepot.importers.archive")]


@pytest.mark.parametrize(
    "other", ["entrepot.metadata", "entrepot.resources", "entrepot.observe", "entrepot.cli.status"]
)
def test_other_commands_are_not_imported(other, imports, python):
    assert other not in imports("-m", "entrepot", "run", "-c", "pass")
    loaded = python("-m", "entrepot", "run", "-c", "import sys; print(*sys.modules)").stdout
    assert other not in loaded.split()
    assert "entrepot.cli.run" in loaded.split()


def test_what_was_there_before_is_not_collected_again(python):
    code = "import gc; print(gc.get_freeze_count() > 1000, gc.isenabled(), gc.get_threshold())"
    plain = python("-c", code).stdout.split()
    ours = python("-m", "entrepot", "run", "-c", code).stdout.split()
    assert (plain.pop(0), ours.pop(0)) == ("False", "True")
    assert ours == plain


COUNT = "import gc; print(gc.get_freeze_count())"


@pytest.mark.skipif(not HAS_GENERATIONS, reason="no object of this interpreter is young or old")
@pytest.mark.parametrize(
    ("program", "stays"),
    [
        (f"import large; {COUNT}", False),
        (f"import gc, large; {COUNT}", False),
        (f"import gc; gc.freeze(); import large; {COUNT}", True),
        (f"import freezes; {COUNT}", True),
        (f"import imports_gc; imports_gc.gc.freeze(); import large; {COUNT}", True),
    ],
)
def test_what_the_program_freezes_stays_frozen(program, stays, python, tmp_path):
    """Even if it does so before, or in, the large import that ends what `run` has frozen."""
    large = "things = [[n] for n in range(50_000)]\n"
    (tmp_path / "large.py").write_text(large)
    (tmp_path / "freezes.py").write_text(f"import gc\n{large}gc.freeze()\n")
    (tmp_path / "imports_gc.py").write_text("import gc\n")
    done = python("-m", "entrepot", "run", "-c", program, env={"PYTHONPATH": str(tmp_path)})
    assert (int(done.stdout) > 1000) == stays
