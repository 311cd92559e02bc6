"""Files of bytes as the mode of `Traversable.open` asks for them."""

from __future__ import annotations

import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any, BinaryIO

_INVALID = "Invalid mode value {!r}, only 'r' and 'rb' are supported"


def check_mode(mode: str) -> None:
    """Raise ValueError unless *mode* reads; before anything is opened."""
    if mode not in ("r", "rb", "rt"):
        raise ValueError(_INVALID.format(mode))


def wrap(stream: BinaryIO, mode: str, *args: Any, **kwargs: Any) -> IO[Any]:
    """Return *stream* itself for "rb", and a text file over it for "r".

    The arguments are those of `io.TextIOWrapper`. Raises ValueError for any other mode and for
    arguments that bytes have no use for; *stream* is closed then.
    """
    try:
        check_mode(mode)
        if mode != "rb":
            return io.TextIOWrapper(stream, *args, **kwargs)
        if args or any(value is not None for value in kwargs.values()):
            raise ValueError("encoding args invalid for binary operation")
    except BaseException:
        stream.close()
        raise
    return stream
