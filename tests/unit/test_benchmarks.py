"""The arithmetic and the texts of the benchmarks; nothing here measures anything."""

from __future__ import annotations

import json

import pytest

from benchmarks import _harness, compare, document

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
    ("seconds", "text"),
    [(2.5, "2.50 s"), (0.0123, "12.30 ms"), (4e-6, "4.00 us"), (5e-8, "50.0 ns")],
)
def test_times_are_readable(seconds, text):
    assert _harness.readable(seconds) == text


def test_the_sides_are_measured_in_turns(capsys):
    order = []
    sides = [lambda side=side: order.append(side) or 1.0 for side in ("peer", "ours")]
    one = _harness.figure("name", *sides, rounds=2)
    assert order == ["peer", "ours"] * 3  # The first round does not count.
    assert one.rounds == 2
    assert "name" in capsys.readouterr().err


def write(folder, ratio, spread, name="start"):
    folder.mkdir(exist_ok=True)
    content = {"figures": [{"name": name, "ratio": ratio, "spread": spread}]}
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
    (change,) = compare.changes(old, later)
    assert change.name == "imports: start"
    assert change.verdict == verdict
    assert compare.main([str(old), str(later)]) == (verdict == "worse")


def test_runs_without_common_figures_are_not_compared(tmp_path, capsys):
    old, new = write(tmp_path / "old", 1, 0), write(tmp_path / "new", 1, 0, name="other")
    assert compare.main([str(old), str(new)]) == 2
    assert compare.main([str(old)]) == 2
    assert "no figure in common" in capsys.readouterr().err


def test_the_document_says_what_was_missed(tmp_path, monkeypatch):
    one = _harness.summary("slow thing", PAIRS, 0.6)
    wide = _harness.summary("noisy thing", [(1.0, 0.1), (1.0, 5.0), (1.0, 1.0), (1.0, 2.0)], None)
    figures = [{**each._asdict(), "ratio": each.ratio} for each in (one, wide)]
    (tmp_path / "out").mkdir()
    content = {"title": "Imports", "host": "a machine", "date": "2026-01-02", "figures": figures}
    (tmp_path / "out" / "imports.json").write_text(json.dumps(content))
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(document, "OUT", tmp_path / "out")
    monkeypatch.setattr(document, "DOCS", tmp_path / "docs")
    document.main()
    text = (tmp_path / "docs" / "performance.md").read_text()
    assert "0 of 1 bounds were kept. Not kept:" in text
    assert text.count("| slow thing | 1.00 s | 700.00 ms | 0.70 | 0.10 | 0.60 | **OVER** |") == 2
    assert "| ~1.50 |" in text  # Its rounds lie too far apart to say much.
    assert "a machine" in text


def test_the_document_of_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(document, "OUT", tmp_path)
    with pytest.raises(SystemExit, match="nothing has been measured"):
        document.main()
