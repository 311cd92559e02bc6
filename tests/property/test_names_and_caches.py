"""Names and cache paths: against `importlib.util`, and there and back."""

from __future__ import annotations

import importlib.util
import os
import string
import sys
from unittest import mock

import pytest
from hypothesis import assume, given, strategies as st

import entrepot.util

STDLIB, OURS = importlib.util, entrepot.util

identifiers = st.sampled_from(["a", "b", "pkg", "módulo", "_x"])
dotted = st.lists(identifiers, min_size=1, max_size=4).map(".".join)
relative = st.builds(lambda dots, rest: "." * dots + rest, st.integers(0, 5), dotted | st.just(""))


def outcome(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except (ImportError, ValueError, NotImplementedError) as error:
        return type(error), str(error)


@given(relative, st.none() | st.just("") | dotted)
def test_resolve_name_as_importlib(name, package):
    ours, theirs = (outcome(util.resolve_name, name, package) for util in (OURS, STDLIB))
    assert ours == theirs


@given(st.lists(identifiers, min_size=1, max_size=5), st.integers(1, 5), dotted)
def test_each_dot_beyond_the_first_goes_up_one_package(package, dots, name):
    assume(dots <= len(package))
    base = package[: len(package) - dots + 1]
    assert OURS.resolve_name("." * dots + name, ".".join(package)) == ".".join([*base, name])


part = st.text(string.ascii_letters + "._- é\udcff", min_size=1, max_size=6)
directories = st.builds(
    lambda root, parts: root + "/".join(parts),
    st.sampled_from(["", "/", "./", "../"]),
    st.lists(part, max_size=3),
)
optimizations = st.none() | st.sampled_from(["", "1", "2", 1, 2, 0, "fast"]) | st.text(max_size=3)


@given(directories, part, optimizations)
def test_cache_from_source_as_importlib(directory, name, optimization):
    assume(directory.strip("/") or not directory)  # importlib takes "/x.py" for "x.py"
    path = os.path.join(directory, name)
    ours, theirs = (
        outcome(util.cache_from_source, path, optimization=optimization) for util in (OURS, STDLIB)
    )
    assert ours == theirs


@given(directories, part, optimizations, st.sampled_from(["/mirror", "mirror", "/mirror/"]))
def test_cache_from_source_below_a_prefix_as_importlib(directory, name, optimization, prefix):
    assume(not directory.startswith("./"))  # Python 3.12 drops these, older ones do not
    path = os.path.join(directory, name)
    with mock.patch.object(sys, "pycache_prefix", prefix):
        ours, theirs = (
            outcome(util.cache_from_source, path, optimization=optimization)
            for util in (OURS, STDLIB)
        )
    assert ours == theirs


@given(st.text(string.ascii_letters + "._-/", max_size=30) | directories)
def test_source_from_cache_as_importlib(path):
    assume("/" in path.strip("/"))  # for a bare name the two complain of different faults
    ours, theirs = (outcome(util.source_from_cache, path) for util in (OURS, STDLIB))
    assert isinstance(ours, tuple) == isinstance(theirs, tuple)
    assert ours == theirs or isinstance(ours, tuple)


stems = st.text(string.ascii_letters + "_é\udcff", min_size=1, max_size=6)


@given(directories, stems, st.sampled_from([None, "", 1, 2, "x9"]))
@pytest.mark.parametrize("prefix", [None, "/mirror"])
def test_there_and_back(prefix, directory, stem, optimization):
    directory = os.path.normpath(os.path.join("/top", directory))
    assume(directory != "/")
    source = f"{directory}/{stem}.py"
    with mock.patch.object(sys, "pycache_prefix", prefix):
        cached = OURS.cache_from_source(source, optimization=optimization)
        assert OURS.source_from_cache(cached) == source
