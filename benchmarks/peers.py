"""Images beside code-data-share, the package that does the same on CPython 3.8 to 3.12.

    python benchmarks/peers.py [--rounds N] [--python PYTHON] [PART...]

It is measured on 3.11, or on what --python says. It compares nothing when it starts, so what
stands beside it is a sealed image. Collector settings are made equal by turning the collector off
in the first line of each program: entrepot keeps it from running for nothing, and code-data-share
leaves it alone. Each is in an environment of its own, as a user would choose one of the two: what
code-data-share's environment has to start with, an extension module, is no part of entrepot. The
other peers are where their subject is: importlib_metadata in metadata.py,
importlib_resources in resources.py, lazy-loader in programs.py. Writes benchmarks/out/peers.json.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import Fact, average, environment, measured, process, summary
from benchmarks._packages import interpreter, packages, version
from benchmarks._results import main
from benchmarks._samples import COLLECTOR_OFF, NAMES, image, scripts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure, Side

VERSION = "3.11"
PEER = "code-data-share"
DUMP = "import sys, cds.dump; cds.dump.run_dump(sys.argv[1], sys.argv[2])"
WHY = (
    "code-data-share maps code objects as they lie in memory, so that nothing is unmarshalled; "
    'what that costs stands under "Beside code-data-share".'
)


def archive(python: Path, path: Path, script: Path) -> dict[str, str]:
    """Make code-data-share's archive of a program; return the variables that have it used."""
    path.parent.mkdir(exist_ok=True)
    listed = path.with_suffix(".lst")
    command = [str(python), str(script)]
    tracing = environment(PYCDSMODE="TRACE", PYCDSLIST=str(listed))
    subprocess.run(command, check=True, env=tracing, stdout=subprocess.DEVNULL)
    dump = [str(python), "-c", DUMP, str(listed), str(path)]
    subprocess.run(dump, check=True, env=environment(), stdout=subprocess.DEVNULL)
    return {"PYCDSMODE": "SHARE", "PYCDSARCHIVE": str(path)}


def sides(python: Path, peer: Path, script: Path, images: Path) -> dict[str, Side]:
    built = image(python, images / f"{script.stem}.image", str(script))
    shared = archive(peer, images / f"{script.stem}.cds", script)
    run = (str(python.with_name("entrepot")), "run", "--image", built, "--trust", "sealed")
    return {
        "python": process(str(python), str(script)),
        PEER: process(str(peer), str(script), **shared),
        "sealed": process(*run, str(script)),
    }


def chosen(options: argparse.Namespace) -> str:
    """The interpreter to measure on."""
    return interpreter(VERSION) if options.python == sys.executable else options.python


def figures(folder: Path, options: argparse.Namespace, first: str, said: str) -> list[list[Figure]]:
    """Of each program, the sealed image against both peers."""
    python, peer = (packages(*NAMES, *more, python=chosen(options)) for more in ((), (PEER,)))
    found = []
    for name, script in scripts(folder, first).items():
        compared = sides(python, peer, script, folder / "images")
        times = measured(f"{name}, {said}", compared, options.rounds)
        ours = times.pop("sealed")
        found.append([
            summary(f"{name}, sealed image, {said}", list(zip(values, ours, strict=True)), None,
                    against="the interpreter" if peer == "python" else peer)
            for peer, values in times.items()
        ])  # fmt: skip
    return found


def shown(programs: list[list[Figure]], said: str, bound: float | None) -> Iterator[Figure]:
    plain, shared = zip(*programs, strict=True)
    yield from [*plain, *shared]
    yield average(f"average of the four, {said}", plain, None)
    yield average(f"average of the four, {said}", shared, bound, WHY)


def collector_off(folder: Path, options: argparse.Namespace) -> Iterator[Figure | Fact]:
    """Equal settings of the collector: this is what the bound is for."""
    yield Fact("measured on", version(chosen(options)))
    said = "collector off"
    yield from shown(figures(folder, options, COLLECTOR_OFF, said), said, 1.0)


def collector_on(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Both as they come."""
    said = "collector as it comes"
    yield from shown(figures(folder, options, "", said), said, None)


if __name__ == "__main__":
    parts = (collector_off, collector_on)
    main("Beside code-data-share", "peers", parts, __doc__, ["python"])
