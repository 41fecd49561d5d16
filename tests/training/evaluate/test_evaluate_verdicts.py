"""What became of every given value: the same as the judge counts, one by one."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.contract import from_json
from tests.training.evaluate.making import Written, label, prediction, write
from training.evaluate.answers import Examined, read
from training.evaluate.verdicts import Answer, Verdict, verdicts
from training.scoring.judge import judge
from training.scoring.labels import Label, Prediction


def examined(folder: Path, labelled: Written, *predicted: Written) -> Examined:
    labels = write(folder / "labels.jsonl", [labelled])
    (document,) = read(write(folder / "predictions.jsonl", predicted), labels).documents
    return document


def told(document: Examined) -> dict[str, str]:
    return {given.name: given.verdict.value for given in document.given}


def test_header_values_are_right_wrong_or_not_judged(tmp_path: Path) -> None:
    labelled = label("a.pdf", {"invoice_number": "7", "gross_total": "119.0", "iban": "DE1"})
    said = prediction("a.pdf", {"invoice_number": ("8", 0.9), "gross_total": ("119", 0.8), "bic": ("X", 0.7)})
    document = examined(tmp_path, labelled, said)
    assert told(document) == {"invoice_number": "wrong", "gross_total": "right", "bic": "unjudged"}
    assert document.confidence == 0.8
    assert not document.critical_right


def test_cells_are_judged_in_the_row_that_they_belong_to(tmp_path: Path) -> None:
    paper = {"description": "Paper A4", "quantity": "2", "net_amount": "10"}
    labelled = label("a.pdf", {}, lines=[paper, {"description": "Ink, black", "net_amount": "30"}])
    ink = {"description": ("Ink, black", 0.9), "quantity": ("1", 0.9), "net_amount": ("31", 0.6), "unit": ("C62", 0.9)}
    said = prediction(
        "a.pdf", {}, [ink, {"description": ("Paper A4", 0.9), "net_amount": ("10", 0.9)}, {"net_amount": ("9", 0.5)}]
    )
    assert told(examined(tmp_path, labelled, said)) == {
        "lines[0].description": "right",
        "lines[0].quantity": "unjudged",
        "lines[0].net_amount": "wrong",
        "lines[0].unit": "unjudged",
        "lines[1].description": "right",
        "lines[1].net_amount": "right",
        "lines[2].net_amount": "surplus",
    }


def test_a_second_document_in_one_file_is_surplus(tmp_path: Path) -> None:
    labelled = label("a.pdf", {"invoice_number": "7"})
    first = prediction("a.pdf", {"invoice_number": ("8", 0.9)}, pages=2, first_page=1, last_page=1)
    second = prediction(
        "a.pdf", {"invoice_number": ("7", 0.6), "iban": ("DE1", 0.9)}, pages=2, first_page=2, last_page=2
    )
    document = examined(tmp_path, labelled, first, second)
    assert Counter((g.field.value, g.verdict) for g in document.given) == Counter(
        [("7", Verdict.RIGHT), ("8", Verdict.SURPLUS), ("DE1", Verdict.UNJUDGED)]
    )
    assert document.traits["pages"] == "2–3"


def test_what_the_page_does_not_show_is_not_judged(tmp_path: Path) -> None:
    labelled = label("a.pdf", {"iban": "DE1", "gross_total": "5"}, visible_in_text={"iban": False})
    said = prediction("a.pdf", {"iban": ("DE2", 0.9), "gross_total": ("5", 0.8)})
    assert told(examined(tmp_path, labelled, said)) == {"iban": "unjudged", "gross_total": "right"}


def test_an_unreadable_file_answers_nothing(tmp_path: Path) -> None:
    unreadable = {"schema": "bilag.extraction/1", "file": "a.pdf", "unreadable": True, "pages": 0, "fields": {}}
    document = examined(tmp_path, label("a.pdf", {"iban": "DE1"}), unreadable)
    assert (document.given, document.confidence, document.traits["words"]) == ((), None, "unanswered")
    assert document.judgement.fields["iban"].missed == 1


SMALL = st.sampled_from(["1", "2", "3"])
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["quantity", "unit_price", "net_amount"]), SMALL, min_size=1), max_size=4
)
FIELDS = st.dictionaries(st.sampled_from(["invoice_number", "gross_total", "iban"]), SMALL)
HIDDEN = st.frozensets(st.sampled_from(["iban", "lines.net_amount"]))


@settings(max_examples=150, deadline=None)
@given(FIELDS, ROWS, HIDDEN, st.lists(st.tuples(FIELDS, ROWS), min_size=1, max_size=3))
def test_verdicts_add_up_to_what_the_judge_counts(
    fields: dict[str, str],
    rows: list[dict[str, str]],
    hidden: frozenset[str],
    said: list[tuple[dict[str, str], list[dict[str, str]]]],
) -> None:
    labelled = Label("a.pdf", "invoice", "g", fields, tuple(rows), hidden)
    answers = [_answer(given_fields, given_rows) for given_fields, given_rows in said]
    judged = judge(labelled, [answer.prediction for answer in answers])
    values = verdicts(labelled, answers)
    for counts, in_row in ((judged.fields, False), (judged.columns, True)):
        found = Counter(
            (g.name.rpartition(".")[2], g.verdict is Verdict.RIGHT)
            for g in values
            if g.in_row == in_row and g.verdict is not Verdict.UNJUDGED
        )
        assert {name: (found[name, True], found[name, False]) for name in counts} == {
            name: (c.right, c.wrong) for name, c in counts.items()
        }
        assert {name for name, _ in found} <= set(counts)


def _answer(fields: dict[str, str], rows: list[dict[str, str]]) -> Answer:
    written = prediction(
        "a.pdf",
        {name: (value, 0.5) for name, value in fields.items()},
        [{column: (value, 0.5) for column, value in row.items()} for row in rows],
    )
    return Answer(Prediction("a.pdf", "invoice", fields, tuple(rows)), from_json(written))


@pytest.mark.parametrize(("pages", "told_as"), [(1, "1"), (2, "2–3"), (3, "2–3"), (4, "4+"), (40, "4+")])
def test_page_counts_fall_into_three_classes(tmp_path: Path, pages: int, told_as: str) -> None:
    document = examined(tmp_path, label("a.pdf", {}), prediction("a.pdf", {}, pages=pages))
    assert document.traits["pages"] == told_as
