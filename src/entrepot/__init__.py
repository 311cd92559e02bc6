"""Python's import system as a library.

`import entrepot as importlib` works: `import_module`, `__import__`, `reload` and
`invalidate_caches` are those of this process's import system; `abc`, `machinery`, `util`,
`metadata`, `resources`, `zipimport`, `pkgutil` and `runpy` are loaded when they are first used.
Beyond that, `install()` puts entrepot behind the `import` statement, and `ImportSystem(...)`
is an import system of its own. Read on in docs/architecture.md, then in `core/`.

Nothing is loaded before it is asked for (PEP 562): what needs no import system, such as
`entrepot.metadata`, must not wait for one. The names here are those of `front.py`.

(The plugin for pytest makes that want to rewrite this package, and complain where it is running
all imports: PYTEST_DONT_REWRITE.)
"""

# (Without `from __future__ import annotations`: see `startup.py`.)
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .front import (
        find_spec as find_spec,
        import_module as import_module,
        install as install,
        invalidate_caches as invalidate_caches,
        is_installed as is_installed,
        process as process,
        reload as reload,
        uninstall as uninstall,
        use_image as use_image,
    )
    from .observe.graph import graph as graph
    from .observe.trace import trace as trace
    from .observe.why import explain as explain
    from .systems import ImportSystem as ImportSystem

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
    "use_image",
]

_statement = __import__  # Before it is the name of entrepot's own.

_FRONT = frozenset({*__all__, "find_spec"} - {"ImportSystem"})
_SUBMODULES = frozenset(
    {"abc", "machinery", "metadata", "pkgutil", "resources", "runpy", "util", "zipimport"}
)
#: What is for people, and where.
_TOOLS = {"explain": "observe.why", "graph": "observe.graph", "trace": "observe.trace"}
#: What older hosts still offer (`entrepot.legacy`).
_LEGACY = frozenset({"find_loader"})


def __getattr__(name: str) -> "Any":
    if name in _FRONT:
        return _from_front(name)
    if name == "ImportSystem":
        _from_front("process")
        globals()[name] = system = _part("systems").ImportSystem
        return system
    if name in _SUBMODULES:
        return _part(name)
    if name in _TOOLS:
        return getattr(_part(_TOOLS[name]), name)
    if name in _LEGACY:
        return _part("legacy.face").attribute(__name__, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _from_front(name: str) -> "Any":
    from .startup import Section

    with Section("host", whole=True):
        _part("host")
    with Section("start", whole=True):
        front = _part("front")
    # Threads may all come here; what they store is the same.
    globals().update({each: getattr(front, each) for each in _FRONT})
    return globals()[name]


def _part(name: str) -> "Any":
    # The statement, not import_module: whatever system imported this package imports its parts.
    return _statement(f"{__name__}.{name}", fromlist=["*"])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_FRONT, *_SUBMODULES, *_TOOLS})
