"""The times of `python -X importtime` beside those of a trace.

Two runs never have the same times: another process has the processor, the collector runs within
another module. So both clocks are read in one and the same run first (`same_run`): what they
differ by there is the clocks', for there is nothing else. Then as many runs of each are compared
as processes of their own (`other_runs`), which says how much two import systems and two runs
differ; `-X importtime` against other runs of itself tells how much of that is noise.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys

from benchmarks._harness import Fact, environment, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    #: The cumulative time (s) of modules, by name.
    Times = dict[str, float]

#: What runs a program: who tells the times, the options of python, and of entrepot.
IMPORTTIME, TRACE = "`-X importtime`", "a trace"
UNDER = "`-X importtime` of `entrepot run`"
#: At least so many runs of each are compared, by each module's median.
RUNS = 9
#: Of modules that take less (s), clocks and noise tell as much as the modules do.
LEAST = 0.001
#: Put before a program: what `-X importtime` tells goes to a file, not where the parent process
#: of a trace writes, too, and the collector is off, which else runs in any module.
BEFORE = """
import gc, os
gc.disable()
os.dup2(os.open(os.environ["TIMES_TO"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
"""


class Clocks:
    """Runs *program* under each clock; files go to *folder*."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = BEFORE + program
        self._told = folder / "importtime"
        self._trace = folder / "trace.json"

    def both(self) -> tuple[Times, Times]:
        """The times of `-X importtime` and those of a trace, of one run."""
        self._run("-X", "importtime", *self._tracing())
        return told(self._told.read_text()), traced(self._trace)

    def importtime(self) -> Times:
        self._run("-X", "importtime")
        return told(self._told.read_text())

    def under(self) -> Times:
        self._run("-X", "importtime", "-m", "entrepot", "run")
        return told(self._told.read_text())

    def trace(self) -> Times:
        self._run(*self._tracing())
        return traced(self._trace)

    def _tracing(self) -> tuple[str, ...]:
        return "-m", "entrepot", "trace", "--quiet", f"--json={self._trace}"

    def _run(self, *words: str) -> None:
        command = [sys.executable, *words, "-c", self._program]
        variables = environment(TIMES_TO=os.fspath(self._told))
        subprocess.run(command, env=variables, check=True, capture_output=True)


def told(text: str) -> Times:
    """The times in what `-X importtime` has printed; of a name that is there twice, the first."""
    times: Times = {}
    for line in text.splitlines():
        _, cumulative, name = line.split("|")
        times.setdefault(name.strip(), int(cumulative) / 1e6)
    return times


def traced(path: Path) -> Times:
    """The same of the trace in the file *path*."""
    times: Times = {}
    for one in sorted(json.loads(path.read_text())["imports"], key=lambda one: one["end"]):
        if one["outcome"] == "loaded":
            times.setdefault(one["name"], (one["end"] - one["start"]) / 1e9)
    return times


def same_run(clocks: Clocks, runs: int) -> Iterator[Fact]:
    """Both clocks in one and the same run, *runs* times: how far they differ at all."""
    pairs: dict[str, list[tuple[float, float]]] = {}
    for _ in range(runs):
        theirs, ours = clocks.both()
        for name in theirs.keys() & ours.keys():
            pairs.setdefault(name, []).append((theirs[name], ours[name]))
    # The run of a module in which the two differ as they mostly do.
    usual = [
        sorted(each, key=lambda pair: pair[1] / pair[0])[len(each) // 2]
        for each in pairs.values()
        if len(each) == runs
    ]
    large = [pair for pair in usual if pair[0] >= LEAST]
    apart = statistics.median(theirs - ours for theirs, ours in usual)
    shares = [ours / theirs for theirs, ours in large]
    yield Fact(
        f"both clocks in one run (`python -X importtime -m entrepot trace`), {runs} runs, "
        f"{len(large)} modules of 1 ms or more",
        f"rank correlation {correlation(large):.4f}; {_ratios(large)}, the least "
        f"{min(shares):.3f}, the greatest {max(shares):.3f}; `-X importtime` tells "
        f"{readable(apart)} more of a module",
    )


def other_runs(clocks: Clocks, runs: int) -> Iterator[Fact]:
    """Clocks in runs of their own, which take turns; the medians of each module."""
    sides: dict[tuple[str, str], Callable[[], Times]] = {
        (IMPORTTIME, ""): clocks.importtime,
        (TRACE, ""): clocks.trace,
        (UNDER, ""): clocks.under,
        (IMPORTTIME, " again"): clocks.importtime,
        (UNDER, " again"): clocks.under,
    }
    found: dict[tuple[str, str], list[Times]] = {side: [] for side in sides}
    for at in range(runs):
        for side in list(sides)[:: -1 if at % 2 else 1]:
            found[side].append(sides[side]())
    names = set.intersection(*(set(times) for each in found.values() for times in each))
    medians = {
        side: {name: statistics.median(times[name] for times in each) for name in names}
        for side, each in found.items()
    }
    for peer in (IMPORTTIME, UNDER):
        theirs = medians[peer, ""]
        large = sorted(name for name in names if theirs[name] >= LEAST)
        for side in ((peer, " again"), (TRACE, "")):
            pairs = [(theirs[name], medians[side][name]) for name in large]
            yield Fact(
                f"medians of {runs} runs each, {len(large)} modules of 1 ms or more: "
                f"{peer} against {'itself' if side[1] else side[0]}",
                f"rank correlation {correlation(pairs):.3f}; {_ratios(pairs)}",
            )


def _ratios(pairs: list[tuple[float, float]]) -> str:
    ratios = sorted(ours / theirs for theirs, ours in pairs)
    quarter = len(ratios) // 4
    return (
        f"ratio of the cumulative times {statistics.median(ratios):.3f}, the middle half "
        f"{ratios[quarter]:.3f} to {ratios[-1 - quarter]:.3f}"
    )


def correlation(pairs: list[tuple[float, float]]) -> float:
    """Spearman's rank correlation."""
    ranked = [ranks([pair[side] for pair in pairs]) for side in (0, 1)]
    distance = sum((x - y) ** 2 for x, y in zip(*ranked, strict=True))
    return 1 - 6 * distance / (len(pairs) * (len(pairs) ** 2 - 1))


def ranks(values: list[float]) -> list[int]:
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0] * len(values)
    for rank, at in enumerate(order):
        found[at] = rank
    return found
