"""Bytes of metadata files to text.

The specifications say UTF-8, tools before them wrote what their platform had. A file that is not
UTF-8 is read as Latin-1, in which each byte is a character: the ASCII fields that matter, name
and version, survive, and nothing is raised for one odd letter in an author's name.
"""

from __future__ import annotations


def decode(data: bytes) -> str:
    r"""Return *data* as text with `\n` at the line ends."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
