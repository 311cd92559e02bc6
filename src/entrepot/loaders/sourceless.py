"""A pyc alone, without the source that it was made from."""

from __future__ import annotations

from ..bytecode import fresh, header as headers
from ..host import resident
from .base import CodeLoader, FileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType


class DamagedBytecodeError(ImportError, EOFError):
    """A pyc that is the only form of its module cannot be read.

    It is an ImportError, which names the file and says why, and an EOFError, because that is
    what the standard library raises for a pyc that is cut short.
    """


class SourcelessFileLoader(FileLoader, CodeLoader, resident.SourcelessFileLoader):  # type: ignore[misc]
    """The loader of a bytecode file (importlib.machinery.SourcelessFileLoader)."""

    def get_code(self, fullname: str) -> CodeType:
        """Return the code in the file; ImportError when it is damaged or another version's."""
        path = self.get_filename(fullname)
        data = self.get_data(path)
        if told := self.events.on_read:
            told(fullname, path, len(data))
        try:
            headers.parse(data, fullname, path)
            code = fresh.load_code(data, fullname, path)
        except ImportError:
            raise
        except (EOFError, ValueError, TypeError) as error:
            text = f"cannot read the bytecode of {fullname!r} in {path!r}: {error}"
            raise DamagedBytecodeError(text, name=fullname, path=path) from error
        if told := self.events.on_cached:
            told(fullname, path)
        return code

    def get_source(self, fullname: str) -> None:
        """Return None: there is no source."""
