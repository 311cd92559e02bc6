"""The arithmetic and the texts of the benchmarks; nothing here measures anything."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks import __main__ as benchmarks, _harness, _results, compare, document

PAIRS = [(1.0, 0.5), (2.0, 1.2), (1.0, 0.6), (4.0, 1.6), (1.0, 0.7)]


def test_a_figure_is_the_ratio_of_the_medians():
    one = _harness.summary("name", PAIRS, 0.8)
    assert (one.peer, one.ours, one.rounds) == (1.0, 0.7, 5)
    assert one.ratio == 0.7
    assert one.verdict == "ok"
    assert one.pairs == tuple(PAIRS)


def test_the_spread_is_that_of_the_middle_half():
    # The ratios are 0.4, 0.5, 0.6, 0.6, 0.7: without the least and the greatest, 0.5 to 0.6.
    assert _harness.summary("name", PAIRS, None).spread == pytest.approx(0.1)


@pytest.mark.parametrize(("bound", "verdict"), [(None, ""), (0.69, "OVER"), (0.7, "ok")])
def test_the_verdict(bound, verdict):
    assert _harness.summary("name", PAIRS, bound).verdict == verdict


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2.5, "s", "2.50 s"),
        (0.0123, "s", "12.30 ms"),
        (4e-6, "s", "4.00 us"),
        (5e-8, "s", "50.0 ns"),
        (3 * 2**20, "B", "3.00 MiB"),
        (5181, "calls", "5,181 calls"),
    ],
)
def test_values_are_readable(value, unit, text):
    assert _harness.readable(value, unit) == text


def test_the_sides_are_measured_in_turns_and_every_other_round_backwards(capsys):
    order = []
    sides = {side: lambda side=side: order.append(side) or 1.0 for side in "abc"}
    found = _harness.measured("name", sides, 2)
    assert "".join(order) == "abcabccba"  # The first round does not count.
    assert found == dict.fromkeys("abc", (1.0, 1.0))
    assert "name ... 1.00 1.00" in capsys.readouterr().err


def test_each_value_stays_with_its_side():
    sides = {"a": iter([9, 1.0, 2.0]).__next__, "b": iter([9, 3.0, 4.0]).__next__}
    assert _harness.turns(sides, 2) == {"a": (1.0, 2.0), "b": (3.0, 4.0)}


def test_the_bound_is_held_against_the_quickest_peer():
    peers = {"slow": lambda: 4.0, "quick": lambda: 2.0}
    slow, quick = _harness.against("name", peers, lambda: 1.0, rounds=3, bound=0.4)
    assert (slow.against, slow.ratio, slow.bound) == ("slow", 0.25, None)
    assert (quick.against, quick.ratio, quick.verdict) == ("quick", 0.5, "OVER")


def test_the_processor_s_time_has_a_ratio_of_its_own():
    timed = [(_harness.Seconds(2.0, 1.0), _harness.Seconds(1.0, 0.8))] * 3
    assert _harness.summary("name", timed, None).cpu == 0.8
    assert _harness.summary("name", PAIRS, None).cpu is None


def test_a_process_is_timed_and_one_that_fails_says_so():
    python = sys.executable
    assert _harness.process(python, "-c", "pass")() > 0
    with pytest.raises(subprocess.CalledProcessError, match="exit status 3"):
        _harness.process(python, "-c", "raise SystemExit(3)")()


def test_an_average_is_the_mean_of_the_ratios():
    a = _harness.summary("a", [(1.0, 0.5), (1.0, 0.5)], None)
    b = _harness.summary("b", [(100.0, 90.0), (100.0, 110.0)], None)
    mean = _harness.average("both", [a, b], 0.7)
    assert (mean.ratio, mean.verdict) == (0.75, "OVER")
    assert [ours for _, ours in mean.pairs] == [0.7, 0.8]


def test_the_median_of_the_rounds_is_told_where_it_differs():
    # Of the medians: 2 / 2. Of the rounds: 0.5, 1, 3.
    one = _harness.summary("name", [(4.0, 2.0), (2.0, 2.0), (1.0, 3.0)], None)
    assert "| 1.00 |" in _results.row(one)
    two = _harness.summary("name", [(2.0, 1.0), (4.0, 2.0), (1.0, 3.0)], None)
    assert "| 1.00 (0.50) |" in _results.row(two)


def fails(folder, options):
    yield _harness.Fact("before", "kept")
    raise subprocess.CalledProcessError(1, ["some", "command"])


def lacks(folder, options):
    raise _harness.NotMeasured("there is no strace")


def finds(folder, options):
    assert folder.is_dir()
    yield _harness.summary(f"{options.rounds} rounds", PAIRS, None)


@pytest.mark.parametrize("word", ["find", "finds"])
def test_a_part_alone_is_shown_and_not_written_down(word, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(_results, "OUT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["some.py", word])
    with pytest.raises(SystemExit, match="False"):
        _results.main("Some", "some", (fails, lacks, finds), "Some.")
    assert "| 15 rounds | the interpreter |" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_a_part_that_there_is_not(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["some.py", "nosuch"])
    with pytest.raises(SystemExit, match="2"):
        _results.main("Some", "some", (fails, finds), "Some.")
    assert "no part nosuch; there are fails, finds" in capsys.readouterr().err


def test_a_part_that_fails_loses_only_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(_results, "OUT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["some.py", "--rounds", "2"])
    with pytest.raises(SystemExit, match="True"):
        _results.main("Some", "some", (fails, lacks, finds), "Some.")
    content = json.loads((tmp_path / "some.json").read_text())
    assert content["facts"] == {"before": "kept"}
    assert content["missing"]["fails"] == "exit status 1 of some command"
    assert content["missing"]["lacks"] == "there is no strace"
    assert [one["name"] for one in content["figures"]] == ["2 rounds"]


def write(folder, ratio, spread, name="start"):
    folder.mkdir(exist_ok=True)
    figures = [
        {"name": name, "against": peer, "ratio": ratio, "spread": spread} for peer in ("a", "b")
    ]
    content = {"figures": figures}
    (folder / "imports.json").write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize(
    ("new", "spread", "verdict"),
    [
        (0.7, 0.01, ""),
        (0.72, 0.01, ""),
        (0.8, 0.01, "worse"),
        (0.8, 0.2, ""),
        (0.6, 0.01, "better"),
    ],
)
def test_a_change_counts_beyond_the_noise(tmp_path, new, spread, verdict):
    old, later = write(tmp_path / "old", 0.7, 0.01), write(tmp_path / "new", new, spread)
    changes = compare.changes(old, later)
    assert [change.name for change in changes] == ["imports: start / a", "imports: start / b"]
    assert [change.verdict for change in changes] == [verdict, verdict]
    assert compare.main([str(old), str(later)]) == (verdict == "worse")


def test_runs_without_common_figures_are_not_compared(tmp_path, capsys):
    old, new = write(tmp_path / "old", 1, 0), write(tmp_path / "new", 1, 0, name="other")
    assert compare.main([str(old), str(new)]) == 2
    assert compare.main([str(old)]) == 2
    assert "no figure in common" in capsys.readouterr().err


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Where the document and its sources are."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(document, "OUT", tmp_path / "out")
    monkeypatch.setattr(document, "DOCS", tmp_path / "docs")
    return tmp_path


def documented(places, **content):
    (places / "out" / "imports.json").write_text(
        json.dumps({"title": "Imports", "host": "a machine", **content})
    )
    document.main()
    return (places / "docs" / "performance.md").read_text()


def test_the_document_says_what_was_missed(places):
    one = _harness.summary("slow thing", PAIRS, 0.6, why="It does too much.")
    wide = _harness.summary("noisy thing", [(1.0, 0.1), (1.0, 5.0), (1.0, 1.0), (1.0, 2.0)], None)
    other = _harness.summary("other thing", PAIRS, 0.6)
    figures = [{**each._asdict(), "ratio": each.ratio} for each in (one, wide, other)]
    text = documented(places, date="2026-01-02", figures=figures, missing={"calls": "no strace"})
    assert "0 of 2 bounds were kept." in text
    row = "slow thing | the interpreter | 1.00 s | 700.00 ms | 0.70"
    assert f"\n| Imports: {row}" in text
    assert f"\n| {row}" in text
    assert '- "Imports: slow thing". It does too much.' in text
    assert f'- "Imports: other thing". {document.UNKNOWN}' in text
    assert "| ~1.50 |" in text  # Its rounds lie too far apart to say much.
    assert "Not measured in this run: calls (no strace)." in text
    assert "Not measured in this run: all of it (zip.py was not run)." in text
    assert "a machine" in text
    assert "2026-01-02" in text
    assert "${" not in text


def test_the_document_says_that_the_machine_was_busy(places):
    assert "was not quiet" not in documented(places, load=1.0)
    assert "**The machine was not quiet**: up to 4.0 processes" in documented(places, load=4.0)


def test_each_benchmark_has_a_place_in_the_document():
    assert sorted(document.places()) == benchmarks.names()


def test_the_document_of_nothing(places):
    with pytest.raises(SystemExit, match="nothing has been measured"):
        document.main()


def test_a_benchmark_that_breaks_is_in_the_document(places):
    (places / "out" / "nosuch.json").write_text("of the last run")
    assert benchmarks.measure("nosuch", 1) == 1
    content = json.loads((places / "out" / "nosuch.json").read_text())
    assert content == {"missing": {"all of it": "exit status 1 of nosuch.py"}}
    (places / "out" / "nosuch.json").rename(places / "out" / "zip.json")
    assert "Not measured in this run: all of it (exit status 1 of nosuch.py)." in documented(places)
