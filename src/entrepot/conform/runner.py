"""Run many cases, several at a time."""

from __future__ import annotations

import os
import tempfile

from . import child, tree
from .compare import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .cases import Case
    from .target import Target

#: How long a case may take, in seconds.
LIMIT = 30.0


class Outcome:
    """What became of a *case*: what it printed, or why it was skipped.

    *got* is what the program printed, with the directory of its tree as ROOT; a last line in
    brackets tells of an end that is none: killed, or too late.
    """

    __slots__ = ("case", "got", "skipped")

    def __init__(self, case: Case, got: str = "", skipped: str | None = None) -> None:
        self.case = case
        self.got = got
        self.skipped = skipped

    @property
    def passed(self) -> bool:
        """Whether the program printed what the case expects."""
        return self.skipped is None and matches(self.case.expect, self.got)


def run_cases(
    cases: Sequence[Case],
    target: Target,
    *,
    jobs: int | None = None,
    limit: float = LIMIT,
    progress: Callable[[int], object] = id,
) -> list[Outcome]:
    """Run *cases* on *target* and return their outcomes, in the same order.

    *jobs* processes at a time (default: one a core), each for *limit* seconds at most; *progress*
    is called with the number of the cases that are done. Raises OSError when there is no room for
    the trees of the cases.
    """
    # Here, for the cases can be read where there are no threads.
    from concurrent.futures import ThreadPoolExecutor, as_completed  # noqa: PLC0415

    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        futures = [pool.submit(run_case, case, target, limit) for case in cases]
        try:
            for done, future in enumerate(as_completed(futures), 1):
                future.result()
                progress(done)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [future.result() for future in futures]


def run_case(case: Case, target: Target, limit: float = LIMIT) -> Outcome:
    """Run one *case* on *target*, in a tree and a process of its own."""
    lacking = target.lacks(case)
    if lacking:
        return Outcome(case, skipped=lacking)
    with tempfile.TemporaryDirectory(prefix="entrepot-", ignore_cleanup_errors=True) as made:
        scratch = os.path.realpath(made)
        root = os.path.join(scratch, "tree")
        tree.write(case, root)
        command, env = target.command(root, case.flags), target.environment()
        ended = child.run(command, scratch=scratch, env=env, limit=limit)
    return Outcome(case, (ended.out + _end(ended, limit)).replace(root, "ROOT"))


def _end(ended: child.Ended, limit: float) -> str:
    """Return the line that tells how a process came to an end that is none, or nothing."""
    if ended.status == 0:
        return ""
    newline = "" if ended.out.endswith("\n") or not ended.out else "\n"
    if ended.status is None:
        return f"{newline}(no end after {limit:g} seconds)\n"
    said = ended.err.strip().rpartition("\n")[2]
    how = f"signal {-ended.status}" if ended.status < 0 else f"exit status {ended.status}"
    return f"{newline}({how}{': ' if said else ''}{said})\n"
