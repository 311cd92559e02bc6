"""Measures a figure beside its peer: fresh processes, taken in turns, medians, and their ratio.

A *side* is a function that returns one measurement in seconds, usually from a new process. Both
sides of a figure are measured in turns, so that whatever else the machine does hits them alike,
and the ratio is that of the medians. Nothing here fails: a figure over its bound says so.
"""

from __future__ import annotations

import json
import os
import platform
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
    pairs: tuple[tuple[float, float], ...] = ()  # what was measured, round by round: peer, ours

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

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

    def measure() -> float:
        start = time.perf_counter()
        subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return measure


def figure(
    name: str, peer: Side, ours: Side, *, rounds: int = 15, bound: float | None = None
) -> Figure:
    """Measure both sides *rounds* times in turns, after one round that does not count."""
    print(f"  {name} ...", end="", file=sys.stderr, flush=True)
    peer(), ours()
    done = summary(name, [(peer(), ours()) for _ in range(rounds)], bound)
    print(f" {done.ratio:.2f} {done.verdict}", file=sys.stderr)
    return done


def summary(name: str, pairs: Sequence[tuple[float, float]], bound: float | None) -> Figure:
    """The figure of what was measured: the medians, and how far apart the middle ratios are."""
    ratios = sorted(b / a for a, b in pairs)
    quarter = len(ratios) // 4
    return Figure(
        name,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        ratios[-1 - quarter] - ratios[quarter],
        bound,
        len(pairs),
        tuple(pairs),
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
        lines.append(
            f"| {one.name} | {readable(one.peer)} | {readable(one.ours)} | {one.ratio:.2f} "
            f"| {one.spread:.2f} | {bound} | {one.verdict} |"
        )
    return "\n".join(lines)


def report(title: str, figures: Iterable[Figure], name: str, curves: Sequence[Curve] = ()) -> None:
    """Print the table and write `benchmarks/out/NAME.json`, which document.py and compare.py read.

    The rounds go to NAME.pyperf.json, where pyperf is there: `python -m pyperf stats`,
    `compare_to` and `check` tell more about them.
    """
    figures = list(figures)
    print(table(title, figures))
    OUT.mkdir(exist_ok=True)
    said = [{**one._asdict(), "ratio": one.ratio} for one in figures]
    content = {
        "title": title,
        "host": host(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "figures": said,
        "curves": [one._asdict() for one in curves],
    }
    (OUT / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if figures:
        _report_to_pyperf(figures, OUT / f"{name}.pyperf.json")


def _report_to_pyperf(figures: Sequence[Figure], path: Path) -> None:
    try:
        import pyperf
    except ModuleNotFoundError:
        return  # It comes with the group `bench`.
    benchmarks = []
    for one in figures:
        for side, values in zip(("peer", "entrepot"), zip(*one.pairs, strict=True), strict=False):
            metadata = {"name": f"{one.name} [{side}]", "unit": "second"}
            runs = [pyperf.Run([value], metadata=metadata) for value in values]
            benchmarks.append(pyperf.Benchmark(runs))
    if benchmarks:
        pyperf.BenchmarkSuite(benchmarks).dump(str(path), replace=True)


def system_calls(*command: str, **env: str) -> int | None:
    """How many system calls a command makes, counted by strace; None where that is not to be had.

    Threads and child processes count, too.
    """
    if not shutil.which("strace"):
        return None
    counted = ["strace", "-f", "-c", "-o", "/dev/stdout", *command]
    out = subprocess.check_output(counted, env=environment(**env), text=True)
    total = re.search(r"(\d+)\s+(?:\d+\s+)?total$", out, re.MULTILINE)
    assert total, out
    return int(total[1])


def packages(*names: str, python: str = sys.executable) -> Path:
    """The Python of an environment with these packages, and with this project, made if need be."""
    tag = subprocess.check_output([python, "-c", TAG], text=True).strip()
    home = OUT / f"env-{tag}-{'-'.join(names)}"
    found = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([python, "-m", "venv", str(home)], check=True)
        pip = [str(found), "-m", "pip", "install"]
        if shutil.which("uv"):
            pip = ["uv", "pip", "install", "--python", str(found)]
        subprocess.run([*pip, "--quiet", *names], check=True)
        (home / "ready").touch()
    _install_this(found)
    return found


def _install_this(python: Path) -> None:
    """Install this project, as its users do, into the environment of *python*."""
    pip = [str(python), "-m", "pip", "install", "--force-reinstall", "--no-deps"]
    if shutil.which("uv"):
        pip = ["uv", "pip", "install", "--python", str(python), "--reinstall-package", "entrepot"]
    subprocess.run([*pip, "--quiet", str(OUT.parents[1])], check=True)


TAG = "import sys; print(sys.implementation.cache_tag)"
