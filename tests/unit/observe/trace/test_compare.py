"""How two traces differ."""

from __future__ import annotations

import json

from entrepot.observe.trace.compare import Comparison, lines
from entrepot.observe.trace.model import Import, Trace

MS = 1_000_000


def trace_of(**times):
    trace = Trace()
    start = 0
    for at, (name, time) in enumerate(times.items()):
        one = Import(at, name, start, start + time)
        one.phases["execute"] = time
        start += time
        trace.imports.append(one)
    trace.wall_ns = 2 * start
    return trace


BEFORE = {"same": 10 * MS, "slow": 10 * MS, "fast": 10 * MS, "gone": 5 * MS, "tiny": 1000}
AFTER = {"same": 10 * MS + 1000, "slow": 15 * MS, "fast": 4 * MS, "new": 20 * MS, "tiny": 9000}


def test_changes():
    about = Comparison(trace_of(**BEFORE), trace_of(**AFTER))
    found = {kind: [(c.name, c.difference) for c in those] for kind, those in about.changes.items()}
    assert found == {
        "new": [("new", 20 * MS)],
        "gone": [("gone", -5 * MS)],
        "slower": [("slow", 5 * MS)],
        "faster": [("fast", -6 * MS)],
    }
    assert round(about.growth, 3) == 0.4


def test_imports_of_one_name_are_taken_together():
    after = trace_of(a=3 * MS, b=MS)
    after.imports[1].name = "a"
    about = Comparison(trace_of(a=4 * MS), after)
    assert not any(about.changes.values())


def test_json():
    data = json.loads(json.dumps(Comparison(trace_of(**BEFORE), trace_of(**AFTER)).as_json()))
    assert (data["format"], data["version"]) == ("entrepot-trace-comparison", 1)
    assert data["new"] == [{"module": "new", "before": None, "after": 20 * MS}]
    assert data["slower"] == [{"module": "slow", "before": 10 * MS, "after": 15 * MS}]
    assert data["phases"]["execute"] == [sum(BEFORE.values()), sum(AFTER.values())]
    assert data["before"]["modules"] == 5


def test_a_trace_without_imports():
    assert Comparison(Trace(), Trace()).growth == 0
    about = Comparison(Trace(), trace_of(a=1))
    assert about.as_json()["growth"] is None
    assert any(line.startswith("new (1)") for line in lines(about))


def test_lines():
    shown = list(lines(Comparison(trace_of(**BEFORE), trace_of(**AFTER))))
    assert shown[1].split() == ["modules", "5", "5", "+0.0", "%"]
    assert "      +5.0 ms  slow  (10.0 ms before)" in shown
    many = trace_of(**{f"m{n}": MS * (20 - n) for n in range(12)})
    shown = list(lines(Comparison(Trace(), many)))
    assert shown[-1] == "     +42.0 ms  4 more"
    assert len(list(lines(Comparison(Trace(), many), None))) == len(shown) + 3
    same = list(lines(Comparison(many, many)))
    assert same[-1] == "no module is new, gone, slower or faster"
