"""The readers of metadata, fuzzed: nothing is raised, and what both can read is read alike."""

from __future__ import annotations

import csv
import email
import string

from hypothesis import assume, example, given, settings, strategies as st

from entrepot.metadata import EntryPoint, entrypoints, headers, names, record, sections
from entrepot.metadata.message import Headers
from entrepot.metadata.places import decode

LINES = st.lists(
    st.one_of(
        st.text(alphabet="AB-: \t\n[]=#\"',./\\\x00\x0c\x85\u2028é", max_size=12),
        st.sampled_from(
            ["Name: foo", " more", "        indented", "", "[group]", "a = b:c", '"', ","]
        ),
    ),
    max_size=12,
).map("\n".join)
NAME = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=9)
#: No character that the email package takes for a line end where we do not.
VALUE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20)


@given(LINES)
@example("From x")
@example("a:\n")
def test_headers_of_anything(text):
    *found, (name, body) = headers.fields(text)
    assert name == headers.BODY
    assert text.endswith(body)
    assert all(name and value == value.rstrip("\n") for name, value in found)
    metadata = Headers(text)
    assert len(metadata) == len(metadata.items())
    assert isinstance(metadata.json, dict)
    for name, value in found:
        assert name in metadata
        assert headers.first(text, name) == metadata[name]
        assert value is not None


@given(st.lists(st.tuples(NAME, VALUE)), st.lists(VALUE, max_size=3))
def test_headers_as_email_reads_them(fields, body):
    assume(not any(name.startswith("From ") for name, _ in fields))
    text = "".join(f"{name}: {value}\n" for name, value in fields) + "\n" + "\n".join(body)
    message = email.message_from_string(text)
    *found, (_, rest) = headers.fields(text)
    assert found == [(name, value.lstrip(" \t")) for name, value in message.raw_items()] or any(
        value.strip(" \t") == "" for _, value in fields
    )
    assert rest == message.get_payload()


@given(
    st.lists(st.tuples(NAME, st.lists(VALUE.map(str.strip).filter(bool), min_size=1, max_size=4)))
)
def test_what_is_written_is_read(fields):
    text = "".join(name + ": " + ("\n" + " " * 8).join(lines) + "\n" for name, lines in fields)
    expected = [(name, "\n".join(lines)) for name, lines in fields]
    assert Headers(text).items() == expected
    assert Headers(str(Headers(text))).items() == expected


@given(LINES)
def test_records_of_anything(text):
    for path, digest, size in record.rows(text):
        assert path
        assert digest != ""
        assert size is None or size >= 0


FIELD = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(FIELD.filter(bool), FIELD, st.integers(0, 10**9))))
def test_records_as_csv_writes_them(rows):
    written = []
    writer = csv.writer(type("W", (), {"write": staticmethod(written.append)}), lineterminator="\n")
    writer.writerows(rows)
    expected = [(path, digest or None, size) for path, digest, size in rows]
    assert list(record.rows("".join(written))) == expected


@given(LINES)
def test_sections_of_anything(text):
    for section, name, value in sections.pairs(text):
        assert section is not None
        assert name == name.strip()
        assert value == value.strip()


WORD = st.text(string.ascii_letters + "._-", min_size=1, max_size=8)


@given(st.dictionaries(WORD, st.dictionaries(WORD, WORD, min_size=1)))
def test_entry_points_as_they_are_written(groups):
    text = "\n".join(
        f"[{group}]\n" + "\n".join(f"{name} = {value}" for name, value in entries.items())
        for group, entries in groups.items()
    )
    expected = [(g, n, v) for g, entries in groups.items() for n, v in entries.items()]
    assert list(sections.pairs(text)) == expected


@settings(max_examples=500)
@given(st.one_of(st.text("ab._:[] ,\n²é", max_size=9), st.text(max_size=9)))
def test_references_as_the_documented_pattern_has_them(value):
    match = EntryPoint.pattern.match(value)
    expected = match and (match["module"], match["attr"], (match["extras"] or "").rstrip())
    assert entrypoints.parse_reference(value) == expected


@given(st.binary(max_size=40))
def test_every_file_is_text(data):
    text = decode(data)
    assert "\r" not in text
    assert len(text) <= len(data)


@given(st.text("aB-._", max_size=10))
def test_normalisation_is_that_of_pep_503(name):
    import re

    assert names.normalize(name) == re.sub(r"[-_.]+", "-", name).lower().replace("-", "_")
