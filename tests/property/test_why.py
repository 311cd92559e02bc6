"""Whatever the name, `explain` gives an answer or refuses it clearly, and finds what imports do."""

from __future__ import annotations

import importlib.util
import string
import sys

import pytest

st = pytest.importorskip("hypothesis.strategies", reason="hypothesis is not installed")
from hypothesis import given, settings  # noqa: E402

import entrepot  # noqa: E402
from entrepot.observe.why.spelling import closest  # noqa: E402

PARTS = st.sampled_from(sorted(name for name in sys.stdlib_module_names if name[0] != "_"))


@given(st.text(max_size=20))
@settings(max_examples=60)
def test_any_text(name):
    try:
        explanation = entrepot.explain(name)
    except ValueError:
        return
    assert explanation.found or explanation.findings
    assert explanation.given == name
    assert str(explanation)
    assert explanation.as_json()["found"] == explanation.found


@given(st.lists(st.text(string.ascii_lowercase + "_.", max_size=6), min_size=1, max_size=3))
@settings(max_examples=40)
def test_top_level_names_are_found_as_imports_find_them(parts):
    name = "".join(parts).replace(".", "")
    if name:
        try:
            theirs = importlib.util.find_spec(name)
        except ValueError:
            return  # A module without a spec, such as __main__.
        assert entrepot.explain(name).found == (theirs is not None)


@given(PARTS, st.data())
@settings(max_examples=60)
def test_two_letters_exchanged_are_a_misspelling(name, data):
    if len(name) < 6:
        return
    at = data.draw(st.integers(1, len(name) - 3))
    wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert name in closest(wrong, set(sys.stdlib_module_names) | {name})
