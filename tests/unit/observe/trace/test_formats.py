"""What other viewers read: trace events, and speedscope's files against its schema."""

from __future__ import annotations

import json
import pathlib

import pytest

from entrepot.observe.trace import chrome, speedscope
from entrepot.observe.trace.model import Trace

SCHEMA = json.loads(
    (pathlib.Path(__file__).parent / "speedscope" / "file-format-schema.json").read_text()
)
TYPES = {"object": dict, "array": list, "string": str, "number": (int, float)}


def valid(value, schema):
    """Whether *value* is what *schema* says, as far as speedscope's schema goes (draft 7)."""
    if "$ref" in schema:
        return valid(value, SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]])
    checks = {
        "type": lambda kind: isinstance(value, TYPES[kind]),
        "const": lambda wanted: value == wanted,
        "enum": lambda wanted: value in wanted,
        "anyOf": lambda schemas: any(valid(value, each) for each in schemas),
        "required": lambda names: all(name in value for name in names),
        "items": lambda items: all(valid(each, items) for each in value)
        if isinstance(items, dict)
        else all(map(valid, value, items)),
        "properties": lambda named: all(
            valid(value[name], each) for name, each in named.items() if name in value
        ),
        "title": lambda _: True, "definitions": lambda _: True, "$schema": lambda _: True,
        "minItems": lambda least: len(value) >= least, "maxItems": lambda most: len(value) <= most,
        "additionalItems": lambda _: True, "description": lambda _: True,
    }  # fmt: skip
    return all(checks[key](argument) for key, argument in schema.items())


def threaded(trace):
    for one in trace.imports[4:]:
        one.thread_id, one.thread_name = 7, "Worker"
    return trace


def test_speedscope_by_its_schema(small):
    data = json.loads(speedscope.dumps(threaded(small)))
    assert valid(data, SCHEMA)
    assert [profile["name"] for profile in data["profiles"]] == ["MainThread", "Worker"]
    names = {frame["name"] for frame in data["shared"]["frames"]}
    assert names == {one.name for one in small.imports}


@pytest.mark.parametrize("place", ["profiles", "shared", "exporter"])
def test_the_schema_would_tell(small, place):
    data = speedscope.as_json(small)
    data[place] = [{"type": "evented"}]
    assert not valid(data, SCHEMA)


def test_frames_are_opened_and_closed_in_order(small):
    for profile in speedscope.as_json(small)["profiles"]:
        stack, last = [], profile["startValue"]
        for event in profile["events"]:
            assert last <= event["at"] <= profile["endValue"]
            last = event["at"]
            if event["type"] == "O":
                stack.append(event["frame"])
            else:
                assert stack.pop() == event["frame"]
        assert stack == []


def test_processes_have_profiles_of_their_own(small):
    small.imports[-1].pid = 12
    names = [profile["name"] for profile in speedscope.as_json(small)["profiles"]]
    assert names == ["MainThread of process 0", "MainThread of process 12"]


def test_chrome(small):
    data = json.loads(chrome.dumps(threaded(small)))
    spans = [event for event in data["traceEvents"] if event["ph"] == "X"]
    assert [(span["name"], span["ts"] * 1000, span["dur"] * 1000) for span in spans] == [
        (one.name, one.start, one.cumulative) for one in small.imports
    ]
    assert spans[0]["args"]["asked for in"] == "app.py:1"
    assert "error" not in spans[0]["args"]
    names = {e["args"]["name"] for e in data["traceEvents"] if e["name"] == "thread_name"}
    assert names == {"MainThread", "Worker"}
    (again,) = (event for event in data["traceEvents"] if event["ph"] == "i")
    assert (again["name"], again["ts"]) == ("app again", 0.025)


def test_nothing_was_imported():
    assert json.loads(chrome.dumps(Trace()))["traceEvents"] == []
    assert valid(speedscope.as_json(Trace()), SCHEMA)
