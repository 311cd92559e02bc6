"""entrepot's own start: its modules from one file instead of some sixty.

Finding, opening and checking many small files takes most of the time in which entrepot starts.
So the code of a section of its modules is kept in one more file beside their pycs, the bundle:

    with Section("metadata"):
        from .environment import Metadata

(`loaded()` does that for a module that is wanted later.)

Entering it loads the bundle, if there is one and each source file in it is as it was (mtime in
nanoseconds and size, one `stat` a file): the modules are executed in the order in which they
once got ready, so that an import statement in one of them finds the others in `sys.modules`.
Without a fresh bundle the statements in the section load the modules as ever, and leaving it
writes a new one (`bundling.py`); so it does if there are more modules than in the bundle, which was
written by a process that had some of them already. Modules of a bundle do not get ready one by one
under their locks, as those that are imported do; so a process that has several threads goes without
bundles.

Modules that most programs never need (`bundling.LATE`) are read with the others, and do their
imports, but the rest of their bodies waits until somebody asks for one of their attributes. From
then on they are like all others; no file is looked at for that, and nothing is imported. Whoever
imports one must not want anything of it at once: `from . import advice`, not
`from .advice import modernise`.

This module is loaded before `host/`, so it names the interpreter's modules itself. All of it is
best effort: what cannot be read or written is left alone, and where those modules are not there,
or another host is asked for (`host/chosen.py`), there are no bundles.
"""

# What is loaded before any bundle does without `from __future__ import annotations`: that module
# would be found and loaded in each start.
import gc
import marshal
import sys

try:
    import _frozen_importlib
    import _frozen_importlib_external
    import _thread
    from _io import FileIO

    if sys.platform == "win32":
        import nt as os
    else:
        import posix as os
except ImportError:
    _HAS_BUNDLES = False
else:
    _other: "Any" = "ENTREPOT_HOST" if sys.platform == "win32" else b"ENTREPOT_HOST"
    _HAS_BUNDLES = _other not in os.environ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["DIRECTORY", "Section", "loaded", "os"]

_PACKAGE = __name__.rpartition(".")[0]
#: Where entrepot is.
DIRECTORY = __file__[: -len("startup.py") - 1]
_SEP = __file__[len(DIRECTORY)]
_Module: "type[ModuleType]" = type(sys)


class Section:
    """The context in which a section of entrepot's modules is imported; see the module.

    A *whole* section has all modules of the packages that are in it. Where some have been loaded
    before, no bundle is written: it would lack them.
    """

    __slots__ = ("_before", "_kept", "_lazy", "_path", "_whole")

    def __init__(self, name: str, *, whole: bool = False) -> None:
        self._whole = whole
        # (threading's active_count() would cost all of threading.)
        alone = _HAS_BUNDLES and not _thread._count()  # noqa: SLF001
        self._path = _bundle_path(name) if alone else None

    def __enter__(self) -> None:
        self._lazy = _make_imports_eager()
        self._before = set(sys.modules)
        collects = gc.isenabled()
        gc.disable()  # Nothing of what is made now goes away.
        try:
            entries = _read(self._path) if self._path else []
            if not _are_fresh(entries) or not _load(entries):
                entries = []
            self._kept = len(entries)
        finally:
            if collects:
                _count_as_old()
                gc.enable()

    def __exit__(self, kind: object, *_: object) -> None:
        if self._lazy:
            sys.set_lazy_imports(self._lazy)  # type: ignore[attr-defined]
        if kind is None and self._path and not sys.dont_write_bytecode:
            # Modules are in `sys.modules` in the order in which they got ready.
            new = [name for name in sys.modules if name not in self._before and _is_ours(name)]
            if len(new) > self._kept and not (self._whole and self._lacks(new)):
                from . import bundling  # noqa: PLC0415 - hardly any start needs it

                bundling.write(self._path, new)
        if self._path:
            for name in {"__future__", f"{_PACKAGE}.bundling"} - self._before:
                sys.modules.pop(name, None)  # As with a bundle: a program cannot tell.

    def _lacks(self, new: list[str]) -> bool:
        parts = {_part(name) for name in new}
        return any(_part(name) in parts for name in self._before if _is_ours(name))


def loaded(name: str, section: str) -> "Any":
    """Return the module *name* of entrepot, with the bundle of its *section* if it is new.

    When this returns the module is whole, whichever thread has executed it.
    """
    if name in sys.modules:
        __import__(name)  # Which waits for a thread that is executing it.
    else:
        with Section(section):
            __import__(name)
    return sys.modules[name]


def _count_as_old() -> None:
    """Make all objects old, as `core/collector.py` does: a look at what was made finds nothing."""
    # (What the program has frozen must stay so; PyPy cannot do it.)
    if hasattr(gc, "freeze") and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


def _is_ours(name: str) -> bool:
    return name.startswith(f"{_PACKAGE}.")


def _part(name: str) -> str:
    """Return the name of the module, or package, directly below entrepot that *name* is in."""
    return name.split(".", 2)[1]


def _make_imports_eager() -> "str | None":
    """End the mode in which all imports are lazy (PEP 810), and return it; None if it is not on.

    What imports must not have to import: an engine of lazy parts would call itself to get them.
    """
    mode: str | None = getattr(sys, "get_lazy_imports", lambda: None)()
    if mode != "all":
        return None
    sys.set_lazy_imports("normal")  # type: ignore[attr-defined]
    return mode


def _bundle_path(section: str) -> "str | None":
    """Return the path of a bundle, beside this module's own pyc; None if that is nowhere."""
    head, name, tail = str(__spec__.cached).rpartition("startup")
    return f"{head}{section}{tail[:-4]}.bundle" if name and tail.endswith(".pyc") else None


def _read(path: str) -> "list[Any]":
    """Return the entries of the bundle, or none if it is damaged or another interpreter's."""
    try:
        with FileIO(path) as file:
            magic = _frozen_importlib_external.MAGIC_NUMBER
            if file.read(len(magic)) != magic:
                return []
            directory, *parts = _parts(file)
            entries = [entry for part in parts for entry in part]
    except (OSError, EOFError, ValueError, TypeError):
        return []
    # Code knows the path of its file: a copied or moved environment starts anew.
    return entries if directory == DIRECTORY else []


def _parts(file: "FileIO") -> "list[Any]":
    parts = []
    while length := file.read(4):
        parts.append(marshal.loads(file.read(int.from_bytes(length, "little"))))
    return parts


def _are_fresh(entries: "list[Any]") -> bool:
    try:
        for entry in entries:
            stat = os.stat(entry[1])
            if (stat.st_mtime_ns, stat.st_size) != entry[3]:
                return False
    except OSError:
        return False
    return True


def _load(entries: "list[Any]") -> bool:
    """Make and execute the modules; whether that went well.

    A failure takes all of them out of `sys.modules`: they are then imported one by one, which
    tells what is wrong with them, if it is not the bundle.
    """
    entries = [entry for entry in entries if entry[0] not in sys.modules]
    modules = {entry[0]: _module(*entry[:3]) for entry in entries}
    # Packages import their own modules, which get ready before them and need them to be there.
    sys.modules.update(modules)
    try:
        for name, _, _, _, code, *rest in entries:
            module = modules[name]
            exec(code, vars(module))
            if rest:
                (_rests[name],) = rest
                module.__class__ = LateModule
            sys.modules[name] = sys.modules.pop(name)  # In the order in which they get ready.
            parent, _, child = name.rpartition(".")
            setattr(sys.modules[parent], child, module)
    except Exception:  # noqa: BLE001 - whatever a module raises, its import will raise again
        for name in modules:
            sys.modules.pop(name, None)
            _rests.pop(name, None)
        return False
    return True


def _module(name: str, path: str, is_package: bool) -> "ModuleType":
    """Return the module *name* as the import of the source file *path* makes it.

    Once entrepot is installed, the names that are used here lead to its own classes.
    """
    loader = _frozen_importlib_external.SourceFileLoader(name, path)
    spec = _frozen_importlib.ModuleSpec(name, loader, origin=path, is_package=is_package)
    spec.has_location = True
    module = _Module(name)
    attributes = vars(module)
    attributes["__spec__"] = spec
    attributes["__loader__"] = loader
    attributes["__package__"] = name if is_package else name.rpartition(".")[0]
    attributes["__file__"] = path
    if is_package:
        attributes["__path__"] = spec.submodule_search_locations = [path.rpartition(_SEP)[0]]
    return module


class LateModule(_Module):  # type: ignore[misc, valid-type]
    """A module the rest of whose body waits until one of its attributes is asked for, or set."""

    def __getattribute__(self, name: str) -> "Any":
        if name not in _IMPORT_RELATED:  # For those all modules are asked, now and then.
            _execute_rest(self)
        return _Module.__getattribute__(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        _execute_rest(self)  # Or it would overwrite that.
        _Module.__setattr__(self, name, value)


_IMPORT_RELATED = frozenset({"__class__", "__file__", "__loader__", "__name__", "__spec__"})
#: Late modules' names -> their code, marshalled; and those of which it is being executed.
_rests: "dict[str, bytes]" = {}
_busy: "set[str]" = set()


def _execute_rest(module: "ModuleType") -> None:
    namespace = _Module.__getattribute__(module, "__dict__")
    name = namespace["__name__"]
    with _lock:
        # Another thread may have been faster; or it is the module itself that asks.
        if name not in _rests or name in _busy:
            return
        _busy.add(name)
        try:
            exec(marshal.loads(_rests[name]), namespace)
        finally:  # If a signal's handler has interrupted it, it is executed again the next time.
            _busy.discard(name)
        del _rests[name]
        module.__class__ = _Module


def _forget_other_threads() -> None:
    """Begin anew in the child of a fork, where a thread that was executing a module is not."""
    global _lock
    _lock = _thread.RLock()
    _busy.clear()


if _HAS_BUNDLES:
    _lock = _thread.RLock()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forget_other_threads)
