"""Importing from zip archives, against the interpreter's own zipimport.

    python benchmarks/zip.py [--rounds N] [PART...]

Each side is a new process; entrepot's has `install()` done before the clock starts, both have
zlib loaded. Processor time, for what else the machine does only ever adds. Writes
benchmarks/out/zip.json.
"""

from __future__ import annotations

import argparse
import os
import py_compile
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._harness import counted, figure, told
from benchmarks._results import main
from benchmarks._samples import INSTALL, SMALL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks._harness import Figure, Side

MODULES, MEMBERS = 500, 20_000
STAMP = 1_700_000_000
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
# Bytes.
MEMORY = """
import tracemalloc
from {module} import zipimporter
tracemalloc.start()
importer = zipimporter({archive!r})
assert importer.find_spec("one")
print(tracemalloc.get_traced_memory()[0])
"""


def archives(directory: Path) -> dict[str, Path]:
    """Write 500 modules to archives of four forms."""
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
    return found


def large_archive(directory: Path) -> Path:
    """Write an archive of 20,000 members."""
    path = directory / "large.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(MEMBERS - 1):
            name = f"package{number // 200}/part{number // 20 % 10}/module_number_{number}.py"
            archive.writestr(name, "x = 1\n")
        archive.writestr("one.py", "x = 1\n")
    return path


def sides(code: str, archive: Path) -> tuple[Side, Side]:
    """What runs *code* about *archive* with the interpreter's own zipimport, and with entrepot."""
    fields = {"archive": str(archive), "modules": MODULES}
    return (
        told(code.format(**fields, whose="zipimport", module="zipimport")),
        told(INSTALL + code.format(**fields, whose="entrepot", module="entrepot.zipimport")),
    )


def modules(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """Many modules, from archives of four kinds."""
    for form, archive in archives(folder).items():
        name = f"import {MODULES} modules ({form})"
        yield figure(name, *sides(IMPORT_ALL, archive), rounds=options.rounds, bound=0.6)


def large(folder: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """One module from an archive with many members."""
    archive = large_archive(folder)
    name = f"open {MEMBERS:,} members, import one module"
    yield figure(name, *sides(IMPORT_ONE, archive), rounds=options.rounds, bound=0.4)
    peer, ours = (side() for side in sides(MEMORY, archive))
    yield counted(f"directory of {MEMBERS:,} members, in memory", peer, ours, "B", bound=0.6)


if __name__ == "__main__":
    main("Zip archives", "zip", (modules, large), __doc__)
