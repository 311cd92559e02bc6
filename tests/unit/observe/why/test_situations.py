"""`why` is right: a table of prepared situations, each with its finding and its advice.

In none of them anything is executed or written.
"""

from __future__ import annotations

import pathlib
import re
import sys

import pytest

from entrepot.observe.why.catalogue import CATALOGUE
from tests.unit.observe.why import situations_found, situations_missing, situations_parents

FOUND = situations_found.FOUND + situations_parents.FOUND
MISSING = situations_missing.MISSING + situations_parents.MISSING


def _ids(situations):
    return [f"{prepare.__name__}-{code}" for prepare, code, *_ in situations]


def _of_world(text, world):
    """Return *text* with the paths in braces in the world's directory."""
    return re.sub(r"\{(.+?)\}", lambda found: str(world.root / found[1]), text)


def _explained(world, prepare, code, text, advice):
    """Return the explanation of a prepared situation, once it has what is expected."""
    name = prepare(world)
    before, modules = world.state(), set(sys.modules)
    explanation = world.explain(name)
    assert world.state() == before, "something was executed or written"
    assert not {each for each in set(sys.modules) - modules if each.split(".")[0] == name}
    found = [each for each in explanation.findings if each.code == code]
    assert found, f"only {explanation.codes()}\n{explanation}"
    text, advice = _of_world(text, world), _of_world(advice, world)
    assert [each for each in found if text in each.text and advice in each.advice], found[0].text
    assert found[0].text in _unwrapped(str(explanation))
    return explanation


def _unwrapped(text):
    return " ".join(text.split())


@pytest.mark.parametrize(("prepare", "code", "text", "advice"), FOUND, ids=_ids(FOUND))
def test_a_module_that_is_found(world, prepare, code, text, advice):
    explanation = _explained(world, prepare, code, text, advice)
    assert explanation.found


@pytest.mark.parametrize(("prepare", "code", "text", "advice"), MISSING, ids=_ids(MISSING))
def test_a_module_that_is_not_found(world, prepare, code, text, advice):
    explanation = _explained(world, prepare, code, text, advice)
    assert not explanation.found
    assert not explanation.ok
    assert explanation.module is None


def test_each_finding_has_a_situation():
    shown = {code for _, code, *_ in [*FOUND, *MISSING]}
    assert set(CATALOGUE) - shown == set()
    assert len(FOUND) + len(MISSING) >= 40


def test_the_documentation_has_each_finding():
    path = pathlib.Path(__file__).parents[4] / "docs" / "why.md"
    rows = [line.split("|") for line in path.read_text(encoding="utf-8").splitlines()]
    documented = {row[1].strip(" `"): row[2].strip() for row in rows if len(row) == 6}
    documented.pop("code")
    del documented["---"]
    assert documented == {code: severity for code, (severity, _, _) in CATALOGUE.items()}
