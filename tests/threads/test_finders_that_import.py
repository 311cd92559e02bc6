"""Finders may import, in several threads at once: nobody waits for a thread that waits for him."""

from __future__ import annotations

import os

import entrepot

PROGRAM = """
import faulthandler, sys, threading
faulthandler.dump_traceback_later(60, exit=True)
import entrepot
entrepot.install()
sys.path.insert(0, sys.argv[1])

class ImportingFinder:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("outer"):
            __import__(f"inner{name[5:]}")
        return None

sys.meta_path.insert(0, ImportingFinder())
barrier = threading.Barrier(6)

def work(thread):
    barrier.wait()
    for number in range(60):
        __import__(("outer" if thread % 2 else "inner") + str((number * 7 + thread) % 60))

threads = [threading.Thread(target=work, args=(thread,)) for thread in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(sum(name.startswith(("inner", "outer")) for name in sys.modules))
"""


def test_no_thread_waits_for_ever(python, tmp_path):
    for number in range(60):
        (tmp_path / f"inner{number}.py").write_text("x = 1\n")
        (tmp_path / f"outer{number}.py").write_text("x = 1\n")
    source = os.path.dirname(os.path.dirname(entrepot.__file__))
    done = python("-c", PROGRAM, tmp_path, env={"PYTHONPATH": source}, timeout=120, check=False)
    assert done.stdout == "120\n", done.stderr
