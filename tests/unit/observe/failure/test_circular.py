"""Each prepared circle is explained: its lines, what is wrong, what to do."""

from __future__ import annotations

import sys
import zipfile

import pytest

from entrepot.observe.failure import explain_error
from entrepot.observe.failure.circular import Circular
from tests.unit.observe.failure.situations import SITUATIONS


def lines(edges):
    return [f"{edge.places[0].file}:{edge.places[0].line}" for edge in edges]


def only(error):
    (found,) = explain_error(error)
    return found


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.name)
def test_a_situation(situation, world, tmp_path):
    error = world(situation.files, situation.start)
    found = only(error)
    assert isinstance(found, Circular), error
    base = str(tmp_path.resolve())
    assert [line.removeprefix(base)[1:].replace("\\", "/") for line in lines(found.ring)] == (
        situation.ring
    )
    assert found.ring[0].importer == found.ring[-1].imported == found.module
    assert situation.facts in found.facts
    told = [each.replace("\\", "/") for each in found.advice]
    assert len(told) >= len(situation.advice)
    for wanted, given in zip(situation.advice, told, strict=False):
        assert given.startswith(wanted)
    assert found.facts in str(found)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.name)
def test_nothing_is_left_behind(situation, world):
    error = world(situation.files, situation.start)
    before = set(sys.modules)
    explain_error(error)
    new = {name for name in set(sys.modules) - before if not name.startswith("entrepot.")}
    assert new <= set(sys.stdlib_module_names) | {"importlib.metadata"} or not new


FILES = {
    "ring_a.py": "from ring_b import b\na = 1\n",
    "ring_b.py": "from ring_a import a\nb = a\n",
}


class TestWhereTheErrorIs:
    def test_the_cause_of_another(self, world):
        error = world(
            {**FILES, "top.py": "try:\n    import ring_a\nexcept ImportError as e:\n"
             "    raise RuntimeError('no') from e\n"}, "top"
        )  # fmt: skip
        found = only(error)
        assert [edge.importer for edge in found.ring] == ["ring_a", "ring_b"]
        assert found.lead[-1].importer == "top"
        assert found.lead[-1].places[0].line == 2

    def test_the_context_of_another(self, world):
        error = world(
            {**FILES, "top2.py": "try:\n    import ring_a\nexcept ImportError:\n    1 / 0\n"},
            "top2",
        )
        assert isinstance(error, ZeroDivisionError)
        assert only(error).module == "ring_a"

    def test_a_suppressed_context_is_not_told(self, world):
        error = world(
            {**FILES, "top3.py": "try:\n    import ring_a\nexcept ImportError:\n"
             "    raise ValueError from None\n"}, "top3"
        )  # fmt: skip
        assert explain_error(error) == []

    @pytest.mark.skipif(sys.version_info < (3, 11), reason="groups are new in 3.11")
    def test_in_groups_in_groups(self, world):
        error = world(
            {**FILES, "top4.py": "try:\n    import ring_a\nexcept ImportError as e:\n"
             "    raise ExceptionGroup('g', [ValueError(), ExceptionGroup('h', [e])])\n"}, "top4"
        )  # fmt: skip
        found = only(error)
        assert found.module == "ring_a"
        assert found.lead[-1].places[0].line == 2

    def test_the_circle_begins_outside_of_what_was_caught(self, world):
        error = world(
            {
                "outer.py": "import inner\nVALUE = 1\n",
                "inner.py": "def get():\n    from outer import VALUE\ntry:\n    get()\n"
                "except ImportError as e:\n    raise LookupError from e\n",
            },
            "outer",
        )
        found = only(error)
        assert [edge.importer for edge in found.ring] == ["outer", "inner"]
        assert [edge.places[0].line for edge in found.ring] == [1, 2]

    def test_one_that_is_met_twice_is_told_once(self, world):
        error = world(
            {
                **FILES,
                "top5.py": "try:\n    import ring_a\nexcept ImportError:\n    import ring_a\n",
            },
            "top5",
        )
        assert isinstance(error.__context__, ImportError)
        assert len(explain_error(error)) == 1

    def test_errors_that_are_their_own_cause(self, world):
        error = world(FILES, "ring_a")
        error.__context__ = other = ValueError()
        other.__context__ = error
        assert len(explain_error(error)) == 1


def test_modules_in_an_archive(world, tmp_path, monkeypatch):
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name.replace("ring", "zring"), text.replace("ring", "zring"))
    monkeypatch.syspath_prepend(str(path))
    found = only(world({}, "zring_a"))
    assert [edge.places[0].text for edge in found.ring] == [
        "from zring_b import b",
        "from zring_a import a",
    ]


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a"),
        KeyboardInterrupt(),
        ImportError("cannot import name 'x' from 'y'"),
        ImportError(None, name="os"),
        ImportError("cannot import name", name="os"),
        ImportError("cannot import name 'x' from 'os' (here)", name="os"),
        AttributeError("module 'os' has no attribute 'x'"),
        AttributeError("module "),
        AttributeError("module '"),
        ModuleNotFoundError("please install it"),
        ModuleNotFoundError("relative", name=".x"),
        ModuleNotFoundError("empty", name=""),
    ],
    ids=repr,
)
def test_what_needs_no_explanation(error):
    assert explain_error(error) == []


def test_a_name_that_a_finished_module_does_not_have(world):
    assert explain_error(world({"plain.py": "from os import nothing_like_it\n"}, "plain")) == []
