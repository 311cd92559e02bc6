"""A process with an end: its output, and what became of it."""

from __future__ import annotations

import os
import signal
import subprocess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO

#: Of what a process writes, no more is read. Bytes.
MOST = 1 << 20


class Ended:
    """How a process ended: what it wrote, its exit *status*, None if its time was over."""

    __slots__ = ("err", "out", "status")

    def __init__(self, out: str, err: str, status: int | None) -> None:
        self.out = out
        self.err = err
        self.status = status


def run(command: Sequence[str], *, scratch: str, env: Mapping[str, str], limit: float) -> Ended:
    """Run *command* in the directory *scratch*/cwd, for *limit* seconds at most.

    Output goes to files in *scratch*: a process that it has left behind cannot keep us waiting.
    Raises OSError when the command cannot be started.
    """
    names = [os.path.join(scratch, name) for name in ("out", "err")]
    cwd = os.path.join(scratch, "cwd")
    os.mkdir(cwd)
    with open(names[0], "wb") as out, open(names[1], "wb") as err:
        status = _wait(_start(command, cwd, env, out, err), limit)
    return Ended(_read(names[0]), _read(names[1]), status)


def _start(
    command: Sequence[str], cwd: str, env: Mapping[str, str], out: IO[bytes], err: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        start_new_session=True,
    )


def _wait(process: subprocess.Popen[bytes], limit: float) -> int | None:
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it has started and not waited for."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # Nobody is left. (macOS says that it is not permitted to end the dead.)
    else:
        process.kill()
    process.wait()


def _read(path: str) -> str:
    with open(path, "rb") as file:
        return file.read(MOST).decode("utf-8", "backslashreplace").replace("\r\n", "\n")
