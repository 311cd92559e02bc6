"""Source bytes to text (PEP 263, PEP 3120): byte order mark, coding cookie, newlines.

Compiling takes the bytes as they are, and decides the encoding by itself; this is for those who
want the text, such as `get_source()`.
"""

from __future__ import annotations

import codecs
import io

BOM = b"\xef\xbb\xbf"
UTF_8 = "utf-8"


def decode_source(data: bytes) -> str:
    r"""Return source as text, with `\n` for all newlines (importlib.util.decode_source).

    Raises SyntaxError for an unknown encoding or a cookie that contradicts the byte order mark,
    UnicodeDecodeError for bytes that are not in the encoding.
    """
    encoding, start = encoding_of(bytes(data))
    text, _ = codecs.lookup(encoding).decode(data[start:], "strict")
    return io.IncrementalNewlineDecoder(None, translate=True).decode(text, final=True)


def encoding_of(data: bytes) -> tuple[str, int]:
    """Return the name of the encoding of source, and where behind a byte order mark it starts.

    The cookie is looked for in the first line, and in the second if the first is empty or a
    comment; these lines must be in the encoding themselves. Raises SyntaxError as
    `decode_source`.
    """
    start = len(BOM) if data.startswith(BOM) else 0
    cookie, head = _cookie(data[start:])
    name = UTF_8 if cookie is None else _normal(cookie)
    try:
        head.decode(name)
    except LookupError:
        raise SyntaxError(f"unknown encoding: {cookie}") from None
    except UnicodeError:
        raise SyntaxError("invalid or missing encoding declaration") from None
    if start and name != UTF_8:
        raise SyntaxError(f"encoding problem: {name} with BOM")
    return name, start


def _cookie(data: bytes) -> tuple[str | None, bytes]:
    """Return the name in the cookie, or None, and the lines that were looked at for it."""
    head = b""
    for line in _two_lines(data):
        head += line
        if b"\0" in line:
            raise SyntaxError("source code cannot contain null bytes")
        text = line.decode("latin-1").strip(" \t\f\r\n")  # All that matters is ASCII.
        if text and not text.startswith("#"):
            break
        found = _declared(text)
        if found:
            return found, head
    return None, head


def _two_lines(data: bytes) -> list[bytes]:
    end = data.find(b"\n", data.find(b"\n") + 1)
    return (data if end < 0 else data[: end + 1]).splitlines(keepends=True)[:2]


def _declared(comment: str) -> str | None:
    """Return what follows `coding:` or `coding=` in a comment."""
    at = 0
    while True:
        at = comment.find("coding", at)
        if at < 0:
            return None
        at += len("coding")
        if comment[at : at + 1] in (":", "="):
            rest = comment[at + 1 :].lstrip(" \t")
            length = next((i for i, c in enumerate(rest) if not _in_name(c)), len(rest))
            if length:
                return rest[:length]


def _in_name(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_.")


def _normal(name: str) -> str:
    """Return the tokenizer's name for the two encodings that it knows under many."""
    start = name[:12].lower().replace("_", "-")
    if start == "utf-8" or start.startswith("utf-8-"):
        return UTF_8
    latin = ("latin-1", "iso-8859-1", "iso-latin-1")
    if start in latin or start.startswith(tuple(f"{one}-" for one in latin)):
        return "iso-8859-1"
    return name
