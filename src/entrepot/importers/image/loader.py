"""The loader of a source file whose code is in an image."""

from __future__ import annotations

from ...host import frames
from ...loaders.source import SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any

    from .opened import Image


class ImageLoader(SourceFileLoader):
    """The loader of the source file of *record*, whose code is in *image* too.

    In all but where the code comes from it is a `SourceFileLoader`, and once it has executed its
    module it is nothing else: a module does not differ by how its code was kept.
    """

    def __init__(self, fullname: str, record: Any, path: str, image: Image) -> None:
        self.name = fullname
        self.path = path
        self.image = image
        self.record = record

    def get_code(self, fullname: str) -> CodeType:
        """Return the code in the image, if the file is as it was, or else as for any source."""
        if fullname == self.name and self.image.is_current(self.record, self._seen()):
            code = self.image.code(self.record)
            if code is not None:
                if told := self.events.on_cached:
                    told(fullname, self.image.path)
                return code
        return super().get_code(fullname)

    def _seen(self) -> Any:
        """Return what the finder has seen of the file, if that was for this import."""
        return self.found_stat if self._is_import else None

    def exec_module(self, module: ModuleType) -> None:
        """Execute the code in the module's namespace."""
        spec = getattr(module, "__spec__", None)
        self._is_import = getattr(spec, "_initializing", False)
        code = self.get_code(module.__name__)
        if type(self) is ImageLoader:
            self._become_ordinary()
        frames.call(exec, code, vars(module))

    def _become_ordinary(self) -> None:
        del self.image, self.record
        self.found_stat = None
        self.__class__ = SourceFileLoader
