"""Environments with real packages and with this project, made below benchmarks/out."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks._harness import OUT, NotMeasured, environment

PIP = "pip>=25.1"  # An older one makes commands that import `re`, to cut `.exe` off their names.
TAG = "import sys; print(sys.implementation.cache_tag)"
WHICH = "import platform; print(platform.python_implementation(), platform.python_version())"
VERSION = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])"


@functools.cache
def packages(*names: str, python: str = sys.executable) -> Path:
    """The Python of an environment with these packages, and with this project, made if need be."""
    tag = _output(python, "-c", TAG)
    home = OUT / f"env-{tag}-{'-'.join(names)}"
    found = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (home / "ready").exists():
        print(f"  installing {', '.join(names)} for {tag} ...", file=sys.stderr, flush=True)
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([python, "-m", "venv", str(home)], check=True, env=environment())
        _install(found, PIP, *names)
        (home / "ready").touch()
    _install(found, str(OUT.parents[1]), again=True)
    return found


def _install(python: Path, *what: str, again: bool = False) -> None:
    """Install, as users do; what is there already only *again* (this project, which changes)."""
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    more = ["--force-reinstall", "--no-deps"]
    if shutil.which("uv"):
        pip = ["uv", "pip", "install", "--python", str(python)]
        more = ["--reinstall-package", "entrepot"]
    command = [*pip, "--quiet", *(more if again else ()), *what]
    subprocess.run(command, check=True, env=environment())


def version(python: str) -> str:
    """Which interpreter that is, in words."""
    return _output(python, "-c", WHICH)


def interpreter(wanted: str) -> str:
    """A CPython of this version, the running one or one on the PATH.

    Raises NotMeasured where there is none.
    """
    folders = [Path(sys.base_prefix, "bin"), *map(Path, os.get_exec_path())]
    candidates = [Path(sys.executable), *(folder / f"python{wanted}" for folder in folders)]
    for candidate in candidates:
        if _is(candidate, wanted):
            return str(candidate)
    raise NotMeasured(f"needs CPython {wanted}, as python{wanted} on the PATH")


def _is(python: Path, wanted: str) -> bool:
    """Whether that is a CPython of this version that can make environments."""
    try:
        return _output(python, "-c", f"import ensurepip, venv\n{VERSION}") == f"cpython {wanted}"
    except (OSError, subprocess.CalledProcessError):
        return False


def _output(*command: str | Path) -> str:
    quiet = {"stderr": subprocess.DEVNULL, "text": True, "env": environment()}
    return subprocess.check_output(command, **quiet).strip()
