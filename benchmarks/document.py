"""Make docs/performance.md, and its pictures, of what the benchmarks have written.

    python -m benchmarks.document

Nothing in that file is written by hand: its words are here, its figures in benchmarks/out.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from ._harness import OUT, Curve, Figure, readable

DOCS = OUT.parents[1] / "docs"
WIDE = 0.25  # A spread of the ratios beyond which a figure says little.

HEAD = """\
# Performance

What entrepot costs beside the interpreter's own import system and the packages that do the same.
Made by `make bench`, never by hand: whoever doubts a figure runs it again.

- Both sides run in turns, in fresh processes, with a warm disk. A figure is the ratio of the
  medians, entrepot to its peer: **0.5 is half the time**.
- *Spread* is how far the middle half of the rounds' ratios lies apart. Beyond {wide} the machine
  was too busy for the figure to say much; it is marked with ~.
- *Bound* is what the project promises. **OVER** is a promise that this run has not kept.
- `PYTHONDONTWRITEBYTECODE` and the like are not passed on. entrepot keeps the code of its own
  modules in one file beside their pycs, the bundle, which its first start writes. Where nothing can
  be written (read-only installations, `PYTHONDONTWRITEBYTECODE=1` from the first start on) each
  start loads the modules one by one; "`import entrepot`, with its bundle" below says what that
  costs. So start it once when an image of a container is built.

Machine: {host}. Date: {date}.

## In short

{short}
"""

#: The sections: the file, and what is said above its table.
SECTIONS = {
    "imports": "The statement, the start of `entrepot run`, and isolated systems.",
    "programs": "Whole processes, from `fork` to exit, of programs that do nothing but import.",
    "path": "Many path entries; `always` is the default, `once` is `--path-check once`.",
    "image": "Sealed images (`entrepot image`), whole processes.",
    "growth": "In one process, from the first import to the last.",
    "zip": "Importing from archives, against `zipimport`.",
    "metadata": "Against `importlib.metadata`.",
    "resources": "Against `importlib.resources`.",
    "trace": "What a trace costs a program, against the same program under `entrepot run`.",
    "report": "The report of a trace in headless Chromium. There is no peer: these are times.",
}


def results() -> dict[str, dict[str, Any]]:
    """What was measured, by the name of the benchmark."""
    found = {}
    for name in SECTIONS:
        path = OUT / f"{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text(encoding="utf-8"))
    return found


def figures(content: dict[str, Any]) -> list[Figure]:
    known = set(Figure._fields)
    kept = [{k: v for k, v in one.items() if k in known} for one in content.get("figures", ())]
    return [Figure(**one) for one in kept]


def row(one: Figure) -> str:
    bound = f"{one.bound:.2f}" if one.bound else ""
    verdict = "**OVER**" if one.verdict == "OVER" else one.verdict
    doubt = "~" if one.spread > WIDE else ""
    return (
        f"| {one.name} | {readable(one.peer)} | {readable(one.ours)} | {doubt}{one.ratio:.2f} "
        f"| {one.spread:.2f} | {bound} | {verdict} |"
    )


TABLE = (
    "| figure | peer | entrepot | ratio | spread | bound | |",
    "|---|---:|---:|---:|---:|---:|---|",
)


def table(found: list[Figure]) -> str:
    return "\n".join([*TABLE, *map(row, found)])


def short(found: dict[str, dict[str, Any]]) -> str:
    """The promises, and which of them this run has not kept."""
    promised = [one for content in found.values() for one in figures(content) if one.bound]
    over = [one for one in promised if one.verdict == "OVER"]
    kept = f"{len(promised) - len(over)} of {len(promised)} bounds were kept."
    if not over:
        return kept
    return f"{kept} Not kept:\n\n{table(over)}"


def timings(content: dict[str, Any]) -> str:
    """Times without a peer, as a table."""
    told = {name: value for name, value in content.items() if isinstance(value, float)}
    lines = [f"| {name} | {readable(seconds)} |" for name, seconds in told.items()]
    return "\n".join(["| what | median |", "|---|---:|", *lines]) if lines else ""


def picture(curve: Curve, path: Path) -> None:
    """Draw the curve as SVG: the same bytes for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "entrepot", "font.size": 9, "svg.fonttype": "none"})
    from matplotlib import pyplot as plt

    drawn, axes = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
    for (label, values), style in zip(curve.lines.items(), ("o-", "s-", "^-", "d-"), strict=False):
        axes.plot(curve.xs, values, style, label=label)
    if len(curve.xs) > 1 and max(curve.xs) / min(curve.xs) > 30:
        axes.set_xscale("log")
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
        axes.set_xticks(curve.xs)
    axes.set(title=curve.name, xlabel=curve.x, ylabel=curve.y)
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    drawn.savefig(path, metadata={"Date": None})
    plt.close(drawn)


def curve_text(curve: Curve) -> str:
    """The curve as a picture and, for those who cannot see it, as a table."""
    name = "performance-" + re.sub(r"\W+", "-", curve.name.lower()).strip("-") + ".svg"
    (DOCS / "images").mkdir(exist_ok=True)
    picture(curve, DOCS / "images" / name)
    lines = [
        f"![{curve.name}](images/{name})",
        "",
        f"| {curve.x} | {' | '.join(curve.lines)} |",
        f"|---:|{'---:|' * len(curve.lines)}",
    ]
    for place, *values in zip(curve.xs, *curve.lines.values(), strict=True):
        lines.append(f"| {place:,} | {' | '.join(f'{value:,.1f}' for value in values)} |")
    return "\n".join(lines)


def section(name: str, content: dict[str, Any]) -> str:
    parts = [f"## {content.get('title', name.capitalize())}", SECTIONS[name]]
    found = figures(content)
    if found:
        parts.append(table(found))
    parts.append(timings(content))
    for one in content.get("curves", ()):
        curve = Curve(**{**one, "xs": tuple(one["xs"])})
        parts.append(f"{curve.y.capitalize()}:\n\n{curve_text(curve)}")
    parts.append(f"`python benchmarks/{name}.py`, {content.get('date', '')}")
    return "\n\n".join(part for part in parts if part)


def main() -> None:
    found = results()
    if not found:
        sys.exit("nothing has been measured yet: python -m benchmarks")
    newest = max(content.get("date", "") for content in found.values())
    hosts = sorted({str(content["host"]) for content in found.values()})
    head = HEAD.format(wide=WIDE, host="; ".join(hosts), date=newest, short=short(found))
    parts = [head.strip(), *(section(name, content) for name, content in found.items())]
    (DOCS / "performance.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"docs/performance.md: {', '.join(found)}")


if __name__ == "__main__":
    main()
