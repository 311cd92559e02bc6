"""Relative imports that have no package to start from, or lead out of it (PEP 328, PEP 366)."""

from __future__ import annotations

import os

from ...core import errors
from ..why.view import python
from .stack import steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .stack import Step

_MAIN = "__main__"


class Relative:
    """A relative import that failed in *file*: `facts` says what is wrong, `advice` what to do."""

    def __init__(self, step: Step, package: str) -> None:
        self.file = os.path.abspath(step.asker.f_code.co_filename)
        self.package = package
        self.is_main = step.asker.f_globals.get("__name__") == _MAIN
        self.facts = self._facts()
        self.advice = self._advice()

    @property
    def key(self) -> object:
        """What tells explanations apart."""
        return self.file, self.package

    def _facts(self) -> str:
        if self.package:
            first = self.package.partition(".")[0]
            return (
                f"{self.file} is in {self.package}; so many dots lead out of {first}, which is "
                "in no package"
            )
        how = "is the program, started by its path" if self.is_main else "is imported by itself"
        return f"{self.file} {how}: so it is in no package, and dots mean nothing in it"

    def _advice(self) -> str:
        top = os.path.dirname(self.file)
        if self.package:
            for _ in self.package.split("."):
                top = os.path.dirname(top)
        else:
            top = _top(top)
        above = os.path.dirname(top)
        name = os.path.relpath(self.file, above).rpartition(".")[0].replace(os.sep, ".")
        name = name.removesuffix(".__main__").removesuffix(".__init__")
        fewer = "use fewer dots; or, " if self.package else ""
        if not all(part.isidentifier() for part in name.split(".")):
            return "use fewer dots" if self.package else "import it without dots"
        if self.is_main:
            inside = f"if {os.path.basename(top)} is meant to be a package, " if fewer else ""
            return f"{fewer}{inside}start it in {above}: {python()} -m {name}"
        return f"{fewer}import it as {name}, with {above} on the path"

    def __str__(self) -> str:
        from .text import plain

        return plain([self])

    def __repr__(self) -> str:
        return f"<relative import in {self.file!r}>"


def relative(error: BaseException, others: Sequence[BaseException]) -> Relative | None:
    """Return what *error* is about if a relative import had nowhere to start from, or None."""
    text = str(error) if type(error) is ImportError else ""
    if text not in (errors.NO_KNOWN_PARENT, errors.BEYOND_TOP_LEVEL):
        return None
    chain = steps(error, others)
    if not chain or not os.path.isfile(chain[-1].asker.f_code.co_filename):
        return None
    package = chain[-1].asker.f_globals.get("__package__")
    return Relative(chain[-1], package if isinstance(package, str) else "")


def _top(directory: str) -> str:
    """Return the directory of the outermost regular package around *directory*, or itself."""
    while os.path.isfile(os.path.join(os.path.dirname(directory), "__init__.py")):
        directory = os.path.dirname(directory)
    return directory
