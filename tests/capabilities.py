"""What the interpreter, the platform and the host of entrepot can do: tried, not guessed by name.

`needs("...")` marks a test that has no meaning without a capability. What can be noticed where it
is used needs no mark: where no thread or process can be started, a test that starts one is
skipped at that point; so it is with links (`skip_where_impossible`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading

import pytest

from entrepot import host
from entrepot.host import portable


def _starts_threads():
    try:
        threading.Thread(target=len, args=("",)).start()
    except RuntimeError as error:
        return str(error)
    return None


def _starts_processes():
    try:
        subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    return None


def _survives_deep_nesting():
    if reason := lacking("processes"):
        return f"it may end the process, and there is {reason}"
    program = "import json\ntry: json.loads('[' * 100_000)\nexcept RecursionError: pass"
    child = subprocess.run([sys.executable, "-I", "-S", "-c", program], check=False)
    return f"exit status {child.returncode}" if child.returncode else None


def _makes_links():
    with tempfile.TemporaryDirectory() as directory:
        try:
            os.symlink(directory, os.path.join(directory, "link"))
        except (OSError, AttributeError) as error:
            return str(error)
    return None


def _honours_umask():
    if not hasattr(os, "umask"):
        return "there is no os.umask()"
    before = os.umask(0o077)
    try:
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "file")
            with open(path, "w", encoding="utf-8"):
                mode = os.stat(path).st_mode & 0o777
    finally:
        os.umask(before)
    return None if mode == 0o600 else "new files have all permissions"


def _has_terminals():
    try:
        for fd in __import__("pty").openpty():
            os.close(fd)
    except (ImportError, OSError, AttributeError) as error:
        return str(error)
    return None


def _removes_current_directory():
    before = os.getcwd()
    directory = tempfile.mkdtemp()
    os.chdir(directory)
    try:
        os.rmdir(directory)
    except OSError as error:
        return str(error)
    finally:
        os.chdir(before)
    return None


def _takes_bytes():
    for finder in sys.meta_path:
        try:
            finder.find_spec("entrepot_absent.child", [b"bytes"])
        except TypeError as error:
            return f"{finder!r}: {error}"
    return None


def _has_library_files():
    return None if os.path.isfile(os.__file__) else f"there is no {os.__file__}"


_PROBES = {
    "threads": _starts_threads,
    "processes": _starts_processes,
    "deep nesting": _survives_deep_nesting,
    "links": _makes_links,
    "umask": _honours_umask,
    "pseudo-terminals": _has_terminals,
    "removing the current directory": _removes_current_directory,
    "bytes on paths": _takes_bytes,
    "library on disk": _has_library_files,
}
_answers: dict[str, str | None] = {}


def lacking(capability):
    """Why *capability* is not there; None if it is."""
    if capability in host.CANNOT:
        return f"the host of entrepot: {host.CANNOT[capability]}"
    if capability in portable.CANNOT:  # which has all that a host may lack
        return None
    if capability not in _answers:
        reason = _PROBES[capability]()
        _answers[capability] = reason and f"no {capability}: {reason}"
    return _answers[capability]


def needs(*capabilities):
    """Mark a test that cannot be without *capabilities*; the reason says which is missing."""
    reasons = [reason for each in capabilities if (reason := lacking(each))]
    return pytest.mark.skipif(bool(reasons), reason="; ".join(reasons))


def skip_where_impossible(monkeypatch):
    """Let tests that start a thread or a process be skipped where that cannot be done."""
    for capability, holder, name in (
        ("threads", threading.Thread, "start"),
        ("processes", subprocess.Popen, "__init__"),
        ("processes", os, "fork"),
        ("links", os, "symlink"),
    ):
        if hasattr(holder, name) and lacking(capability):
            monkeypatch.setattr(holder, name, _skipping(capability))


def _skipping(capability):
    def skip(*args, **options):
        pytest.skip(lacking(capability))

    return skip
