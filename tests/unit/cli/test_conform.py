"""`entrepot conform`: its output and its exit status."""

from __future__ import annotations

import json

import pytest

CASE = "5.4.2-submodules/bound-in-parent"


@pytest.fixture
def conform(python):
    """A function: the exit status and the output of the command with those words."""

    def run(*words, **options):
        child = python("-m", "entrepot", "conform", *words, check=False, **options)
        return child.returncode, child.stdout, child.stderr

    return run


def test_a_table_and_the_progress_beside_it(conform):
    status, out, err = conform("--case", CASE)
    assert (status, out.splitlines()[0].split()) == (
        0,
        ["section", "passed", "failed", "explained", "skipped"],
    )
    assert out.splitlines()[-1].split() == ["1", "0", "0", "0"]
    assert err.endswith(", interpreter: 1 case\n")


@pytest.mark.parametrize("candidate", ["interpreter", "installed", "isolated", "portable"])
def test_json(conform, candidate):
    status, out, _ = conform("--candidate", candidate, "--section", "5.4.2 Sub", "--json")
    said = json.loads(out)
    assert (status, said["candidate"], said["failed"]) == (0, candidate, [])
    assert said["total"] == said["passed"] > 4


def test_a_case_by_the_last_part_of_its_id(conform):
    said = json.loads(conform("--case", "bound-in-parent", "--json")[1])
    assert (said["total"], said["passed"]) == (1, 1)


def test_the_list(conform):
    status, out, _ = conform("--list", "--section", "5.4.2-submodules")
    assert status == 0
    assert any(line.startswith(f"{CASE}  ") for line in out.splitlines())


def test_a_candidate_that_is_wrong(conform, tmp_path):
    """Nothing is bound in its parent, and the suite says so."""
    (tmp_path / "cwd").mkdir()
    (tmp_path / "cwd" / "wrong.py").write_text(
        "import builtins, sys\n"
        "original = builtins.__import__\n"
        "def wrong(name, *rest):\n"
        "    module = original(name, *rest)\n"
        "    parent, _, child = name.rpartition('.')\n"
        "    vars(sys.modules.get(parent, wrong)).pop(child, None)\n"
        "    return module\n"
        "builtins.__import__ = wrong\n"
    )
    case = "5.4.2-submodules/both-in-the-cache"
    status, out, _ = conform("--candidate", "wrong", "--case", case)
    assert status == 1
    assert f"\n{case}: " in out
    assert "\n  The import system, 5.4.2 Submodules\n  expected:\n    True True\n    True\n" in out
    assert "\n  got:\n    True True\n    AttributeError: " in out
    assert out.endswith("  why: not known\n")
    status, out, _ = conform("--candidate", "wrong", "--case", case, "--json")
    assert (status, [each["id"] for each in json.loads(out)["failed"]]) == (1, [case])


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--case", "absent"], "no case 'absent'"),
        (["--section", "absent"], "no section 'absent'"),
        (["--candidate", "no_such_module"], "no candidate 'no_such_module': ModuleNotFoundError"),
        (["--python", "/no/such/python"], "no interpreter: "),
        (["--python", "'"], "no interpreter: No closing quotation"),
        (["--python", ""], "no interpreter: an empty command"),
        (["--jobs", "0"], "--jobs: takes a number from 1, not '0'"),
        (["--timeout", "-1"], "--timeout: takes a number of seconds above 0, not '-1'"),
        (["--no-such-option"], "unrecognized arguments"),
    ],
)
def test_what_makes_no_sense(conform, words, problem):
    status, out, err = conform(*words)
    assert (status, out) == (2, "")
    assert problem in err
    assert "Traceback" not in err


def test_no_room_for_the_cases(python):
    code = (
        "import sys, tempfile; tempfile.tempdir = '/no/such/place';"
        "from entrepot.cli import main; sys.exit(main(['conform', '--case', sys.argv[1]]))"
    )
    child = python("-c", code, CASE, check=False)
    assert (child.returncode, child.stdout) == (2, "")
    assert child.stderr.startswith("entrepot conform: the cases cannot be run: ")


def test_an_interrupt_is_one_line(monkeypatch, capsys):
    from entrepot import conform
    from entrepot.cli.conform import main

    def interrupted(*cases, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(conform, "run_cases", interrupted)
    assert main(["--case", CASE]) == 130
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[-1]) == ("", "entrepot conform: interrupted")
