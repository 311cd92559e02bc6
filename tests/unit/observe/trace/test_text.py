"""What the terminal shows of a trace."""

from __future__ import annotations

import pytest

from entrepot.observe.savings.model import Saving
from entrepot.observe.savings.needs import Site
from entrepot.observe.trace import text, totals
from entrepot.observe.trace.model import Import, Trace


def many(trace, count):
    """*trace* with *count* imports more, each of a distribution of its own."""
    for n in range(count):
        one = Import(100 + n, f"module_{n:03}", 1000 + n, 1000 + n + n)
        one.phases["execute"] = n
        one.distribution = f"dist-{n} 1.0"
        trace.imports.append(one)
    return trace


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("height", [10, 24, 50])
def test_it_fits_on_the_screen(small, width, height):
    trace = many(small, 500)
    small.ended = {"how": "raised", "status": 1, "error": "ValueError: a\nb"}
    assert len(text.summary(trace, width, max(height, 19))) < max(height, 19)


@pytest.mark.parametrize("height", [10, 24, 32, 50])
def test_it_fits_with_all_there_can_be(small, height):
    trace = many(small, 500)
    small.ended = {"how": "raised", "status": 1, "error": "ValueError: a"}
    small.imports[0].phases = dict.fromkeys(small.imports[0].phases, 7)
    every = [Saving(f"m{n}", 10**9, [Site("app", "app.py", 1)]) for n in range(9)]
    for each in every:
        each.ns = 10**9
    shown = text.summary(trace, 80, height, savings=lambda _: every)
    assert len(shown) < max(height, 19)


def test_the_phases_add_up_where_some_have_no_line(small):
    small.imports[0].phases = dict.fromkeys(small.imports[0].phases, 1_000_000)
    shown = [line.split("ms")[-1] for line in text.summary(small, 100, 24)]
    assert [line.split()[:2] for line in shown].count(["3", "more"]) == 1
    assert all("more" not in line for line in text.summary(small, 100, None))


def test_the_slowest_with_what_they_are_in(small):
    lines = text.tree(small, 2)
    assert [line.split()[4] for line in lines[1:3]] == ["app", "json"]
    assert lines[2].index("json") == lines[1].index("app") + 2
    assert lines[3] == "and 3 more, none over 0 µs"


def test_nothing_was_imported():
    assert text.summary(Trace()) == ["0 modules loaded, 0 µs of imports in 0 µs:"]


def test_all_of_it(small):
    lines = text.summary(many(small, 50), 100, None)
    shown = "\n".join(lines)
    assert all(one.name.isprintable() is False or one.name in shown for one in small.imports)
    assert "more" not in shown


def test_what_would_move_the_cursor_is_written_out(small):
    small.imports[0].name = "a\x1b[31mb"
    small.imports[1].importer.file = "x\r\ny.py"
    lines = text.summary(small, 200, None)
    assert "\x1b" not in "".join(lines)
    assert "\r" not in "".join(lines)
    assert any(r"a\x1b[31mb" in line for line in lines)


def test_ascii(small):
    shown = "\n".join(text.summary(small, ascii_only=True))
    assert shown.isascii()
    assert r"json.d\xe9coder" in shown


@pytest.mark.parametrize(
    ("ended", "line"),
    [
        ({"how": "signal", "status": 9, "error": None}, "the program was ended by SIGKILL"),
        ({"how": "signal", "status": 123, "error": None}, "the program was ended by signal 123"),
        (
            {"how": "os._exit", "status": 3, "error": None},
            "the program called os._exit() or became another one; exit status 3",
        ),
        ({"how": "raised", "status": 1, "error": "E: a\nb"}, "the program raised E: a"),
        ({"how": "exited", "status": 4, "error": None}, "the program exited with status 4"),
    ],
)
def test_how_the_program_ended(small, ended, line):
    small.ended = ended
    assert text.summary(small)[1] == line


def test_totals(small):
    assert totals.modules(small) == 3
    own = {
        name: (total.modules, total.own) for name, total in totals.by_distribution(small).items()
    }
    assert own == {
        totals.UNKNOWN: ({"app", "json.décoder"}, 105),
        "stdlib": ({"json"}, 50),
        totals.NOT_FOUND: (set(), 12),
    }
    assert next(iter(totals.by_phase(small).items())) == ("execute", 167)


@pytest.mark.parametrize(
    ("ns", "said"), [(0, "0 µs"), (99_999, "100 µs"), (4_560_000, "4.6 ms"), (2 * 10**9, "2.00 s")]
)
def test_times(ns, said):
    assert text.readable(ns) == said


def test_colours_say_the_same(small):
    rich_text = pytest.importorskip("rich.text", reason="the extra `cli` is not installed")
    lines = list(text.rich_lines(text.layout(small, 100, 24)))
    assert all(isinstance(line, rich_text.Text) for line in lines)
    assert [line.plain.rstrip() for line in lines] == text.summary(small, 100, 24)
