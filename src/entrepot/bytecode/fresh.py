"""What is asked of most pycs, which are by time and fresh; the rest is in `header` and `policy`."""

from __future__ import annotations

from .. import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

#: Bytes of the header; what its numbers are modulo.
SIZE, MASK = 16, 0xFFFF_FFFF
_MAGIC_AND_NO_FLAGS = host.MAGIC_NUMBER + bytes(4)
SOURCE_NEWER = "the source was modified after the pyc was written, within one second"


def fresh_by_time(mtime: float, size: int) -> bytes:
    """Return the 16 bytes that a pyc by time starts with when it fits this source."""
    return (
        _MAGIC_AND_NO_FLAGS
        + (int(mtime) & MASK).to_bytes(4, "little")
        + (size & MASK).to_bytes(4, "little")
    )


def stale_by_race(source: float, pyc: float) -> str | None:
    """Return why a pyc by time is stale though mtime (in seconds) and size agree, or None.

    The header has whole seconds only: source that was changed in the second in which its pyc
    was written looks unchanged (gh-121376). The file system knows better: *source* and *pyc*
    are the mtimes of the two files (seconds, with all decimals).
    """
    return SOURCE_NEWER if pyc < source and int(pyc) == int(source) else None


def load_code(data: bytes, name: str, bytecode_path: str | None) -> CodeType:
    """Return the code of the pyc content *data*.

    Raises ImportError when it holds something else; EOFError, ValueError or TypeError when it
    is damaged.
    """
    code = host.marshal_loads(memoryview(data)[SIZE:])
    if not isinstance(code, _CodeType):
        text = f"Non-code object in {bytecode_path!r}"
        raise ImportError(text, name=name, path=bytecode_path)
    return code


_CodeType: type[CodeType] = type(load_code.__code__)
