"""An importer of one's own: modules that are rows of a database.

This is all that it takes: `find_spec` says whether there is such a module, `create_module` leaves
making it to the import system, `exec_module` executes its code.
"""

from __future__ import annotations

import sqlite3

from entrepot import util

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class DatabaseImporter:
    """A finder and loader of the modules in the table `modules` of a database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def source(self, name: str) -> str | None:
        rows = self.database.execute("SELECT source FROM modules WHERE name = ?", [name])
        row = rows.fetchone()
        return row[0] if row else None

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if self.source(fullname) is None:
            return None
        return util.spec_from_loader(fullname, self, origin=f"the row {fullname!r}")

    def create_module(self, spec: ModuleSpec) -> None:
        """Ask for an ordinary module."""

    def exec_module(self, module: ModuleType) -> None:
        exec(self.source(module.__name__) or "", vars(module))


def example() -> DatabaseImporter:
    """An importer with one module, `manifest`."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE modules (name TEXT PRIMARY KEY, source TEXT)")
    database.execute("INSERT INTO modules VALUES ('manifest', 'CARGO = 3 * [\"spice\"]')")
    return DatabaseImporter(database)
