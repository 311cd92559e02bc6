r"""The reader of METADATA and PKG-INFO: header fields as in RFC 822, then a body.

A line is one of these (core metadata specification, RFC 822):

    Name: value       a field; the name is printable ASCII without space and colon
    <space or tab>... continues the value of the field above; skipped where there is none
    From ...          the envelope of a mailbox file: skipped
    : ...             a field without a name: skipped
    <empty>           ends the fields; the rest is the body
    anything else     ends the fields too, and is the first line of the body

Older metadata has long values with each continuation line indented by eight columns;
`unindent` takes that away.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Under this name `fields` gives the body, always as the last pair.
BODY = ""
_INDENT = " " * 8


def fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield each field of *text* as (name, value), then the body as (BODY, text).

    It reads no further than it is asked to: what wants only the version stops early.
    """
    name, start, at, length = "", 0, 0, len(text)
    while at < length:
        end = text.find("\n", at)
        if end < 0:
            end = length
        if text[at] not in " \t":
            if name:
                yield name, _value(text[start:at])
            found = _field_name(text, at, end)
            if found is None:
                yield BODY, text[at + 1 if text[at] == "\n" else at :]
                return
            name, start = found, at + len(found) + 1
        at = end + 1
    if name:
        yield name, _value(text[start:])
    yield BODY, ""


def _value(raw: str) -> str:
    return raw.rstrip("\n").lstrip(" \t\n")


def _field_name(text: str, at: int, end: int) -> str | None:
    """Return the name of the field in a line, "" if the line is skipped, None if fields end."""
    name, colon, _ = text[at:end].partition(":")
    if colon and _is_name(name):
        return name
    return "" if text.startswith((":", "From "), at, end) else None


def _is_name(name: str) -> bool:
    return bool(name) and name.isascii() and name.isprintable() and " " not in name


def first(text: str, name: str) -> str | None:
    """Return the value of the first field called *name*, in any case, or None."""
    wanted = name.lower()
    for field, value in fields(text):
        if field.lower() == wanted:
            return unindent(value)
    return None


def unindent(value: str) -> str:
    """Return *value* without the indentation of its continuation lines, if it has any."""
    if "\n" + _INDENT not in value:
        return value
    lines = [line if line.strip(" \t") else "" for line in (_INDENT + value).split("\n")]
    margin = _common_margin([line for line in lines if line])
    return "\n".join(line[margin:] for line in lines)


def _common_margin(lines: list[str]) -> int:
    """Return how many characters of white space all *lines* begin with."""
    margin = min(lines, key=_margin_of, default="")
    size = _margin_of(margin)
    while size and not all(line.startswith(margin[:size]) for line in lines):
        size -= 1
    return size


def _margin_of(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
