"""Cases that are made for a test, and how they end."""

from __future__ import annotations

import pytest

from entrepot.conform import Target
from entrepot.conform.cases import parse
from entrepot.conform.runner import run_case


@pytest.fixture(scope="session")
def interpreter():
    """The running interpreter with its own import system."""
    return Target()


@pytest.fixture
def case():
    """A function that makes a case of a program, what it prints, and more lines of its header."""

    def make(program, expect="", *, files="", **header):
        lines = "".join(f"{key}: {value}\n" for key, value in header.items())
        text = f"title: t\nsource: s\n{lines}{files}-- program.py --\n{program}\n-- expect --\n"
        return parse("area/made", text + expect)

    return make


@pytest.fixture
def outcome(case, interpreter):
    """A function: what becomes of such a case."""

    def run(program, expect="", *, target=None, limit=30.0, **more):
        return run_case(case(program, expect, **more), target or interpreter, limit)

    return run
