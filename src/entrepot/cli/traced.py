"""The traced program: a child process, and what both sides need before it begins.

By fork, where there is one: the child goes on with what is loaded already, so a traced program
starts as soon as under `entrepot run`. Elsewhere the interpreter is started again.
"""

from __future__ import annotations

import os
import sys
from time import time

from ..core.system import PROCESS_SYSTEM
from ..observe.trace.memory import resident_bytes
from ..observe.trace.output import try_out
from ..observe.trace.recorder import Recorder, told
from ..observe.trace.stream import SIZE, Shared, read
from . import run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .request import Request

#: The options that name a file to be written.
OUTPUTS = ("--html", "--json", "--chrome", "--speedscope")
#: Where temporary files go, as far as variables tell; then the places that there are.
_VARIABLES, _PLACES = ("TMPDIR", "TEMP", "TMP"), ("/tmp", "/var/tmp", ".")
#: How much of the shared memory most programs need (bytes), and how much comes at a time.
_SOON, _PAGE = 1 << 19, 4096
#: How the program has ended, if it was never begun.
NOT_STARTED = "not started"


def be_program(request: Request, sink: Callable[[Any], object], *, memory: bool) -> int | None:
    """Run the program in this process and give the records of its imports to *sink*.

    Returns and raises what `entrepot run` does.
    """
    recorder: Any = None

    def ready() -> None:
        nonlocal recorder
        recorder = Recorder(sink, memory=resident_bytes if memory else None)
        recorder.start([*sys.argv], os.getcwd(), time())
        PROCESS_SYSTEM.events.attach(recorder.handlers)

    try:
        status = run.start(request, ready)
    except SystemExit as error:
        recorder.end("exited", _status_of(error))
        raise
    except BaseException as error:
        if recorder is not None:
            recorder.end("raised", 1, told(error))
            # What follows is the interpreter's: to print the traceback it imports a good deal.
            PROCESS_SYSTEM.events.unsubscribe(recorder.handlers)
        raise
    recorder.end("returned" if status is None else NOT_STARTED, status or 0)
    return status


def _status_of(error: SystemExit) -> int:
    """Return the exit status for which the program asks; a text, which is printed, means 1."""
    if error.code is None:
        return 0
    return error.code if isinstance(error.code, int) else 1


class Child:
    """The child process that runs the program; in the child itself, *is_me* is true.

    Its records are in memory that is shared, and in the file *path*, which need not be there.
    """

    def __init__(self, words: list[str], path: str) -> None:
        self.path = path
        self.is_me = False
        self._memory: Any = b""
        self._process: Any = None
        if hasattr(os, "fork"):
            self._memory = _shared_memory()
            self.pid = os.fork()
            self.is_me = self.pid == 0
        else:
            self._spawn(words)

    def _spawn(self, words: list[str]) -> None:
        import subprocess

        launcher = sys.orig_argv[1 : len(sys.orig_argv) - len(words)]
        command = [sys.executable, *launcher, f"--records={self.path}", *words]
        self._process = subprocess.Popen(command)
        self.pid = self._process.pid

    def sink(self) -> Callable[[Any], object]:
        """Return, in the child, where its records go."""
        return Shared(self._memory, self.path, os.getpid()).write

    def wait(self) -> int:
        """Return the exit status of the program, -N if signal N has ended it."""
        if self._process is not None:
            return self._process.wait()  # type: ignore[no-any-return]
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def records(self) -> list[Any]:
        """Return the records that there are."""
        found = list(read(self._memory))
        if os.path.exists(self.path):
            with open(self.path, "rb") as file:
                found += read(file.read())
        return found

    def forget(self) -> None:
        """Remove what is temporary."""
        if os.path.exists(self.path):
            os.unlink(self.path)


def _shared_memory() -> Any:
    """Return memory that is shared with children of a fork, and leave no module loaded for it."""
    known = "mmap" in sys.modules
    import mmap

    if not known:
        del sys.modules["mmap"]
    memory = mmap.mmap(-1, SIZE)
    memory[:_SOON:_PAGE]  # Touched, so that there is memory when the program writes there.
    return memory


def scratch_path() -> str:
    """Return the path for a temporary file that does not exist. Raises OSError without a place.

    (`tempfile` would do that, and load what a program must not find loaded.)
    """
    wanted = [os.environ[name] for name in _VARIABLES if os.environ.get(name)]
    problem: OSError | None = None
    for place in (*wanted, *_PLACES):
        path = os.path.abspath(os.path.join(place, f"entrepot-{os.getpid()}-{id(place):x}.trace"))
        try:
            try_out(path)
        except OSError as error:
            problem = problem or error
        else:
            return path
    assert problem is not None
    raise problem


def check_memory() -> None:
    """Raise RuntimeError where the platform does not tell how much memory is in use."""
    if resident_bytes is None:
        raise RuntimeError("--memory: this platform does not tell how much memory is in use")
