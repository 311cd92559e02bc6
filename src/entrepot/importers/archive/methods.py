"""The compression methods of zip members, as a table (APPNOTE 4.4.5).

Their modules are imported when the first member needs them, for most archives and most programs
never do. That import may itself be served from an archive: a thread that needs a decompressor
in order to import it gets an ArchiveError instead of an endless recursion.
"""

from __future__ import annotations

import sys

from ... import host
from .end import ArchiveError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    #: Makes a decompressor, given its module, the member's data and its size when expanded;
    #: returns it with the data that is left for it.
    Start = Callable[[ModuleType, bytes, int], tuple[Any, bytes]]

STORED = 0


class Method:
    """A compression method: its name, its module, what that raises, and how it starts.

    *ends* says that the end of the data is marked.
    """

    __slots__ = ("ends", "error", "module", "name", "start")

    def __init__(self, name: str, module: str, error: str, start: Start, ends: bool = True) -> None:
        self.name = name
        self.module = module
        self.error = error
        self.start = start
        self.ends = ends

    def expand(self, data: bytes, size: int) -> bytes:
        """Return *data* expanded; ArchiveError unless that gives *size* bytes exactly."""
        module = _imported(self.module)
        # MemoryError: what the data itself asks for, before there is a byte of result.
        errors = (getattr(module, self.error, OSError), OSError, EOFError, ValueError, MemoryError)
        try:
            decompressor, data = self.start(module, data, size)
            # One more byte than there should be: enough to see that there are more.
            result: bytes = decompressor.decompress(data, size + 1)
            while len(result) <= size and decompressor.eof and decompressor.unused_data:
                # Several streams, or frames, one behind the other.
                decompressor, data = self.start(module, decompressor.unused_data, size)
                result += decompressor.decompress(data, size + 1 - len(result))
        except errors as error:
            raise ArchiveError(f"can't decompress data; {self.name}: {error}") from error
        if len(result) > size:
            raise ArchiveError(f"can't decompress data; more than the {size} bytes announced")
        if len(result) < size or (self.ends and not decompressor.eof):
            raise ArchiveError("can't decompress data; it is cut short")
        return result


_importing: set[tuple[int, str]] = set()


def _imported(name: str) -> ModuleType:
    module = sys.modules.get(name)
    if module is None or _is_incomplete(module):
        module = _import(name)
    return module


def _is_incomplete(module: ModuleType) -> bool:
    return bool(getattr(module.__spec__, "_initializing", False))


def _import(name: str) -> ModuleType:
    key = host.get_ident(), name
    if key in _importing:
        raise ArchiveError(f"can't decompress data; {name} not available")
    _importing.add(key)
    try:
        with host.without_import_lock():
            __import__(name)  # A statement at the top would import it where nobody needs it.
    except ImportError as error:
        raise ArchiveError(f"can't decompress data; {name} not available") from error
    finally:
        _importing.discard(key)
    module = sys.modules[name]
    if _is_incomplete(module):  # Not even now: this very import needs it.
        raise ArchiveError(f"can't decompress data; {name} not available")
    return module


def crc32(data: bytes) -> int | None:
    """Return the CRC-32 of *data*; None where the interpreter cannot compute it."""
    try:
        module: Any = _imported("binascii")
    except ArchiveError:
        return None
    result: int = module.crc32(data)
    return result


def _start_deflate(zlib: Any, data: bytes, size: int) -> tuple[Any, bytes]:
    return zlib.decompressobj(-15), data


def _start_bzip2(bz2: Any, data: bytes, size: int) -> tuple[Any, bytes]:
    return bz2.BZ2Decompressor(), data


def _start_lzma(lzma: Any, data: bytes, size: int) -> tuple[Any, bytes]:
    """Read the properties that are in front of the data (APPNOTE 5.8.8)."""
    if len(data) < 9 or data[2:4] != b"\x05\0":
        raise ValueError("bad properties")
    rest, literal_context = divmod(data[4], 9)
    position, literal_position = divmod(rest, 5)
    properties = {
        "id": lzma.FILTER_LZMA1,
        "lc": literal_context,
        "lp": literal_position,
        "pb": position,
        # No more is ever looked back than there is, whatever memory the archive asks for.
        "dict_size": max(4096, min(int.from_bytes(data[5:9], "little"), size)),
    }
    decompressor = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[properties])
    return decompressor, data[9:]


def _start_zstandard(zstd: Any, data: bytes, size: int) -> tuple[Any, bytes]:
    return zstd.ZstdDecompressor(), data


METHODS = {
    8: Method("deflate", "zlib", "error", _start_deflate),
    12: Method("bzip2", "bz2", "Error", _start_bzip2),
    14: Method("lzma", "lzma", "LZMAError", _start_lzma, ends=False),
    93: Method("zstandard", "compression.zstd", "ZstdError", _start_zstandard),
}
