"""Images in use: in front of the hooks for archives and directories, until they are taken out.

A path hook makes the finders of the directories that are in the image. Nothing else of the
process is touched, so an image serves with and without `entrepot.install()`.
"""

from __future__ import annotations

import sys

from ...finders.directory import FileFinder
from ...host import DISK, resident
from ..zip import path_hook as archive_hook
from . import format as format_
from .finder import ImageFinder
from .opened import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

_FORMAT, _DIRECTORY = 0o170000, 0o040000
_TRUST = "trust is 'checked' or 'sealed', not {!r}"


class ImageHook:
    """The path hook of an image: it takes the directories that are in it."""

    __slots__ = ("image",)

    def __init__(self, image: Image) -> None:
        self.image = image

    def __call__(self, path: str) -> ImageFinder:
        """Return the finder of the directory *path*; ImportError if the image has not got it."""
        image = self.image
        if path in image.pieces and (image.trust == format_.SEALED or _is_directory(path)):
            known = image.directory(path)
            if known is not None:
                return ImageFinder(path, image, known)
        raise ImportError("not a directory of the image", path=path)

    def __repr__(self) -> str:
        return f"<path hook of the image {self.image.path!r}>"


def _is_directory(path: str) -> bool:
    try:
        return DISK.stat(path).st_mode & _FORMAT == _DIRECTORY
    except (OSError, ValueError):
        return False


class InUse:
    """An image that serves imports until `close()`; as a context manager, until its end.

    *refused* is why it does not, or None.
    """

    __slots__ = ("_hook", "path", "refused", "trust")

    def __init__(self, path: str, trust: str, hook: ImageHook | None, refused: str | None) -> None:
        self.path = path
        self.trust = trust
        self.refused = refused
        self._hook = hook

    @property
    def image(self) -> Image | None:
        """The image, unless it was refused, or closed."""
        return None if self._hook is None else self._hook.image

    def script(self, path: str) -> CodeType | None:
        """Return the code of the script *path*, if the image has it and its file is as it was."""
        image = self.image
        record = None if image is None else image.scripts.get(path)
        if image is None or record is None or not image.is_current(record):
            return None
        return image.code(record)

    def close(self) -> None:
        """Take the image out of use; modules that it has served stay. Twice is once."""
        hook, self._hook = self._hook, None
        if hook is None:
            return
        sys.path_hooks[:] = [each for each in sys.path_hooks if each is not hook]
        _forget(lambda finder: getattr(finder, "image", None) is hook.image)

    def __enter__(self) -> InUse:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "refused" if self.refused else "in use" if self._hook else "closed"
        return f"<image {self.path!r}, {self.trust}, {state}>"


def use(path: Any, trust: str = format_.CHECKED) -> InUse:
    """Let the image in the file *path* serve this process's imports from now on.

    Raises `Refused` when it cannot, ValueError for a *trust* that there is not.
    """
    path = path_of(path)
    if trust not in format_.TRUSTS:
        raise ValueError(_TRUST.format(trust))
    image = Image(path, trust)
    hook = ImageHook(image)
    sys.path_hooks.insert(_place(sys.path_hooks), hook)
    known = (FileFinder, resident.FileFinder, ImageFinder)
    _forget(lambda finder: type(finder) in known and finder.path in image.pieces)
    return InUse(path, trust, hook, None)


def path_of(path: Any) -> str:
    """Return the path of an image as str; TypeError for what is no path."""
    path = path.__fspath__() if hasattr(path, "__fspath__") else path
    if not isinstance(path, str):
        raise TypeError(f"an image is named by a path, not {type(path).__name__}")
    return path


def _place(hooks: list[Any]) -> int:
    """Return where an image belongs: before the hooks that read archives and directories."""
    return next((at for at, hook in enumerate(hooks) if _reads_files(hook)), len(hooks))


def _reads_files(hook: Any) -> bool:
    archives = hook is resident.zipimporter or hook is archive_hook
    ours = getattr(hook, "__module__", None) == FileFinder.__module__
    return archives or ours or isinstance(hook, ImageHook) or resident.is_directory_hook(hook)


def _forget(is_old: Any) -> None:
    """Have the finders made anew for which *is_old* is true."""
    cache = sys.path_importer_cache
    for entry, finder in list(cache.items()):
        if is_old(finder):
            cache.pop(entry, None)
