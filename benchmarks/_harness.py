"""Measures a figure beside its peer: fresh processes, taken in turns, medians, and their ratio.

A *side* is a function that returns one measurement in seconds, usually from a new process. Both
sides of a figure are measured in turns, so that whatever else the machine does hits them alike,
and the ratio is that of the medians. Nothing here fails: a figure over its bound says so.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Side = Callable[[], float]

OUT = Path(__file__).resolve().parent / "out"
DONT_PASS_ON = ("PYTHON", "COVERAGE")


class Figure(NamedTuple):
    """One line of the table. Seconds are medians; *bound* is the greatest ratio promised."""

    name: str
    peer: float
    ours: float
    spread: float
    bound: float | None
    rounds: int

    @property
    def ratio(self) -> float:
        return self.ours / self.peer


def environment(**more: str) -> dict[str, str]:
    """Variables for a child: none that change how it imports or whether it writes bytecode."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(DONT_PASS_ON)}
    return {**plain, **more}


def told(code: str, *options: str, **env: str) -> Side:
    """A side that runs *code* in a new interpreter; it prints the seconds that it measured."""

    def measure() -> float:
        command = [sys.executable, *options, "-c", code]
        return float(subprocess.check_output(command, env=environment(**env), text=True))

    return measure


def process(*command: str, **env: str) -> Side:
    """A side that is a whole process, from its start to its end."""
    variables = environment(**env)

    def measure() -> float:
        start = time.perf_counter()
        subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return measure


def figure(
    name: str, peer: Side, ours: Side, *, rounds: int = 15, bound: float | None = None
) -> Figure:
    """Measure both sides *rounds* times in turns, after one round that does not count."""
    peer(), ours()
    pairs = [(peer(), ours()) for _ in range(rounds)]
    ratios = sorted(b / a for a, b in pairs)
    quarter = len(ratios) // 4
    return Figure(
        name,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        ratios[-1 - quarter] - ratios[quarter],
        bound,
        rounds,
    )


def readable(seconds: float) -> str:
    """Seconds in the unit that fits: `1.23 ms`."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds * 1e9:.1f} ns"


def host() -> str:
    """The interpreter and the machine, as a line."""
    return (
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


def table(title: str, figures: Sequence[Figure]) -> str:
    """The figures as Markdown. *spread* is the interquartile range of the rounds' ratios."""
    lines = [
        f"{title}: {host()}",
        "",
        "| figure | interpreter | entrepot | ratio | spread | bound | |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for one in figures:
        bound = f"{one.bound:.2f}" if one.bound else "-"
        verdict = "" if one.bound is None else "ok" if one.ratio <= one.bound else "OVER"
        lines.append(
            f"| {one.name} | {readable(one.peer)} | {readable(one.ours)} | {one.ratio:.2f} "
            f"| {one.spread:.2f} | {bound} | {verdict} |"
        )
    return "\n".join(lines)


def report(title: str, figures: Iterable[Figure], name: str) -> None:
    """Print the table and write `benchmarks/out/NAME.json`."""
    figures = list(figures)
    print(table(title, figures))
    OUT.mkdir(exist_ok=True)
    said = [{**one._asdict(), "ratio": one.ratio} for one in figures]
    text = json.dumps({"title": title, "host": host(), "figures": said}, indent=2)
    (OUT / f"{name}.json").write_text(text + "\n", encoding="utf-8")
