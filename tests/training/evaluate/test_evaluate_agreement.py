"""What each of two extractors gets right alone."""

from pathlib import Path

import pytest

from tests.training.evaluate.making import Written, label, prediction, write
from training.evaluate.agreement import Agreement, agreement
from training.evaluate.answers import Reading, read

LINE = {"description": "Paper A4", "net_amount": "10"}
LABELS = [
    label("a.pdf", {"invoice_number": "7", "gross_total": "119.00"}, lines=[LINE]),
    label("b.pdf", {"invoice_number": "8"}),
]


def reading(folder: Path, name: str, *predicted: Written) -> Reading:
    labels = write(folder / "labels.jsonl", LABELS)
    return read(write(folder / name, predicted), labels)


def test_every_labelled_value_is_counted_once(tmp_path: Path) -> None:
    row = {"description": ("Paper A4", 0.9), "net_amount": ("10", 0.9)}
    first = reading(
        tmp_path,
        "first.jsonl",
        prediction("a.pdf", {"invoice_number": ("7", 0.9), "iban": ("DE1", 0.9)}, [row]),
        prediction("b.pdf", {"invoice_number": ("9", 0.9)}),
    )
    second = reading(
        tmp_path,
        "second.jsonl",
        prediction("a.pdf", {"invoice_number": ("7", 0.9), "gross_total": ("119", 0.9)}, [row, row]),
        prediction("b.pdf", {}, kind={"value": "purchase_order", "confidence": 0.4}),
    )
    counted = agreement(first, second)
    assert counted == {
        "kind": Agreement(both=1, first=1),
        "invoice_number": Agreement(both=1, neither=1),
        "gross_total": Agreement(second=1),
        "all rows": Agreement(first=1),  # a row too many is no right answer
    }
    assert [a.asked for a in counted.values()] == [2, 2, 1, 1]
    turned = agreement(second, first)
    assert turned["gross_total"] == Agreement(first=1)


def test_readings_of_other_documents_are_refused(tmp_path: Path) -> None:
    whole = reading(tmp_path, "whole.jsonl", prediction("a.pdf", {}))
    with pytest.raises(ValueError, match="same labels"):
        agreement(whole, Reading(whole.documents[:1], ()))
