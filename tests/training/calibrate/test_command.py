"""The command writes what serving reads; rows are written and read back, and broken ones named."""

import json
from pathlib import Path

import pytest

from models.calibration import Calibration, Thresholds
from models.evidence import EVIDENCE
from tests.training.calibrate.imagined import draw
from training.calibrate.__main__ import main
from training.calibrate.rows import BrokenRow, read_rows, write_rows

pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    write_rows(path, draw(50, seed=1))
    return path


def test_rows_are_read_back_exactly(rows: Path) -> None:
    assert list(read_rows(rows)) == draw(50, seed=1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"evidence": {}}, "evidence"),
        ({"evidence": dict.fromkeys([*EVIDENCE, "moon"], 0.0)}, "moon"),
        ({"band": "splendid"}, "splendid"),
        ({"right": "yes"}, "neither true nor false"),
        ({"name": None, "group": 3, "right": None}, "neither"),
    ],
)
def test_a_broken_row_is_named(rows: Path, tmp_path: Path, change: dict[str, object], why: str) -> None:
    lines = rows.read_text("utf-8").splitlines()
    broken = tmp_path / "rows.jsonl"
    broken.write_text(f"{lines[0]}\n\n{json.dumps({**json.loads(lines[1]), **change})}\n", "utf-8")
    with pytest.raises(BrokenRow, match=f"line 3.*{why}"):
        list(read_rows(broken))


def test_the_command_writes_everything_and_the_same_again(
    rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        assert main([str(rows), "--out", str(folder), "--folds", "5"]) == 0
    names = ["calibration.json", "reliability.svg", "report.json", "risk-coverage.svg", "thresholds.json"]
    assert sorted(path.name for path in first.iterdir()) == names
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    calibration = Calibration.from_json(json.loads((first / "calibration.json").read_text("utf-8")))
    thresholds = Thresholds.from_json(json.loads((first / "thresholds.json").read_text("utf-8")))
    report = json.loads((first / "report.json").read_text("utf-8"))
    assert calibration.fitted["groups"] == 50
    assert thresholds.unit == "document"
    assert report["every"]["values"] == len(list(read_rows(rows)))
    assert set(report["bands"]) == {"clean", "fair", "poor"}
    assert set(report["thresholds"]["by_unit"]["group"]) == set(thresholds.limits)
    assert 0 < report["every"]["ece"] < 0.1
    assert "ECE" in capsys.readouterr().out


def test_held_out_rows_are_what_figures_are_taken_from(rows: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    others = [row for row in draw(80, seed=2) if int(row.group[1:]) >= 50]
    write_rows(tmp_path / "others.jsonl", others)
    arguments = [str(rows), "--out", str(tmp_path / "out"), "--folds", "3", "--unit", "group", "--held-out"]
    assert main([*arguments, str(tmp_path / "others.jsonl")]) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["every"]["values"] == len(others)
    assert report["fitted"]["groups"] == 50
    thresholds = Thresholds.from_json(json.loads((tmp_path / "out" / "thresholds.json").read_text("utf-8")))
    assert thresholds.limits["*"].sample == 30
    assert "no part" in thresholds.assumption


def test_rows_that_cannot_be_used_end_the_command(
    rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "out")]
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "broken.jsonl").write_text("{}\n")
    assert main([str(tmp_path / "none.jsonl"), *out]) == 2
    assert main([str(tmp_path / "empty.jsonl"), *out]) == 2
    assert main([str(tmp_path / "broken.jsonl"), *out]) == 2
    assert main([str(rows), "--held-out", str(rows), *out]) == 2
    assert "50 groups stand in both" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_few_rows_are_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    write_rows(tmp_path / "few.jsonl", draw(3, seed=3, documents=1))
    assert main([str(tmp_path / "few.jsonl"), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "Warning: Only 18 rows" in said.err
    assert "own: none" in said.out
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["warnings"]
