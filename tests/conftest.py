"""What all tests share: hypothesis' profiles and fresh interpreters."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import hypothesis
import pytest

from tests.capabilities import lacking, skip_where_impossible

# Timing is never a test's business here, and a run on CI gives the same answer twice.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

# Whoever runs the tests in the background may have these ignored, which every child inherits.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="session")
def _possible_things_only():
    with pytest.MonkeyPatch.context() as monkeypatch:
        skip_where_impossible(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _one_finder_of_an_archived_library():
    """Forget the finders of the library's packages where the library is an archive.

    Until Python 3.13 each of them reads the archive's directory with each
    `importlib.invalidate_caches()`, which takes seconds on WASI. They are made again when needed.
    """
    if lacking("library on disk"):
        library = os.path.dirname(os.path.dirname(json.__file__)) + os.sep
        for path in [each for each in sys.path_importer_cache if each.startswith(library)]:
            del sys.path_importer_cache[path]


def clean_environment(**more: str) -> dict[str, str]:
    """The variables for a fresh interpreter: none that change how it imports, plus *more*."""
    changes = ("PYTHON", "COVERAGE", "PYTEST_ADDOPTS")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(changes)}
    return {**plain, **more}


@pytest.fixture
def python(tmp_path):
    """A function that runs a fresh interpreter with the arguments given, in an empty directory.

    It returns what `subprocess.run` does, output as text. `env=` adds variables, `check=False`
    allows a failure, other options are those of `subprocess.run`.
    """
    cwd = tmp_path / "cwd"

    def run(*args, env=None, **options):
        cwd.mkdir(exist_ok=True)
        options = {"cwd": cwd, "capture_output": True, "text": True, "check": True, **options}
        try:
            return subprocess.run(
                [sys.executable, *map(str, args)],
                env=clean_environment(**(env or {})),
                stdin=options.pop("stdin", subprocess.DEVNULL),
                timeout=options.pop("timeout", 120),
                **options,
            )
        except subprocess.CalledProcessError as error:
            said = f"exit status {error.returncode}\n{error.stdout}\n{error.stderr}"
        pytest.fail(said, pytrace=False)

    return run
