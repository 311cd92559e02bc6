"""`read_text(anchor, *path_names)` and its like."""

from __future__ import annotations

import sys

import pytest

from entrepot import resources

from .conftest import TREE

OLD_ENCODING = sys.version_info < (3, 13)


def test_reading(api, thing):
    assert api.read_binary(thing, "bad.bin") == b"\xff\xfe"
    assert api.read_text(thing, "utf-8.txt") == "Grüße\n"
    assert api.read_text(thing, "data", "one.json", encoding="utf-8") == "{}"
    assert api.read_text(thing, "data/one.json") == "{}"
    assert api.read_text("thing", "bad.bin", errors="replace") == "\ufffd\ufffd"
    assert api.read_text(thing, "bad.bin", encoding="latin-1") == "ÿþ"
    with api.open_binary(thing, "data", "two.json") as stream:
        assert stream.read() == b"[]"
    with api.open_text(thing, "utf-8.txt", encoding="ascii", errors="ignore") as stream:
        assert stream.read() == "Gre\n"
    with api.path(thing, "data", "one.json") as path:
        assert path.read_bytes() == b"{}"


def test_encoding_errors(api, thing):
    with pytest.raises(UnicodeDecodeError):
        api.read_text(thing, "bad.bin")
    with pytest.raises(UnicodeDecodeError), api.open_text(thing, "bad.bin") as stream:
        stream.read()
    with pytest.raises(LookupError, match="nonesuch"):
        api.read_text(thing, "bad.bin", errors="nonesuch")
    with pytest.raises(LookupError, match="nonesuch"):
        api.read_text(thing, "bad.bin", encoding="nonesuch")


@pytest.mark.parametrize("name", ["open_text", "read_text"])
def test_several_names_need_an_encoding(api, thing, name):
    if api is resources and OLD_ENCODING:
        pytest.skip("here the second name means the encoding, as it does to this host's own")
    with pytest.raises(TypeError, match="'encoding' argument required with multiple path names"):
        getattr(api, name)(thing, "data", "one.json")


@pytest.mark.skipif(not OLD_ENCODING, reason="since 3.13 these are names")
def test_encoding_by_position(thing):
    assert resources.read_text(thing, "bad.bin", "utf-8", "replace") == "\ufffd\ufffd"
    with resources.open_text(thing, "bad.bin", "latin-1") as stream:
        assert stream.read() == "ÿþ"


def test_is_resource(api, thing):
    assert api.is_resource(thing, "utf-8.txt")
    assert api.is_resource(thing, "data", "one.json")
    assert not api.is_resource(thing, "data")
    assert not api.is_resource(thing, "missing")
    assert not api.is_resource(thing, "data", "missing")
    assert not api.is_resource(thing)


def test_contents(api, thing):
    with pytest.warns(DeprecationWarning, match="Use files"):
        names = set(api.contents(thing))
    assert names - {"__pycache__"} == {name.partition("/")[0] for name in TREE}
    with pytest.warns(DeprecationWarning, match="contents"):
        assert set(api.contents(thing, "data", "deep")) == {"three.txt", "empty"}


def test_the_warning_is_the_callers(thing):
    with pytest.warns(DeprecationWarning, match="contents") as caught:
        resources.contents(thing)
    assert caught[0].filename == __file__


def test_no_anchor(api):
    with pytest.raises(TypeError, match="anchor must be module or string, got None"):
        api.read_text(None, "x")


def test_a_directory_is_not_read(api, thing):
    with pytest.raises(OSError, match="thing"):
        api.read_binary(thing)
    with pytest.raises(OSError, match="data"):
        api.open_text(thing, "data")
