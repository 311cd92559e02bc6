"""From source bytes to text: against `tokenize.detect_encoding` and `importlib.util`."""

from __future__ import annotations

import ast
import codecs
import importlib.util
import io
import sys
import tokenize

from hypothesis import assume, example, given, strategies as st

from entrepot.bytecode import source

ENCODINGS = [
    "utf-8", "UTF_8", "utf8", "utf-8-sig", "latin-1", "Latin_1", "iso-8859-1", "ISO-8859-15",
    "iso-latin-1-unix", "cp1252", "ascii", "utf-16", "nope", "koi8-r", "", "utf-8-unix",
    "-",
]  # fmt: skip
newline = st.sampled_from([b"\n", b"\r\n", b"\r"])
cookie = st.builds(
    lambda before, separator, space, name, after: (
        f"{before}coding{separator}{space}{name}{after}".encode()
    ),
    st.sampled_from(["# ", "#", " # -*- ", "\t#en", "x = 1 # ", "", "\f# vim: file"]),
    st.sampled_from([":", "=", " :", ""]),
    st.sampled_from(["", " ", "  ", "\t"]),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["", " -*-", " coding: ascii", ";"]),
)
plain = st.sampled_from(
    [b"", b"# a comment", b"x = 1", b"   ", b"\f", "# é".encode(), b"# \xe9", b"#!/bin"]
)
line = cookie | plain | st.binary(max_size=6)
data = st.builds(
    lambda bom, lines, end: bom + b"".join(text + nl for text, nl in lines) + end,
    st.sampled_from([b"", codecs.BOM_UTF8]),
    st.lists(st.tuples(line, newline), max_size=4),
    line,
)


def ours(content):
    try:
        name, start = source.encoding_of(content)
    except SyntaxError:
        return SyntaxError
    return codecs.lookup(name).name, start


def theirs(content):
    """Read by lines as they are for `tokenize`: a lone `\\r` ends one for the compiler only."""
    try:
        name, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:
        return SyntaxError
    start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    return codecs.lookup("utf-8" if name == "utf-8-sig" else name).name, start


def without_lone_returns(content):
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"")


def assume_comparable(content):
    """Until Python 3.14 the two lines of a cookie had to be UTF-8, whatever they said."""
    if sys.version_info < (3, 15):
        head = b"".join(content.splitlines(keepends=True)[:2])
        assume(b"\0" not in head and b"utf-16" not in head)
        assume(head.removeprefix(codecs.BOM_UTF8).isascii())


@given(data.map(without_lone_returns))
@example(b"# coding: latin-1\n\xe9")
@example(b"# coding: latin-1 \xe9\n")
@example(b"# \xe9\n# coding: latin-1\n")
@example(b"# \xe9\n# coding: ascii\n")
@example(b"\n# coding: latin-1\n\xe9")
@example(b"x\n# coding: latin-1\n")
@example(codecs.BOM_UTF8 + b"# coding: latin-1\n")
def test_encoding_of_as_tokenize(content):
    assume_comparable(content)
    assert ours(content) == theirs(content)


def decoded(decode, content):
    try:
        return decode(content)
    except (SyntaxError, UnicodeError, LookupError) as error:
        return SyntaxError if isinstance(error, SyntaxError) else UnicodeError


@given(data.map(without_lone_returns))
def test_decode_source_as_importlib(content):
    assume_comparable(content)
    answers = [decoded(d, content) for d in (source.decode_source, importlib.util.decode_source)]
    assert answers[0] == answers[1] or set(answers) == {SyntaxError, UnicodeError}


@given(data)
def test_what_compiles_can_be_read(content):
    """The text that `get_source()` gives is what the compiler has read."""
    try:
        expected = ast.dump(compile(content, "m", "exec", ast.PyCF_ONLY_AST))
    except (SyntaxError, ValueError):
        return
    if sys.version_info < (3, 15) and not readable(content):
        return  # Older compilers do not care what is in a comment.
    assert ast.dump(ast.parse(source.decode_source(content))) == expected


def readable(content):
    try:
        name, start = source.encoding_of(content)
        content[start:].decode(name)
    except (SyntaxError, UnicodeError):
        return False
    return True


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=30), newline)
def test_text_survives(text, end):
    text = f"# made up\nx = 1\n{text}\n".replace("\r", "")
    content = text.encode().replace(b"\n", end)
    assert source.decode_source(content) == text
    assert source.decode_source(codecs.BOM_UTF8 + content) == text
