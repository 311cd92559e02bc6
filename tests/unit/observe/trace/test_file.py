"""Trace files: what is written is read again, and nothing else is."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from entrepot.observe.trace import file, jsontext
from entrepot.observe.trace.model import OUTCOMES, PHASES, Trace
from tests.capabilities import needs


def test_what_is_written_is_read_again(small, tmp_path):
    path = tmp_path / "trace.json"
    path.write_text(file.dumps(small), encoding="ascii")
    again = file.read(str(path))
    assert file.as_json(again) == file.as_json(small)
    assert [one.parent and one.parent.name for one in again.imports] == [
        None, "app", "json", "app", None,
    ]  # fmt: skip
    assert [one.name for one in again.roots] == ["app", "broken"]
    assert [one.name for one in again.roots[0].walk()] == ["app", "json", "json.décoder", "no such"]
    assert again.import_ns == 158 + 9


def test_the_file_is_json_with_a_line_for_each_import(small):
    text = file.dumps(small)
    data = json.loads(text)
    assert (data["format"], data["version"]) == ("entrepot-trace", 1)
    assert sum(line.startswith('  {"id": ') for line in text.splitlines()) == len(small.imports)
    assert list(data["imports"][0]["phases"]) == list(PHASES)


def test_an_empty_trace():
    trace = Trace()
    trace.program = {"form": "command", "argv": ["-c"], "cwd": "/"}
    assert file.loads(file.dumps(trace)).imports == []


def test_keys_that_are_not_known_are_passed_over(small):
    data = file.as_json(small)
    data["more"] = data["imports"][0]["more"] = data["imports"][0]["phases"]["more"] = 1
    assert file.as_json(file.from_json(data)) == file.as_json(small)


def changed(**keys):
    def change(data):
        data.update(keys)

    return change


def without(key):
    return lambda data: data.pop(key)


def of_import(**keys):
    return lambda data: data["imports"][1].update(keys)


BAD = {
    "another format": (changed(format="perf"), 'no "format": "entrepot-trace"'),
    "another version": (changed(version=2), "is of version 2 of the trace format"),
    "no version": (without("version"), "is of version None"),
    "no imports": (without("imports"), 'the trace has no "imports"'),
    "imports are no list": (changed(imports={}), 'the trace has "imports": {}'),
    "wall_ns is a text": (changed(wall_ns="1"), 'the trace has "wall_ns": "1"'),
    "a program without argv": (changed(program={"form": "path"}), '"program" has no "argv"'),
    "ended is empty": (changed(ended={}), '"ended" has no "how"'),
    "an import is no object": (lambda d: d["imports"].append(7), "import 5 is no object"),
    "no name": (lambda d: d["imports"][0].pop("name"), 'import 0 has no "name"'),
    "start is no int": (of_import(start=1.5), 'import 1 has "start": 1.5'),
    "id is a bool": (of_import(id=True), 'import 1 has "id": true'),
    "an id twice": (of_import(id=0), 'import 1 has the "id" of an earlier one'),
    "an unknown parent": (of_import(parent=4), '"parent" that does not come before'),
    "ends before it starts": (of_import(end=1), "import 1 ends before it starts"),
    "an unknown outcome": (of_import(outcome="odd"), 'import 1 has "outcome": "odd"'),
    "no phases": (of_import(phases={}), '"phases" of import 1 has no "search"'),
    "no thread": (of_import(thread={"id": 1}), '"thread" of import 1 has no "name"'),
    "an importer without line": (of_import(importer={}), '"importer" of import 1 has no "module"'),
    "a repeat without at": (lambda d: d["repeats"][0].pop("at"), 'repeat 0 has no "at"'),
}  # fmt: skip


@pytest.mark.parametrize(("change", "text"), BAD.values(), ids=BAD)
def test_what_is_no_trace_is_refused(small, change, text):
    data = file.as_json(small)
    change(data)
    with pytest.raises(file.BadTrace, match="^here: ") as caught:
        file.from_json(data, "here")
    assert text in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "here: the file is empty"),
        (b" \n", "here: the file is empty"),
        (b"[1]", "here: is no trace of entrepot"),
        (b"null", "here: is no trace of entrepot"),
        (b"\x89PNG\r\n", "here: is not JSON: "),
        (b"{} {}", "here: is not JSON"),
        pytest.param(b"[" * 200_000, "here: is n", marks=needs("deep nesting")),
    ],
)
def test_what_is_not_json_of_a_trace_is_refused(data, text):
    with pytest.raises(file.BadTrace) as caught:
        file.loads(data, "here")
    assert str(caught.value).startswith(text)
    assert "\n" not in str(caught.value)


def test_each_way_to_cut_a_trace_short_is_refused(small):
    text = file.dumps(small).rstrip()
    for length in range(len(text)):
        with pytest.raises(file.BadTrace, match=r"cut short|is empty"):
            file.loads(text[:length], "here")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # It is not changed.
@given(data=st.data())
def test_whatever_stands_in_a_place_is_taken_or_refused(data, small):
    trace = file.as_json(small)
    place = data.draw(st.sampled_from([trace, *trace["imports"], *trace["repeats"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(json_values)
    try:
        taken = file.from_json(json.loads(json.dumps(trace)))
    except file.BadTrace:
        return
    assert {one.outcome for one in taken.imports} <= set(OUTCOMES)
    file.dumps(taken)


def test_the_text_is_what_json_would_write(small):
    """Odd names and errors too: quotation marks, backslashes, lone surrogates, line ends."""
    small.imports[0].name = 'a "b" \\ \x7f'
    small.program["argv"] += ["\n", "", "ä", 1.5]
    text = file.dumps(small)
    assert json.loads(text) == file.as_json(small)
    lines = text.splitlines()
    for one in file.as_json(small)["imports"]:
        assert f"  {json.dumps(one)}" in (line.removesuffix(",") for line in lines)
    assert text.isascii()


@pytest.mark.parametrize(
    "value", [None, True, -3, "x", "\x00", [1, [], {}], {"a": {"b": [None]}}, {1: 2}]
)
def test_json_without_json(value):
    assert jsontext.text_of(value) == json.dumps(value)
