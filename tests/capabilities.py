"""What the interpreter, the platform and the host of entrepot can do: tried, not guessed by name.

`needs("...")` marks a test that has no meaning without a capability. What can be noticed where it
is used needs no mark: where no thread or process can be started, a test that starts one is
skipped at that point; so it is with links (`skip_where_impossible`).
"""

from __future__ import annotations

import builtins
import importlib.machinery
import json
import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
import types

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
    """Not `os`, which is frozen and says where it would lie."""
    return None if os.path.isfile(json.__file__) else f"there is no {json.__file__}"


def _loads_extensions():
    return None if importlib.machinery.EXTENSION_SUFFIXES else "no suffix is one of theirs"


def _keeps_modes():
    directory = tempfile.mkdtemp()
    mode = stat.S_IMODE(os.stat(directory).st_mode)
    os.rmdir(directory)
    return None if mode == 0o700 else f"a directory for its user alone has {mode:o}"


def _keeps_times_of_change():
    with tempfile.TemporaryDirectory() as directory:
        before = os.stat(directory)
        while time.time_ns() < before.st_ctime_ns + 50_000_000:
            time.sleep(0.01)
        os.utime(directory, ns=(before.st_atime_ns, before.st_mtime_ns))
        changed = os.stat(directory).st_ctime_ns != before.st_ctime_ns
    return None if changed else "st_ctime stays when the directory's mtime is set"


def _keeps_nanoseconds():
    odd = 1_234_567_891_123_456_789
    with tempfile.TemporaryDirectory() as directory:
        os.utime(directory, ns=(odd, odd))
        kept = os.stat(directory).st_mtime_ns
    return None if kept == odd else f"an mtime of {odd} ns becomes {kept}"


def _duplicates_descriptors():
    return None if hasattr(os, "dup2") else "there is no os.dup2()"


def _resolves_lazy_imports_whole():
    """Before 3.15 was final, `lazy import a.b` gave `a`, and the interpreter itself got `a.b`."""
    if not hasattr(sys, "get_lazy_imports"):
        return "they came with Python 3.15"
    asked = []

    def record(name, *rest):
        asked.append(name)
        return types.ModuleType("a")

    namespace = {"__name__": "probe", "__builtins__": {**vars(builtins), "__import__": record}}
    exec("lazy import a.b", namespace)
    exec("a", namespace)
    return None if asked == ["a.b"] else f"__import__ is asked for {asked}, not for a.b"


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
    "extension modules": _loads_extensions,
    "modes of files": _keeps_modes,
    "times of change": _keeps_times_of_change,
    "times to the nanosecond": _keeps_nanoseconds,
    "duplicates of descriptors": _duplicates_descriptors,
    "lazy imports in one piece": _resolves_lazy_imports_whole,
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
        reason = lacking(capability)
        if _pytest_asks(sys._getframe(1)):
            raise OSError(reason)
        pytest.skip(reason)

    return skip


def _pytest_asks(frame):
    """Whether pytest itself wants it: it makes a link for each `tmp_path`, but can do without."""
    while frame.f_globals["__name__"].partition(".")[0] == "pathlib":
        frame = frame.f_back
    return frame.f_globals["__name__"].partition(".")[0] == "_pytest"
