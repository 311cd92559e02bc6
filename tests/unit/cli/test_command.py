"""The command line as a whole: help, version, unknown commands."""

from __future__ import annotations

import os
import subprocess

import pytest

import entrepot
from entrepot import cli
from tests.capabilities import needs


def test_the_help_names_each_command(capsys):
    assert cli.main(["--help"]) == 0
    out = capsys.readouterr().out
    for name in cli.COMMANDS:
        assert f"\n  {name} " in out
        assert cli.command(name).SUMMARY in out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_has_a_help_and_a_one_line_summary(name, python):
    assert "\n" not in cli.command(name).SUMMARY
    child = python("-m", "entrepot", name, "--help")
    assert child.stdout.startswith(f"usage: entrepot {name}")


def test_the_version(python):
    assert python("-m", "entrepot", "--version").stdout.startswith(
        f"entrepot {entrepot.__version__} ("
    )


@pytest.mark.parametrize("words", ["run -c 1", "why json", "graph -c 1", "dist pip", "--help"])
def test_a_host_that_does_not_exist_is_one_line(words, python):
    words = words.split()
    child = python("-m", "entrepot", *words, env={"ENTREPOT_HOST": "mars"}, check=False)
    problem = "entrepot: ENTREPOT_HOST is 'mars'; here it can be 'portable', or not set\n"
    assert (child.returncode, child.stdout, child.stderr) == (2, "", problem)


@pytest.mark.parametrize(
    ("words", "problem"), [([], "which command?"), (["absent"], "no command 'absent'")]
)
def test_no_such_command(words, problem, python):
    child = python("-m", "entrepot", *words, check=False)
    assert (child.returncode, child.stdout) == (2, "")
    assert child.stderr == f"{cli.USAGE}\nentrepot: {problem}\n"


@pytest.fixture
def unread(python):
    """A function that runs a fresh interpreter as `python` does, its output read by nobody."""

    def run(*words):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w") as out:
            return python(
                *words, check=False, capture_output=False, stdout=out, stderr=subprocess.PIPE
            )

    return run


@needs("processes")
@pytest.mark.parametrize(
    "words",
    [["--help"], ["dist", "pytest"], ["dist", "--help"], ["status"], ["conform", "--list"],
     ["graph", "-c", "import csv"]],
)  # fmt: skip
def test_nobody_reads_the_output(words, unread):
    """As under `| head -0`: no traceback, neither from the command nor from the end."""
    child = unread("-m", "entrepot", *words)
    assert (child.returncode, child.stderr) == (1, "")


@needs("processes")
def test_the_output_of_a_program_is_its_own_affair(unread):
    code = "import os\ntry: print(1, flush=True)\nexcept BrokenPipeError: os._exit(7)"
    assert unread("-m", "entrepot", "run", "-c", code).returncode == 7
    failing = unread("-m", "entrepot", "run", "-c", "print(1, flush=True)")
    assert "BrokenPipeError" in failing.stderr


PRINTING = [
    ["--help"], ["--version"], ["dist", "pytest"], ["status"], ["conform", "--list"],
    ["graph", "-c", "import csv"], ["resources", "email"], ["why", "json"],
]  # fmt: skip


@needs("processes")
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this platform has no full device")
@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_output_that_cannot_be_written_is_one_line(words, python):
    with open("/dev/full", "w") as full:
        more = {"capture_output": False, "stdout": full, "stderr": subprocess.PIPE}
        child = python("-m", "entrepot", *words, check=False, **more)
    problem = "entrepot: cannot write standard output: No space left on device\n"
    assert (child.returncode, child.stderr) == (2, problem)


@needs("processes")
@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_closed_output_goes_nowhere(words, python):
    start = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    child = python("-c", start, "-m", "entrepot", *words, check=False)
    assert (child.returncode, child.stdout, child.stderr) == (0, "", "")
