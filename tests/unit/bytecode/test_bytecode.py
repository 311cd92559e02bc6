"""Headers, the policy's table, and source text: values in, values out."""

from __future__ import annotations

import importlib.util
import itertools
import sys

import pytest

from entrepot import host
from entrepot.bytecode import fresh, header as headers, location, policy, source

CODE = compile("x = 1", "mod.py", "exec")


@pytest.mark.parametrize(
    "header",
    [
        headers.by_time(0, 0),
        headers.by_time(1_600_000_000.75, 42),
        headers.by_time(2**32 + 5, 2**32 + 6),
        headers.by_time(-1, 1),
        headers.by_hash(b"12345678", checked=True),
        headers.by_hash(b"12345678", checked=False),
    ],
)
def test_headers_survive(header):
    data = headers.dump(header, CODE)
    assert len(data) > fresh.SIZE
    assert headers.parse(data, "mod") == header
    assert fresh.load_code(data, "mod", "mod.pyc") == CODE
    assert headers.parse(data, "mod") != headers.by_time(7, 7)
    assert repr(header).startswith("Header(flags=")


def test_time_and_size_are_modulo():
    assert headers.by_time(2**32 + 5, 2**32 + 6) == headers.by_time(5, 6)


@pytest.mark.parametrize("size", [0, 7, 9])
def test_a_hash_has_eight_bytes(size):
    with pytest.raises(ValueError, match=f"8 bytes, not {size}"):
        headers.by_hash(bytes(size), checked=True)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", ImportError, "bad magic number in 'mod': b''"),
        (b"abcd" + bytes(12), ImportError, "bad magic number in 'mod': b'abcd'"),
        (host.MAGIC_NUMBER + bytes(11), EOFError, "reached EOF while reading pyc header of 'mod'"),
        (host.MAGIC_NUMBER + b"\4" + bytes(11), ImportError, "invalid flags 4 in 'mod'"),
        (host.MAGIC_NUMBER + b"\xff" * 12, ImportError, "invalid flags 4294967295 in 'mod'"),
    ],
)
def test_bad_headers(data, error, message):
    with pytest.raises(error) as caught:
        headers.parse(data, "mod", "mod.pyc")
    assert str(caught.value) == message
    if error is ImportError:
        assert (caught.value.name, caught.value.path) == ("mod", "mod.pyc")


TIME, TRUST, HASH = policy.COMPARE_TIME, policy.TRUST, policy.COMPARE_HASH
TABLE = {
    # flags: default, always, never (PEP 552)
    0b00: (TIME, TIME, TIME),
    0b01: (TRUST, HASH, TRUST),
    0b11: (HASH, HASH, TRUST),
    0b10: (TIME, TIME, TIME),  # "Check the source" says nothing without "by hash".
}


@pytest.mark.parametrize(("flags", "column"), list(itertools.product(TABLE, range(3))))
def test_policy(flags, column):
    name = ("default", "always", "never")[column]
    assert policy.decision(flags, name) == TABLE[flags][column]


def test_the_process_has_a_policy():
    assert policy.decision(0b11) == policy.decision(0b11, host.check_hash_based_pycs())


def test_reasons():
    header = headers.by_time(100, 5)
    assert policy.stale_by_time(header, 100.9, 5) is None
    assert policy.stale_by_time(header, 100, None) is None
    assert "mtime is 101, the pyc says 100" in policy.stale_by_time(header, 101, 5)
    assert "size is 6, the pyc says 5" in policy.stale_by_time(header, 100, 6)
    assert policy.stale_by_time(headers.by_time(2**32 + 1, 5), 2**32 + 1, 5) is None
    hashed = headers.by_hash(importlib.util.source_hash(b"x"), checked=True)
    assert policy.stale_by_hash(hashed, b"x") is None
    assert importlib.util.source_hash(b"x").hex() in policy.stale_by_hash(hashed, b"y")


@pytest.mark.parametrize(
    ("source_time", "pyc_time", "stale"),
    [
        (10.5, 10.6, False),
        (10.6, 10.5, True),
        (10.5, 10.5, False),
        (10.5, 9.9, False),
        (11.1, 10.9, False),
    ],
)
def test_the_race_within_a_second(source_time, pyc_time, stale):
    """PAINS 11: what whole seconds cannot tell apart; a pyc of another second was dated by hand."""
    assert bool(fresh.stale_by_race(source_time, pyc_time)) is stale


def test_a_renewed_pyc_stays_of_its_kind():
    for old, flags in ((None, 0), (headers.by_time(1, 1), 0)):
        assert policy.renewed(old, b"x", 5, 6) == headers.by_time(5, 6)
        assert flags == 0
    for checked in (True, False):
        old = headers.by_hash(b"12345678", checked=checked)
        new = policy.renewed(old, b"x", 5, 6)
        assert new == headers.by_hash(importlib.util.source_hash(b"x"), checked=checked)


SOURCES = [
    b"", b"x = 1", b"\xef\xbb\xbfx = 1", b"# coding: latin-1\n\xe9", b"#!x\n# coding=cp1252\n\x80",
    b"# -*- coding: UTF_8 -*-\n\xc3\xa9", b"# coding: utf-8-sig\n\xc3\xa9", b"a\rb\r\nc\n",
    b"\n# coding: latin-1\n\xe9", b"\f# coding: latin-1\n\xe9", b"x = 1\n# coding: latin-1\n",
    b"# vim:fileencoding=iso-8859-15\n\xa4", b"\n\n# coding: ascii\n\xc3\xa9",
    b"# coding: Latin_1\n\xff",
]  # fmt: skip


@pytest.mark.parametrize("data", SOURCES)
def test_decoding(data):
    assert source.decode_source(data) == importlib.util.decode_source(data)
    assert source.decode_source(memoryview(data)) == importlib.util.decode_source(data)


@pytest.mark.parametrize(
    "data",
    [
        b"# coding: nonsense\n",
        b"\xef\xbb\xbf# coding: latin-1\n",
        b"\xff\n",
        b"# coding: ascii\n\xff",
    ],
)
def test_what_cannot_be_decoded(data):
    kinds = []
    for decode in (importlib.util.decode_source, source.decode_source):
        with pytest.raises((SyntaxError, UnicodeDecodeError)) as caught:
            decode(data)
        # Of the two texts for a cookie against the mark, ours is the compiler's.
        kinds.append((type(caught.value), str(caught.value).partition("problem")[0]))
    assert kinds[0] == kinds[1]


PATHS = [
    "mod.py",
    "/a/b/mod.py",
    "a/mod.py",
    "/mod.py",
    "/a/b.c/mod.x.py",
    "noext",
    "/a/",
    ".py",
    "a//m.py",
]


@pytest.mark.parametrize("prefix", [None, "/prefix", "/prefix/", "relative"])
@pytest.mark.parametrize("optimization", [None, "", 1, "2", "a1"])
@pytest.mark.parametrize("path", PATHS)
def test_locations(path, optimization, prefix, monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", prefix)
    theirs = importlib.util.cache_from_source(path, optimization=optimization)
    if path == "/mod.py" and prefix is None:
        theirs = f"/{theirs}"  # The stdlib's is relative: it loses the root.
    assert location.cache_from_source(path, optimization=optimization) == theirs
    answers = []
    for function in (importlib.util.source_from_cache, location.source_from_cache):
        try:
            answers.append(function(theirs))
        except ValueError as error:
            answers.append(str(error))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("optimization", ["a b", ".", "-", "ä b"])
def test_odd_optimizations(optimization):
    with pytest.raises(ValueError, match="is not alphanumeric"):
        location.cache_from_source("mod.py", optimization=optimization)


UNCACHED = [
    "mod.pyc", "a/mod.x.pyc", "__pycache__/mod.pyc", "__pycache__/mod.t.opt.pyc",
    "__pycache__/mod.t.opt-!.pyc", "__pycache__/a.b.c.d.e.pyc", "a/__pycache__/mod.t.x-1.pyc",
]  # fmt: skip


@pytest.mark.parametrize("path", UNCACHED)
def test_what_is_no_cached_name(path, monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", None)
    for function in (importlib.util.source_from_cache, location.source_from_cache):
        with pytest.raises(ValueError, match=r"__pycache__|dots|optimization"):
            function(path)


def test_without_a_cache_tag(monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    with pytest.raises(NotImplementedError):
        location.cache_from_source("mod.py")
    with pytest.raises(NotImplementedError):
        location.source_from_cache("__pycache__/mod.x.pyc")
    assert location.cached_path_of("mod.py") is None
