"""The garbage collector, kept from running for nothing while modules are imported.

Importing makes objects that stay: functions, classes, modules. The collector's first threshold
is reached every few modules, and each run looks at what it will not free. While any thread is
importing, that threshold is raised to `BOUND` new objects: a program that never leaves an import
is still collected, only less often. When the last import ends, however it ends, the threshold is
what it was, unless the program itself has set another one meanwhile.

At that moment a large import has made far more than the threshold allows, and the collector would
look at all of it at once. So what there is is counted as old, as it would be after that look: the
next full collection finds what is garbage. To keep that little, `SPARED` objects are the most that
are ever passed over in a process.

When the interpreter ends it collects twice: before it takes the modules away, and after, when
hardly anything is left alive. That takes a great part of the time of a program that does little
but import. Under `entrepot run` it is spared both if there is nothing to be finalized
(`finalizers.py`), and otherwise the first if its old objects are all from imports, each of which
that would look at once more (`finish()`).
"""

from __future__ import annotations

import gc
import sys

from .. import host
from . import finalizers

BOUND = 100_000
SPARED = 1_000_000

#: Whether objects are young or old, and can be told to be: not on PyPy, nor without the lock.
HAS_GENERATIONS = hasattr(gc, "freeze") and "t" not in getattr(sys, "abiflags", "")


class Collector:
    """Told of each import's begin and end: nested ones and those of other threads too."""

    __slots__ = (
        "_frozen",
        "_importing",
        "_is_raised",
        "_lock",
        "_looks",
        "_spared",
        "_usual",
        "_young",
    )

    def __init__(self) -> None:
        self._lock = host.RLock()
        self._importing: list[None] = []  # One item an import. (A number would need a lock.)
        self._is_raised = False
        self._usual = host.collector_thresholds()
        self._young = self._spared = 0
        #: How many objects `settle()` has frozen; None as long as nobody can freeze more, so that
        #: they need not be counted: there are many, all over the memory.
        self._frozen: int | None = 0
        #: How many collections of other than the youngest there were when the program began.
        self._looks = -1

    def begin(self) -> None:
        """Note that an import begins; whoever calls this calls `end()`, whatever happens."""
        if not self._importing:
            self._raise()
        self._importing.append(None)

    def end(self) -> None:
        """Note that an import has ended."""
        if self._importing:  # A child of a fork forgets those that were under way.
            self._importing.pop()
        if self._frozen is None and "gc" in sys.modules:
            self._frozen = gc.get_freeze_count()
        if not self._importing:
            self._restore()

    def _raise(self) -> None:
        with self._lock:
            usual = host.collector_thresholds()
            if not self._is_raised and 0 < usual[0] < BOUND:  # 0 means that the collector is off.
                self._usual = usual
                self._young = gc.get_count()[0]
                host.set_collector_thresholds(BOUND, *usual[1:])
                self._is_raised = True

    def _restore(self) -> None:
        with self._lock:
            # Another thread may have begun meanwhile.
            if not self._is_raised or self._importing:
                return
            self._is_raised = False
            if host.collector_thresholds()[0] == BOUND:
                host.set_collector_thresholds(*self._usual)
                made = gc.get_count()[0] - self._young
                if HAS_GENERATIONS and made > self._usual[0] and self._spared + made <= SPARED:
                    self._spared += made
                    self._count_as_old()

    def _count_as_old(self) -> None:
        """Make all objects old, without a look at them; not if the program has frozen some."""
        # (Some of what was frozen may be gone.)
        if gc.isenabled() and (self._frozen is None or gc.get_freeze_count() <= self._frozen):
            gc.freeze()
            gc.unfreeze()
            self._frozen = 0

    def settle(self) -> None:
        """Take what there is so far, entrepot above all, out of the collector's sight.

        None of it is going to be garbage. The collections while the program runs, and those at
        its end, which walk over everything, need not look at it each time (gc.freeze). After a
        large import it is a small part of all, and counts as the rest.
        """
        if hasattr(gc, "freeze"):  # Not on PyPy.
            gc.freeze()
            self._frozen = gc.get_freeze_count() if "gc" in sys.modules else None
            self._looks = _looks()

    def finish(self) -> None:
        """Do without the collections at the interpreter's end, after a large import.

        Without both if there is nothing to be finalized. Otherwise without the first if none of
        the program's own collections has made an object old, and nothing young is to be
        finalized: so all that may be is from imports, and comes with the second collection.
        """
        if not (HAS_GENERATIONS and self._spared):
            return
        if gc.callbacks or gc.get_debug() or sys.flags.verbose:
            return
        if not finalizers.are_left():
            gc.freeze()
        elif gc.isenabled() and self._looks == _looks() and not finalizers.are_young():
            gc.disable()

    def forget_other_threads(self) -> None:
        """Drop all imports in the child of a fork: those of its other threads have no end."""
        self._lock = host.RLock()
        self._importing = []
        self._restore()


def _looks() -> int:
    return sum(generation["collections"] for generation in gc.get_stats()[1:])


#: The process has one collector, whatever number of import systems.
COLLECTOR = Collector()
host.call_in_child_after_fork(COLLECTOR.forget_other_threads)
