"""Made-up e-invoices of each syntax against ground truth read by eye; see tests/golden/einvoice/README.md."""

import json
import os
from pathlib import Path

import pytest

from pipeline.domain.contract import to_json
from pipeline.domain.extraction import Extraction
from pipeline.extract.einvoice import read_einvoice

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "einvoice"
REGENERATE = os.environ.get("BILAG_REGENERATE_GOLDENS") == "1"
SOURCES = sorted((GOLDEN / "sources").glob("*.xml"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_an_einvoice_is_read_as_its_ground_truth_says(source: Path) -> None:
    read = read_einvoice(source.read_bytes(), file=source.name, sha256="0" * 64)
    assert isinstance(read, Extraction)
    truth = GOLDEN / "groundtruth" / f"{source.stem}.json"
    if REGENERATE:
        truth.write_text(json.dumps(to_json(read), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert to_json(read) == json.loads(truth.read_text(encoding="utf-8"))


def test_ground_truth_is_not_written_while_it_is_compared() -> None:
    assert not REGENERATE, "unset BILAG_REGENERATE_GOLDENS: this run has just written what it compares with"
    assert {p.stem for p in (GOLDEN / "groundtruth").glob("*.json")} == {p.stem for p in SOURCES}
