"""Whole papers of nine languages, read header by header; each file states what it says above its page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.domain.document import Document, QualityBand, TextQuality, WordsFrom
from pipeline.domain.extraction import Source
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.rules.header.header import Header, read_header
from pipeline.extract.rules.writing.conventions import conventions_of

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))
POSTED = (HeaderField.INVOICE_NUMBER, HeaderField.NET_TOTAL, HeaderField.TAX_TOTAL, HeaderField.GROSS_TOTAL)


def _stated(path: Path) -> tuple[dict[str, str], str]:
    head, _, page = path.read_text(encoding="utf-8").partition("\n---\n")
    return dict(line.split(" = ", 1) for line in head.splitlines()), page


def _read(document: Document) -> Header:
    return read_header(document, conventions_of(document))


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_a_paper_is_read_as_it_states(path: Path, paper: Callable[..., Document]) -> None:
    stated, page = _stated(path)
    header = _read(paper(page))
    assert header.kind.value is Kind(stated.pop("kind"))
    read = {str(name): field.value for name, field in header.fields.items()}
    expected = {name: _plain(name, value) for name, value in stated.items()}
    assert {name: _plain(name, read.get(name)) for name in stated} == expected


def _plain(name: str, value: str | None) -> str | None:
    """Compare credit by magnitude and account numbers without blanks and points."""
    if value is None:
        return None
    if name.endswith(("_total", "_amount", "_due")):
        return value.lstrip("-")
    return value.replace(" ", "").replace(".", "") if name in ("account_number",) else value


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_every_field_has_its_evidence(path: Path, paper: Callable[..., Document]) -> None:
    for name, field in _read(paper(_stated(path)[1])).fields.items():
        assert field.source is Source.RULE
        assert 0 < field.confidence < 1, name
        assert all(other.value != field.value for other in field.alternatives), name
        if field.text:
            assert field.page == 1, name
            assert field.box is not None, name


@pytest.mark.parametrize(
    "name", ["da_window_invoice", "sv_invoice", "de_letter_invoice", "nl_invoice", "en_gb_invoice"]
)
def test_clean_invoices_that_add_up_clear_the_posting_threshold(name: str, paper: Callable[..., Document]) -> None:
    header = _read(paper(_stated(Path(__file__).parent / "papers" / f"{name}.txt")[1]))
    assert {field: header.fields[field].confidence >= 0.8 for field in POSTED} == dict.fromkeys(POSTED, True)


def test_poor_text_lowers_every_confidence(paper: Callable[..., Document]) -> None:
    page = _stated(PAPERS[0])[1]
    clean = paper(page)
    poor = Document(
        clean.file,
        clean.sha256,
        clean.pages,
        WordsFrom.TEXT_LAYER,
        TextQuality(QualityBand.POOR, 0.5, 0.3),
    )
    for name, field in _read(poor).fields.items():
        assert field.confidence <= _read(clean).fields[name].confidence, name


def test_misread_labels_are_still_understood_on_scans(paper: Callable[..., Document]) -> None:
    page = """
       lNVOlCE

       lnvoice Nurnber: 88213                     P.0. # 4500
       Invoice Dale:   18 July 2026               Due Dale: 17 August 2026

                                       Subttal      100.00
                                       VAT 20%       20.00
                                       TOTAL       $120.00
"""
    fields = _read(paper(page, words_from=WordsFrom.OCR)).fields
    assert fields[HeaderField.INVOICE_NUMBER].value == "88213"
    assert fields[HeaderField.PURCHASE_ORDER_REFERENCE].value == "4500"
    assert fields[HeaderField.ISSUE_DATE].value == "2026-07-18"
    assert fields[HeaderField.NET_TOTAL].value == "100"


def test_an_empty_page_gives_nothing(paper: Callable[..., Document]) -> None:
    header = _read(paper(""))
    assert header.kind.value is Kind.OTHER
    assert header.fields == {}
