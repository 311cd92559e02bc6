"""Finds the running interpreter's own test modules and runs one in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

DRIVER = os.path.join(os.path.dirname(__file__), "driver.py")
PACKAGE = "test.test_importlib"
TIMEOUT = 600  # seconds, for one module

#: The parts of `test.test_importlib` that are not about imports. Up to 3.12 they lie flat.
METADATA = {"test_main", "test_metadata_api", "test_zip"}
RESOURCES = {
    "test_compatibilty_files",
    "test_contents",
    "test_custom",
    "test_files",
    "test_functional",
    "test_open",
    "test_path",
    "test_read",
    "test_reader",
    "test_resource",
}
FOLDERS = (".", "builtin", "extension", "frozen", "import_", "source")

Outcomes = dict[str, dict[str, str]]


def folder() -> pathlib.Path | None:
    """Where `test.test_importlib` is, or None: distributions often leave `test` out."""
    try:
        spec = importlib.util.find_spec(PACKAGE)
    except ModuleNotFoundError:
        return None
    return pathlib.Path(spec.origin).parent if spec and spec.origin else None


def import_modules() -> list[str]:
    """The modules of `test.test_importlib` that are about imports, relative to that package."""
    top = folder()
    if top is None:
        return []
    flat = {path.stem for path in top.glob("test_*.py")} - METADATA - RESOURCES
    nested = {
        f"{name}.{path.stem}" for name in FOLDERS[1:] for path in (top / name).glob("test_*.py")
    }
    return sorted(flat | nested)


def exists(module: str) -> bool:
    """Whether the interpreter comes with this test module."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def environment(**more: str) -> dict[str, str]:
    """Variables for a child: none that change how it imports, but for those given."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COVERAGE"))}
    return {**plain, **more}


def run(module: str, *options: str, executable: str = sys.executable, **env: str) -> Outcomes:
    """Run the test module *module* by the driver with *options*: what became of each test id.

    A module that could not be run at all counts as one failed test with the module's name.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        output = os.path.join(scratch, "outcomes.json")
        work = os.path.join(scratch, "work")
        os.mkdir(work)
        command = [executable, DRIVER, *options, "--output", output, module]
        try:
            child = subprocess.run(
                command,
                cwd=work,
                env=environment(**env),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {module: {"outcome": "failed", "why": f"no end within {TIMEOUT} s"}}
        if child.returncode or not os.path.exists(output):
            why = f"exit status {child.returncode}\n{child.stdout[-2000:]}{child.stderr[-4000:]}"
            return {module: {"outcome": "failed", "why": why}}
        with open(output, encoding="utf-8") as file:
            outcomes: Outcomes = json.load(file)
    return outcomes


def without_host_faults(outcomes: Outcomes, own: Outcomes) -> Outcomes:
    """*outcomes* less the failures that the interpreter has by itself, as *own* shows them."""
    host = {test for test, said in own.items() if said["outcome"] == "failed"}
    return {
        test: said
        for test, said in outcomes.items()
        if said["outcome"] != "failed" or test not in host
    }
