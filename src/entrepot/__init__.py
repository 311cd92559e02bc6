"""Python's import system as a library.

`import entrepot as importlib` works: `import_module`, `__import__`, `reload` and
`invalidate_caches` are those of this process's import system; `abc`, `machinery`, `util`,
`metadata`, `resources`, `zipimport`, `pkgutil` and `runpy` are loaded when they are first used.
Beyond that, `install()` puts entrepot behind the `import` statement, and `ImportSystem(...)`
is an import system of its own. Read on in docs/architecture.md, then in `core/`.
"""

from __future__ import annotations

from .startup import Section

with Section("start"):
    from . import defaults
    from .core import readers
    from .core.system import PROCESS_SYSTEM as process  # noqa: N811 - its public name
    from .host import features
    from .installation import install, is_installed, uninstall

    if features.HAS_LEGACY:
        from . import legacy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .metadata import Metadata
    from .observe.why import explain as explain
    from .resources import Resources

__version__ = "0.1.0"

__all__ = [
    "ImportSystem",
    "__import__",
    "import_module",
    "install",
    "invalidate_caches",
    "is_installed",
    "process",
    "reload",
    "uninstall",
]

_SUBMODULES = frozenset(
    {"abc", "machinery", "metadata", "pkgutil", "resources", "runpy", "util", "zipimport"}
)
#: What is for people, and where: loaded when it is first asked for.
_TOOLS = {"explain": "observe.why"}

__import__ = process.__import__
find_spec = process.find_spec
import_module = process.import_module
invalidate_caches = process.invalidate_caches
reload = process.reload


class ImportSystem(defaults.ImportSystem):  # noqa: D101 - two lines down
    __doc__ = defaults.ImportSystem.__doc__

    @property
    def metadata(self) -> Metadata:
        """The metadata of the distributions on this system's path (entrepot.metadata)."""
        if "_metadata" not in self.__dict__:
            from .metadata import Metadata

            self._metadata = Metadata(self)
        return self._metadata

    @property
    def resources(self) -> Resources:
        """The resources of this system's packages (entrepot.resources)."""
        if "_resources" not in self.__dict__:
            from .resources import Resources

            self._resources = Resources(self)
        return self._resources


def _reader_for(loader: Any, fullname: str) -> Any:
    from .resources.readers import reader_for

    return reader_for(loader, fullname)


readers.provide(_reader_for)
if features.HAS_LEGACY:
    legacy.apply()


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return import_module(f"{__name__}.{name}")
    if name in _TOOLS:
        return getattr(import_module(f"{__name__}.{_TOOLS[name]}"), name)
    if features.HAS_LEGACY and name != "legacy":
        return legacy.attribute(__name__, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_SUBMODULES, *_TOOLS})
