"""The extract step: XML before pages, pages where the XML is broken, and nothing said twice."""

from datetime import date

import pytest

from pipeline.demo.mailbox import einvoices
from pipeline.demo.mailbox.papers import bill_for
from pipeline.domain.document import Document, Page, QualityBand, TextQuality, Unreadable, WordsFrom
from pipeline.domain.extraction import Extraction, KindGuess, ModelVersion, Source
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.extract.extract import extract

XML = einvoices.peppol_ubl(bill_for("PO-2045", "BW-10377", date(2026, 11, 12)))
NOTE = Finding(ReasonCode.TEXT_QUALITY_POOR, Severity.WARN, "The words are hard to read. Check every value.")


class PageReader:
    """Stands for an extractor of pages; it hands on the document's findings, as extractors may."""

    def __init__(self) -> None:
        self.asked = 0

    def extract(self, document: Document) -> Extraction:
        self.asked += 1
        return Extraction(
            file=document.file,
            sha256=document.sha256,
            pages=len(document.pages),
            words_from=document.words_from,
            kind=KindGuess(Kind.INVOICE, 0.5),
            model=ModelVersion("pages", "1"),
            findings=document.findings,
            first_page=document.first_page,
            last_page=document.last_page,
        )


@pytest.fixture
def pages() -> PageReader:
    return PageReader()


def document(einvoice: bytes | None, pages: int = 2, findings: tuple[Finding, ...] = ()) -> Document:
    first, last = (1, pages) if pages else (0, 0)
    return Document(
        file="a.pdf",
        sha256="0" * 64,
        pages=tuple(Page(number, 595, 842, ()) for number in range(1, pages + 1)),
        words_from=WordsFrom.TEXT_LAYER,
        quality=TextQuality(QualityBand.CLEAN, 1.0, 0.0),
        first_page=first,
        last_page=last,
        einvoice=einvoice,
        findings=findings,
    )


def test_an_einvoice_counts_before_its_pages(pages: PageReader) -> None:
    read = extract(document(XML), pages)

    assert isinstance(read, Extraction)
    assert pages.asked == 0
    assert read.words_from is WordsFrom.EINVOICE
    assert (read.pages, read.key) == (2, f"{'0' * 64}:1-2")
    number = read.fields[HeaderField.INVOICE_NUMBER]
    assert (number.value, number.source, number.page) == ("BW-10377", Source.EINVOICE, None)


def test_the_pages_are_read_where_the_einvoice_is_to_be_ignored(pages: PageReader) -> None:
    read = extract(document(XML), pages, ignore_einvoice=True)

    assert isinstance(read, Extraction)
    assert (pages.asked, read.model.name) == (1, "pages")


def test_without_an_einvoice_the_pages_are_read(pages: PageReader) -> None:
    assert isinstance(extract(document(None), pages), Extraction)
    assert pages.asked == 1


@pytest.mark.parametrize("broken", [XML[:200], b"<html/>", b"\xff\xfe\x00"], ids=["cut", "other", "noise"])
def test_the_pages_are_read_where_the_einvoice_is_broken_and_it_is_told(pages: PageReader, broken: bytes) -> None:
    read = extract(document(broken), pages)

    assert isinstance(read, Extraction)
    assert pages.asked == 1
    (finding,) = read.findings
    assert finding.code is ReasonCode.EINVOICE_UNREADABLE
    assert finding.message


def test_a_bare_file_that_is_no_einvoice_is_unreadable(pages: PageReader) -> None:
    read = extract(document(XML[:200], pages=0), pages)

    assert isinstance(read, Unreadable)
    assert pages.asked == 0
    assert [finding.code for finding in read.findings] == [ReasonCode.EINVOICE_UNREADABLE]


def test_a_bare_einvoice_has_no_pages(pages: PageReader) -> None:
    read = extract(document(XML, pages=0), pages)

    assert isinstance(read, Extraction)
    assert read.key == f"{'0' * 64}:0-0"


def test_what_the_reader_found_is_kept_and_told_once(pages: PageReader) -> None:
    by_page = extract(document(None, findings=(NOTE,)), pages)
    native = extract(document(XML, findings=(NOTE,)), pages)

    assert isinstance(by_page, Extraction)
    assert isinstance(native, Extraction)
    assert by_page.findings == (NOTE,)
    assert native.findings.count(NOTE) == 1
