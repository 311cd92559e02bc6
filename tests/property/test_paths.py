"""Paths as strings: against `posixpath` and `ntpath`, where ours promises to be the same.

The domain is what importing joins and splits: directories as users write them, and names without
separators. Ours never normalises; `split` removes one separator only, as a loader must get back
what its finder has joined.
"""

from __future__ import annotations

import ntpath
import posixpath

import pytest
from hypothesis import assume, given, strategies as st

from entrepot.host.paths import POSIX, WINDOWS

FLAVOURS = pytest.mark.parametrize(
    ("paths", "stdlib"), [(POSIX, posixpath), (WINDOWS, ntpath)], ids=["posix", "windows"]
)

names = st.text("abé. -\udcff", min_size=1, max_size=5)
roots = {
    POSIX: st.sampled_from(["", "/", "./", "../"]),
    WINDOWS: st.sampled_from(["", "\\", "C:\\", "c:/", "\\\\server\\share\\", ".\\", "../", "/"]),
}


@st.composite
def directories(draw, paths, *, absolute=False, min_size=0):
    root = draw(roots[paths].filter(paths.isabs) if absolute else roots[paths])
    text = root
    for name in draw(st.lists(names, min_size=min_size, max_size=3)):
        text += name + draw(st.sampled_from(paths.seps))
    return text[: len(text) - draw(st.integers(0, 1))] if text != root else text


@FLAVOURS
@given(data=st.data())
def test_join(paths, stdlib, data):
    directory = data.draw(directories(paths))
    tail = data.draw(st.lists(names, max_size=3))
    assert paths.join(directory, *tail) == stdlib.join(directory, *tail)


@FLAVOURS
@given(data=st.data())
def test_join_starts_anew_at_an_absolute_path(paths, stdlib, data):
    directory = data.draw(directories(paths))
    other = data.draw(directories(paths, absolute=True, min_size=1))
    assert paths.join(directory, other) == other


@FLAVOURS
@given(data=st.data())
def test_split(paths, stdlib, data):
    directory, name = data.draw(directories(paths, min_size=1)), data.draw(names)
    assume(directory[-1] not in paths.seps)
    path = paths.join(directory, name)
    assert paths.split(path) == stdlib.split(path) == (directory, name)


@FLAVOURS
@given(data=st.data())
def test_split_of_a_bare_name(paths, stdlib, data):
    name = data.draw(names)
    assert paths.split(name) == stdlib.split(name) == ("", name)


@FLAVOURS
@given(data=st.data())
def test_isabs(paths, stdlib, data):
    path = data.draw(directories(paths))
    if (
        paths is WINDOWS
        and path[:1] in ("\\", "/")
        and path[:2] not in ("\\\\", "//", "\\/", "/\\")
    ):
        assert not paths.isabs(path)  # of the current drive; ntpath says so since Python 3.13
    else:
        assert paths.isabs(path) == stdlib.isabs(path)


@FLAVOURS
@given(data=st.data())
def test_absolute_paths_are_left_alone_and_relative_ones_are_not(paths, stdlib, data):
    path = data.draw(directories(paths))
    cwd = {"/": "/cwd", "\\": "C:\\cwd"}[paths.sep]
    absolute = paths.absolute(path, cwd)
    assert paths.isabs(absolute)
    assert (absolute == path) is paths.isabs(path)
    if paths is POSIX:
        assert stdlib.normpath(absolute) == stdlib.normpath(stdlib.join(cwd, path))
