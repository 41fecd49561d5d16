"""E-invoices are found wherever a PDF carries them, and bare XML is one."""

from pathlib import Path

import pikepdf
import pytest

from pipeline.adapters.words.pdf.embedded import embedded_einvoice
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, WordsFrom
from tests.adapters.words.documents import INVOICE, INVOICE_WORDS, XML, add_page, file_of, pdf_of, pdf_with_xml, saved

READER = FileReader(None, sandbox=False)
UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'


@pytest.mark.parametrize(
    "name",
    ["factur-x.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml", "order-x.xml", "Rechnung 17.xml"],
)
def test_the_einvoice_is_found_and_the_pages_are_read_too(name: str) -> None:
    document = READER.read(file_of(pdf_with_xml(name)))
    assert isinstance(document, Document)
    assert document.einvoice == XML
    assert document.words_from is WordsFrom.TEXT_LAYER
    assert sorted(word.text for word in document.pages[0].words) == INVOICE_WORDS


def test_an_associated_file_outside_the_name_tree_is_found() -> None:
    assert embedded_einvoice(pdf_with_xml("factur-x.xml", associated_only=True)) == XML


def test_the_newest_prescribed_name_wins_and_other_files_are_left_alone() -> None:
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    for name, content in {
        "additional_data.xml": b"<logistics/>",
        "ZUGFeRD-invoice.xml": UBL,
        "factur-x.xml": XML,
        "picture.png": b"\x89PNG",
    }.items():
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
    assert embedded_einvoice(saved(pdf)) == XML


def test_xml_that_is_no_einvoice_is_none() -> None:
    assert embedded_einvoice(pdf_with_xml("settings.xml", b"<settings/>")) is None
    assert embedded_einvoice(pdf_of()) is None


def test_bare_xml_is_an_einvoice_without_pages() -> None:
    document = READER.read(file_of(UBL, "invoice.xml"))
    assert isinstance(document, Document)
    assert document.words_from is WordsFrom.EINVOICE
    assert document.einvoice == UBL
    assert (document.pages, document.first_page, document.last_page) == ((), 0, 0)
    assert document.key.endswith(":0-0")


def test_every_einvoice_of_the_datasets_is_found(datasets: Path) -> None:
    files = sorted((datasets / "einvoice").glob("*.pdf"))
    for path in files:
        document = READER.read(file_of(path.read_bytes(), path.name))
        assert isinstance(document, Document), path.name
        assert document.einvoice is not None, path.name
        assert document.pages[0].words, path.name
    for path in sorted((datasets / "oioubl").glob("*.xml")):
        bare = READER.read(file_of(path.read_bytes(), path.name))
        assert isinstance(bare, Document), path.name
        assert bare.words_from is WordsFrom.EINVOICE, path.name
