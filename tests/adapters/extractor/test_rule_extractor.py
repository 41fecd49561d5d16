"""The baseline extractor behind its port, and its floor on documents of other makers."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.adapters.extractor.rules import RULES, RuleExtractor
from pipeline.domain.document import Box, Document, Page, QualityBand, SourceFile, TextQuality, Word, WordsFrom
from pipeline.domain.extraction import Source
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.ports import FieldExtractor


def _document(*lines: str) -> Document:
    words = tuple(
        Word(text, Box(0.1 + 0.11 * column, 0.1 + 0.03 * row, 0.19 + 0.11 * column, 0.112 + 0.03 * row))
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split())
    )
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document("a.pdf", "ab" * 32, (Page(1, 595.0, 842.0, words),), WordsFrom.TEXT_LAYER, quality, 3, 3)


def test_an_extraction_names_its_document_and_its_rules() -> None:
    extractor: FieldExtractor = RuleExtractor()
    found = extractor.extract(_document("INVOICE", "Invoice-no: 4711", "Total: EUR 120.00"))
    assert (found.file, found.sha256, found.pages, found.first_page, found.last_page) == ("a.pdf", "ab" * 32, 1, 3, 3)
    assert found.model == RULES
    assert found.kind.value is Kind.INVOICE
    assert found.value(HeaderField.INVOICE_NUMBER) == "4711"
    assert found.value(HeaderField.GROSS_TOTAL) == "120"
    assert {f.source for f in found.fields.values()} == {Source.RULE}


def test_a_document_without_pages_gives_an_empty_extraction() -> None:
    quality = TextQuality(QualityBand.POOR, 0.0, 0.0)
    found = RuleExtractor().extract(Document("x.xml", "cd" * 32, (), WordsFrom.TEXT_LAYER, quality, 0, 0))
    assert found.fields == {}
    assert found.lines == ()
    assert found.kind.value is Kind.OTHER


@pytest.mark.slow
def test_totals_of_other_makers_documents_are_read(datasets: Path) -> None:
    """The floor below which a change to the rules does harm: gross totals on all text-layer invoices there."""
    from pipeline.adapters.words.reader import FileReader

    right = wrong = 0
    for line in (datasets / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = datasets / row["file"]
        visible = (row.get("visible_in_text") or {}).get("gross_total", True)
        if path.suffix != ".pdf" or "gross_total" not in row["fields"] or not visible:
            continue
        document = FileReader(ocr=None, sandbox=False).read(SourceFile(path.name, "application/pdf", path.read_bytes()))
        if not isinstance(document, Document) or sum(len(p.words) for p in document.pages) < 20:
            continue
        found = RuleExtractor().extract(document).amount(HeaderField.GROSS_TOTAL)
        same = found is not None and abs(found) == abs(Decimal(row["fields"]["gross_total"]))
        right, wrong = right + same, wrong + (not same)
    assert right / (right + wrong) >= 0.95
