"""Which values are right, as a calibration is told."""

from collections.abc import Mapping
from typing import Any

import pytest

from models.decode.decode import Decoded
from models.evidence import Evidence
from pipeline.domain.document import Box, QualityBand, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from training.calibrate.rows import Judged
from training.predict.judging import contract_of, judged, prediction_of
from training.scoring.labels import Label

LABEL = Label(
    file="a.pdf",
    kind="invoice",
    group="g",
    fields={"invoice_number": "R-7", "gross_total": "119.00", "due_date": "2024-03-01"},
    lines=({"description": "Oak table", "net_amount": "100.00"},),
)
RIGHT = {"invoice_number": "R-7", "gross_total": "119.00"}
TABLE = {"description": "Oak table", "net_amount": "100.00"}
CHAIR = {"description": "Steel chair", "net_amount": "19.00"}


def field(value: str) -> Field:
    return Field(value, value, 0.9, Source.MODEL, 1, Box(0.1, 0.1, 0.2, 0.2))


def read(fields: Mapping[str, str], *lines: Mapping[str, str], kind: Kind = Kind.INVOICE, **others: Any) -> Decoded:
    """Return what was read, with evidence for every value that differs by how many came before it."""
    extraction = Extraction(
        file="a.pdf",
        sha256="ab" * 32,
        pages=1,
        words_from=WordsFrom.TEXT_LAYER,
        kind=KindGuess(kind, 0.9),
        model=ModelVersion("test", "1"),
        fields={HeaderField(name): field(value) for name, value in fields.items()},
        lines=tuple({column: field(line[column]) for column in LineColumn if column in line} for line in lines),
    )
    keys = ["kind", *fields, *(f"lines.{number}.{name}" for number, line in enumerate(lines) for name in line)]
    evidence = {key: Evidence(model=number / 100) for number, key in enumerate(keys)}
    return Decoded(extraction, others.get("evidence", evidence))


def verdicts(*decoded: Decoded, complete: bool, label: Label = LABEL) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for row in judged(label, QualityBand.FAIR, decoded, complete=complete):
        found.setdefault(row.name, []).append(row.right)
    return found


def test_values_that_the_label_states_are_right_or_wrong() -> None:
    found = verdicts(read({"invoice_number": "R 7", "gross_total": "120.00"}), complete=False)
    assert found == {"kind": [True], "invoice_number": [True], "gross_total": [False]}


@pytest.mark.parametrize("complete", [True, False])
def test_a_value_that_the_label_does_not_state_is_wrong_where_the_label_is_complete(complete: bool) -> None:
    found = verdicts(read({"invoice_number": "R-7", "iban": "DE89370400440532013000"}), complete=complete)
    assert found["invoice_number"] == [True]
    assert found.get("iban") == ([False] if complete else None)


def test_a_field_that_the_page_does_not_show_is_not_counted_against_a_reader_of_incomplete_labels() -> None:
    label = Label("a.pdf", "invoice", "g", {"gross_total": "119.00"}, (), hidden=frozenset({"gross_total"}))
    assert "gross_total" not in verdicts(read({"gross_total": "1.00"}), complete=False, label=label)


@pytest.mark.parametrize("complete", [True, False])
def test_rows_are_paired_with_those_of_the_label_and_surplus_ones_are_wrong(complete: bool) -> None:
    found = verdicts(read(RIGHT, CHAIR, TABLE), complete=complete)
    assert found["line.description"] == [False, True]
    assert found["line.net_amount"] == [False, True]


def test_a_column_that_the_label_does_not_have() -> None:
    line = {**TABLE, "unit": "pcs"}
    assert verdicts(read({}, line), complete=True)["line.unit"] == [False]
    assert "line.unit" not in verdicts(read({}, line), complete=False)


def test_rows_carry_the_evidence_of_their_own_value() -> None:
    decoded = read(RIGHT, CHAIR, TABLE)
    rows = list(judged(LABEL, QualityBand.FAIR, [decoded], complete=True))
    assert rows[0] == Judged("a.pdf", "g", "kind", QualityBand.FAIR, decoded.evidence["kind"], True)
    amounts = [row.evidence for row in rows if row.name == "line.net_amount"]
    assert amounts == [decoded.evidence["lines.0.net_amount"], decoded.evidence["lines.1.net_amount"]]
    assert len(rows) == 1 + len(RIGHT) + 4


def test_of_a_file_that_was_split_the_best_part_is_judged() -> None:
    other = read({"invoice_number": "X"}, kind=Kind.RECEIPT)
    assert verdicts(other, read(RIGHT), complete=True)["invoice_number"] == [True]
    assert verdicts(other, read(RIGHT), complete=True)["kind"] == [True]


def test_without_evidence_or_an_answer_there_is_nothing_to_calibrate_on() -> None:
    assert verdicts(read(RIGHT, evidence={}), complete=True) == {}
    assert verdicts(complete=True) == {}


def test_what_was_read_as_scoring_and_the_contract_have_it() -> None:
    decoded = read(RIGHT, TABLE)
    prediction = prediction_of(decoded)
    assert (prediction.file, prediction.kind) == ("a.pdf", "invoice")
    assert dict(prediction.fields) == RIGHT
    assert [dict(line) for line in prediction.lines] == [TABLE]
    written = contract_of(decoded, QualityBand.FAIR)
    assert (written["schema"], written["quality"]) == ("bilag.extraction/1", "fair")
