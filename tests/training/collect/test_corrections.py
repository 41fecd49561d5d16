"""Corrections become labels, overrides never do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.document import Document
from training.collect.corrections import NotACorrection, corrected_documents
from training.collect.told import Told
from training.dataset.record import LabelledDocument, Origin

Read = Callable[[str], Document]
TEXT = "Acme Tools Ltd\n\nInvoice number: 4711\n\nInvoice date: 24/12/2026\n\nPrinted 24/12/2026   Ref 991 200\n"


def line(document: Document, **more: Any) -> dict[str, Any]:
    pages = [
        {
            "number": page.number,
            "width": page.width,
            "height": page.height,
            "words": [[w.text, *w.box, w.confidence] for w in page.words],
        }
        for page in document.pages
    ]
    return {
        "schema": "bilag.correction/1",
        "document_key": f"{'ab' * 32}:1-1",
        "reviewer": "r1",
        "corrected_at": "2026-11-24T08:00:00+00:00",
        "document": {"kind": "invoice", "language": "en", "sender": "GB1", "pages": pages},
        **more,
    }


def read_back(path: Path, *lines: dict[str, Any]) -> list[LabelledDocument]:
    path.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")
    return list(corrected_documents([path], Told()))


def words_of(document: LabelledDocument, span: str) -> list[str]:
    words = [w.text for page in document.pages for w in page.words]
    return [w for w, tag in zip(words, document.tags, strict=True) if tag is not None and tag[2:] == span]


def test_a_box_that_a_reviewer_pointed_at_is_the_label(read_text: Read, tmp_path: Path) -> None:
    read = read_text(TEXT)
    pointed = [w.box for w in read.pages[0].words if w.text in ("991", "200")]
    box = list(pointed[0].union(pointed[1]))
    labels = [
        {"field": "invoice_number", "value": "4711"},
        {"field": "buyer_reference", "value": "991 200", "page": 1, "box": box},
    ]
    (document,) = read_back(tmp_path / "c.jsonl", line(read, labels=labels))
    assert words_of(document, "buyer_reference") == ["991", "200"]
    assert words_of(document, "invoice_number") == ["4711"]
    assert (document.origin, document.group) == (Origin.CORRECTION, "own/GB1")


def test_overrides_and_reviewers_never_reach_the_dataset(read_text: Read, tmp_path: Path) -> None:
    labels = [
        {"field": name, "value": value}
        for name, value in (("invoice_number", "4711"), ("issue_date", "2026-12-24"), ("seller_name", "Acme Tools"))
    ]
    overrides = [{"field": "seller_name", "value": "Somebody Else", "reason": "moved"}]
    (document,) = read_back(tmp_path / "c.jsonl", line(read_text(TEXT), labels=labels, overrides=overrides))
    assert document.fields == {"invoice_number": "4711", "issue_date": "2026-12-24", "seller_name": "Acme Tools"}
    assert "Somebody" not in str(document)
    assert "r1" not in document.traits.values()


def test_a_later_correction_counts_before_an_earlier_one(read_text: Read, tmp_path: Path) -> None:
    read = read_text(TEXT)
    common = [{"field": "issue_date", "value": "2026-12-24"}, {"field": "seller_name", "value": "Acme Tools"}]
    early = line(read, labels=[*common, {"field": "invoice_number", "value": "991"}])
    late = line(read, labels=[{"field": "invoice_number", "value": "4711"}], corrected_at="2026-11-25T08:00:00+00:00")
    del late["document"]
    (document,) = read_back(tmp_path / "c.jsonl", late, early)
    assert document.fields["invoice_number"] == "4711"


def test_a_correction_without_words_is_told_and_left_out(read_text: Read, tmp_path: Path) -> None:
    bare = line(read_text(TEXT), labels=[])
    del bare["document"]
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(bare), encoding="utf-8")
    told = Told()
    assert list(corrected_documents([path], told)) == []
    assert list(told.refused.values()) == ["no correction of it carries its words"]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        '{"schema": "other"}',
        '{"schema": "bilag.correction/1"}',
        '{"schema": "bilag.correction/1", "document_key": "a", "corrected_at": "x", "labels": [{"field": "colour"}]}',
    ],
)
def test_a_broken_line_names_its_file_and_line(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text("\n" + broken, encoding="utf-8")
    with pytest.raises(NotACorrection, match=r"c\.jsonl:2"):
        list(corrected_documents([path], Told()))
