"""What the words after `entrepot run` ask for."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from entrepot.cli.request import COMMAND, MODULE, PATH, STDIN, UsageError, parse

ASKS = [
    (["a.py"], (PATH, "a.py", [], [])),
    (["a.py", "-m", "x"], (PATH, "a.py", ["-m", "x"], [])),
    (["-m", "pkg", "--help"], (MODULE, "pkg", ["--help"], [])),
    (["-mpkg"], (MODULE, "pkg", [], [])),
    (["-c", "pass", "a"], (COMMAND, "pass", ["a"], [])),
    (["-cpass"], (COMMAND, "pass", [], [])),
    (["-"], (STDIN, "-", [], [])),
    (["-", "-x"], (STDIN, "-", ["-x"], [])),
    (["-I", "a.py"], (PATH, "a.py", [], ["-I"])),
    (["-Im", "x"], (MODULE, "x", [], ["-I"])),
    (["-OOB", "a.py"], (PATH, "a.py", [], ["-O", "-O", "-B"])),
    (["-W", "error", "a.py"], (PATH, "a.py", [], ["-W", "error"])),
    (["-Werror", "-Xdev", "a.py"], (PATH, "a.py", [], ["-W", "error", "-X", "dev"])),
    (["-BWerror", "-c", ""], (COMMAND, "", [], ["-B", "-W", "error"])),
    (
        ["--check-hash-based-pycs", "always", "a.py"],
        (PATH, "a.py", [], ["--check-hash-based-pycs", "always"]),
    ),
]


@pytest.mark.parametrize(("words", "asked"), ASKS, ids=lambda value: " ".join(map(str, value)))
def test_what_is_asked_for(words, asked):
    request = parse(words)
    got = (request.form, request.program, request.arguments, request.interpreter)
    assert got == asked
    assert not request.verbose
    assert not request.help


def test_options_of_entrepot():
    request = parse(["--verbose", "-B", "a.py", "--verbose"])
    assert request.verbose
    assert request.arguments == ["--verbose"]
    assert parse(["--help"]).help
    assert parse(["-h", "a.py"]).help


@pytest.mark.parametrize("words", [["--path-check", "once"], ["--path-check=once"]], ids=str)
def test_how_often_the_path_is_looked_at(words):
    request = parse([*words, "a.py", "--path-check", "x"])
    assert (request.path_check, request.program) == ("once", "a.py")
    assert request.arguments == ["--path-check", "x"]
    assert parse(["a.py"]).path_check is None


@pytest.mark.parametrize("words", [["--path-check"], ["--path-check="], ["--path-check", "never"]])
def test_there_are_two_ways_to_look(words):
    with pytest.raises(UsageError, match=r"always or once, not|argument expected"):
        parse(words)


@pytest.mark.parametrize(
    "words",
    [[], ["-B"], ["-c"], ["-m"], ["-W"], ["-X"], ["--"], ["--no"], ["-Bz", "a.py"]],
    ids=str,
)
def test_nonsense(words):
    with pytest.raises(UsageError):
        parse(words)


@given(st.lists(st.text(max_size=8)), st.sampled_from(["a.py", "-"]))
def test_all_that_follows_is_the_programs(arguments, program):
    assert parse([program, *arguments]).arguments == arguments


@given(st.lists(st.text(max_size=8), max_size=5))
def test_nothing_is_lost(words):
    try:
        request = parse(words)
    except UsageError:
        return
    if request.form and not request.interpreter and not request.verbose:
        said = [] if request.form in (PATH, STDIN) else [request.form]
        joined = "".join([*said, request.program, *request.arguments])
        assert joined == "".join(words)
