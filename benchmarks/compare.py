"""Tell what has got worse: `python -m benchmarks.compare OLD NEW`.

OLD and NEW are folders with the JSON files of two runs (benchmarks/out of each). A ratio counts as
worse, or better, when it has changed by more than what the rounds of both runs lie apart. The
exit status is 1 if anything is worse.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

ALIKE = 0.03  # A smaller change of a ratio is no change, however quiet both runs were.


class Change(NamedTuple):
    """One figure of two runs."""

    name: str
    old: float
    new: float
    noise: float

    @property
    def verdict(self) -> str:
        if abs(self.new - self.old) <= max(self.noise, ALIKE):
            return ""
        return "worse" if self.new > self.old else "better"


def figures(folder: Path) -> dict[str, tuple[float, float]]:
    """Ratio and spread of each figure in the files of *folder*, by "file: name / peer"."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if not path.name.endswith(".pyperf.json"):
            for one in content.get("figures", ()):
                name = f"{path.stem}: {one['name']} / {one['against']}"
                found[name] = one["ratio"], one["spread"]
    return found


def changes(old: Path, new: Path) -> list[Change]:
    """What both runs have measured."""
    before, after = figures(old), figures(new)
    return [
        Change(name, before[name][0], ratio, max(before[name][1], spread))
        for name, (ratio, spread) in after.items()
        if name in before
    ]


def main(argv: list[str]) -> int:
    folders = [Path(word) for word in argv]
    if len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        print(__doc__, file=sys.stderr)
        return 2
    found = changes(*folders)
    if not found:
        print("the two runs have no figure in common", file=sys.stderr)
        return 2
    width = max(len(change.name) for change in found)
    for change in found:
        print(f"{change.name:{width}}  {change.old:6.2f} -> {change.new:6.2f}  {change.verdict}")
    return any(change.verdict == "worse" for change in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
