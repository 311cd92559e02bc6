"""Reading what packages ship, against the interpreter's own importlib.resources.

    python benchmarks/resources.py [--rounds N]

Writes benchmarks/out/resources.json. Needs Python 3.12 or later: the peer has the same API there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import Figure, figure, process, report, told

FILES = 1000

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

PEERS = ("importlib.resources", "entrepot.resources")


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


def compare(name: str, code: str, path: str, rounds: int, bound: float | None = None) -> Figure:
    """Return a figure whose sides measure themselves."""
    fields = {"path": path, "files": FILES}
    peer, ours = (told(code.format(**fields, peer=module)) for module in PEERS)
    return figure(name, peer, ours, rounds=rounds, bound=bound)


def pathlib_alone(path: str, rounds: int) -> Figure:
    """Return a figure of importing pathlib, as a part of the peer's first read."""
    peer = told(FIRST_READ.format(path=path, peer=PEERS[0]))
    return figure("import pathlib, and nothing else", peer, told(PATHLIB), rounds=rounds)


def whole(name: str, path: str, rounds: int) -> Figure:
    """Return a figure of whole processes."""
    peer, ours = (
        process(sys.executable, "-c", WHOLE.format(path=path, peer=module)) for module in PEERS
    )
    return figure(name, peer, ours, rounds=rounds)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as directory:
        disk, archive = make_places(directory)
        figures = [
            compare("import and first read, on disk", FIRST_READ, disk, rounds, 1 / 3),
            compare("import and first read, in a zip", FIRST_READ, archive, rounds),
            pathlib_alone(disk, rounds),
            whole("the same on disk, whole process", disk, rounds),
            compare(f"{FILES} reads, on disk", MANY_READS, disk, rounds),
            compare(f"{FILES} reads, in a zip", MANY_READS, archive, max(3, rounds // 5)),
            compare(f"as_file of {FILES} files in a zip", COPY, archive, rounds),
        ]
    report("Resources", figures, "resources")


if __name__ == "__main__":
    main()
