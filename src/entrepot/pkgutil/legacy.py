"""What `pkgutil` still has on older hosts; each part is deleted with the last of them."""

from __future__ import annotations

import sys

from ..core.system import PROCESS_SYSTEM
from ..host import features, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DEPRECATED = "{!r} is deprecated and slated for removal in Python 3.14; use {} instead"

if features.VERSION < (3, 14):

    def find_loader(fullname: str) -> Any:
        """Return the loader of the module *fullname*, or None (pkgutil.find_loader)."""
        _announce("pkgutil.find_loader", "importlib.util.find_spec()")
        if fullname.startswith("."):
            raise ImportError(f"Relative module name {fullname!r} not supported")
        return _loader_of(fullname)

    def get_loader(module_or_name: Any) -> Any:
        """Return the loader of a module, or of the module of that name (pkgutil.get_loader)."""
        _announce("pkgutil.get_loader", "importlib.util.find_spec()")
        if module_or_name in sys.modules:
            module_or_name = sys.modules[module_or_name]
            if module_or_name is None:
                return None
        if isinstance(module_or_name, type(sys)):
            loader = getattr(module_or_name, "__loader__", None)
            if loader is not None:
                return loader
            if getattr(module_or_name, "__spec__", None) is None:
                return None
            module_or_name = module_or_name.__name__
        return _loader_of(module_or_name)


def _announce(name: str, instead: str) -> None:
    if features.VERSION >= (3, 12):
        warn(_DEPRECATED.format(name, instead), DeprecationWarning, stacklevel=3)


def _loader_of(fullname: str) -> Any:
    try:
        spec = PROCESS_SYSTEM.find_spec(fullname)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        # The one exception that these functions ever raised.
        text = f"Error while finding loader for {fullname!r} ({type(error)}: {error})"
        raise ImportError(text) from error
    return None if spec is None else spec.loader


if features.VERSION < (3, 12):
    # Emulations of the importer of Python 2, on top of `imp`: the host's own will do.
    import pkgutil as _pkgutil

    ImpImporter = _pkgutil.ImpImporter
    ImpLoader = _pkgutil.ImpLoader
