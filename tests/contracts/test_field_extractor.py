"""What every field extractor promises, whoever reads: evidence for each value, normalised values, no surprises."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.adapters.extractor.model import ModelExtractor
from pipeline.adapters.extractor.remote import RemoteExtractor
from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.adapters.words.reader import FileReader
from pipeline.demo.mailbox.pages import draw
from pipeline.demo.mailbox.papers import bill_for
from pipeline.domain.contract import from_json, to_json
from pipeline.domain.document import Document, Page, QualityBand, SourceFile, TextQuality, WordsFrom
from pipeline.domain.extraction import Field
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, NUMERIC_COLUMNS, HeaderField, Kind
from pipeline.ports import FieldExtractor
from tests.adapters.extractor.service import running


@pytest.fixture(scope="module", params=[RuleExtractor, ModelExtractor], ids=["rules", "model"])
def in_process(request: pytest.FixtureRequest) -> FieldExtractor:
    made: FieldExtractor = request.param()
    return made


@pytest.fixture(scope="module")
def over_http(in_process: FieldExtractor) -> Iterator[FieldExtractor]:
    """The extractor of `in_process`, asked through a server."""
    with running(in_process, key="a-key") as service, closing(RemoteExtractor(service.url, "a-key")) as remote:
        yield remote


@pytest.fixture(params=["in process", "over http"])
def extractor(request: pytest.FixtureRequest, in_process: FieldExtractor, over_http: FieldExtractor) -> FieldExtractor:
    return over_http if request.param == "over http" else in_process


@pytest.fixture(scope="module")
def invoice() -> Document:
    paper = bill_for("PO-2041", "F-88120", date(2026, 11, 9))
    with FileReader(None, sandbox=False) as reader:
        read = reader.read(SourceFile("F-88120.pdf", "application/pdf", draw(paper)))
    assert isinstance(read, Document)
    return read


def blank(words_from: WordsFrom = WordsFrom.TEXT_LAYER) -> Document:
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document("blank.pdf", "0" * 64, (Page(1, 595, 842, ()),), words_from, quality)


def test_it_says_which_document_and_who_read_it(extractor: FieldExtractor, invoice: Document) -> None:
    said = extractor.extract(invoice)

    assert (said.key, said.file, said.words_from) == (invoice.key, invoice.file, invoice.words_from)
    assert said.model.name
    assert said.model.version


def test_it_reads_a_plain_invoice(extractor: FieldExtractor, invoice: Document) -> None:
    said = extractor.extract(invoice)

    assert said.kind.value is Kind.INVOICE
    assert said.value(HeaderField.INVOICE_NUMBER) == "F-88120"
    assert said.amount(HeaderField.GROSS_TOTAL) == Decimal("1218.75")
    assert len(said.lines) == 2


def test_every_value_is_normalised(extractor: FieldExtractor, invoice: Document) -> None:
    said = extractor.extract(invoice)

    for name in DATE_FIELDS & said.fields.keys():
        date.fromisoformat(said.fields[name].value)
    for name in AMOUNT_FIELDS & said.fields.keys():
        assert said.fields[name].amount.is_finite()
    for line in said.lines:
        assert all(line[column].amount.is_finite() for column in NUMERIC_COLUMNS & line.keys())
    assert said.value(HeaderField.IBAN) == "DK5000400440116243"


def test_every_value_has_evidence(extractor: FieldExtractor, invoice: Document) -> None:
    for found in _fields(extractor, invoice):
        assert 0 <= found.confidence <= 1
        assert found.text.strip()
        if found.box is not None:
            assert found.page in {page.number for page in invoice.pages}
            assert 0 <= found.box.x0 <= found.box.x1 <= 1
            assert 0 <= found.box.y0 <= found.box.y1 <= 1


def test_the_same_document_reads_the_same(extractor: FieldExtractor, invoice: Document) -> None:
    assert extractor.extract(invoice) == extractor.extract(invoice)


def test_the_answer_survives_the_contract(extractor: FieldExtractor, invoice: Document) -> None:
    written = to_json(extractor.extract(invoice))

    assert to_json(from_json(written)) == written


def test_an_empty_page_says_nothing(extractor: FieldExtractor) -> None:
    said = extractor.extract(blank())

    assert not said.fields
    assert not said.lines


def test_it_keeps_the_page_range(extractor: FieldExtractor, invoice: Document) -> None:
    whole = replace(invoice, first_page=3, last_page=3)

    assert (extractor.extract(whole).first_page, extractor.extract(whole).last_page) == (3, 3)


def test_over_http_it_reads_as_in_process(
    in_process: FieldExtractor, over_http: FieldExtractor, invoice: Document
) -> None:
    for document in (invoice, replace(invoice, first_page=2, last_page=2, file_pages=4), blank(WordsFrom.OCR)):
        assert over_http.extract(document) == from_json(to_json(in_process.extract(document)))


def _fields(extractor: FieldExtractor, document: Document) -> Iterator[Field]:
    said = extractor.extract(document)
    yield from said.fields.values()
    for line in said.lines:
        yield from line.values()
