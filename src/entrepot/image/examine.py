"""What is in an image, and whether it is still right."""

from __future__ import annotations

from .. import host
from ..importers.image import format as format_
from ..importers.image.opened import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType
    from typing import Any

#: What can be wrong with a module in an image.
DAMAGED, CHANGED, VANISHED = "damaged", "changed", "vanished"


class Module:
    """A module in an image: its *record*, and what is wrong with it (*problem*), or None."""

    __slots__ = ("name", "problem", "record")

    def __init__(self, name: str, record: Any, problem: str | None = None) -> None:
        self.name = name
        self.record = record
        self.problem = problem

    @property
    def bytes(self) -> int:
        """The size of its code in the image."""
        code = self.record[format_.CODE]
        return code[2] if code else 0


def modules_of(image: Image) -> Iterator[Module]:
    """Yield the modules in *image*, by directory, and scripts under the name "__main__".

    Raises `Refused` when a directory in it is damaged.
    """
    for path in image.pieces:
        directory = image.directory(path)
        if directory is None:
            raise format_.Refused(format_.DAMAGED.format(f"directory {path!r} is"))
        for name, record in directory.records.items():
            yield Module(name, record)
    for record in image.scripts.values():
        yield Module("__main__", record)


def examined(image: Image) -> Iterator[Module]:
    """Yield the modules in *image* with what is wrong with them.

    Their code is read, and, unless the image's trust is "sealed", their files are compared.
    """
    image.doubt()
    for module in modules_of(image):
        module.problem = _problem(image, module.record)
        yield module


def _problem(image: Image, record: Any) -> str | None:
    if record[format_.CODE] is not None and not isinstance(image.code(record), _CodeType):
        return DAMAGED
    if image.trust == format_.SEALED:
        return None
    try:
        stat = host.DISK.stat(record[format_.PATH])
    except OSError:
        return VANISHED
    same = (stat.st_mtime_ns, stat.st_size) == (record[format_.MTIME], record[format_.SIZE])
    return None if same else CHANGED


_CodeType: type[CodeType] = type(modules_of.__code__)
