"""The end of a program under `entrepot run`: what it has left is finalized as ever."""

from __future__ import annotations

import gc
import re

import pytest

from entrepot.core.collector import HAS_GENERATIONS
from tests.capabilities import needs

RUN = ("-m", "entrepot", "run")
ENDS = """
import atexit, gc, sys
class Loop:
    def __del__(self):
        import colorsys  # Which needs modules and finders that are there.
        print("finalized", colorsys.__name__, gc.isenabled())
{}
loop = Loop()
loop.self = loop
del loop
atexit.register(print, "the program's own")
"""
COLLECTS = "gc.collect(1)"
WATCHES = "gc.callbacks.append(lambda phase, info: None)"

pytestmark = [
    needs("processes"),
    pytest.mark.skipif(
        not HAS_GENERATIONS, reason="this interpreter's collector knows no young and old objects"
    ),
]


def _without_addresses(told):
    return re.sub("0x[0-9a-f]+", "", str(told))


@pytest.mark.parametrize("program", ["", COLLECTS, WATCHES, "gc.disable()"])
def test_garbage_of_the_program_is_finalized_as_without(outcome, program):
    code = ENDS.format(program)
    told, plain = (outcome("-c", code, prefix=each) for each in (RUN, ()))
    assert _without_addresses(told) == _without_addresses(plain)
    if program != "gc.disable()":
        assert told == (0, "the program's own\nfinalized colorsys True\n", "")


@pytest.mark.parametrize(
    ("before", "is_spared"),
    [("", True), ("import large", True), (COLLECTS, False), (WATCHES, False)],
)
def test_what_only_imports_have_made_is_not_looked_at_twice(files, outcome, before, is_spared):
    files({"large.py": "things = [[n] for n in range(50_000)]\n"})
    code = f"""
import gc, atexit
from entrepot.core.collector import COLLECTOR
{before}
# (The last to be called but one: `finish()` itself, which is then nothing new.)
atexit.register(lambda: (COLLECTOR.finish(), print(gc.isenabled())))
"""
    assert outcome("-c", code, prefix=RUN) == (0, f"{not is_spared}\n", "")


def test_the_collector_is_the_programs_until_then(outcome):
    assert gc.isenabled()
    code = "import gc, atexit; atexit.register(lambda: print(gc.isenabled()))"
    assert outcome("-c", code, prefix=RUN) == (0, "True\n", "")
