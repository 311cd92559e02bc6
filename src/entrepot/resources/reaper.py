"""A directory that goes when this process does, however it ends.

A handler for SIGTERM would be the application's business, and no handler sees SIGKILL. So the
directory is watched from outside: a child, `/bin/sh`, sits at the reading end of a pipe whose
writing end only this process has. The kernel closes that when the process ends, for whatever
reason; the child reads end-of-file, removes the directory and is gone.

- The child is started before the directory is made: there is no moment without it.
- It is nobody's child (its parent, another sh, ends at once and is waited for here), so that a
  program which waits for any child of its own does not meet it. It is in a session of its own
  and ignores the terminal's signals, holds no file but the pipe, and no directory.
- A fork shares the writing end: the directory then stays until both processes have ended.
- Where there is no `/bin/sh` (Windows, WASI) or no process can be started, the directory is
  removed at a normal end of the interpreter only, as the stdlib does.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHELL = "/bin/sh"
_WITHOUT_PROCESSES = ("emscripten", "wasi")
# A background job gets /dev/null for its input, unless that is taken from another descriptor.
_SCRIPT = """
exec 3<&0 </dev/null >/dev/null 2>&1
cd /
{
    trap '' HUP INT QUIT TERM PIPE
    while read -r line <&3; do :; done
    rm -rf -- "$1"
} &
"""


def watch(directory: str) -> int | None:
    """Have *directory*, which need not exist yet, removed when this process ends.

    Return the descriptor to keep open; closing it lets the child do its work at once. Return
    None where no child can be started.
    """
    if not os.path.exists(_SHELL) or sys.platform in _WITHOUT_PROCESSES:
        return None
    reading, writing = os.pipe()
    try:
        _start([_SHELL, "-c", _SCRIPT, "entrepot-reaper", directory], reading)
    except OSError:  # no more processes
        os.close(writing)
        return None
    finally:
        os.close(reading)
    return writing


def _start(command: list[str], stdin: int) -> None:
    """Run *command* in a session of its own, and wait for it."""
    environment = {"PATH": os.pathsep.join([os.environ.get("PATH", ""), os.defpath])}
    if not hasattr(os, "posix_spawn"):
        _start_by_subprocess(command, stdin, environment)
        return
    actions = [(os.POSIX_SPAWN_DUP2, stdin, 0)]
    try:
        pid = os.posix_spawn(command[0], command, environment, file_actions=actions, setsid=True)
    except NotImplementedError:  # an old C library
        _start_by_subprocess(command, stdin, environment)
        return
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        pass  # the program reaps its children itself


def _start_by_subprocess(command: list[str], stdin: int, environment: dict[str, Any]) -> None:
    import subprocess  # 10 ms more than posix_spawn

    subprocess.run(command, stdin=stdin, env=environment, start_new_session=True, check=False)
