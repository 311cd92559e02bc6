"""Puts a candidate in the place of `importlib` for the interpreter's own tests.

Those tests come in pairs that `test.test_importlib.util.test_both` makes of one class: *Frozen*
takes `importlib` as the interpreter holds it, *Source* a second copy. `util.import_importlib`
hands both out. Here the *Source* one is the candidate, the *Frozen* one is left as it is (with
`install()` active it shows that the interpreter's own API still works on top of the candidate),
and `import importlib...` in a test module gives the candidate too.

Two modules that the tests ask for are private to CPython, `importlib._bootstrap` and
`importlib._bootstrap_external`. Whatever of them is public under another name is the candidate's,
and so is what its import system does under another name; the few helpers that tests use as tools,
to make their data, are the interpreter's own; any other name is a `Missing`, and a test that uses
one fails with `PrivateName`.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: What the candidate stands for. The private ones are made from its public modules.
SUBMODULES = ("abc", "machinery", "util")
PRIVATE = ("_bootstrap", "_bootstrap_external")

#: Private names whose object is public under another one.
RENAMED = {"_NamespacePath": "NamespacePath", "_NamespaceLoader": "NamespaceLoader"}

#: Private functions, and what the candidate's import system calls the same thing.
VERBS = {"_exec": "execute_again", "_load": "load", "_load_unlocked": "load"}

#: Helpers that tests only use to make their data or to ask about the platform: they are not what
#: is tested, so the interpreter's own will do.
TOOLS = frozenset(
    {
        "_blocking_on",
        "_code_to_hash_pyc",
        "_code_to_timestamp_pyc",
        "_os",
        "_pack_uint32",
        "_path_isabs",
        "_path_join",
        "_path_split",
        "_unpack_uint16",
        "_unpack_uint32",
        "path_sep",
        "path_separators",
    }
)

#: Loaded before the names are swapped: the tests' own helpers rely on the interpreter's.
PRELOADED = (
    "compileall",
    "importlib.metadata",
    "importlib.resources",
    "inspect",
    "pkgutil",
    "py_compile",
    "runpy",
    "test.support.script_helper",
    "unittest.mock",
    "zipfile",
    "zipimport",
)


class PrivateName(AttributeError):
    """A test asks for a name that is private to CPython."""


class Missing:
    """A private name; test modules may mention it, only its use fails."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: object, **kwargs: object) -> object:
        raise PrivateName(f"{self._name} is private to CPython")

    def __getattr__(self, name: str) -> object:
        raise PrivateName(f"{self._name} is private to CPython")


class PrivateModule(types.ModuleType):
    """What stands for `importlib._bootstrap` or `importlib._bootstrap_external`."""

    def __init__(self, own: types.ModuleType, candidate: types.ModuleType) -> None:
        super().__init__(own.__name__)
        self.__dict__["_own"] = own
        self.__dict__["_candidate"] = candidate

    def __getattr__(self, name: str) -> object:
        """The candidate's public object, or a tool of the interpreter."""
        public = RENAMED.get(name, name)
        for submodule in SUBMODULES:
            found = getattr(getattr(self._candidate, submodule), public, None)
            if found is not None:
                return found
        if name == "_get_supported_file_loaders":
            return self._file_loaders
        system = getattr(self._candidate, "process", None)
        if name == "_module_repr" and system is not None:
            core = importlib.import_module(f"{self._candidate.__name__}.core.module")
            return core.representation
        if name in VERBS and system is not None:
            return getattr(system, VERBS[name])
        if name in TOOLS:
            return getattr(self._own, name)
        if name.startswith("__"):
            raise AttributeError(name)
        return Missing(f"{self.__name__}.{name}")

    def _file_loaders(self) -> list[tuple[type, list[str]]]:
        """What `FileFinder` is given for the kinds of files of this interpreter."""
        machinery = self._candidate.machinery
        return [
            (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
            (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
            (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
        ]


class Blocked:
    """`importlib._bootstrap._blocking_on` for tests that watch which lock a thread waits for."""

    def __init__(self, own: dict[int, list[object]], candidate: types.ModuleType) -> None:
        self.own = own
        self.candidate = candidate

    def get(self, thread: int, default: object = ()) -> list[object]:
        """The locks that *thread* waits for, the interpreter's and the candidate's."""
        process = getattr(self.candidate, "process", None)
        waiting = getattr(getattr(process, "locks", None), "_waiting", {})
        ours = waiting.get(thread)
        return [*self.own.get(thread, []), *([] if ours is None else [ours])]


class Watched(types.ModuleType):
    """The interpreter's own `importlib._bootstrap`, with the candidate's waiting threads in it."""

    def __init__(self, own: types.ModuleType, candidate: types.ModuleType) -> None:
        super().__init__(own.__name__)
        self.__dict__["_own"] = own
        self.__dict__["_blocking_on"] = Blocked(own._blocking_on, candidate)

    def __getattr__(self, name: str) -> object:
        """What the interpreter's module has."""
        return getattr(self._own, name)


class Face(types.ModuleType):
    """The candidate as `importlib`, with modules of the tests' choice for the private two."""

    def __init__(self, candidate: types.ModuleType, private: dict[str, types.ModuleType]) -> None:
        super().__init__("importlib")
        self.__dict__.update(candidate.__dict__, **private)
        self.__dict__["_candidate"] = candidate

    def __getattr__(self, name: str) -> object:
        """What the candidate loads on demand, or a tool of the interpreter."""
        return getattr(importlib if name in TOOLS else self._candidate, name)


def submodules_of(candidate: types.ModuleType) -> dict[str, types.ModuleType]:
    """The candidate's modules under the names of importlib's."""
    return {
        f"importlib.{name}": importlib.import_module(f"{candidate.__name__}.{name}")
        for name in SUBMODULES
    }


def source_variant(candidate: types.ModuleType) -> dict[str, types.ModuleType]:
    """What the *Source* tests get for each name of importlib."""
    private = {
        name: PrivateModule(importlib.import_module(f"importlib.{name}"), candidate)
        for name in PRIVATE
    }
    modules = {f"importlib.{name}": module for name, module in private.items()}
    return {"importlib": Face(candidate, private), **submodules_of(candidate), **modules}


def put_in_place(candidate: types.ModuleType) -> None:
    """Make `import importlib` and the tests' *Source* variants give the candidate, for good.

    What a test module imports directly has the interpreter's own private modules, because both
    variants share it.
    """
    for name in PRELOADED:
        importlib.import_module(name)
    util = importlib.import_module("test.test_importlib.util")
    private = {name: importlib.import_module(f"importlib.{name}") for name in PRIVATE}
    if candidate is not importlib:
        private["_bootstrap"] = Watched(private["_bootstrap"], candidate)
    swapped = {"importlib": Face(candidate, private), **submodules_of(candidate)}
    own = {name: sys.modules[name] for name in swapped}
    util.import_importlib = pairs(
        util.import_importlib, source_variant(candidate), swap=swapped, back=own
    )
    util.__import__["Source"] = staticmethod(candidate.__import__)
    sys.modules.update(swapped)


def pairs(
    import_importlib: Callable[[str], dict[str, types.ModuleType]],
    source: dict[str, types.ModuleType],
    *,
    swap: dict[str, types.ModuleType],
    back: dict[str, types.ModuleType],
) -> Callable[[str], dict[str, types.ModuleType]]:
    """`util.import_importlib` with the candidate as the *Source* variant.

    While the original makes the *Frozen* one, the interpreter's modules are *back*.
    """

    def import_pair(name: str) -> dict[str, types.ModuleType]:
        sys.modules.update(back)
        try:
            pair = import_importlib(name)
        finally:
            sys.modules.update(swap)
        return {**pair, "Source": source.get(name, pair["Source"])}

    return import_pair
