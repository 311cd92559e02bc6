"""What `entrepot` itself offers: the import system of this process.

Here everything comes together, so this module brings most of entrepot with it. The package loads
it when one of these names is first asked for; `import entrepot.metadata` does without.
"""

from __future__ import annotations

from .core.system import PROCESS_SYSTEM as process  # noqa: N811 - its public name
from .host import features, warn
from .installation import install, is_installed, uninstall
from .startup import Section

if features.HAS_LEGACY:
    from . import legacy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .importers.image import InUse

__all__ = [
    "__import__",
    "find_spec",
    "import_module",
    "install",
    "invalidate_caches",
    "is_installed",
    "process",
    "reload",
    "uninstall",
    "use_image",
]

__import__ = process.__import__
find_spec = process.find_spec
import_module = process.import_module
invalidate_caches = process.invalidate_caches
reload = process.reload


def use_image(path: Any, trust: str = "checked") -> InUse:
    """Let the image in the file *path* serve imports from now on (`entrepot image build`).

    With *trust* "checked" each module's source must have the size and mtime that it had; with
    "sealed" nothing is compared. The result has `close()`, and is a context manager that closes
    it at its end. An image that cannot be used is refused with a RuntimeWarning, and the result's
    `refused` says why. Raises ValueError for another *trust*, TypeError for what is no path.
    """
    with Section("image"):
        from .importers import image
    try:
        return image.use(path, trust)
    except image.Refused as problem:
        path = image.path_of(path)
        warn(f"the image {path!r} is not used: {problem}", RuntimeWarning, stacklevel=2)
        return image.InUse(path, trust, None, str(problem))


if features.HAS_LEGACY:
    legacy.apply()
