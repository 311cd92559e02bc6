"""What the modules' source files say, read once and kept."""

from __future__ import annotations

import ast
import os

from ...host import DISK
from .. import library
from .longstrings import Unsure
from .skim import is_in_function, skim
from .statements import CONDITIONAL, LOADING, parsed, resolved, statements
from .usage import usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .statements import Named, Statement
    from .usage import Usage

#: How many syntax trees are kept: one of a big module takes megabytes.
_MOST_TREES = 16
#: How many links of `from .x import name` are followed to where a name is defined.
_HOPS = 10


class Sources:
    """The import statements of files. *texts* are sources that are in no file, by file name.

    A file that cannot be read, or is no Python, has no statements.
    """

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self._texts = dict(texts or {})
        self._statements: dict[str, list[Statement]] = {}
        self._trees: dict[str, ast.Module | None] = {}
        self._usage: dict[tuple[str, int], Usage | None] = {}
        #: The lines of what binds each name of a file.
        self._bindings: dict[str, dict[str, tuple[int, int]]] = {}
        self._lines: tuple[str, list[str]] = ("", [])
        #: The file and the package of modules, by name.
        self._modules: dict[str, tuple[str, str]] = {}
        #: Full names that were sought as modules, and that neither are any nor are defined.
        self.absent: set[str] = set()

    def know(self, module: str, file: str, *, is_package: bool) -> None:
        """Take note of which *file* a *module* has."""
        package = module if is_package else module.rpartition(".")[0]
        self._modules[module] = (file, package)

    def sought(self, name: str) -> None:
        """Take note that *name* was sought as a module, and not found."""
        parent, _, tail = name.rpartition(".")
        file, _ = self._modules.get(parent, ("", ""))
        tree = self.tree(file) if file and not file.endswith(_NO_SOURCE) else None
        if tree is not None and self.defined(file, tail) is None and not _is_open(tree, tail):
            self.absent.add(name)

    def tree(self, file: str) -> ast.Module | None:
        """Return the syntax tree of *file*, None if there is none."""
        if file not in self._trees:
            if len(self._trees) >= _MOST_TREES:
                del self._trees[next(iter(self._trees))]
            self._trees[file] = parsed(self._read(file))
        return self._trees[file]

    def _read(self, file: str) -> bytes | str:
        if file in self._texts:
            return self._texts[file]
        try:
            return DISK.read(_of_frozen(file) if file.startswith(_FROZEN) else file)
        except (OSError, ValueError):
            return ""  # It is not there any more, or is in an archive.

    def line(self, file: str, number: int) -> str:
        """Return the text of a line of *file*, stripped; "" if there is none."""
        if self._lines[0] != file:
            text = self._read(file)
            decoded = text if isinstance(text, str) else text.decode("utf-8", "replace")
            self._lines = (file, decoded.split("\n"))
        lines = self._lines[1]
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""

    def statements(self, file: str, *, is_main: bool = False) -> list[Statement]:
        """Return the import statements of *file* in the order of their lines."""
        if file not in self._statements:
            tree = self.tree(file) if not file.endswith(_NO_SOURCE) else None
            self._statements[file] = [] if tree is None else statements(tree, is_main=is_main)
        return self._statements[file]

    def executed(self, file: str) -> Sequence[Named]:
        """Return the import statements that loading *file* may execute, without parsing it all."""
        if file.endswith(_NO_SOURCE):
            return []
        try:
            return skim(self._bytes(file))
        except Unsure:
            return [each for each in self.statements(file) if each.stands in (LOADING, CONDITIONAL)]

    def is_in_function(self, file: str, line: int) -> bool:
        """Whether a *line* of *file* is in a function; False if that is not sure."""
        try:
            return is_in_function(self._bytes(file), line)
        except Unsure:
            return False

    def _bytes(self, file: str) -> bytes:
        source = self._read(file)
        return source.encode() if isinstance(source, str) else source

    def statement(self, file: str | None, line: int | None) -> Statement | None:
        """Return the import statement in *line* of *file*, or None."""
        if not file or not line:
            return None
        for each in self.statements(file):
            if each.line <= line <= each.end_line:
                return each
        return None

    def statement_for(self, importer: str, imported: str) -> Statement | None:
        """Return the first statement by which one module imports another when it is loaded."""
        file, package = self._modules.get(importer, ("", ""))
        for each in self.statements(file) if file else ():
            if each.stands == LOADING and each.targets(package, {imported}):
                return each
        return None

    def usage(self, file: str, statement: Statement) -> Usage | None:
        """Return how the module in *file* uses what *statement* binds; None without source."""
        key = (file, statement.line)
        if key not in self._usage:
            tree = self.tree(file)
            self._usage[key] = None if tree is None else usage(tree, statement)
        return self._usage[key]

    def definer(self, module: str, name: str) -> str:
        """Return the module that *module* has *name* from: itself, unless it imports it."""
        for _ in range(_HOPS):
            following = self._imported_from(module, name)
            if following is None:
                break
            module, name = following
        return module

    def _imported_from(self, module: str, name: str) -> tuple[str, str] | None:
        file, package = self._modules.get(module, ("", ""))
        for each in self.statements(file) if file else ():
            if each.module is None or each.stands != LOADING:
                continue
            base = resolved(each.module, each.level, package)
            if name in each.bound and base is not None:
                return base, each.names[each.bound.index(name)]
            if "*" in each.names and base is not None and self._gives(base, name, module):
                return base, name
        return None

    def _gives(self, module: str, name: str, taker: str) -> bool:
        """Whether *module* binds *name*, and has not got it from *taker* itself."""
        file = self._file_of(module)
        if not file or self.defined(file, name) is None:
            return False
        package = module if file.endswith("__init__.py") else module.rpartition(".")[0]
        given = (each for each in self.statements(file) if name in each.bound)
        return all(resolved(each.module or "", each.level, package) != taker for each in given)

    def _file_of(self, module: str) -> str:
        """Return the file of a module, which may not be loaded yet; "" if it is not known."""
        if module in self._modules:
            return self._modules[module][0]
        parent, _, tail = module.rpartition(".")
        directory = os.path.dirname(self._file_of(parent)) if parent else ""
        stem = os.path.join(directory, tail)
        files = (f"{stem}.py", os.path.join(stem, "__init__.py")) if directory else ()
        return next(filter(os.path.isfile, files), "")

    def defined(self, file: str, name: str) -> tuple[int, int] | None:
        """Return the first and last line of what first binds *name* in *file*; None if nothing."""
        if file not in self._bindings:
            tree = self.tree(file)
            self._bindings[file] = {} if tree is None else bindings(tree)
        return self._bindings[file].get(name)


def _is_open(tree: ast.Module, name: str) -> bool:
    """Whether a module can have *name* although nothing binds it: by a star, or `__getattr__`."""
    if any("*" in each.names for each in statements(tree)):
        return True
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "__getattr__" in bindings(tree) and name in texts


_FROZEN = "<frozen "


def _of_frozen(file: str) -> str:
    """Return the file in the standard library that a frozen module was made of."""
    inside = file[len(_FROZEN) : -1].replace(".", os.sep)
    path = os.path.join(library.DIRECTORY, inside)
    return os.path.join(path, "__init__.py") if os.path.isdir(path) else f"{path}.py"


_NO_SOURCE = (".so", ".pyd", ".pyc", ".dll", ".dylib")


def bindings(tree: ast.Module) -> dict[str, tuple[int, int]]:
    """Return the lines of what first binds each name, outside of functions and classes."""
    found: dict[str, tuple[int, int]] = {}
    todo = list[ast.AST](tree.body)
    while todo:
        node = todo.pop()
        name = _bound_by(node)
        if name is not None:
            lines = (node.lineno, node.end_lineno)  # type: ignore[attr-defined]
            found[name] = min(found.get(name, lines), lines)
        if not isinstance(node, (*_DEFINITIONS, *_OWN_NAMES)):
            todo += ast.iter_child_nodes(node)
    return found


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
#: What has names of its own.
_OWN_NAMES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _bound_by(node: ast.AST) -> str | None:
    if isinstance(node, _DEFINITIONS):
        return node.name
    if isinstance(node, ast.alias):
        return node.asname or node.name.partition(".")[0]
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else None
