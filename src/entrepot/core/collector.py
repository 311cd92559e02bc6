"""The garbage collector, kept from running for nothing while modules are imported.

Importing makes objects that stay: functions, classes, modules. The collector's first threshold
is reached every few modules, and each run looks at what it will not free. While any thread is
importing, that threshold is raised to `BOUND` new objects: a program that never leaves an import
is still collected, only less often. When the last import ends, however it ends, the threshold is
what it was, unless the program itself has set another one meanwhile.
"""

from __future__ import annotations

from .. import host

BOUND = 20_000


class Collector:
    """The context of an import; entered for each, nested ones and those of other threads too."""

    __slots__ = ("_importing", "_lock", "_usual")

    def __init__(self) -> None:
        self._lock = host.RLock()
        self._importing: dict[int, int] = {}  # Thread -> how many imports, one in another.
        self._usual = host.collector_thresholds()

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
            host.set_collector_thresholds(BOUND, *usual[1:])

    def _restore(self) -> None:
        usual = self._usual
        if not self._importing and 0 < usual[0] < BOUND == host.collector_thresholds()[0]:
            host.set_collector_thresholds(*usual)

    def forget_other_threads(self) -> None:
        """Drop the imports of other threads, which do not exist in the child of a fork."""
        me = host.get_ident()
        self._lock = host.RLock()
        self._importing = {k: depth for k, depth in self._importing.items() if k == me}
        self._restore()


#: The process has one collector, whatever number of import systems.
COLLECTOR = Collector()
host.call_in_child_after_fork(COLLECTOR.forget_other_threads)
