"""How bundles are made (`startup.py` says what they are): for each module its code, and more.

The file has the interpreter's magic number, and then parts, each behind its length (4 bytes,
little-endian): the directory in which entrepot is, and lists of entries, marshalled. An entry has
a module's name, its source file, whether it is a package, the file's mtime (ns) and size, and its
code; if it is late, the code of its imports, and that of the rest as bytes.
"""

from __future__ import annotations

import marshal
import sys
from _frozen_importlib_external import MAGIC_NUMBER
from _io import FileIO

from .startup import DIRECTORY, os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any

#: What is left out of sources, and the flag of compile() that stands for it
#: (`__future__.annotations.compiler_flag`).
_FUTURE, _ANNOTATIONS = b"\nfrom __future__ import annotations\n", 0x1000000
_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST
#: Bytes of a bundle that are read at once, about: memory of this size can be had again and again,
#: while more of it comes from the system, and goes back, page by page.
PART = 64 << 10
#: The modules that are late; see `startup.py`.
LATE = frozenset(
    f"{__package__}.{name}"
    for name in (
        "bytecode.header",
        "bytecode.policy",
        "bytecode.source",
        "cli.programs",
        "cli.uncaught",
        "core.advice",
        "core.finalizers",
        "core.legacy",
        "core.observers",
        "core.readers",
        "core.reloading",
        "core.spec_making",
        "finders.unlisted",
        "runpy.find",
    )
)


def write(path: str, names: list[str]) -> None:
    """Write the bundle of the modules *names*, whole or not at all."""
    temporary = f"{path}.{os.getpid()}"
    # First of all, for what follows takes long.
    try:
        out = FileIO(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "w")
    except OSError:
        return  # A read-only place, a zip, ...
    try:
        with out:
            out.write(MAGIC_NUMBER)
            entries = [_entry(sys.modules[name]) for name in names]
            parts: list[Any] = [DIRECTORY, *_in_parts(entries)]
            for part in parts:
                data = marshal.dumps(part)
                out.write(len(data).to_bytes(4, "little") + data)
        os.replace(temporary, path)
        temporary = ""
    except (OSError, AttributeError, ImportError, SyntaxError, ValueError):
        pass  # The disk is full, a source has changed meanwhile, ...
    finally:
        if temporary:
            try:
                os.unlink(temporary)
            except OSError:
                pass  # Somebody has tidied up.


def _in_parts(entries: list[Any]) -> list[list[Any]]:
    """Return *entries* in parts; what those of a part share is in it once."""
    parts: list[list[Any]] = []
    room = 0
    for entry in entries:
        if room <= 0:
            parts.append([])
            room = PART
        parts[-1].append(entry)
        room -= len(marshal.dumps(entry))
    return parts


def _entry(module: ModuleType) -> tuple[Any, ...]:
    """Return what a bundle has of *module*: its rest, if it is late, as bytes."""
    source = str(module.__file__)
    stat = os.stat(source)  # Before it is read: a change meanwhile must show.
    code, *rest = _codes_of(module)
    frames: Any = sys.modules.get(f"{__package__}.host.frames")
    for each in code, *rest:
        if frames is not None and frames.is_hidden(module):
            frames.hide_code(each)
    state = stat.st_mtime_ns, stat.st_size
    is_package = hasattr(module, "__path__")
    return module.__name__, source, is_package, state, code, *map(marshal.dumps, rest)


def _codes_of(module: ModuleType) -> list[CodeType]:
    """Return the code of *module*, with the effect of `from __future__ import annotations` only.

    In two parts if it is late: its import statements, and the rest.
    """
    path = str(module.__file__)
    loader: Any = module.__spec__.loader  # type: ignore[union-attr]
    if not path.endswith(".py"):
        return [loader.get_code(module.__name__)]
    source: bytes = loader.get_data(path)
    without = source.replace(_FUTURE, b"\n\n", 1)
    flags = 0 if without == source else _ANNOTATIONS
    whole = compile(without, path, "exec", flags | _ONLY_AST, dont_inherit=True)
    parts = [whole.body]
    if module.__name__ in LATE:
        parts = [[], []]
        for statement in whole.body:
            parts[not type(statement).__name__.startswith("Import")].append(statement)
    codes = []
    for part in parts:
        whole.body = part
        codes.append(compile(whole, path, "exec", flags, dont_inherit=True))
    return codes
