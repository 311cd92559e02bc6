"""Why an import gets what it gets: `entrepot why NAME`, `entrepot.explain(name)`.

Nothing is executed, neither the module nor its parents, and no file is written.

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

from ...core.system import PROCESS_SYSTEM
from .explanation import Explanation
from .names import checked
from .view import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Explanation", "explain"]


def explain(name: str, package: str | None = None, *, system: Any = None) -> Explanation:
    """Return why an import of *name* gets what it gets, or does not.

    Neither the module nor its parents are executed. A relative *name* is resolved from
    *package*. *system* is the import system to look at: an `ImportSystem`, a `View`, or by
    default that of this process. Raises ValueError or TypeError for what cannot be a name,
    ImportError for more leading dots than packages.
    """
    absolute = checked(name, package)
    system = PROCESS_SYSTEM if system is None else system
    view = system if isinstance(system, View) else View(system)
    return Explanation(name, absolute, view)
