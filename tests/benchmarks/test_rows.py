"""What benchmarks print."""

import json
from pathlib import Path

import pytest

from benchmarks.rows import Row, compared, show, timed


def test_others_are_told_as_times_of_our_own() -> None:
    row = compared("4 pages", "theirs", own=[1.0, 1.0, 2.0], other=[4.0, 2.0, 6.0], per=4, goal="≥ 2")
    assert (row.value, row.ratio, row.low, row.high) == (1000.0, 3.0, 2.5, 3.5)
    assert timed("4 pages", "ours", [1.0, 3.0, 2.0], per=4).value == 500.0


def test_rows_are_a_table_and_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [Row("a case", "ours", 1.5, "ms"), Row("a case", "theirs", 3.0, "ms", "ours", 2.0, 1.9, 2.1, "≥ 2")]
    show("speed", rows, tmp_path / "rows.json", {"rounds": 3})
    printed = capsys.readouterr().out
    assert printed.count("a case") == 1
    assert "1.90 to 2.10" in printed
    written = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert [row["ratio"] for row in written["rows"]] == [None, 2.0]
    assert written["settings"] == {"rounds": 3}
    assert written["machine"]["cores"] >= 1


def test_rows_on_the_terminal_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    show("speed", [Row("a case", "ours", 1.5, "ms")], Path("-"), {})
    assert json.loads(capsys.readouterr().out)["benchmark"] == "speed"
