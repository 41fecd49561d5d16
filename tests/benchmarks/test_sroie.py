"""Receipts: words from lines, labels found among misread words, entities from scores, and the rule of scoring."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.sroie import Receipt, entities_of, labelled, read_receipts, score
from models.label_scheme import OUTSIDE
from tests.models.papers import scores_of_tags

LINES = [
    "KEDAI BUKU MAJU SDN BHD",
    "NO. 5, JALAN MAWAR 2,",
    "81100 JOHOR BAHRU",
    "DATE: 25 MAR 2018  10:32",
    "PENSIL  2 X 1.50   3.00",
    "TOTAL  RM 13.00",
    "CASH  20.00",
    "CHANGE  7.00",
    "13.00 SR",
]
KEY = {
    "company": "KEDAI BUKU MAJU SDN. BHD.",
    "date": "25 MAR 2018",
    "address": "NO. 5, JALAN MAWAR 2, 81100 JOHOR BAHRU",
    "total": "RM13.00",
}


@pytest.fixture
def receipt(tmp_path: Path) -> Receipt:
    lines = [{"text": t, "box": [10, 20 * n, 10 + 9 * len(t), 20 * n + 15]} for n, t in enumerate(LINES, 1)]
    path = tmp_path / "receipts.jsonl"
    path.write_text(json.dumps({"id": "007", "lines": lines, "key": KEY}) + "\n", encoding="utf-8")
    (found,) = read_receipts(path)
    return found


def test_a_line_gives_its_words_their_parts_of_its_box(receipt: Receipt) -> None:
    assert [word.text for word in receipt.words[:5]] == LINES[0].split()
    boxes = [word.box for word in receipt.words[:5]]
    assert all(a.x1 < b.x0 for a, b in pairwise(boxes))
    assert all(0 <= edge <= 1 for word in receipt.words for edge in word.box)


def test_entities_are_labelled_where_they_stand(receipt: Receipt) -> None:
    document = labelled(receipt)
    said: dict[str, list[str]] = {}
    for word, tag in zip(receipt.words, document.tags, strict=True):
        if tag and tag != OUTSIDE:
            said.setdefault(tag[2:], []).append(word.text)
    assert said == {
        "seller_name": ["KEDAI", "BUKU", "MAJU", "SDN", "BHD"],
        "seller_address": ["NO.", "5,", "JALAN", "MAWAR", "2,", "81100", "JOHOR", "BAHRU"],
        "issue_date": ["25", "MAR", "2018"],
        "gross_total": ["13.00"],  # beside "TOTAL", not the one below
    }


def test_misread_words_are_found_and_others_are_not(receipt: Receipt) -> None:
    near = Receipt(receipt.id, receipt.words, receipt.line_of, {"company": "KEDAL BUKU MA3U SDN BHD"})
    far = Receipt(receipt.id, receipt.words, receipt.line_of, {"company": "ANOTHER SHOP ENTIRELY"})
    assert sum(tag == "I-seller_name" for tag in labelled(near).tags) == 4
    assert set(labelled(far).tags) == {OUTSIDE}


def test_sure_tags_give_the_entities_back(receipt: Receipt) -> None:
    read = entities_of(receipt, scores_of_tags([tag or OUTSIDE for tag in labelled(receipt).tags]))
    assert read == KEY | {"company": "KEDAI BUKU MAJU SDN BHD", "total": "13.00"}
    assert score([receipt.stated], [read], folded=True)["all"] == 1.0
    assert score([receipt.stated], [read], folded=False)["all"] == pytest.approx(0.5)


def test_what_is_missing_costs_recall_and_what_is_wrong_both() -> None:
    stated = [{"company": "A", "total": "1.00"}, {"company": "B", "total": "2.00"}]
    found = score(stated, [{"company": "A"}, {"company": "C", "total": "2.0"}], folded=True)
    assert found["company"] == pytest.approx(0.5)
    assert found["total"] == pytest.approx(0.0)
    assert found["all"] == pytest.approx(2 * 1 / (4 + 3))
