"""WindowsRegistryFinder: modules that the Windows registry names (deprecated since 3.6)."""

from __future__ import annotations

import sys

from ..core import spec_making as specs
from ..host import DISK, resident, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class WindowsRegistryFinder(resident.WindowsRegistryFinder):  # type: ignore[misc]
    """The finder of modules declared in the registry (importlib.machinery).

    Under each of HKEY_CURRENT_USER and HKEY_LOCAL_MACHINE, the default value of the key is the
    path of the module's file. *loader_details* are as for `FileFinder`.
    """

    REGISTRY_KEY = r"Software\Python\PythonCore\{sys_version}\Modules\{fullname}"
    REGISTRY_KEY_DEBUG = REGISTRY_KEY + r"\Debug"
    DEBUG_BUILD = sys.platform == "win32" and hasattr(sys, "gettotalrefcount")
    #: Set by whoever composes a system: pairs of loader and suffixes.
    loader_details: tuple[Any, ...] = ()

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Return the spec of the module that the registry names, or None."""
        text = (
            "WindowsRegistryFinder is deprecated; use site configuration instead. Future versions "
            "of Python may not enable this finder by default."
        )
        location = cls._location(fullname)
        if location is None:
            return None
        warn(text, DeprecationWarning, stacklevel=2)
        try:
            DISK.stat(location)
        except OSError:
            return None
        for load, suffixes in cls.loader_details:
            if location.endswith(tuple(suffixes)):
                loader = load(fullname, location)
                return specs.spec_from_loader(fullname, loader, origin=location)
        return None

    @classmethod
    def _location(cls, fullname: str) -> str | None:
        winreg: Any = sys.modules.get("winreg") or _builtin_winreg()
        if winreg is None:
            return None
        key = cls.REGISTRY_KEY_DEBUG if cls.DEBUG_BUILD else cls.REGISTRY_KEY
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        subkey = key.format(fullname=fullname, sys_version=version)
        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                with winreg.OpenKey(root, subkey) as opened:
                    return winreg.QueryValue(opened, "")  # type: ignore[no-any-return]
            except OSError:
                continue
        return None


def _builtin_winreg() -> Any:
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 - a built-in module, on Windows only

    return winreg
