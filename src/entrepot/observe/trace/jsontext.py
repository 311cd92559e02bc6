"""JSON as text, without `json`: importing that takes longer than writing a small trace."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Texts = dict[str | bool | None, str]
else:
    _Texts = dict


class Texts(_Texts):
    """The JSON text of each string, of None, True and False; each is worked out once."""

    def __init__(self) -> None:
        super().__init__({None: "null", True: "true", False: "false"})

    def __missing__(self, key: str) -> str:
        text = self[key] = quoted(key)
        return text


def quoted(text: str) -> str:
    """Return *text* as a JSON string, in ASCII."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    from json import dumps

    return dumps(text)


def text_of(value: Any) -> str:
    """Return the JSON text of *value*, which is what `json.dumps` makes of it."""
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return str(value)
    if value is None or kind is bool:
        return {None: "null", True: "true", False: "false"}[value]
    if kind is dict and all(type(key) is str for key in value):
        items = (f"{quoted(key)}: {text_of(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    if kind is list:
        return f"[{', '.join(map(text_of, value))}]"
    from json import dumps

    return dumps(value)
