"""Files that cannot be read, or only in part: each ends as a finding that says what to do."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile, Unreadable, WordsFrom
from pipeline.domain.finding import Finding, ReasonCode, Severity
from tests.adapters.words.documents import (
    INVOICE,
    INVOICE_WORDS,
    XML,
    add_page,
    file_of,
    pdf_of,
    pdf_with_form,
    pdf_with_xml,
    png_of,
    saved,
)

READER = FileReader(None, sandbox=False)


def refusal(content: bytes, name: str = "file.pdf", reader: FileReader = READER) -> Finding:
    """Read a file that cannot be read and return why; its sentence must tell what to do next."""
    result = reader.read(file_of(content, name))
    assert isinstance(result, Unreadable), result
    (finding,) = result.findings
    assert finding.severity is Severity.BLOCK
    assert any(hint in finding.message for hint in ("Ask ", "ask ", "Send ", "Split ", "Install ", "Look "))
    return finding


def read(content: bytes, name: str = "file.pdf") -> Document:
    result = READER.read(file_of(content, name))
    assert isinstance(result, Document), result
    return result


def words(document: Document) -> list[str]:
    return sorted(word.text for page in document.pages for word in page.words)


def test_an_empty_file() -> None:
    assert refusal(b"").code is ReasonCode.FILE_EMPTY


def test_a_file_beyond_the_limit_on_bytes_is_not_looked_into() -> None:
    small = FileReader(None, ReadLimits(max_bytes=1000), sandbox=False)
    finding = refusal(pdf_of(pages=3), reader=small)
    assert finding.code is ReasonCode.FILE_TOO_LARGE
    assert "MB" in finding.message


def encrypted(user: str, owner: str) -> bytes:
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    return saved(pdf, pikepdf.Encryption(user=user, owner=owner, R=6))


def test_a_pdf_that_needs_a_password_to_open() -> None:
    finding = refusal(encrypted(user="secret", owner="other"))
    assert finding.code is ReasonCode.FILE_ENCRYPTED
    assert "password" in finding.message


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert words(read(encrypted(user="", owner="other"))) == INVOICE_WORDS


def test_a_pdf_cut_off_in_its_first_page() -> None:
    assert refusal(pdf_of()[:200]).code is ReasonCode.FILE_DAMAGED


def test_a_pdf_whose_end_is_missing_is_read_as_far_as_it_goes_and_held_back() -> None:
    whole = pdf_of()
    document = read(whole[: whole.rindex(b"xref")])
    assert words(document) == INVOICE_WORDS
    (finding,) = document.findings
    assert finding.code is ReasonCode.FILE_DAMAGED
    assert finding.severity is Severity.BLOCK


def test_a_pdf_with_a_wrong_table_of_contents_is_read() -> None:
    whole = pdf_of()
    broken = whole.replace(b"startxref", b"startxxxx").replace(b"xref\n", b"xxxx\n")
    assert words(read(broken)) == INVOICE_WORDS


def test_garbage_that_calls_itself_a_pdf() -> None:
    assert refusal(b"%PDF-1.7\n" + b"\x93garbage\x00" * 500).code is ReasonCode.FILE_DAMAGED


def test_500_pages() -> None:
    finding = refusal(pdf_of(pages=500))
    assert finding.code is ReasonCode.FILE_TOO_MANY_PAGES
    assert "500" in finding.message
    assert "200" in finding.message


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that declares a size and compresses to nearly nothing: a decompression bomb when large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\x00" * 10_000_000)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 20_000), (20_000, 3000), (60_000, 60_000), (12_000, 12_000)])
def test_a_picture_that_declares_too_many_pixels_is_not_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("the picture was decoded"))
    finding = refusal(png_header(*size), "photo.png")
    assert finding.code is ReasonCode.FILE_TOO_LARGE
    assert "pixels" in finding.message


def test_a_scan_without_an_ocr_engine() -> None:
    finding = refusal(png_of(Image.new("L", (800, 1100), 255)), "scan.png")
    assert finding.code is ReasonCode.NO_WORDS
    assert "bilag[ocr]" in finding.message


def test_a_pdf_of_pictures_without_an_ocr_engine() -> None:
    finding = refusal(pdf_of([], picture=Image.new("L", (400, 600), 200)))
    assert finding.code is ReasonCode.NO_WORDS


def test_a_picture_that_is_none() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "photo.png").code is ReasonCode.FILE_DAMAGED


def test_the_suffix_is_not_believed() -> None:
    assert words(read(pdf_of(), "photo.jpg")) == INVOICE_WORDS
    assert read(XML, "invoice.pdf").words_from is WordsFrom.EINVOICE


def test_the_declared_media_type_is_not_believed() -> None:
    result = READER.read(SourceFile("a.bin", "image/png", pdf_of()))
    assert isinstance(result, Document)
    assert words(result) == INVOICE_WORDS


def office_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(office_file(), id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, id="ole"),
        pytest.param(b"PK\x05\x06" + b"\x00" * 18, id="zip"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', id="svg"),
        pytest.param(bytes(range(256)) * 4, id="unknown"),
    ],
)
def test_what_is_no_document_says_what_to_send_instead(content: bytes) -> None:
    finding = refusal(content, "attachment")
    assert finding.code is ReasonCode.FILE_UNSUPPORTED
    assert "Send a PDF" in finding.message


BOMB = b"""<?xml version="1.0"?>
<!-- harmless -->
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&lol2;</Invoice>"""


@pytest.mark.parametrize("content", [BOMB, BOMB.decode().encode("utf-16")], ids=["utf-8", "utf-16"])
def test_an_xml_bomb(content: bytes) -> None:
    assert refusal(content, "invoice.xml").code is ReasonCode.FILE_HOSTILE


def test_an_xml_bomb_inside_a_pdf_is_left_out_and_the_page_is_read() -> None:
    document = read(pdf_with_xml("factur-x.xml", BOMB))
    assert document.einvoice is None
    assert words(document) == INVOICE_WORDS
    assert [f.code for f in document.findings] == [ReasonCode.FILE_HOSTILE]


def test_many_processing_instructions_take_no_time() -> None:
    assert read(b"<?xml version='1.0'?>" + b"<?a?>" * 10_000 + b"<Invoice xmlns='x'/>", "a.xml").einvoice is not None


def test_a_blank_pdf_has_no_words() -> None:
    assert refusal(pdf_of([])).code is ReasonCode.NO_WORDS


SEEDS = (pdf_of(pages=2), pdf_with_xml("factur-x.xml"), pdf_with_form(drawn=False))
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), edits)
def test_however_a_pdf_is_damaged_reading_it_ends_in_data(seed: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    content = bytearray(seed)
    for place, removed, added in edits:
        at = int(place * len(content))
        content[at : at + removed] = added
    result = READER.read(file_of(bytes(content)))
    if isinstance(result, Document):
        boxes = [word.box for page in result.pages for word in page.words]
        assert all(0 <= b.x0 <= b.x1 <= 1 and 0 <= b.y0 <= b.y1 <= 1 for b in boxes)
    else:
        assert result.findings


def test_one_unreadable_page_does_not_cost_the_others() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of(pages=3)))
    pdf.pages[1].obj.Contents = pdf.make_stream(b"\xff\xfe\x00 not a content stream ( BT")
    document = read(saved(pdf))
    assert len(document.pages) == 3
    assert words(document) == sorted(INVOICE_WORDS * 2)
