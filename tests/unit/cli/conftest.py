"""The same command under `python` and under `entrepot run`."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from tests.conftest import clean_environment

PLAIN = ()
ENTREPOT = ("-m", "entrepot", "run")


@pytest.fixture
def files(tmp_path):
    """A function that writes files, given as {name: text or bytes}, and returns their folder."""
    folder = tmp_path / "files"

    def write(contents):
        folder.mkdir(exist_ok=True)
        for name, text in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return folder

    return write


@pytest.fixture
def outcome(files):
    """A function: the exit status and the output of one command, in the folder of `files`."""

    def run(*args, options=(), prefix=PLAIN, env=None, bytecode=False, **more):
        # Neither run shall find the other's bytecode.
        variables = {} if bytecode else {"PYTHONDONTWRITEBYTECODE": "1"}
        child = subprocess.run(
            [sys.executable, *options, *prefix, *args],
            cwd=files({}),
            env=clean_environment(**variables, **(env or {})),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **({"stdin": subprocess.DEVNULL} if "input" not in more else {}),
            **more,
        )
        return child.returncode, child.stdout, child.stderr

    return run


@pytest.fixture
def same(outcome):
    """A function: the outcome, after a check that it is the same under both."""

    def check(*args, **more):
        plain = outcome(*args, **more)
        assert outcome(*args, prefix=ENTREPOT, **more) == plain
        return plain

    return check


def have(method):
    """Whether this platform can start processes of multiprocessing by *method*."""
    import multiprocessing

    return method in multiprocessing.get_all_start_methods() and os.name == "posix"
