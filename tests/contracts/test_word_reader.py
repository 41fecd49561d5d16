"""What every word reader must do: in this process and in the sandbox, with each OCR engine and without one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, QualityBand, Unreadable, WordsFrom
from pipeline.domain.finding import ReasonCode, Severity
from pipeline.ports import WordReader
from tests.adapters.words.documents import (
    INVOICE_WORDS,
    PRINTED_WORDS,
    XML,
    file_of,
    pdf_of,
    pdf_with_xml,
    png_of,
    printed_pdf,
    scan_of,
)

RAPID = EngineChoice(EngineName.RAPID)
TESSERACT = EngineChoice(EngineName.TESSERACT)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((None, False), id="in process"),
        pytest.param((None, True), id="sandbox"),
        pytest.param((RAPID, False), id="rapid", marks=pytest.mark.slow),
        pytest.param((RAPID, True), id="rapid in the sandbox", marks=pytest.mark.slow),
        pytest.param((TESSERACT, False), id="tesseract", marks=pytest.mark.slow),
        pytest.param((TESSERACT, True), id="tesseract in the sandbox", marks=pytest.mark.slow),
    ],
)
def setting(request: pytest.FixtureRequest) -> tuple[EngineChoice | None, bool]:
    value: tuple[EngineChoice | None, bool] = request.param
    return value


@pytest.fixture(scope="module")
def reader(setting: tuple[EngineChoice | None, bool]) -> Iterator[WordReader]:
    choice, sandbox = setting
    if choice is not None:
        pytest.importorskip("rapidocr" if choice.name is EngineName.RAPID else "layoutparser")
    with FileReader(make_engine(choice) if choice else None, sandbox=sandbox) as made:
        yield made


def test_pages_of_words_come_back(reader: WordReader) -> None:
    file = file_of(pdf_of(pages=2), "invoice.pdf")
    document = reader.read(file)
    assert isinstance(document, Document)
    assert (document.file, document.sha256) == (file.name, file.sha256)
    assert document.words_from is WordsFrom.TEXT_LAYER
    assert [page.number for page in document.pages] == [1, 2]
    assert (document.first_page, document.last_page) == (1, 2)
    for page in document.pages:
        assert sorted(word.text for word in page.words) == INVOICE_WORDS
        assert page.rotation == 0.0
    assert document.findings == ()


def test_every_word_is_a_word_and_lies_on_its_page(reader: WordReader) -> None:
    document = reader.read(file_of(printed_pdf()))
    assert isinstance(document, Document)
    for page in document.pages:
        for word in page.words:
            assert word.text
            assert not any(c.isspace() for c in word.text)
            assert 0 <= word.box.x0 < word.box.x1 <= 1
            assert 0 <= word.box.y0 < word.box.y1 <= 1
            assert 0 <= word.confidence <= 1


def test_reading_twice_gives_the_same(reader: WordReader) -> None:
    file = file_of(pdf_with_xml("factur-x.xml"))
    assert reader.read(file) == reader.read(file)


def test_an_einvoice_comes_with_the_pages_around_it(reader: WordReader) -> None:
    document = reader.read(file_of(pdf_with_xml("factur-x.xml")))
    assert isinstance(document, Document)
    assert document.einvoice == XML
    assert len(document.pages[0].words) == len(INVOICE_WORDS)


def test_a_bare_einvoice_has_no_pages(reader: WordReader) -> None:
    document = reader.read(file_of(XML, "invoice.xml"))
    assert isinstance(document, Document)
    assert (document.words_from, document.einvoice, document.pages) == (WordsFrom.EINVOICE, XML, ())
    assert (document.first_page, document.last_page) == (0, 0)


def test_a_message_body_becomes_a_page(reader: WordReader) -> None:
    document = reader.read(file_of("Vi bestiller 40 æsker papir.".encode(), "body.txt"))
    assert isinstance(document, Document)
    assert document.words_from is WordsFrom.MAIL_BODY
    assert [word.text for word in document.pages[0].words] == ["Vi", "bestiller", "40", "æsker", "papir."]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ReasonCode.FILE_EMPTY),
        (b"%PDF-1.7 broken", ReasonCode.FILE_DAMAGED),
        (b"\x89PNG\r\n\x1a\n broken", ReasonCode.FILE_DAMAGED),
        (b"\x00\x01\x02\x03" * 50, ReasonCode.FILE_UNSUPPORTED),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", ReasonCode.FILE_HOSTILE),
        (pdf_of(pages=201), ReasonCode.FILE_TOO_MANY_PAGES),
    ],
)
def test_a_bad_file_is_data_and_says_what_to_do(reader: WordReader, content: bytes, code: ReasonCode) -> None:
    file = file_of(content, "bad")
    result = reader.read(file)
    assert isinstance(result, Unreadable)
    assert (result.file, result.sha256) == (file.name, file.sha256)
    (finding,) = result.findings
    assert (finding.code, finding.severity) == (code, Severity.BLOCK)
    assert finding.message.count(".") >= 2


def test_the_batch_goes_on_after_a_bad_file(reader: WordReader) -> None:
    reader.read(file_of(b"%PDF-1.7 broken"))
    assert isinstance(reader.read(file_of(pdf_of())), Document)


def test_threads_may_share_a_reader(reader: WordReader) -> None:
    files = [file_of(pdf_of(pages=pages), f"{pages}.pdf") for pages in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(reader.read, files))
    assert [len(r.pages) for r in results if isinstance(r, Document)] == list(range(1, 9))


def test_a_scan_is_read_where_there_is_an_engine(reader: WordReader, setting: tuple[EngineChoice | None, bool]) -> None:
    result = reader.read(file_of(png_of(scan_of(printed_pdf())), "scan.png"))
    if setting[0] is None:
        assert isinstance(result, Unreadable)
        assert [f.code for f in result.findings] == [ReasonCode.NO_WORDS]
        return
    assert isinstance(result, Document)
    assert result.words_from is WordsFrom.OCR
    assert result.quality.band is QualityBand.CLEAN
    read = {word.text for word in result.pages[0].words}
    assert len(read & set(PRINTED_WORDS)) >= 0.9 * len(set(PRINTED_WORDS))


def test_a_blank_page_has_no_words(reader: WordReader) -> None:
    result = reader.read(file_of(pdf_of([])))
    assert isinstance(result, Unreadable)
    assert [f.code for f in result.findings] == [ReasonCode.NO_WORDS]
