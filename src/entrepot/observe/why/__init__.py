"""Why an import gets what it gets: `entrepot why NAME`, `entrepot.explain(name)`.

Nothing is executed, neither the module nor its parents, and no file is written; `shelter` sees to
it that this package's own imports do not do so either.

1. `names` takes the name, or refuses it.
2. `view` is the import system that is looked at: its path, finders and hooks, read only;
   `program` makes the view of a program that is not running.
3. `walk` goes from the top level to the module: one `search` for each name on the way, on the
   path that the spec of its parent has. A search asks each finder, and each entry of the path
   for itself (PEP 302, 420, 451).
4. `describe` puts what was found in words: its kind, its loader, the state of its `bytecode`
   (PEP 552), its `owners` (the distributions).
5. Findings: `found` tells what a module hides and what hides it; `missing` why there is none, by
   the causes in `parents`, `nearby`, `installs`, `elsewhere` and `spelling`. All that can be said
   stands in `catalogue`, with what to do about it; `known_names` and `history` are data.
6. `explanation` holds it all; `layout` and `jsonable` show it.
"""

from __future__ import annotations

import sys

from ... import process
from .shelter import Shelter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .explanation import Explanation

__all__ = ["Explanation", "explain"]


def explain(name: str, package: str | None = None, *, system: Any = None) -> Explanation:
    """Return why an import of *name* gets what it gets, or does not.

    Neither the module nor its parents are executed. A relative *name* is resolved from
    *package*. *system* is the import system to look at: an `ImportSystem`, a `View`, or by
    default that of this process. Raises ValueError or TypeError for what cannot be a name,
    ImportError for more leading dots than packages.
    """
    before = dict(sys.modules)  # Without what is imported for this.
    with Shelter():
        from .explanation import Explanation
        from .names import checked
        from .view import View

        absolute = checked(name, package)
        system = process if system is None else system
        if not isinstance(system, View):
            system = View(system, modules=before if system.modules is sys.modules else None)
        return Explanation(name, absolute, system)


def __getattr__(name: str) -> Any:
    if name != "Explanation":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with Shelter():
        from .explanation import Explanation

        return Explanation
