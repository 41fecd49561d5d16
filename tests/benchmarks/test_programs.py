"""The programs run; what they measure means nothing at these settings."""

import json
from pathlib import Path

import pytest

pytest.importorskip("typst", reason="comes with bilag[data]")


def _measures(path: Path) -> set[str]:
    written = json.loads(path.read_text(encoding="utf-8"))
    assert all(row["value"] >= 0 for row in written["rows"])
    assert all(row["low"] <= row["ratio"] <= row["high"] for row in written["rows"] if row["low"] is not None)
    return {row["measure"] for row in written["rows"]}


@pytest.mark.slow
def test_inference(tmp_path: Path) -> None:
    for name in ("torch", "transformers", "onnx"):
        pytest.importorskip(name, reason="comes with bilag[train]")
    from benchmarks.inference import main

    main(["--quick", "--threads", "1", "--json", str(tmp_path / "rows.json")])
    assert _measures(tmp_path / "rows.json") >= {
        "LayoutLM of 12 layers, all words",
        "LayoutLM of 12 layers, cut off at 512 tokens",
        "own architecture, PyTorch floats",
        "network alone, PyTorch floats",
        "network alone, multiply-adds done",
        "cost grows as pages to the power of",
        "3 pages, a page",
    }


@pytest.mark.slow
def test_scans(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="comes with bilag[ocr]")
    from benchmarks.reading import main

    main(["--quick", "--only", "scans", "--json", str(tmp_path / "rows.json")])
    assert _measures(tmp_path / "rows.json") == {"ours", "RapidOCR", "ours, words right", "RapidOCR, words right"}
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["rows"]
    assert all(row["value"] > 80 for row in rows if row["measure"] == "ours, words right"), "clean scans are read"


@pytest.mark.slow
def test_files_beside_invoice2data(tmp_path: Path) -> None:
    pytest.importorskip("invoice2data", reason="is no dependency: pip install invoice2data")
    from benchmarks.reading import main

    main(["--quick", "--only", "files", "--json", str(tmp_path / "rows.json")])
    assert _measures(tmp_path / "rows.json") == {
        "rules",
        "released model",
        "invoice2data, pdftotext",
        "invoice2data, its default",
    }


def test_without_invoice2data_that_part_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import benchmarks.reading as reading

    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    reading.main(["--quick", "--only", "files", "--json", str(tmp_path / "rows.json")])
    assert "pip install invoice2data" in capsys.readouterr().err
    assert _measures(tmp_path / "rows.json") == set()
