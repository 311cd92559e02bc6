"""Whatever the name, `explain` gives an answer or refuses it clearly, and finds what imports do."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import string
import sys
import tempfile

import pytest

st = pytest.importorskip("hypothesis.strategies", reason="hypothesis is not installed")
from hypothesis import given, settings  # noqa: E402

import entrepot  # noqa: E402
from entrepot.machinery import EXTENSION_SUFFIXES  # noqa: E402
from entrepot.observe.why.spelling import closest  # noqa: E402
from entrepot.observe.why.view import View  # noqa: E402

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


FILES = [
    "m.py",
    "m.pyc",
    f"m{EXTENSION_SUFFIXES[0]}",
    "M.py",
    "m/__init__.py",
    "m/__init__.pyc",
    "m/sub.py",
    "m/sub/__init__.py",
    "m/sub/x.py",
    "m/notes.txt",
]


def _by_path_finder(name, path):
    """What the interpreter's own path finder finds, without importing parents."""
    spec = None
    for part in name.split("."):
        spec = importlib.machinery.PathFinder.find_spec(part, path)
        if spec is None:
            return None
        path = list(spec.submodule_search_locations or ())
    return spec


@given(st.lists(st.sets(st.sampled_from(FILES), max_size=5), min_size=1, max_size=3))
@settings(max_examples=60)
def test_trees_are_searched_as_imports_search_them(entries):
    with tempfile.TemporaryDirectory() as root:
        path = [os.path.join(root, str(number)) for number in range(len(entries))]
        for entry, files in zip(path, entries, strict=True):
            for file in files:
                os.makedirs(os.path.dirname(os.path.join(entry, file)), exist_ok=True)
                open(os.path.join(entry, file), "w").close()
        view = View(entrepot.process, path=path, modules={}, fresh=True)
        for name in ("m", "m.sub", "m.sub.x"):
            theirs, ours = _by_path_finder(name, path), entrepot.explain(name, system=view)
            assert ours.found == (theirs is not None), str(ours)
            if theirs is not None:
                assert ours.module.file == (theirs.origin if theirs.has_location else None)
                locations = theirs.submodule_search_locations
                assert ours.module.locations == (None if locations is None else list(locations))
