"""Programs with threads, run in a fresh interpreter that cannot hang."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import entrepot

START = """
import faulthandler, os, sys, threading, time
faulthandler.dump_traceback_later(60, exit=True)
DIRECTORY = {directory!r}
import entrepot
if {kind!r} == "install":
    entrepot.install()
    sys.path.insert(0, DIRECTORY)
    import_module, modules = entrepot.import_module, sys.modules
    reload = entrepot.reload
else:
    system = entrepot.ImportSystem([DIRECTORY])
    import_module, modules, reload = system.import_module, system.modules, system.reload

def in_threads(*functions):
    results = [None] * len(functions)
    def run(index, function):
        try:
            results[index] = function()
        except BaseException as error:
            results[index] = error
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results
"""


@pytest.fixture(params=["install", "isolated"])
def program(request, python, tmp_path):
    """Runs a program over a tree of modules, behind the statement and in an isolated system."""
    directory = tmp_path / "lib"

    def run(files, body, **options):
        for path, source in files.items():
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(source), encoding="utf-8")
        start = START.format(directory=str(directory), kind=request.param)
        source = str(Path(entrepot.__file__).parent.parent)
        code = start + textwrap.dedent(body)
        return python("-c", code, env={"PYTHONPATH": source}, **options).stdout

    return run
