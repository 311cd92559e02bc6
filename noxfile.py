"""The checks of `make`, each in an environment of its own, and the matrix of interpreters.

nox                       lint, and the suite on every interpreter that is here
nox -s test-3.13          one of them
nox -s test-3.13 -- -k x  arguments for pytest
"""

from __future__ import annotations

import nox

nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False

PROJECT = nox.project.load_toml("pyproject.toml")
GROUPS = PROJECT["dependency-groups"]
INTERPRETERS = ["3.10", "3.11", "3.12", "3.13", "3.14", "3.15", "pypy3.11"]


@nox.session(python=INTERPRETERS)
def test(session: nox.Session) -> None:
    session.install(".[cli,test]")
    # Not each can be built for every interpreter: a missing one is a skip with that reason.
    for requirement in GROUPS["programs"]:
        session.install("--only-binary", "numpy", requirement, success_codes=[0, 1, 2], silent=True)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    session.install("-e", ".", *GROUPS["lint"])
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    session.install("-e", ".[cli,test]")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-m", "not conformance and not programs")
    session.run("coverage", "combine")
    session.run("coverage", "report")


@nox.session(default=False, python="3.13")
def bench(session: nox.Session) -> None:
    session.install("-e", ".[cli,test]", *GROUPS["bench"])
    session.run("python", "-m", "benchmarks", *session.posargs)
