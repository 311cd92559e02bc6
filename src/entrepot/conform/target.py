"""An interpreter with a candidate: how a process of it is started, and what it can do."""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile

from . import child, drive

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .cases import Case

#: The candidates that have a name; any other name is that of a module.
CANDIDATES = {
    "interpreter": "the interpreter's own import system",
    "installed": "entrepot behind the import statement, by install()",
    "isolated": "an entrepot.ImportSystem with the case's tree on its path",
    "portable": "entrepot installed, on the host that uses nothing private",
}
#: Those that promise what the newest Python does, whatever they run on.
NEWEST = frozenset(CANDIDATES) - {"interpreter"}
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
#: Nothing of the user's, and no `site`: quick to start, and the same everywhere.
_BARE = ("-I", "-S")
#: How long the first process may take, in seconds.
PATIENCE = 120.0


class TargetError(Exception):
    """There is no such interpreter, or no such candidate; the text says why."""


class Target:
    """A *candidate* on the interpreter that *command* starts; TargetError if there is none.

    *command* is words, by default the running interpreter's; its first process may take *patience*
    seconds. `name` is what the ledger calls the
    interpreter: `cpython-3.13`, with the platform where that has its own rules (`-wasi`).
    """

    def __init__(
        self,
        candidate: str = "interpreter",
        command: str | None = None,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self.candidate = candidate
        self._patience = patience
        self._words = [sys.executable] if command is None else _words(command)
        answer = self._probe()
        self.capabilities = frozenset(answer["capabilities"])
        self.version: tuple[int, ...] = tuple(answer["version"])
        level = ".".join(map(str, self.version[:2]))
        platform = answer["platform"]
        own = f"-{platform}" if platform in ("emscripten", "wasi") else ""
        self.name = f"{answer['implementation']}-{level}{own}"
        full = ".".join(map(str, self.version))
        self.description = f"{answer['implementation']} {full} ({platform})"

    def command(self, root: str, flags: Sequence[str] = ()) -> list[str]:
        """Return the words that start the program of the case in *root*."""
        bare = _BARE if self.candidate in CANDIDATES else ()
        script = os.path.join(_PACKAGE, "conform", "drive.py")
        return [*self._words, *bare, *flags, script, self.candidate, root, *self._support()]

    def environment(self) -> dict[str, str]:
        """Return the environment of the processes: without what changes how Python imports."""
        kept = () if self.candidate in CANDIDATES else ("PYTHONPATH",)
        env = {
            name: value
            for name, value in os.environ.items()
            if name in kept or not name.startswith(("PYTHON", "ENTREPOT", "COVERAGE"))
        }
        if self.candidate == "portable":
            env["ENTREPOT_HOST"] = "portable"
        return env

    def lacks(self, case: Case) -> str | None:
        """Return why *case* is not for this target, or None if it is."""
        missing = [name for name in case.requires if name not in self.capabilities]
        if missing:
            return f"requires {', '.join(missing)}"
        if self.candidate not in NEWEST and self.version < case.since:
            return f"documented since {'.'.join(map(str, case.since))}"
        return None

    def _support(self) -> list[str]:
        """Return where the candidate comes from."""
        if self.candidate == "interpreter":
            return []
        return [os.path.dirname(_PACKAGE) if self.candidate in CANDIDATES else os.getcwd()]

    def _probe(self) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="entrepot-", ignore_cleanup_errors=True) as scratch:
            try:
                ended = child.run(
                    self.command("--probe"),
                    scratch=scratch,
                    env=self.environment(),
                    limit=self._patience,
                )
            except (FileNotFoundError, PermissionError) as error:
                raise TargetError(f"no interpreter: {error}") from error
        if ended.status == drive.NO_CANDIDATE:
            raise TargetError(f"no candidate {self.candidate!r}: {ended.err.strip()}")
        try:
            # A candidate may print something, too.
            return json.loads(ended.out.strip().rpartition("\n")[2])  # type: ignore[no-any-return]
        except ValueError:
            raise TargetError(self._why_no_answer(ended)) from None

    def _why_no_answer(self, ended: child.Ended) -> str:
        """Return whose fault it is that the first process said nothing, and what became of it."""
        words, said = shlex.join(self._words), (ended.err or ended.out).strip().rpartition("\n")[2]
        if ended.status is None:
            said = f"no end after {self._patience:g} seconds"
        elif ended.status < 0:
            said = f"ended by signal {-ended.status}"
        if self.candidate in CANDIDATES:
            return f"no Python interpreter: {words}: {said or 'it says nothing'}"
        Target(command=words, patience=self._patience)  # TargetError if it is the interpreter's.
        return f"no candidate {self.candidate!r}: {said or 'importing it ends the process'}"


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise TargetError(f"no interpreter: {error}: {command}") from error
    if not words:
        raise TargetError("no interpreter: an empty command")
    return words
