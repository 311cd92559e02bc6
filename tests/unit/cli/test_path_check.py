"""`entrepot run --path-check`, ENTREPOT_PATH_CHECK, `install(path_check=...)`."""

from __future__ import annotations

import pytest

import entrepot
from entrepot.finders.path import PathFinder
from tests.unit.cli.conftest import ENTREPOT

#: Tells whether a module is seen that comes to stand before another one after the first search.
SHADOW = """
import os, sys
def write(path, text):
    with open(path, "w") as file:
        file.write(text)
os.makedirs("one"); os.makedirs("two")
write("two/first.py", ""); write("two/second.py", "where = 'two'")
sys.path[:0] = ["one", "two"]
import first
write("one/second.py", "where = 'one'")
import second
print(second.where)
"""


@pytest.mark.parametrize(
    ("words", "env", "where"),
    [
        ([], {}, "one"),
        (["--path-check", "always"], {"ENTREPOT_PATH_CHECK": "once"}, "one"),
        (["--path-check=once"], {}, "two"),
        (["--path-check=once", "-B"], {}, "two"),
        ([], {"ENTREPOT_PATH_CHECK": "once"}, "two"),
        (["--path-check=once"], {"ENTREPOT_PATH_CHECK": "nonsense"}, "two"),
        (["-E"], {"ENTREPOT_PATH_CHECK": "nonsense"}, "one"),
    ],
)
def test_run(outcome, words, env, where):
    done = outcome("-c", SHADOW, prefix=[*ENTREPOT, *words], env=env)
    assert done == (0, f"{where}\n", "")


@pytest.mark.parametrize(
    ("words", "env", "name"),
    [
        (["--path-check", "never"], {}, "--path-check"),
        ([], {"ENTREPOT_PATH_CHECK": "never"}, "ENTREPOT_PATH_CHECK"),
    ],
)
def test_run_refuses_another_word(outcome, words, env, name):
    status, out, err = outcome("-c", "print(1)", prefix=[*ENTREPOT, *words], env=env)
    assert (status, out) == (2, "")
    assert err == f"entrepot run: {name} is always or once, not 'never'\n"


def test_install():
    with entrepot.install(path_check="once"):
        assert PathFinder.path_check == "once"
        with entrepot.install():
            assert PathFinder.path_check == "once"
        entrepot.install(path_check="always")
        assert PathFinder.path_check == "always"
        entrepot.install(path_check="once")
    assert PathFinder.path_check == "always"
    with pytest.raises(ValueError, match="path_check is 'always' or 'once', not 'never'"):
        entrepot.install(path_check="never")
    assert not entrepot.is_installed()


@pytest.mark.parametrize(("said", "path_check"), [("once", "once"), ("", "always")])
def test_install_asks_the_environment(python, said, path_check):
    code = "import entrepot; entrepot.install(); print(entrepot.machinery.PathFinder.path_check)"
    done = python("-c", code, env={"ENTREPOT_PATH_CHECK": said})
    assert done.stdout == f"{path_check}\n"


def test_install_only_warns_of_nonsense_in_the_environment(python):
    """`entrepot enable` installs at each start; nobody could do anything about an error there."""
    code = "import entrepot; entrepot.install(); print(entrepot.machinery.PathFinder.path_check)"
    done = python("-c", code, env={"ENTREPOT_PATH_CHECK": "never"})
    assert done.stdout == "always\n"
    assert "ENTREPOT_PATH_CHECK is ignored: path_check is 'always' or 'once'" in done.stderr


def test_systems():
    assert entrepot.ImportSystem(path_check="once").meta_path[-1].path_check == "once"
    assert entrepot.ImportSystem().meta_path[-1].path_check == "always"
    with pytest.raises(ValueError, match="'always' or 'once', not 'never'"):
        entrepot.ImportSystem(path_check="never")
