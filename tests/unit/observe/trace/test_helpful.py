"""What would help, on a terminal."""

from __future__ import annotations

import pytest

from entrepot.observe.savings.model import Saving
from entrepot.observe.savings.needs import Site
from entrepot.observe.trace import helpful, text

ALL = 1000


def saving(name, ns, *sites, modules=()):
    one = Saving(name, ns, [Site("app", file, line) for file, line in sites or [("/app.py", 1)]])
    one.ns, one.modules = ns, [name, *modules]
    return one


def names(*savings):
    return [one.name for one in helpful.chosen(savings, ALL, 9)]


def lines(trace, *savings, width=80, height=24):
    found = helpful.layout(trace, savings, width, height)
    return ["".join(text for _, text in line).rstrip() for line in found]


def test_the_lines(small):
    small.imports[0].end = 3_000_000
    shown = lines(
        small,
        saving("json", 2_500_000, modules=["json.decoder"]),
        saving("re", 1_200_000, ("/a.py", 3), ("/b.py", 4), ("/b.py", 7)),
    )
    assert shown == [
        "",
        "      saves  modules  would help: a lazy import of  asked for in",
        "     2.5 ms        2  json                          /app.py:1",
        "     1.2 ms        1  re                            /a.py:3 and 2 more",
    ]


def test_what_is_not_worth_a_line():
    assert names(saving("a", 500), saving("b", 10), saving("c", 9)) == ["a", "b"]
    assert names(saving("a", 0)) == []


def test_what_nobody_or_everybody_asks_for():
    many = [("/app.py", line) for line in range(4)]
    nobody = saving("a", 500)
    nobody.sites = []
    assert names(nobody, saving("b", 400, *many), saving("c", 300, *many[:3])) == ["c"]
    assert names(saving("d", 300, (None, None))) == []
    also_by_c = saving("e", 300)
    also_by_c.unseen = True
    assert names(also_by_c) == []


def test_of_a_chain_the_last():
    chain = saving("a", 500, modules=["b", "c"]), saving("b", 490), saving("c", 300)
    assert names(*chain) == ["b", "c"]
    assert names(saving("a", 500), saving("b", 490)) == ["a", "b"]


def test_what_a_function_imports_is_late_already(tmp_path):
    file = tmp_path / "app.py"
    file.write_text(
        "import a\ndef f(\n    x,\n):\n    import b\n\n    import c\nif x:\n    import d\n"
    )
    at = {name: (str(file), line) for name, line in zip("abcd", (1, 5, 7, 9), strict=True)}
    assert names(*(saving(name, 500, place) for name, place in at.items())) == ["a", "d"]
    assert names(saving("e", 500, at["b"], at["a"])) == ["e"]
    assert names(saving("f", 500, at["b"], at["c"])) == []
    assert names(saving("g", 500, (str(file), 99)), saving("h", 400, ("gone.py", 1))) == ["g", "h"]


@pytest.mark.parametrize(("height", "most"), [(24, 3), (31, 3), (32, 5), (100, 5), (None, 9)])
def test_as_many_as_there_is_room_for(small, height, most):
    small.imports[0].end = ALL
    every = [saving(f"m{n}", 100) for n in range(9)]
    assert len(lines(small, *every, height=height)) == 2 + most


def test_long_names_and_narrow_screens(small):
    small.imports[0].end = ALL
    file = "/very/long/way/to/" + "x" * 80 + "/app.py"
    for width in (40, 80, 120):
        for line in lines(small, saving("n" * 200, 100, (file, 3)), width=width):
            assert len(line) <= max(width, 64)


def test_the_summary_has_it_last_and_asks_for_it_late(small):
    small.imports[0].end = ALL
    asked = []

    def savings(trace):
        asked.append(trace)
        return [saving("json", 500)]

    found = text.layout(small, 80, 24, savings)
    while "by distribution" not in "".join(part for _, part in next(found)):
        assert not asked
    assert "json" in "".join(part for _, part in list(found)[-1])
    assert asked == [small]


def test_a_low_screen_has_none(small):
    def savings(trace):
        raise AssertionError("there is no room for it")

    assert text.summary(small, 80, 23, savings=savings) == text.summary(small, 80, 23)


def test_nothing_would_help(small):
    assert lines(small) == []


def test_of_a_block(tmp_path, monkeypatch):
    import entrepot

    (tmp_path / "helped_by.py").write_text("import helped_by_that\n")
    (tmp_path / "helped_by_that.py").write_text("import time\ntime.sleep(0.05)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with entrepot.trace() as t:
        import helped_by  # noqa: F401
    assert "would help: a lazy import of" in str(t)
