"""Runs the parts of a benchmark, and writes what they find: a table, JSON, pyperf's JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._harness import INTERPRETER, OUT, Curve, Fact, Figure, NotMeasured, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    #: Measures something in an empty folder.
    Part = Callable[[Path, argparse.Namespace], Iterable[Figure | Curve | Fact]]

ALIKE = 0.03  # a difference of two ratios that is not worth a word

TABLE = (
    "| figure | peer | peer's | entrepot's | ratio | CPU | spread | bound | |",
    "|---|---|---:|---:|---:|---:|---:|---:|---|",
)


def main(
    title: str, name: str, parts: Sequence[Part], doc: str, arguments: Sequence[str] = ()
) -> None:
    """Run the *parts* that the command line chooses, and report. One that fails loses only itself.

    *arguments* are those of "modules", "most" and "python" that the benchmark takes.
    """
    options = _options(parts, doc, arguments)
    start, load = time.perf_counter(), _load()
    found: list[Figure | Curve | Fact] = []
    missing: dict[str, str] = {}
    failed = False
    for part in parts:
        if not options.names or part.__name__.startswith(tuple(options.names)):
            try:
                _measure(part, options, found)
            except NotMeasured as reason:
                missing[part.__name__] = str(reason)
            except subprocess.CalledProcessError as problem:
                failed = True
                missing[part.__name__] = _said(problem)
    for name_of_part, reason in missing.items():
        print(f"  not measured: {name_of_part}: {reason}", file=sys.stderr)
    took = {"rounds": options.rounds, "seconds": round(time.perf_counter() - start), "load": load}
    facts = dict(one for one in found if isinstance(one, Fact))
    curves = [one for one in found if isinstance(one, Curve)]
    figures = [one for one in found if isinstance(one, Figure)]
    show(title, figures, facts)
    if not options.names:
        write(title, figures, name, curves, facts=facts, missing=missing, **took)
    sys.exit(failed)


def _measure(part: Part, options: argparse.Namespace, found: list[Figure | Curve | Fact]) -> None:
    """Run one part; what it has found before it fails is kept."""
    with tempfile.TemporaryDirectory() as folder:
        for one in part(Path(os.path.realpath(folder)), options):
            found.append(one)  # noqa: PERF402 - extend() would lose what was found.


def _options(parts: Sequence[Part], doc: str, arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=doc.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    known = {
        "modules": {"type": int, "default": 2_400},
        "most": {"type": int, "default": 10_000},
        "python": {"default": sys.executable},
    }
    for argument in arguments:
        parser.add_argument(f"--{argument}", **known[argument])
    told = ", ".join(part.__name__ for part in parts)
    what = f"some of it only, which is not written down; the beginning of: {told}"
    parser.add_argument("names", nargs="*", metavar="PART", help=what)
    options = parser.parse_args()
    for name in options.names:
        if not any(part.__name__.startswith(name) for part in parts):
            parser.error(f"no part {name}; there are {told}")
    return options


def _said(problem: subprocess.CalledProcessError) -> str:
    """The command that has failed, in a line."""
    words = problem.cmd if isinstance(problem.cmd, (list, tuple)) else [problem.cmd]
    command = " ".join(shlex.join(map(str, words)).split())
    short = command if len(command) <= 100 else command[:97] + "..."
    return f"exit status {problem.returncode} of {short}"


def _load() -> float | None:
    """How many processes wanted to run in the last minute, where the system tells."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def machine() -> str:
    """The machine, as a line; its processor, where pyperf knows it."""
    told = [f"{platform.system()} {platform.release()} {platform.machine()}"]
    told.append(f"{os.cpu_count()} cores")
    try:
        import pyperf
    except ModuleNotFoundError:
        return ", ".join(told)
    run = pyperf.Run([1.0], collect_metadata=True)
    processor = run.get_metadata().get("cpu_model_name")
    return ", ".join([processor, *told] if processor else told)


def host() -> str:
    """The interpreter and the machine, as a line."""
    return f"{platform.python_implementation()} {platform.python_version()}, {machine()}"


def row(one: Figure, *, wide: float = float("inf")) -> str:
    """A figure as a line of a table; marked with ~ where its spread is over *wide*."""
    times = [readable(one.peer, one.unit), readable(one.ours, one.unit)] if one.unit else ["", ""]
    ratio = f"{'~' if one.spread > wide else ''}{_rounded(one.ratio)}"
    if abs(one.paired - one.ratio) > ALIKE:
        ratio += f" ({_rounded(one.paired)})"
    cpu = _rounded(one.cpu) if one.cpu else ""
    bound = _rounded(one.bound) if one.bound else ""
    verdict = "**OVER**" if one.verdict == "OVER" else one.verdict
    apart = "" if one.rounds == 1 else f"{one.spread:.2f}"
    cells = [one.name, one.against, *times, ratio, cpu, apart, bound, verdict]
    return f"| {' | '.join(cells)} |"


def _rounded(ratio: float) -> str:
    """A ratio with two digits, with three where it is small."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"


def table(figures: Iterable[Figure], *, wide: float = float("inf")) -> str:
    """The figures as Markdown."""
    return "\n".join([*TABLE, *(row(one, wide=wide) for one in figures)])


def show(title: str, figures: Sequence[Figure], facts: dict[str, str]) -> None:
    """Print all but the curves."""
    print(f"{title}: {host()}\n")
    if figures:
        print(f"{table(figures)}\n")
    for what, value in facts.items():
        print(f"{what}: {value}")


def write(
    title: str, figures: Sequence[Figure], name: str, curves: Sequence[Curve], **more: object
) -> None:
    """Write `benchmarks/out/NAME.json`, which document.py and compare.py read.

    The rounds go to NAME.pyperf.json, where pyperf is there: `python -m pyperf stats`,
    `compare_to` and `check` tell more about them. *more* is put into the JSON.
    """
    OUT.mkdir(exist_ok=True)
    said = [{**one._asdict(), "ratio": one.ratio, "paired": one.paired} for one in figures]
    content = {
        "title": title,
        "host": host(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "figures": said,
        "curves": [one._asdict() for one in curves],
        **more,
    }
    (OUT / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    timed = [one for one in figures if one.unit == "s"]
    if timed:
        _write_for_pyperf(timed, OUT / f"{name}.pyperf.json")


def _write_for_pyperf(figures: Sequence[Figure], path: Path) -> None:
    try:
        import pyperf
    except ModuleNotFoundError:
        return  # It comes with the group `bench`.
    benchmarks = {}
    for one in figures:
        peer = "" if one.against == INTERPRETER else f", {one.against}"
        sides = (f"peer{peer}", "entrepot"), zip(*one.pairs, strict=True)
        for side, values in zip(*sides, strict=True):
            metadata = {"name": f"{one.name} [{side}]", "unit": "second"}
            runs = [pyperf.Run([value], metadata=metadata) for value in values]
            benchmarks[metadata["name"]] = pyperf.Benchmark(runs)
    pyperf.BenchmarkSuite(list(benchmarks.values())).dump(str(path), replace=True)
