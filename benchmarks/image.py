"""Whole processes whose modules come from an image, against plain `python`.

    python benchmarks/image.py [--rounds N] [NAME...]

NAME chooses programs by a part of their name. The packages are installed into an environment
below benchmarks/out, once. Writes benchmarks/out/image.json.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _harness import OUT, environment, figure, process, report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from _harness import Figure

#: What a program imports.
PROGRAMS = {
    "boto3": "import boto3",
    "sympy": "import sympy",
    "pandas": "import pandas",
    "django, sqlalchemy": "import django.core.management, sqlalchemy",
}
PACKAGES = ("boto3", "sympy", "pandas", "django", "sqlalchemy")
BOUNDS = {"checked": 0.85, "sealed": 0.80}
TEN = "ten modules"


def installed() -> Path:
    """The directory of the commands of an environment with entrepot and the packages."""
    place = OUT / f"image-{sys.implementation.cache_tag}"
    scripts = place / ("Scripts" if sys.platform == "win32" else "bin")
    if not (place / "ready").exists():
        venv.create(place, clear=True, with_pip=True)
        root = Path(__file__).resolve().parents[1]
        pip = [str(scripts / "python"), "-m", "pip", "install", "-q", "-e", str(root), *PACKAGES]
        subprocess.run(pip, check=True, env=environment())
        (place / "ready").touch()
    return scripts


def ten_modules(folder: Path) -> list[str]:
    """The words after `python` of a program of ten modules."""
    for n in range(10):
        text = f'"""Module {n}."""\n\nLIMIT = {n}\n\n\ndef f(a, b=LIMIT):\n    return a + b\n'
        (folder / f"module{n}.py").write_text(text)
    (folder / "app.py").write_text("".join(f"import module{n}\n" for n in range(10)))
    return [str(folder / "app.py")]


def measured(scripts: Path, folder: Path, name: str, words: list[str], n: int) -> Iterator[Figure]:
    """A program under each of the two rules of trust."""
    image = str(folder / f"{len(list(folder.iterdir()))}.image")
    python, entrepot = str(scripts / "python"), str(scripts / "entrepot")
    build = [entrepot, "image", "build", "-o", image, *words]
    subprocess.run(build, check=True, env=environment(), stdout=subprocess.DEVNULL)
    plain = process(python, *words)
    for trust, bound in BOUNDS.items():
        ours = process(entrepot, "run", "--image", image, "--trust", trust, *words)
        limit = 1.2 if name == TEN else bound
        yield figure(f"{name}, {trust}", plain, ours, rounds=n, bound=limit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    scripts, figures = installed(), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        programs = {name: ["-c", code] for name, code in PROGRAMS.items()}
        programs[TEN] = ten_modules(folder)
        for program, words in programs.items():
            if not options.names or any(each in program for each in options.names):
                figures += measured(scripts, folder, program, words, options.rounds)
    report("Images", figures, "image")


if __name__ == "__main__":
    main()
