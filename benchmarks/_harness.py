"""Measures a figure beside its peer: fresh processes, taken in turns, medians, and their ratio.

A *side* is a function that returns one measurement in seconds, usually from a new process. All
sides of a figure are measured in turns, so that whatever else the machine does hits them alike,
and the ratio is that of the medians. Nothing here fails: a figure over its bound says so.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Side = Callable[[], float]

OUT = Path(__file__).resolve().parent / "out"
DONT_PASS_ON = ("PYTHON", "COVERAGE", "ENTREPOT")
INTERPRETER = "the interpreter"


class NotMeasured(Exception):
    """A part cannot be measured here; the reason is in the document."""


class Seconds(float):
    """Wall time; *cpu* is what the processor worked meanwhile, None where nobody told it."""

    __slots__ = ("cpu",)

    def __new__(cls, seconds: float, cpu: float | None = None) -> Seconds:
        self = super().__new__(cls, seconds)
        self.cpu = cpu
        return self


class Figure(NamedTuple):
    """One line of the table: medians, in *unit*; *bound* is the greatest ratio promised."""

    name: str
    peer: float
    ours: float
    spread: float  # how far apart the middle half of the rounds' ratios lie
    bound: float | None
    rounds: int
    pairs: tuple[tuple[float, float], ...] = ()  # what was measured, round by round: peer, ours
    against: str = INTERPRETER  # who the peer is
    cpu: float | None = None  # the ratio of the processor's times
    unit: str = "s"  # "B" for bytes, "calls"; "" where only the ratio means something
    why: str = ""  # what is to be said where the bound is missed

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def paired(self) -> float:
        """The median of the rounds' ratios. Far from `ratio`, the machine was not quiet."""
        return statistics.median(b / a for a, b in self.pairs) if self.pairs else self.ratio

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        return "ok" if self.ratio <= self.bound else "OVER"


class Curve(NamedTuple):
    """What grows with what: one line a side, over the places *xs*."""

    name: str
    x: str
    y: str
    xs: tuple[int, ...]
    lines: dict[str, tuple[float, ...]]


class Fact(NamedTuple):
    """What has no peer, in words."""

    name: str
    value: str


def environment(**more: str) -> dict[str, str]:
    """Variables for a child: none that change how it imports or whether it writes bytecode."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(DONT_PASS_ON)}
    return {**plain, **more}


def told(code: str, *options: str, python: str = sys.executable, **env: str) -> Side:
    """A side that runs *code* in a new interpreter; it prints the seconds that it measured."""

    def measure() -> float:
        command = [python, *options, "-c", code]
        return float(subprocess.check_output(command, env=environment(**env), text=True))

    return measure


def process(*command: str, **env: str) -> Side:
    """A side that is a whole process, from its start to its end."""
    variables = environment(**env)

    def measure() -> Seconds:
        start = time.perf_counter()
        child = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL)
        cpu = _ended(child)
        wall = time.perf_counter() - start
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, command)
        return Seconds(wall, cpu)

    return measure


def _ended(child: subprocess.Popen[bytes]) -> float | None:
    """Wait for a process; the processor's time for it and its children, where that is told."""
    if not hasattr(os, "wait4"):
        child.wait()
        return None
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


def turns(sides: dict[str, Side], rounds: int) -> dict[str, tuple[float, ...]]:
    """Measure all sides in turns, every other round backwards, after one that does not count."""
    for side in sides.values():
        side()
    found: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds):
        for name in reversed(sides) if number % 2 else sides:
            found[name].append(sides[name]())
    return {name: tuple(values) for name, values in found.items()}


def measured(name: str, sides: dict[str, Side], rounds: int) -> dict[str, tuple[float, ...]]:
    """As `turns`, and say how the others compare with the first."""
    print(f"  {name} ...", end="", file=sys.stderr, flush=True)
    found = turns(sides, rounds)
    first, *others = (statistics.median(values) for values in found.values())
    print("".join(f" {other / first:.2f}" for other in others), file=sys.stderr)
    return found


def figure(
    name: str, peer: Side, ours: Side, *, rounds: int = 15, bound: float | None = None, **more: str
) -> Figure:
    """Measure both sides *rounds* times; *more* are the figure's `against` and `why`."""
    found = measured(name, {"peer": peer, "ours": ours}, rounds)
    return summary(name, list(zip(*found.values(), strict=True)), bound, **more)


def against(
    name: str, peers: dict[str, Side], ours: Side, *, rounds: int, bound: float | None = None
) -> list[Figure]:
    """A figure for each peer; the bound is held against the quickest of them."""
    found = measured(name, {**peers, "": ours}, rounds)
    quickest = min(peers, key=lambda peer: statistics.median(found[peer]))
    return [
        summary(
            name,
            list(zip(found[peer], found[""], strict=True)),
            bound if peer == quickest else None,
            against=peer,
        )
        for peer in peers
    ]


def summary(
    name: str, pairs: Sequence[tuple[float, ...]], bound: float | None, **more: str
) -> Figure:
    """The figure of what was measured: the medians, and how far apart the middle ratios are."""
    peers, ours = zip(*pairs, strict=True)
    ratios = [b / a for a, b in pairs]
    cpu = [[getattr(value, "cpu", None) for value in side] for side in (peers, ours)]
    told_all = all(value for side in cpu for value in side)
    return Figure(
        name,
        statistics.median(peers),
        statistics.median(ours),
        spread(ratios),
        bound,
        len(pairs),
        tuple((float(a), float(b)) for a, b in pairs),
        cpu=statistics.median(cpu[1]) / statistics.median(cpu[0]) if told_all else None,
        **more,
    )


def average(name: str, figures: Sequence[Figure], bound: float | None, why: str = "") -> Figure:
    """The mean of the figures' ratios; the spread is that of the rounds' means."""
    rounds = [
        statistics.fmean(b / a for a, b in one)
        for one in zip(*(each.pairs for each in figures), strict=True)
    ]
    cpus = [each.cpu for each in figures if each.cpu]
    return Figure(
        name,
        1.0,
        statistics.fmean(each.ratio for each in figures),
        spread(rounds),
        bound,
        len(rounds),
        tuple((1.0, mean) for mean in rounds),
        figures[0].against,
        statistics.fmean(cpus) if len(cpus) == len(figures) else None,
        "",
        why,
    )


def counted(name: str, peer: float, ours: float, unit: str, **more: object) -> Figure:
    """A figure of what is no time, and comes out the same each time."""
    values = {"against": INTERPRETER, "bound": None, **more}
    return Figure(name, peer, ours, 0.0, rounds=1, pairs=((peer, ours),), unit=unit, **values)


def spread(values: Sequence[float]) -> float:
    """How far apart the middle half of the values lie."""
    ordered = sorted(values)
    quarter = len(ordered) // 4
    return ordered[-1 - quarter] - ordered[quarter]


def readable(value: float, unit: str = "s") -> str:
    """Seconds in the unit that fits, `1.23 ms`; bytes as MiB; others as they are."""
    if unit != "s":
        return f"{value / 2**20:,.2f} MiB" if unit == "B" else f"{value:,.0f} {unit}"
    for name, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if value >= size:
            return f"{value / size:.2f} {name}"
    return f"{value * 1e9:.1f} ns"


def system_calls(*command: str, **env: str) -> int:
    """How many system calls a command makes, counted by strace. Threads and children count, too.

    Raises NotMeasured where strace is not to be had.
    """
    if not shutil.which("strace"):
        raise NotMeasured("strace is not there to count system calls")
    counting = ["strace", "-f", "-c", "-o", "/dev/stdout", *command]
    out = subprocess.check_output(counting, env=environment(**env), text=True)
    total = re.search(r"(\d+)\s+(?:\d+\s+)?total$", out, re.MULTILINE)
    assert total, out
    return int(total[1])
