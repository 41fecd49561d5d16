"""The stage: what is there is labelled, what is not is said, the shards are always valid."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from training.collect.__main__ import collect
from training.dataset.checks import problems_in
from training.dataset.record import Origin
from training.dataset.shards import read_shards, shards_in


def test_without_the_labelled_documents_the_shards_are_empty_and_valid(tmp_path: Path) -> None:
    told = collect(tmp_path / "missing", tmp_path / "own", tmp_path / "out")
    assert list(read_shards(shards_in(tmp_path / "out"))) == []
    assert shards_in(tmp_path / "out")
    assert any("BILAG_DATASETS" in note for note in told.notes)


def test_labels_by_hand_become_a_document_and_unclear_licences_none(
    typeset: Callable[[str], bytes], invoice_text: str, tmp_path: Path
) -> None:
    for name, text in (("a.pdf", invoice_text), ("b.pdf", invoice_text), ("c.pdf", f"{invoice_text} \\ Ende")):
        (tmp_path / name).write_bytes(typeset(text))
    fields = {
        "invoice_number": "2026-4711",
        "issue_date": "2026-11-24",
        "gross_total": "412.34",
        "due_date": "2027-01-01",
    }
    rows = [
        {
            "file": name,
            "kind": "invoice",
            "language": "de",
            "layout_group": "nordholz",
            "page_style": style,
            "licence": licence,
            "source": "somewhere/x",
            "fields": fields,
            "lines": [],
            "visible_in_text": {"due_date": False},
        }
        for name, licence, style in (
            ("a.pdf", "MIT repo", "invoice_layout"),
            ("b.pdf", "no licence found", "invoice_layout"),
            ("c.pdf", "MIT repo", "stylesheet_view"),
        )
    ]
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    told = collect(tmp_path, tmp_path / "own", tmp_path / "out")
    document, listing = read_shards(shards_in(tmp_path / "out"))
    assert listing.group == "stylesheet_view"  # one look, whoever sent it
    assert (document.origin, document.licence, document.group) == (Origin.REAL, "MIT", "nordholz")
    assert document.fields == {name: value for name, value in fields.items() if name != "due_date"}
    assert told.refused == {"b.pdf": "its licence is unclear: no licence found"}
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["values"]["gross_total"] == {"labelled": 2, "doubtful": 0, "not_found": 0}


@pytest.mark.slow
def test_the_labelled_documents_of_other_makers_are_labelled(datasets: Path, tmp_path: Path) -> None:
    told = collect(datasets, tmp_path / "own", tmp_path / "out", workers=2)
    shards = shards_in(tmp_path / "out")
    documents = list(read_shards(shards))
    assert len(documents) >= 95
    assert list(problems_in(shards)) == []
    assert {document.licence for document in documents} <= {"MIT", "Apache-2.0"}
    assert all("licence is unclear" in reason for reason in told.refused.values())
    fates = told.fates
    for name in ("invoice_number", "seller_name", "buyer_name", "gross_total", "issue_date"):
        assert fates[name]["labelled"] >= 0.9 * fates[name].total(), name  # type: ignore[index]
