"""The metadata of one distribution as a mapping of header fields.

`Headers` is what `metadata()` returns: the `PackageMetadata` protocol of importlib.metadata, and
of `email.message.Message` what reads. That class itself, with everything it can, is made when
something else is asked for; only then is `email` imported.
"""

from __future__ import annotations

from . import headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from typing import Any

#: Fields that may occur more than once (core metadata specification), as `json` keys.
MULTIPLE_USE = frozenset(
    {
        "classifier",
        "dynamic",
        "import_name",
        "import_namespace",
        "license_file",
        "obsoletes_dist",
        "platform",
        "project_url",
        "provides_dist",
        "provides_extra",
        "requires_dist",
        "requires_external",
        "supported_platform",
    }
)


class Headers:
    """Core metadata: header fields, in the order of the file, found in any case.

    A body is given as a last field, `Description` (core metadata 2.1). Values are unindented
    text. Equal if all fields are equal.
    """

    __slots__ = ("_fields", "_first", "_message")

    def __init__(self, text: str) -> None:
        *found, (_, body) = headers.fields(text)
        found = [(name, headers.unindent(value)) for name, value in found]
        if body:
            found.append(("Description", body))
        self._fields = found
        self._first = {name.lower(): value for name, value in reversed(found)}
        self._message: Message | None = None

    def __getitem__(self, name: str) -> str:
        try:
            return self._first[name.lower()]
        except KeyError:
            raise KeyError(name) from None

    def get(self, name: str, failobj: Any = None) -> Any:
        """Return the value of the first field called *name*, or *failobj*."""
        return self._first.get(name.lower(), failobj)

    def get_all(self, name: str, failobj: Any = None) -> Any:
        """Return the values of all fields called *name* as a list, or *failobj* if none is."""
        wanted = name.lower()
        found = [value for field, value in self._fields if field.lower() == wanted]
        return found or failobj

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._first

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._fields)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._fields == other._fields

    def __hash__(self) -> int:
        return hash(tuple(self._fields))

    def keys(self) -> list[str]:
        """Return the names of all fields, as spelled in the file, with repetitions."""
        return [name for name, _ in self._fields]

    def values(self) -> list[str]:
        """Return the values of all fields."""
        return [value for _, value in self._fields]

    def items(self) -> list[tuple[str, str]]:
        """Return all fields as (name, value)."""
        return list(self._fields)

    @property
    def json(self) -> dict[str, str | list[str]]:
        """The fields as JSON data (PEP 566, "JSON-compatible Metadata").

        Keys are in lower case with underscores, multiple-use fields and keywords are lists.
        """
        found: dict[str, str | list[str]] = {}
        for name, value in self._fields:
            key = name.lower().replace("-", "_")
            if key in MULTIPLE_USE:
                found.setdefault(key, []).append(value)  # type: ignore[union-attr]
            elif key == "keywords":
                found.setdefault(key, value.split() or [""])
            else:
                found.setdefault(key, value)
        return found

    def as_string(self) -> str:
        """Return the metadata as a METADATA file has it, continuation lines indented."""
        written = [f"{name}: {_indented(value)}" for name, value in self._fields]
        return "".join(written) + "\n"

    __str__ = as_string

    def get_payload(self) -> str:
        """Return "": the body has become the field Description."""
        return ""

    @property
    def message(self) -> Message:
        """The same as an `email.message.Message`, for whoever needs one."""
        if self._message is None:
            from email.message import Message

            self._message = Message()
            for name, value in self._fields:
                self._message[name] = value
            self._message.set_payload("")
        return self._message

    def __getattr__(self, name: str) -> Any:
        # Protocol probes (copy, pickle, IPython) must not import email; slots may be unset.
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self.message, name)

    def __reduce__(self) -> tuple[type[Headers], tuple[str]]:
        return type(self), (self.as_string(),)


def _indented(value: str) -> str:
    lines = value.lstrip().replace("\n", "\n" + " " * 8).rstrip(" ")
    return lines if lines.endswith("\n") else lines + "\n"
