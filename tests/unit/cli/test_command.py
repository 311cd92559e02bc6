"""The command line as a whole: help, version, unknown commands."""

from __future__ import annotations

import pytest

import entrepot
from entrepot import cli


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


@pytest.mark.parametrize(
    ("words", "problem"), [([], "which command?"), (["absent"], "no command 'absent'")]
)
def test_no_such_command(words, problem, python):
    child = python("-m", "entrepot", *words, check=False)
    assert (child.returncode, child.stdout) == (2, "")
    assert child.stderr == f"{cli.USAGE}\nentrepot: {problem}\n"
