"""Metadata of installed distributions, against the better of importlib.metadata and its backport.

    python benchmarks/metadata.py [--rounds N] [PART...]

Run it in an environment of about a hundred distributions, importlib_metadata among them, as that
of `make bench` is. Both peers are measured beside entrepot in each round; the bound is held
against the quicker one. Writes benchmarks/out/metadata.json.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import against, figure, told
from benchmarks._results import main

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure

PEERS = ("importlib.metadata", "importlib_metadata")
#: A distribution that each environment has in which this file can be run.
NAME = "importlib_metadata"
MANY = 1000
GROUP = 'm.entry_points(group="console_scripts")'

#: Seconds from here to the end of ACTION, in a fresh process.
COLD = """
import sys, time
{path}
start = time.perf_counter()
import {module} as m
{action}
print(time.perf_counter() - start)
"""

#: Seconds of ACTION after BEFORE, in a process that has imported the module.
WARM = """
import sys, time
{path}
import {module} as m
{before}
start = time.perf_counter()
{action}
print(time.perf_counter() - start)
"""

#: The listing of one directory with all metadata: what one look for a name may cost more.
LISTING = """
import os, time
os.listdir({path!r})
start = time.perf_counter()
os.listdir({path!r})
print(time.perf_counter() - start)
"""

#: Name, template, what is done before, what is measured, and the greatest ratio.
CASES = (
    ("import", COLD, "", "", 1 / 5),
    ("first version(), import included", COLD, "", f"m.version({NAME!r})", 1 / 5),
    ("first entry_points(group=), import included", COLD, "", GROUP, 1 / 3),
    ("second entry_points(group=)", WARM, GROUP, GROUP, 1 / 50),
    ("packages_distributions()", WARM, "", "m.packages_distributions()", 1 / 10),
    (
        "distributions(), each name and version",
        WARM,
        "",
        '[(d.metadata["Name"], d.version) for d in m.distributions()]',
        1 / 4,
    ),
)


def beside_both(
    name: str, code: str, rounds: int, bound: float, ours: str = "", **fields: str
) -> list[Figure]:
    """Measure *code* with each peer and with entrepot (which may have a code of its own)."""
    fields = {"path": "", "before": "", "action": "", **fields}
    candidate = told((ours or code).format(module="entrepot.metadata", **fields))
    peers = {peer: told(code.format(module=peer, **fields)) for peer in PEERS}
    return against(name, peers, candidate, rounds=rounds, bound=bound)


def cases(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """The questions of programs, in the environment as it is."""
    for name, code, before, action, bound in CASES:
        yield from beside_both(name, code, options.rounds, bound, before=before, action=action)


def index(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """A cold look for entry points, with the index that is kept between processes."""
    prepared = COLD.replace("{action}", f"m.use_index({str(folder)!r}); {{action}}")
    name = "first entry_points(group=), import included, with the index"
    yield from beside_both(name, COLD, options.rounds, 1 / 10, prepared, action=GROUP)


def generate(root: Path) -> str:
    """Write MANY distributions below *root*, and return a line that puts it on the path."""
    for number in range(MANY):
        directory = root / f"generated_{number}-1.{number}.dist-info"
        directory.mkdir(parents=True)
        text = f"Metadata-Version: 2.1\nName: generated-{number}\nVersion: 1.{number}\n"
        (directory / "METADATA").write_text(text, encoding="utf-8")
        (directory / "RECORD").write_text(f"generated_{number}/__init__.py,,\n", encoding="utf-8")
    return f"sys.path.insert(0, {str(root)!r})"


def many(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """One version() among MANY, and what it costs more than one among few."""
    path = generate(folder / "many")
    few = folder / "few"
    (few / "foo-1.dist-info").mkdir(parents=True)
    (few / "foo-1.dist-info" / "METADATA").write_text("Name: foo\nVersion: 1\n", encoding="utf-8")
    action = f'm.version("generated-{MANY // 2}")'
    name = f"version() among {MANY}"
    yield from beside_both(name, WARM, options.rounds, 1 / 5, path=path, action=action)
    ours = {"module": "entrepot.metadata", "before": ""}
    among = WARM.format(path=path, action=action, **ours)
    path = f"sys.path.insert(0, {str(few)!r})"
    alone = told(WARM.format(path=path, action='m.version("foo")', **ours))
    listing = told(LISTING.format(path=str(folder / "many")))
    yield figure(
        name,
        lambda: alone() + listing(),
        told(among),
        rounds=options.rounds,
        bound=1.5,
        against="one among few, and one listing",
    )


if __name__ == "__main__":
    main("Metadata", "metadata", (cases, index, many), __doc__)
