"""What is measured: generated modules, real programs, and images of both."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks._harness import environment

INSTALL = "import entrepot; entrepot.install()\n"

#: A small module: {n} is its number.
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

#: What a real program imports.
PROGRAMS = {
    "boto3": "import boto3",
    "sympy": "import sympy",
    "pandas": "import pandas",
    "django, sqlalchemy": "import django.core.management\nimport sqlalchemy",
}
#: The distributions that they need.
NAMES = ("boto3", "django", "pandas", "sqlalchemy", "sympy")

COLLECTOR_OFF = "import gc; gc.disable()\n"

TEN = 10
A_MODULE_OF_TEN = "".join(
    f"def f{n}(a, b={n}):\n    return a + b * {n}\n\n\n"
    f"class C{n}:\n    def m(self):\n        return {n}\n\n\n"
    for n in range(10)
)


def scripts(folder: Path, first: str = "") -> dict[str, Path]:
    """The programs as files, by name; *first* is their first line."""
    found = {}
    for number, (name, text) in enumerate(PROGRAMS.items()):
        found[name] = folder / f"program_{number}.py"
        found[name].write_text(f"{first}{text}\n", encoding="utf-8")
    return found


def ten_modules(folder: Path) -> Path:
    """A program of ten modules with ten functions and ten classes each."""
    for number in range(TEN):
        (folder / f"ten_{number}.py").write_text(A_MODULE_OF_TEN, encoding="utf-8")
    script = folder / "program_of_ten.py"
    script.write_text("".join(f"import ten_{n}\n" for n in range(TEN)), encoding="utf-8")
    return script


def image(python: str | Path, path: Path, *program: str, **env: str) -> str:
    """Build an image of a *program*, which gets its pycs by that, and return the image's path.

    It should be in a folder of its own: a folder on `sys.path` that changes after the image was
    built is read again at each start.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": environment(**env)}
    subprocess.run([str(python), *program], check=True, **quiet)
    build = [str(python), "-m", "entrepot", "image", "build", "-o", str(path), *program]
    subprocess.run(build, check=True, **quiet)
    return str(path)
