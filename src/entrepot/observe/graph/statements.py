"""The import statements of a source file: where they stand, and whether loading it executes them.

What an import statement does at run time leaves a trace only where it loads something. The rest
is read from the source, by `ast`, without executing it.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from typing import Any, TypeGuard

#: Where a statement stands: loading the module executes it; perhaps; only a call does, or the
#: first use of a name (PEP 810); only a type checker looks at it.
LOADING, CONDITIONAL, DEFERRED, TYPING = "loading", "conditional", "deferred", "typing"

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BRANCHES = (ast.While, ast.For, ast.AsyncFor, ast.ExceptHandler, ast.With, ast.AsyncWith)
#: What no import can stand in, most of all statements.
_PLAIN = (ast.Expr, ast.Assign, ast.Return, ast.AnnAssign, ast.AugAssign, ast.Raise, ast.Pass)
#: What belongs to the statement that it stands in.
_PARTS = ("body", "orelse", "finalbody", "handlers", "cases")


class Named:
    """What an import statement names, its *line*, and where it *stands*.

    *module* and *names* are those of `from module import names`, with *level* dots; for `import`,
    *module* is None.
    """

    __slots__ = ("level", "line", "module", "names", "stands")

    #: The function that it stands in, if any.
    function: str | None = None

    def __init__(
        self, line: int, module: str | None, level: int, names: list[str], stands: str = LOADING
    ) -> None:
        self.stands = stands
        self.line = line
        self.module = module
        self.level = level
        self.names = names

    @property
    def end_line(self) -> int:
        """The number of its last line, as far as that is known."""
        return self.line

    @property
    def text(self) -> str:
        """The statement in one line."""
        names = ", ".join(self.names)
        if self.module is None:
            return f"import {names}"
        return f"from {'.' * self.level}{self.module} import {names}"

    def targets(
        self, package: str, modules: Container[str], absent: Container[str] = ()
    ) -> list[str]:
        """Return which of *modules* the statement imports, in a module of *package*.

        `from p import a` means the module `p.a` where there is one, else `p`; and nothing of `p`
        if `p.a` is one of *absent*: no module, and no name that `p` will have.
        """
        if self.module is None:
            return [name for name in self.names if name in modules]
        base = resolved(self.module, self.level, package)
        if base is None:
            return []
        found = [f"{base}.{name}" for name in self.names]
        found = [name if name in modules else base for name in found if name not in absent]
        return [name for name in dict.fromkeys(found) if name in modules]


class Statement(Named):
    """An import statement of a syntax tree: its *node*.

    *function* is the function that it stands in, or None.
    """

    __slots__ = ("function", "node")

    def __init__(self, node: Any, stands: str, function: str | None) -> None:
        is_from = isinstance(node, ast.ImportFrom)
        module = (node.module or "") if is_from else None
        names = [alias.name for alias in node.names]
        stands = DEFERRED if getattr(node, "is_lazy", False) else stands
        super().__init__(node.lineno, module, node.level if is_from else 0, names, stands)
        self.node = node
        self.function = function

    @property
    def end_line(self) -> int:
        """The number of its last line."""
        return self.node.end_lineno or self.line

    @property
    def text(self) -> str:
        """The statement in one line."""
        return ast.unparse(self.node)

    @property
    def bound(self) -> list[str]:
        """The names that it binds; "*" stands for all of a module's."""
        is_from = self.module is not None
        return [
            alias.asname or (alias.name if is_from else alias.name.partition(".")[0])
            for alias in self.node.names
        ]


def resolved(name: str, level: int, package: str) -> str | None:
    """Return the absolute name of `level` dots and *name* in *package*; None if there is none."""
    if not level:
        return name
    parts = package.split(".") if package else []
    if level > len(parts):
        return None
    return ".".join([*parts[: len(parts) - level + 1], *([name] if name else [])])


def parsed(source: str | bytes) -> ast.Module | None:
    """Return the tree of *source*; None if it is no Python that this interpreter can read."""
    import warnings

    try:
        with warnings.catch_warnings():  # Of what is read, not executed, nobody wants to be warned.
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def statements(tree: ast.Module, *, is_main: bool = False) -> list[Statement]:
    """Return the import statements of *tree* in the order of their lines.

    *is_main* tells that it is the program, whose `if __name__ == "__main__":` is executed.
    """
    found = []
    todo: list[tuple[ast.AST, str, str | None]] = [(tree, LOADING, None)]
    while todo:
        node, stands, function = todo.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.append(Statement(node, stands, function))
        elif not isinstance(node, _PLAIN):
            todo += _children(node, stands, function, is_main=is_main)
    return sorted(found, key=lambda each: (each.line, each.node.col_offset))


def _children(
    node: ast.AST, stands: str, function: str | None, *, is_main: bool
) -> Iterator[tuple[ast.AST, str, str | None]]:
    if isinstance(node, ast.If):
        first, second = _of_branches(node.test, stands, is_main=is_main)
        yield from ((child, first, function) for child in node.body)
        yield from ((child, second, function) for child in node.orelse)
        return
    if isinstance(node, _DEFINITIONS):
        function = node.name if function is None else f"{function}.{node.name}"
        stands = _later(stands, DEFERRED)
    elif isinstance(node, _BRANCHES) or type(node).__name__ == "match_case":
        stands = _later(stands, CONDITIONAL)
    for part in _PARTS:
        within = _later(stands, CONDITIONAL) if part == "orelse" else stands
        yield from ((child, within, function) for child in getattr(node, part, ()))


def _of_branches(test: ast.expr, stands: str, *, is_main: bool) -> tuple[str, str]:
    """Return how the two branches of an `if` stand."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        first, second = _of_branches(test.operand, stands, is_main=is_main)
        return second, first
    if _is_all_of(test) and any(is_typing(each) for each in test.values):
        return _later(stands, TYPING), _later(stands, CONDITIONAL)
    if is_typing(test):
        return _later(stands, TYPING), stands
    if _asks_for_main(test):
        return (stands, stands) if is_main else (_later(stands, DEFERRED), stands)
    return _later(stands, CONDITIONAL), _later(stands, CONDITIONAL)


def _is_all_of(test: ast.expr) -> TypeGuard[ast.BoolOp]:
    return isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)


def is_typing(test: ast.expr) -> bool:
    """Whether an `if` of this test is for type checkers: TYPE_CHECKING, or a false constant."""
    if isinstance(test, ast.Constant):
        return not test.value
    name = getattr(test, "attr", None) or getattr(test, "id", None)
    return name == "TYPE_CHECKING"


def _asks_for_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and getattr(test.left, "id", None) == "__name__"


_ORDER = (LOADING, CONDITIONAL, DEFERRED, TYPING)


def _later(one: str, other: str) -> str:
    return max(one, other, key=_ORDER.index)
