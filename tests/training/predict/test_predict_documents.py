"""Labelled documents as they are put to a reader: without their labels, and with what is known of them."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from models.label_scheme import OUTSIDE
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import write_shards
from training.predict.documents import Posed, from_folder, from_shards, label_of, unlabelled
from training.scoring.labels import read_labels

PAGES = (
    Page(1, 595.0, 842.0, (Word("Faktura", Box(0.125, 0.125, 0.25, 0.25)),)),
    Page(2, 595.0, 842.0, (Word("7", Box(0.125, 0.125, 0.25, 0.25)),)),
)
DOCUMENT = LabelledDocument(
    id="generated-00000001",
    origin=Origin.GENERATED,
    licence="CC0-1.0",
    group="g",
    kind=Kind.INVOICE,
    language="da",
    words_from=WordsFrom.OCR,
    quality=QualityBand.POOR,
    pages=PAGES,
    tags=(OUTSIDE, "B-invoice_number"),
    rows=(-1, -1),
    fields={"invoice_number": "7", "iban": ""},
    lines=({"quantity": "2"},),
)


def test_shards_are_put_to_a_reader_without_their_labels(tmp_path: Path) -> None:
    (posed,) = from_shards(write_shards([DOCUMENT], tmp_path, "a"))
    (document,) = posed.parts
    assert document == unlabelled(DOCUMENT)
    assert [len(page.words) for page in document.pages] == [1, 1]
    assert (document.file, document.words_from, document.quality.band) == (DOCUMENT.id, "ocr", "poor")
    assert (document.first_page, document.last_page) == (1, 2)
    assert not document.einvoice
    assert posed.label == label_of(DOCUMENT)
    assert posed.label.fields == {"invoice_number": "7"}


def test_only_generated_documents_tell_all_there_is(tmp_path: Path) -> None:
    documents = [replace(DOCUMENT, id=f"{origin}-1", origin=origin) for origin in Origin]
    posed = from_shards(write_shards(documents, tmp_path, "a"))
    assert {one.label.file.partition("-")[0] for one in posed if one.complete} == {"generated"}


def test_documents_without_words_are_not_posed(tmp_path: Path) -> None:
    bare = replace(DOCUMENT, id="bare", pages=(), tags=(), rows=())
    assert [one.label.file for one in from_shards(write_shards([bare, DOCUMENT], tmp_path, "a"))] == [DOCUMENT.id]


def test_a_label_reads_back_from_its_row(tmp_path: Path) -> None:
    odd = replace(DOCUMENT, fields={"payment_terms": "30 days\u2028net"}, language="fr")
    (posed,) = from_shards(write_shards([odd], tmp_path, "a"))
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(posed.row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_labels(path) == [posed.label]
    assert posed.row["language"] == "fr"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `labels.jsonl` describes it: two PDFs, one of which is broken."""
    pytest.importorskip("rapidocr")
    from training.synthesize.generate import generate

    made = tmp_path_factory.mktemp("datasets")
    (made / "real").mkdir()
    labelled, pdf = generate(3)
    (made / "real" / "a.pdf").write_bytes(pdf)
    (made / "real" / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    row = {
        "kind": labelled.kind,
        "layout_group": "g",
        "language": "da",
        "fields": {"seller_name": "A\u2028S"},
        "lines": [],
    }
    rows = [row | {"file": f"real/{name}.pdf", "visible_in_text": {"number": True}} for name in "ab"]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows)
    (made / "labels.jsonl").write_text(text, encoding="utf-8")
    return made


def posed_in(folder: Path, only: tuple[str, ...] = (), among: frozenset[str] | None = None) -> list[Posed]:
    return list(from_folder(folder, only, among))


def test_files_are_read_as_serving_reads_them(folder: Path) -> None:
    good, broken = posed_in(folder)
    assert good.parts[0].file == "real/a.pdf"
    assert good.parts[0].pages[0].words
    assert broken.parts == ()
    assert not good.complete
    assert good.row["visible_in_text"] == {"number": True}  # the label as its maker wrote it
    assert good.row["language"] == "da"


def test_some_folders_or_some_documents_only(folder: Path) -> None:
    assert posed_in(folder, ("einvoice",)) == []
    digest = sha256((folder / "real" / "b.pdf").read_bytes()).hexdigest()[:16]
    for name in (f"real-{digest}", f"einvoice-{digest}-p2-3"):
        assert [one.label.file for one in posed_in(folder, among=frozenset({name}))] == ["real/b.pdf"]
    assert posed_in(folder, among=frozenset()) == []
