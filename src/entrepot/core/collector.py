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
hardly anything is left alive. Under `entrepot run` a program whose old objects are all from
imports is spared the first of these, which looks at each of them once more (`finish()`).
"""

from __future__ import annotations

import gc
import sys

from .. import host

BOUND = 100_000
SPARED = 1_000_000

#: Whether objects are young or old, and can be told to be: not on PyPy, nor without the lock.
HAS_GENERATIONS = hasattr(gc, "freeze") and "t" not in getattr(sys, "abiflags", "")


class Collector:
    """The context of an import; entered for each, nested ones and those of other threads too."""

    __slots__ = ("_frozen", "_importing", "_lock", "_looks", "_spared", "_usual", "_young")

    def __init__(self) -> None:
        self._lock = host.RLock()
        self._importing: dict[int, int] = {}  # Thread -> how many imports, one in another.
        self._usual = host.collector_thresholds()
        self._young = self._spared = self._frozen = 0
        #: How many collections of other than the youngest there were when the program began.
        self._looks = -1

    def __enter__(self) -> None:
        me = host.get_ident()
        with self._lock:
            if not self._importing:
                self._raise()
            self._importing[me] = self._importing.get(me, 0) + 1

    def __exit__(self, *_: object) -> None:
        me = host.get_ident()
        with self._lock:
            depth = self._importing[me] - 1
            if depth:
                self._importing[me] = depth
            else:
                del self._importing[me]
                self._restore()

    def _raise(self) -> None:
        self._usual = usual = host.collector_thresholds()
        if 0 < usual[0] < BOUND:  # 0 means that the collector is off.
            self._young = gc.get_count()[0]
            host.set_collector_thresholds(BOUND, *usual[1:])

    def _restore(self) -> None:
        usual = self._usual
        if not self._importing and 0 < usual[0] < BOUND == host.collector_thresholds()[0]:
            host.set_collector_thresholds(*usual)
            made = gc.get_count()[0] - self._young
            if HAS_GENERATIONS and made > usual[0] and self._spared + made <= SPARED:
                self._spared += made
                self._count_as_old()

    def _count_as_old(self) -> None:
        """Make all objects old, without a look at them; not if the program has frozen some."""
        # (Some of what was frozen may be gone.)
        if gc.isenabled() and gc.get_freeze_count() <= self._frozen:
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
            self._frozen = gc.get_freeze_count()
            self._looks = _looks()

    def finish(self) -> None:
        """Do without the first of the two collections at the interpreter's end, where that can be.

        That is, where none of the program's own collections has made an object old, so that a
        look at the young is enough: garbage among them is finalized while all modules are there,
        as ever. What imports have made, garbage or not, comes with the second collection.
        """
        watched = gc.callbacks or gc.get_debug()
        if HAS_GENERATIONS and gc.isenabled() and not watched and self._looks == _looks():
            gc.collect(1)
            gc.disable()

    def forget_other_threads(self) -> None:
        """Drop the imports of other threads, which do not exist in the child of a fork."""
        me = host.get_ident()
        self._lock = host.RLock()
        self._importing = {k: depth for k, depth in self._importing.items() if k == me}
        self._restore()


def _looks() -> int:
    return sum(generation["collections"] for generation in gc.get_stats()[1:])


#: The process has one collector, whatever number of import systems.
COLLECTOR = Collector()
host.call_in_child_after_fork(COLLECTOR.forget_other_threads)
