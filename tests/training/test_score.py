"""The scorer on examples counted by hand, and its command line."""

import json
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.legal_forms import company_core
from training.score import main, score
from training.scoring.assignment import best_assignment
from training.scoring.judge import Counts, Judgement, judge
from training.scoring.labels import FilesDoNotMatch, Label, Prediction, pair, read_labels, read_predictions
from training.scoring.normalise import same_value
from training.scoring.report import to_json, to_markdown
from training.scoring.tally import tally

PAPER = {"description": "Paper A4", "quantity": "2", "unit_price": "5", "net_amount": "10"}
INK = {"description": "Ink, black", "quantity": "1", "unit_price": "30", "net_amount": "30"}


def _label(fields: Mapping[str, str] | None = None, lines: Sequence[Mapping[str, str]] = (), **more: object) -> Label:
    stated = {"file": "set/a.pdf", "kind": "invoice", "group": "g", **more}
    return Label(fields=fields or {}, lines=tuple(lines), **stated)  # type: ignore[arg-type]


def _prediction(
    fields: Mapping[str, str] | None = None, lines: Sequence[Mapping[str, str]] = (), **more: object
) -> Prediction:
    stated = {"file": "/x/set/a.pdf", "kind": "invoice", **more}
    return Prediction(fields=fields or {}, lines=tuple(lines), **stated)  # type: ignore[arg-type]


def _counts(judgement: Judgement) -> dict[str, tuple[int, int, int]]:
    everything = {**judgement.fields, **{f"lines.{c}": n for c, n in judgement.columns.items()}, "rows": judgement.rows}
    return {name: (c.right, c.wrong, c.missed) for name, c in everything.items()}


@pytest.mark.parametrize(
    ("name", "labelled", "predicted", "same"),
    [
        ("gross_total", "198.0", "198", True),
        ("gross_total", "198.0", "198.01", False),
        ("gross_total", "198.0", "many", False),
        ("net_amount", "-5.0", "5", False),
        ("issue_date", "2020-03-05", "2020-03-05", True),
        ("issue_date", "2020-03-05", "05.03.2020", False),
        ("seller_vat_id", "NL820471616B02", "NL8204.71.616.B.02", True),
        ("iban", "DE12 3456", "de123456", True),
        ("invoice_number", "RE-20/1", "RE 20-1", True),
        ("invoice_number", "RE-201", "RE-202", False),
        ("seller_name", "Au bon moulin", "AU BON MOULIN SARL", True),
        ("seller_name", "Byens Kontor A/S", "Byens Kontor", True),
        ("seller_name", "circle.com b.v.", "circle.com", True),
        ("buyer_name", "Hôtel Saint Denis", "Hotel Saint-Denis", True),
        ("buyer_name", "Metallbau Leipzig GmbH & Co. KG", "Metallbau Leipzig", True),
        ("buyer_name", "Paul Peter", "Peter Paul", False),
        ("description", "Trennblätter A4", "Trennblatter  A4", True),
        ("description", "Trennblätter A4", "Trennblätter A4, 50 Stück", True),
        ("description", "A4", "Trennblätter A4 aus Karton", False),
        ("description", "Trennblätter A4", "Joghurt Banane", False),
    ],
)
def test_values_are_the_same_when_they_say_the_same(name: str, labelled: str, predicted: str, same: bool) -> None:
    assert same_value(name, labelled, predicted) is same


def test_a_name_of_nothing_but_a_legal_form_stays() -> None:
    assert company_core("AG") == "ag"


def test_fields_are_counted_by_hand() -> None:
    label = _label({"invoice_number": "1", "issue_date": "2020-01-01", "gross_total": "119", "iban": "DE1"})
    given_ = _prediction({"invoice_number": "1", "issue_date": "2021-01-01", "gross_total": "119.00", "bic": "X"})
    judgement = judge(label, [given_])
    assert _counts(judgement) == {
        "invoice_number": (1, 0, 0),
        "issue_date": (0, 1, 1),
        "gross_total": (1, 0, 0),
        "iban": (0, 0, 1),
        "rows": (0, 0, 0),
    }
    assert judgement.unjudged == 1
    assert not judgement.wholly_right
    total = tally([judgement]).header.counts
    assert total.precision == pytest.approx(2 / 3)
    assert total.recall == pytest.approx(1 / 2)
    assert total.f1 == pytest.approx(4 / 7)


def test_rows_are_matched_whatever_their_order_and_counted_by_hand() -> None:
    wrong_price = {**INK, "unit_price": "31"}
    judgement = judge(_label(lines=[PAPER, INK]), [_prediction(lines=[wrong_price, PAPER, {"net_amount": "7"}])])
    assert _counts(judgement) == {
        "lines.description": (2, 0, 0),
        "lines.quantity": (2, 0, 0),
        "lines.unit_price": (1, 1, 1),
        "lines.net_amount": (2, 1, 0),
        "rows": (1, 2, 1),
    }


def test_a_row_is_right_when_only_labelled_columns_agree() -> None:
    label = _label(lines=[{"description": "Paper A4", "net_amount": "10"}])
    judgement = judge(label, [_prediction(lines=[{**PAPER, "quantity": "9", "item_code": "P4"}])])
    assert _counts(judgement)["rows"] == (1, 0, 0)


def test_lines_count_neither_way_where_the_label_has_none() -> None:
    assert _counts(judge(_label(), [_prediction(lines=[PAPER])])) == {"rows": (0, 0, 0)}


def test_a_missing_row_is_missed_in_every_column() -> None:
    assert _counts(judge(_label(lines=[PAPER, INK]), [_prediction(lines=[INK])])) == {
        "lines.description": (1, 0, 1),
        "lines.quantity": (1, 0, 1),
        "lines.unit_price": (1, 0, 1),
        "lines.net_amount": (1, 0, 1),
        "rows": (1, 0, 1),
    }


@pytest.mark.parametrize(
    ("label_kind", "labelled", "predicted_kind", "predicted", "right"),
    [
        ("credit_note", "119", "credit_note", "-119", True),
        ("credit_note", "119", "invoice", "-119", True),
        ("invoice", "-119", "credit_note", "119", True),
        ("invoice", "-119", "invoice", "119", False),
        ("invoice", "119", "credit_note", "-119", False),
    ],
)
def test_the_sign_of_credit_notes_is_no_matter(
    label_kind: str, labelled: str, predicted_kind: str, predicted: str, right: bool
) -> None:
    label = _label({"gross_total": labelled}, kind=label_kind)
    judgement = judge(label, [_prediction({"gross_total": predicted}, kind=predicted_kind)])
    assert judgement.fields["gross_total"].right == right


def test_what_the_page_does_not_show_is_not_asked_of_its_reader() -> None:
    label = _label({"iban": "DE1", "gross_total": "5"}, [PAPER], hidden=frozenset({"iban", "lines.description"}))
    page = judge(label, [_prediction({"gross_total": "5"}, [{**PAPER, "description": "?"}])])
    assert page.wholly_right
    assert "iban" not in page.fields
    native = judge(label, [_prediction({"gross_total": "5"}, [PAPER], from_einvoice=True)])
    assert native.fields["iban"].missed == 1


def test_of_two_predictions_the_better_counts_and_the_other_is_wrongly_given() -> None:
    label = _label({"invoice_number": "1", "gross_total": "5"}, [PAPER])
    first = _prediction({"invoice_number": "2", "iban": "DE1"}, [INK])
    second = _prediction({"invoice_number": "1", "gross_total": "5"}, [PAPER])
    counts = _counts(judge(label, [first, second]))
    assert counts["invoice_number"] == (1, 1, 0)
    assert counts["gross_total"] == (1, 0, 0)
    assert counts["rows"] == (1, 1, 0)
    assert "iban" not in counts


def test_macro_is_the_mean_over_layout_groups() -> None:
    fields = {"invoice_number": "1"}
    right, wrong = _prediction(fields), _prediction({})
    judgements = [judge(_label(fields, group="big"), [right])] * 3 + [judge(_label(fields, group="small"), [wrong])]
    scores = tally(judgements)
    assert scores.fields["invoice_number"].counts == Counts(right=3, wrong=0, missed=1)
    assert scores.fields["invoice_number"].macro_f1 == pytest.approx(0.5)
    assert scores.wholly_right == 3
    assert scores.groups["big"].wholly_right == 3


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=4))
def test_no_other_assignment_gains_more(gains: list[list[int]]) -> None:
    pairs = best_assignment(gains)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    best = max(sum(row[j] for row, j in zip(gains, order, strict=False)) for order in permutations(range(4)))
    assert sum(gains[i][j] for i, j in pairs) == best


def test_more_rows_than_columns_are_assigned_too() -> None:
    assert best_assignment([[0, 1], [2, 9], [3, 1]]) == [(1, 1), (2, 0)]
    assert best_assignment([[0.0], [0.0]]) == []
    assert best_assignment([]) == []


def test_files_are_paired_by_the_end_of_their_paths() -> None:
    labels = [_label(file="real/a.pdf"), _label(file="einvoice/a.pdf"), _label(file="real/b.pdf")]
    pairing = pair(labels, [_prediction(file="/d/real/a.pdf"), _prediction(file="b.pdf"), _prediction(file="c.pdf")])
    assert [len(found) for _, found in pairing.pairs] == [1, 0, 1]
    assert pairing.unanswered == ("einvoice/a.pdf",)
    assert pairing.strays == ("c.pdf",)
    with pytest.raises(FilesDoNotMatch, match=r"may be real/a\.pdf or einvoice/a\.pdf"):
        pair(labels, [_prediction(file="a.pdf")])
    with pytest.raises(FilesDoNotMatch, match="No prediction is of a labelled document"):
        pair(labels, [_prediction(file="x/real/c.pdf")])


def _write(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


LABEL_ROW = {
    "file": "real/a.pdf",
    "kind": "purchase_order_change",
    "layout_group": "a",
    "fields": {"order_number": "7", "issue_date": "2020-01-01", "purchase_order_reference": "P"},
    "lines": [PAPER],
    "visible_in_text": {"number": False, "po": True, "issue_date": None, "line_desc": 0.5, "line_amounts": 1.0},
}
CONTRACT_ROW = {
    "schema": "bilag.extraction/1",
    "file": "../data/real/a.pdf",
    "words_from": "text_layer",
    "kind": {"value": "purchase_order", "confidence": 0.9},
    "fields": {"order_number": {"value": "7", "confidence": 1}, "issue_date": {"value": "2020-01-01"}},
    "lines": [{"description": {"value": "Paper A4"}, "net_amount": {"value": "10"}}],
}


def test_labels_and_contract_objects_are_read(tmp_path: Path) -> None:
    (label,) = read_labels(_write(tmp_path / "labels.jsonl", [LABEL_ROW]))
    assert label.kind == "purchase_order"
    assert label.hidden == {"invoice_number", "order_number", "lines.description"}
    (prediction,) = read_predictions(_write(tmp_path / "predictions.jsonl", [CONTRACT_ROW]))
    assert prediction.kind == "purchase_order"
    assert prediction.fields == {"order_number": "7", "issue_date": "2020-01-01"}
    assert prediction.lines == ({"description": "Paper A4", "net_amount": "10"},)


def test_the_command_writes_what_it_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = _write(tmp_path / "labels.jsonl", [LABEL_ROW, {**LABEL_ROW, "file": "other/b.pdf"}])
    predictions = _write(tmp_path / "predictions.jsonl", [CONTRACT_ROW, {**CONTRACT_ROW, "file": "z.pdf"}])
    out, page = tmp_path / "s.json", tmp_path / "s.md"
    assert main([str(predictions), str(labels), "--json", str(out), "--markdown", str(page), "--mistakes"]) == 0
    printed = capsys.readouterr()
    assert "purchase_order_reference" in printed.out
    assert "1 labelled documents have no prediction" in printed.err
    assert "z.pdf" in printed.err
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["fields"]["issue_date"]["recall"] == 0.5
    assert "| issue_date | 2 | 1 | 0 | 1 |" in page.read_text(encoding="utf-8")
    assert main([str(predictions), str(labels), "--only", "real"]) == 0
    assert "0 unanswered" in capsys.readouterr().out


def test_predictions_from_xml_are_refused_where_pages_are_to_be_scored(tmp_path: Path) -> None:
    labels = _write(tmp_path / "labels.jsonl", [LABEL_ROW])
    native = _write(tmp_path / "predictions.jsonl", [{**CONTRACT_ROW, "words_from": "einvoice"}])
    assert score(native, labels)[0].documents == 1
    with pytest.raises(FilesDoNotMatch, match="--ignore-einvoice"):
        score(native, labels, ignore_einvoice=True)


@pytest.mark.parametrize(
    ("predictions", "sentence"),
    [
        ('{"file": "real/a.pdf"', "no JSON object"),
        ("[]", 'an object with a "file"'),
        ('{"file": "real/a.pdf", "lines": {}}', "a list of lines"),
        ('{"file": "elsewhere.pdf"}', "No prediction is of a labelled document"),
    ],
)
def test_files_that_cannot_be_scored_end_with_a_sentence(
    predictions: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = _write(tmp_path / "labels.jsonl", [LABEL_ROW])
    made = tmp_path / "predictions.jsonl"
    made.write_text(predictions + "\n", encoding="utf-8")
    assert main([str(made), str(labels)]) == 2
    assert sentence in capsys.readouterr().err


def test_labels_against_themselves_are_perfect(datasets: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (datasets / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    same = [{**row, "kind": row["kind"].removesuffix("_change"), "words_from": "text_layer"} for row in rows]
    scores, strays = score(_write(tmp_path / "same.jsonl", same), datasets / "labels.jsonl")
    assert (scores.wholly_right, strays) == (len(rows), ())
    assert scores.header.counts.f1 == scores.lines.macro_f1 == 1.0
    assert to_json(scores)["mistakes"] == []
    assert to_markdown(scores).count("\n| ") == len(scores.fields) + len(scores.columns) + len(scores.groups) + 6
