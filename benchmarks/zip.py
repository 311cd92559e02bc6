"""Importing from zip archives, against the interpreter's own zipimport.

    python benchmarks/zip.py [--rounds N]

Each side is a new process; entrepot's has `install()` done before the clock starts, both have
zlib loaded. Processor time, for what else the machine does only ever adds. Writes
benchmarks/out/zip.json.
"""

from __future__ import annotations

import argparse
import os
import py_compile
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import Figure, figure, report, told

MODULES, MEMBERS = 500, 20_000
STAMP = 1_700_000_000
SMALL = '''"""Module {n}."""

from __future__ import annotations

LIMIT = {n}
NAMES = ("a", "b", "c")


class Thing:
    """A thing."""

    def __init__(self, size: int = LIMIT) -> None:
        self.size = size

    def grow(self, by: int) -> int:
        self.size += by
        return self.size


def make(size: int) -> Thing:
    return Thing(size)
'''

INSTALL = "import entrepot; entrepot.install()\n"
IMPORT_ALL = """
import sys, time, zlib, binascii
sys.path.insert(0, {archive!r})
start = time.process_time()
for number in range({modules}):
    __import__(f"m{{number}}")
print(time.process_time() - start)
assert type(sys.modules["m0"].__loader__).__module__.startswith({whose!r})
"""
IMPORT_ONE = """
import sys, time, zlib, binascii
sys.path.insert(0, {archive!r})
start = time.process_time()
import one
print(time.process_time() - start)
assert type(one.__loader__).__module__.startswith({whose!r})
"""
# Bytes, shown as if they were seconds: the ratio is what counts.
MEMORY = """
import tracemalloc
from {module} import zipimporter
tracemalloc.start()
importer = zipimporter({archive!r})
assert importer.find_spec("one")
print(tracemalloc.get_traced_memory()[0])
"""


def archives(directory: Path) -> dict[str, Path]:
    """Write the archives: 500 modules in four forms, and one of 20,000 members."""
    sources = []
    for number in range(MODULES):
        source = directory / f"m{number}.py"
        source.write_text(SMALL.format(n=number))
        os.utime(source, (STAMP, STAMP))
        py_compile.compile(str(source), cfile=f"{source}c")
        sources.append(source)
    forms = {
        "sources, deflated": ((".py",), zipfile.ZIP_DEFLATED),
        "sources and pycs, deflated": ((".pyc", ".py"), zipfile.ZIP_DEFLATED),
        "pycs, deflated": ((".pyc",), zipfile.ZIP_DEFLATED),
        "pycs, stored": ((".pyc",), zipfile.ZIP_STORED),
    }
    found = {}
    for form, (suffixes, method) in forms.items():
        found[form] = directory / f"{form.replace(', ', '-').replace(' ', '-')}.zip"
        with zipfile.ZipFile(found[form], "w", method) as archive:
            for source in sources:
                for suffix in suffixes:
                    archive.write(source.with_suffix(suffix), source.stem + suffix)
    found["large"] = directory / "large.zip"
    with zipfile.ZipFile(found["large"], "w") as archive:
        for number in range(MEMBERS - 1):
            name = f"package{number // 200}/part{number // 20 % 10}/module_number_{number}.py"
            archive.writestr(name, "x = 1\n")
        archive.writestr("one.py", "x = 1\n")
    return found


def sides(code: str, archive: Path, rounds: int, name: str, bound: float) -> Figure:
    """Measure *code* about *archive* with the interpreter's own zipimport, and with entrepot."""
    fields = {"archive": str(archive), "modules": MODULES}
    return figure(
        name,
        told(code.format(**fields, whose="zipimport", module="zipimport")),
        told(INSTALL + code.format(**fields, whose="entrepot", module="entrepot.zipimport")),
        rounds=rounds,
        bound=bound,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as directory:
        found = archives(Path(directory))
        large = found.pop("large")
        figures = [
            sides(IMPORT_ALL, archive, rounds, f"import {MODULES} modules ({form})", 0.6)
            for form, archive in found.items()
        ]
        name = f"open {MEMBERS:,} members, import one module"
        figures.append(sides(IMPORT_ONE, large, rounds, name, 0.4))
        name = f"directory of {MEMBERS:,} members (bytes, as s)"
        figures.append(sides(MEMORY, large, 3, name, 0.6))
    report("Zip archives", figures, "zip")


if __name__ == "__main__":
    main()
