"""The reader of METADATA, and the mapping made of it."""

from __future__ import annotations

import email.message
import pickle

import pytest

from entrepot.metadata import headers, message

METADATA = """\
Metadata-Version: 2.1
Name: foo
Version: 1.0
Requires-Dist: a
requires-dist: b; extra == "x"
Keywords: one two,three
Author: J\N{LATIN SMALL LETTER O WITH DIAERESIS}rg
Summary: first
        second

The body,
of two lines.
"""


@pytest.fixture
def metadata():
    return message.Headers(METADATA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("", "")]),
        ("A: b", [("A", "b"), ("", "")]),
        ("A:b\nC:\td \n", [("A", "b"), ("C", "d "), ("", "")]),
        ("A: b\n c\n\td\n", [("A", "b\n c\n\td"), ("", "")]),
        ("A:\n b\n", [("A", "b"), ("", "")]),
        (" skipped\nA: b\n", [("A", "b"), ("", "")]),
        ("From here\nA: b\nFrom there\nC: d\n", [("A", "b"), ("C", "d"), ("", "")]),
        (": nameless\nA: b\n", [("A", "b"), ("", "")]),
        ("A: b\n\nbody\n", [("A", "b"), ("", "body\n")]),
        ("A: b\n\n\nbody", [("A", "b"), ("", "\nbody")]),
        ("A: b\nno field\nC: d\n", [("A", "b"), ("", "no field\nC: d\n")]),
        ("A b: c\n", [("", "A b: c\n")]),
        ("\N{LATIN SMALL LETTER E WITH ACUTE}: c\n", [("", "\xe9: c\n")]),
        ("\nA: b\n", [("", "A: b\n")]),
        ("A: b\x0cc\x85d\u2028e\n", [("A", "b\x0cc\x85d\u2028e"), ("", "")]),
    ],
)
def test_fields(text, expected):
    assert list(headers.fields(text)) == expected


def test_first_reads_no_further_than_it_must():
    assert headers.first("Name: foo\nVersion: 1\nVersion: 2\n", "version") == "1"
    assert headers.first("Name: foo\n\nVersion: 1\n", "Version") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("one line", "one line"),
        ("a\n        b", "a\nb"),
        ("a\n          b\n           c", "a\n  b\n   c"),
        ("a\n       b", "a\n       b"),
        ("a\n\tb", "a\n\tb"),
        ("a\n        b\n \n        c", "a\nb\n\nc"),
        ("one\n        two\n       |three", " one\n two\n|three"),
    ],
)
def test_unindent(value, expected):
    assert headers.unindent(value) == expected


def test_fields_are_found_in_any_case(metadata):
    assert metadata["NAME"] == "foo"
    assert metadata.get("summary") == "first\nsecond"
    assert metadata.get("nothing", 3) == 3
    assert metadata.get_all("Requires-Dist") == ["a", 'b; extra == "x"']
    assert metadata.get_all("nothing") is None
    assert "version" in metadata
    assert "nothing" not in metadata
    assert 3 not in metadata
    with pytest.raises(KeyError, match="Nothing"):
        metadata["Nothing"]


def test_the_body_is_the_description(metadata):
    assert metadata["Description"] == "The body,\nof two lines.\n"
    assert metadata.get_payload() == ""
    assert list(metadata)[-1] == "Description"


def test_it_is_a_collection(metadata):
    assert len(metadata) == 9
    assert metadata.keys() == list(metadata)
    assert metadata.items() == list(zip(metadata.keys(), metadata.values(), strict=True))
    assert metadata == message.Headers(METADATA)
    assert hash(metadata) == hash(message.Headers(METADATA))
    assert metadata != message.Headers("Name: bar")
    assert message.Headers("")  # as an email.message.Message always is


def test_json(metadata):
    assert metadata.json == {
        "metadata_version": "2.1",
        "name": "foo",
        "version": "1.0",
        "requires_dist": ["a", 'b; extra == "x"'],
        "keywords": ["one", "two,three"],
        "author": "J\xf6rg",
        "summary": "first\nsecond",
        "description": "The body,\nof two lines.\n",
    }


def test_json_keeps_the_first_of_what_may_occur_once():
    assert message.Headers("Foo: 1\nFoo: 2\nKeywords:\n").json == {"foo": "1", "keywords": [""]}


def test_it_is_written_as_it_can_be_read(metadata):
    again = message.Headers(str(metadata))
    assert [value.strip() for value in again.values()] == [
        value.strip() for value in metadata.values()
    ]
    assert again.keys() == metadata.keys()


def test_what_else_a_message_can_comes_from_one(metadata):
    assert isinstance(metadata.message, email.message.Message)
    assert metadata.get_content_type() == "text/plain"
    assert metadata.message["Author"] == "J\xf6rg"
    with pytest.raises(AttributeError):
        metadata.no_such_thing  # noqa: B018
    with pytest.raises(AttributeError):
        metadata.__no_such_thing__  # noqa: B018


def test_it_can_be_pickled(metadata):
    assert pickle.loads(pickle.dumps(metadata))["Name"] == "foo"
