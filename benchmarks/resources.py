"""Reading what packages ship, against importlib.resources and its backport.

    python benchmarks/resources.py [--rounds N] [PART...]

Both peers are measured beside entrepot in each round; the bound is held against the quicker one.
Needs Python 3.12 or later, where importlib.resources has the same API, and importlib_resources.
Writes benchmarks/out/resources.json.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import against, figure, process, told
from benchmarks._results import main

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure, Side

FILES = 1000
IN_A_ZIP = 100  # The peers look through the whole archive for each.

#: From before the import to after the first read, without the interpreter's own start.
FIRST_READ = """
import sys, time
sys.path.insert(0, {path!r})
start = time.perf_counter()
from {peer} import files
files("shop").joinpath("wares.txt").read_text(encoding="utf-8")
print(time.perf_counter() - start)
"""

#: Why `files()` gives no `pathlib.Path` (docs/resources.md): what that alone would cost.
PATHLIB = """
import time
start = time.perf_counter()
import pathlib
print(time.perf_counter() - start)
"""

WHOLE = """
import sys
sys.path.insert(0, {path!r})
from {peer} import files
files("shop").joinpath("wares.txt").read_text(encoding="utf-8")
"""

#: What a long-running program pays: everything is imported.
MANY_READS = """
import sys, time
sys.path.insert(0, {path!r})
import shop
from {peer} import files
def read():
    for number in range({files}):
        (files(shop) / "data" / f"{{number}}.txt").read_text(encoding="utf-8")
read()
start = time.perf_counter()
read()
print(time.perf_counter() - start)
"""

COPY = """
import sys, time
sys.path.insert(0, {path!r})
import shop
from {peer} import as_file, files
start = time.perf_counter()
with as_file(files(shop)) as path:
    pass
print(time.perf_counter() - start)
"""

PEERS = ("importlib.resources", "importlib_resources")
OURS = "entrepot.resources"


def make_places(directory: str) -> tuple[str, str]:
    """Write the package `shop` to a directory and to a zip; return the two path entries."""
    tree = {"__init__.py": "", "wares.txt": "tea\n"}
    tree.update((f"data/{number}.txt", str(number) * 100) for number in range(FILES))
    archive = str(Path(directory, "shop.zip"))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in tree.items():
            target = Path(directory, "site", "shop", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            file.writestr(f"shop/{name}", text)
    return str(Path(directory, "site")), archive


def beside_both(
    name: str, code: str, path: str, rounds: int, bound: float | None = None, files: int = FILES
) -> list[Figure]:
    """Measure what measures itself with each peer and with entrepot."""

    def side(module: str) -> Side:
        return told(code.format(path=path, files=files, peer=module))

    return against(
        name, {peer: side(peer) for peer in PEERS}, side(OURS), rounds=rounds, bound=bound
    )


def first(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """The first read of a program."""
    disk, archive = make_places(str(folder))
    name, rounds = "import and first read", options.rounds
    yield from beside_both(f"{name}, on disk", FIRST_READ, disk, rounds, 1 / 3)
    yield from beside_both(f"{name}, in a zip", FIRST_READ, archive, rounds)
    peer = told(FIRST_READ.format(path=disk, peer=PEERS[0]))
    name = "import pathlib, and nothing else"
    yield figure(name, peer, told(PATHLIB), rounds=rounds, against=f"{PEERS[0]}, first read")


def whole(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """The same as whole processes."""
    disk, _ = make_places(str(folder))
    found = {
        module: process(sys.executable, "-c", WHOLE.format(path=disk, peer=module))
        for module in (*PEERS, OURS)
    }
    ours = found.pop(OURS)
    yield from against("first read on disk, whole process", found, ours, rounds=options.rounds)


def many(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """What a program pays that runs for long."""
    disk, archive = make_places(str(folder))
    rounds = options.rounds
    yield from beside_both(f"{FILES} reads, on disk", MANY_READS, disk, rounds)
    name = f"{IN_A_ZIP} reads, in a zip of {FILES} files"
    yield from beside_both(name, MANY_READS, archive, rounds, files=IN_A_ZIP)
    yield from beside_both(f"as_file of {FILES} files in a zip", COPY, archive, rounds)


if __name__ == "__main__":
    main("Resources", "resources", (first, whole, many), __doc__)
