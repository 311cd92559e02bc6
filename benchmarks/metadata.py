"""Metadata of installed distributions, against the better of importlib.metadata and its backport.

    python benchmarks/metadata.py [--rounds N]

Run it in an environment of about a hundred distributions, importlib_metadata among them. Writes
benchmarks/out/metadata.json. Both peers are measured beside entrepot in each round; the table
has the quicker one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import Figure, figure, report, told

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


def better(
    name: str, code: str, rounds: int, bound: float, ours: str = "", **fields: str
) -> Figure:
    """Measure *code* with each peer beside entrepot; return the figure with the quicker peer."""
    fields = {"path": "", "before": "", "action": "", **fields}
    candidate = told((ours or code).format(module="entrepot.metadata", **fields))
    figures = [
        figure(f"{name} ({peer})", told(code.format(module=peer, **fields)), candidate,
               rounds=rounds, bound=bound)
        for peer in PEERS
    ]  # fmt: skip
    return min(figures, key=lambda each: each.peer)


def with_index(rounds: int, directory: str) -> Figure:
    """Measure a cold look for entry points with the index between processes."""
    prepared = COLD.replace("{action}", f"m.use_index({directory!r}); {{action}}")
    name = "first entry_points(group=), import included, with the index"
    return better(name, COLD, rounds, 1 / 10, prepared, action=GROUP)


def generate(root: Path) -> str:
    """Write MANY distributions below *root*, and return a line that puts it on the path."""
    for number in range(MANY):
        directory = root / f"generated_{number}-1.{number}.dist-info"
        directory.mkdir()
        text = f"Metadata-Version: 2.1\nName: generated-{number}\nVersion: 1.{number}\n"
        (directory / "METADATA").write_text(text, encoding="utf-8")
        (directory / "RECORD").write_text(f"generated_{number}/__init__.py,,\n", encoding="utf-8")
    return f"sys.path.insert(0, {str(root)!r})"


def many(rounds: int, root: Path) -> list[Figure]:
    """Measure one version() among MANY, and what it costs more than one among few."""
    path = generate(root)
    few = root.parent / "few"
    (few / "foo-1.dist-info").mkdir(parents=True)
    (few / "foo-1.dist-info" / "METADATA").write_text("Name: foo\nVersion: 1\n", encoding="utf-8")
    action = f'm.version("generated-{MANY // 2}")'
    among = WARM.format(module="entrepot.metadata", path=path, before="", action=action)
    alone = WARM.format(
        module="entrepot.metadata",
        path=f"sys.path.insert(0, {str(few)!r})",
        before="",
        action='m.version("foo")',
    )
    listing = told(LISTING.format(path=str(root)))
    small = told(alone)
    return [
        better(f"version() among {MANY}", WARM, rounds, 1 / 5, path=path, action=action),
        figure(
            f"version() among {MANY}, by one among few and one listing",
            lambda: small() + listing(),
            told(among),
            rounds=rounds,
            bound=1.5,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    figures = [
        better(name, code, rounds, bound, before=before, action=action)
        for name, code, before, action, bound in CASES
    ]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch).resolve()
        (root / "many").mkdir()
        figures.insert(3, with_index(rounds, str(root / "index")))
        figures.extend(many(rounds, root / "many"))
    report("metadata", figures, "metadata")


if __name__ == "__main__":
    main()
