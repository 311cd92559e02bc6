"""Make docs/performance.md, and its pictures, of what the benchmarks have written.

    python -m benchmarks.document

The words, the order, and what is said of each section are in benchmarks/performance.md, a template:
`${imports}` there is what imports.py has measured. The figures are in benchmarks/out.
"""

from __future__ import annotations

import json
import re
import string
import sys
from pathlib import Path
from typing import Any

from ._harness import OUT, Curve, Figure
from ._results import table

FOLDER = Path(__file__).resolve().parent
DOCS = FOLDER.parent / "docs"
TEMPLATE = FOLDER / "performance.md"
WIDE = 0.25  # A spread of the ratios beyond which a figure says little.
BUSY = 1.5  # A load before a benchmark, beyond which something else was running, too.
UNKNOWN = "Missed in this run; no reason is known."
NOISY = "The rounds lie so far apart that this run can say little of it."


class Template(string.Template):
    """Only `${name}` is a place: `$ make bench` is text."""

    pattern = r"""
    \$(?:(?P<escaped>(?!))|(?P<named>(?!))|\{(?P<braced>[a-z]+)\}|(?P<invalid>(?!)))
    """


def places() -> list[str]:
    """The benchmarks that the template has a place for, in its order."""
    named = re.findall(r"\$\{([a-z]+)\}", TEMPLATE.read_text(encoding="utf-8"))
    return [name for name in named if (FOLDER / f"{name}.py").exists()]


def results() -> dict[str, dict[str, Any]]:
    """What was measured, by the name of the benchmark."""
    files = {name: OUT / f"{name}.json" for name in places()}
    return {
        name: json.loads(path.read_text(encoding="utf-8"))
        for name, path in files.items()
        if path.exists()
    }


def figures(content: dict[str, Any]) -> list[Figure]:
    known = set(Figure._fields)
    kept = [{k: v for k, v in one.items() if k in known} for one in content.get("figures", ())]
    return [Figure(**{**one, "pairs": tuple(map(tuple, one["pairs"]))}) for one in kept]


def promises(found: dict[str, dict[str, Any]]) -> str:
    """Each bound with its verdict: first those that this run has not kept, and why."""
    promised = [
        one._replace(name=f"{content['title']}: {one.name}")
        for content in found.values()
        for one in figures(content)
        if one.bound
    ]
    over = [one for one in promised if one.verdict == "OVER"]
    kept = [one for one in promised if one.verdict == "ok"]
    said = [f"{len(kept)} of {len(promised)} bounds were kept."]
    if over:
        said += ["### Not kept", table(over, wide=WIDE), *_reasons(over)]
    if kept:
        said += ["### Kept", table(kept, wide=WIDE)]
    return "\n\n".join(said)


def _reasons(over: list[Figure]) -> list[str]:
    """What is known of the misses, each reason once."""
    reasons: dict[str, list[str]] = {}
    for one in over:
        reasons.setdefault(one.why or UNKNOWN, []).append(f'"{one.name}"')
    lines = [f"- {', '.join(dict.fromkeys(names))}. {why}" for why, names in reasons.items()]
    noisy = [f'"{one.name}"' for one in over if one.spread > WIDE]
    if noisy:
        lines.append(f"- {', '.join(dict.fromkeys(noisy))}. {NOISY}")
    return ["\n".join(lines)]


def machine(found: dict[str, dict[str, Any]]) -> str:
    """Where and when, and how busy it was."""
    hosts = sorted({content["host"] for content in found.values() if "host" in content})
    dates = sorted({content["date"] for content in found.values() if "date" in content})
    seconds = sum(content.get("seconds") or 0 for content in found.values())
    loads = [content["load"] for content in found.values() if content.get("load") is not None]
    said = [f"Machine: {'; '.join(hosts)}.", f"Date: {' to '.join(dict.fromkeys(dates))}."]
    said.append(f"It took {seconds / 60:.0f} minutes.")
    if loads and max(loads) > BUSY:
        said.append(
            f"**The machine was not quiet**: up to {max(loads):.1f} processes were running when a "
            "benchmark began, where it should be one at the most. Look at the spreads."
        )
    return " ".join(said)


def picture(curve: Curve, path: Path) -> None:
    """Draw the curve as SVG: the same bytes for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "entrepot", "font.size": 9, "svg.fonttype": "none"})
    from matplotlib import pyplot as plt
    from matplotlib.ticker import LogLocator

    drawn, axes = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
    for (label, values), style in zip(curve.lines.items(), ("o-", "s--", "^-", "d-"), strict=False):
        axes.plot(curve.xs, values, style, label=label, markersize=5)
    if max(curve.xs) / min(curve.xs) > 30:
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_minor_formatter("")
    else:
        axes.set_ylim(bottom=0)
    axes.set_xticks(curve.xs, minor=False)
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.set(title=curve.name, xlabel=curve.x, ylabel=curve.y)
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    drawn.patch.set_facecolor("white")
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
        f"| {curve.x} | {' | '.join(f'{label} ({curve.y})' for label in curve.lines)} |",
        f"|---:|{'---:|' * len(curve.lines)}",
    ]
    for place, *values in zip(curve.xs, *curve.lines.values(), strict=True):
        lines.append(f"| {place:,} | {' | '.join(f'{value:,.1f}' for value in values)} |")
    return "\n".join(lines)


def facts(content: dict[str, Any]) -> str:
    """What has no peer, as a table."""
    lines = [f"| {name} | {value} |" for name, value in content.get("facts", {}).items()]
    return "\n".join(["| what | |", "|---|---|", *lines]) if lines else ""


def section(name: str, content: dict[str, Any]) -> str:
    """All that a benchmark has found, and what it has not."""
    measured = figures(content)
    parts = [table(measured, wide=WIDE)] if measured else []
    parts.append(facts(content))
    curves = [Curve(**{**one, "xs": tuple(one["xs"])}) for one in content.get("curves", ())]
    parts.extend(map(curve_text, curves))
    missing = content.get("missing", {}).items()
    parts.extend(f"Not measured in this run: {part} ({reason})." for part, reason in missing)
    if "seconds" in content:
        command = f"python benchmarks/{name}.py --rounds {content['rounds']}"
        parts.append(f"`{command}`, {content['seconds']} s.")
    return "\n\n".join(part for part in parts if part)


def main() -> None:
    found = results()
    if not found:
        sys.exit("nothing has been measured yet: python -m benchmarks")
    for name in places():
        found.setdefault(name, {"missing": {"all of it": f"{name}.py was not run"}})
    said = {name: section(name, content) for name, content in found.items()}
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    text = template.substitute(
        said, promises=promises(found), machine=machine(found), wide=WIDE, busy=BUSY
    )
    (DOCS / "performance.md").write_text(text, encoding="utf-8")
    measured = [name for name, content in found.items() if content.get("figures")]
    print(f"docs/performance.md: {', '.join(measured)}")


if __name__ == "__main__":
    main()
