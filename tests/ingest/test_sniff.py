"""The media type is told from the content, for real files of each kind."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.ingest.images import image_size
from pipeline.ingest.sniff import sniff


def image(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, kind)
    return made.getvalue()


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return packed.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
CASES = {
    "pdf": (b"%PDF-1.7\n", "application/pdf"),
    "pdf behind a printer's lines": (b"\x1b%-12345X@PJL\n\x00\n%PDF-1.4\n", "application/pdf"),
    "pdf behind text": (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "application/pdf"),
    "png": (image("PNG"), "image/png"),
    "jpeg": (image("JPEG"), "image/jpeg"),
    "tiff": (image("TIFF"), "image/tiff"),
    "gif": (image("GIF"), "image/gif"),
    "bmp": (image("BMP"), "image/bmp"),
    "webp": (image("WEBP"), "image/webp"),
    "xml": (b'<?xml version="1.0"?>\n<!-- x --><ubl:Invoice/>', "application/xml"),
    "xml with a mark": (b'\xef\xbb\xbf<?xml version="1.0"?><a/>', "application/xml"),
    "xml in UTF-16": ('<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), "application/xml"),
    "xml without declaration": (b'<Invoice xmlns="urn:x"><ID>1</ID></Invoice>', "application/xml"),
    "xml with a doctype": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', "application/xml"),
    "html": (b"<!DOCTYPE html><html></html>", "text/html"),
    "html fragment": (b"  <div>Hello</div>", "text/html"),
    "xhtml": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "text/html"),
    "svg": (b'<?xml version="1.0"?><svg/>', "image/svg+xml"),
    "zip": (zipped("a.pdf"), "application/zip"),
    "empty zip": (zipped(), "application/zip"),
    "docx": (
        zipped("[Content_Types].xml", "word/document.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "odt": (zipped("mimetype", "content.xml"), "application/vnd.oasis.opendocument.text"),
    "msg": (OLE + "__properties_version1.0".encode("utf-16-le"), "application/vnd.ms-outlook"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    "other ole": (OLE, "application/x-ole-storage"),
    "winmail.dat": (b"\x78\x9f\x3e\x22\x01\x00", "application/ms-tnef"),
    "message": (b"Received: from x\r\nFrom: a@b\r\nSubject: x\r\nDate: y\r\n\r\nHello", "message/rfc822"),
    "text like a message": (b"From: a@b\r\nTo: c@d\r\nSubject: x\r\n\r\nForwarded", "text/plain"),
    "text": ("Hej æøå".encode(), "text/plain"),
    "Latin-1": ("Hej æøå".encode("latin-1"), "text/plain"),
    "edifact": (b"UNB+UNOC:3+1+2", "application/edifact"),
    "random": (b"\x00\x01\x02\x03", "application/octet-stream"),
    "nothing": (b"", "application/octet-stream"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_kind_is_told(case: str) -> None:
    content, expected = CASES[case]
    assert sniff(content) == expected


@pytest.mark.parametrize("case", ["pdf", "png", "zip", "msg", "random"])
def test_a_name_does_not_mislead(case: str) -> None:
    content, expected = CASES[case]
    assert sniff(content, "invoice.xml") == expected


@given(st.binary(max_size=200), st.text(max_size=10))
def test_any_content_has_a_type(content: bytes, name: str) -> None:
    kind, _, rest = sniff(content, name).partition("/")
    assert kind
    assert rest


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_the_size_of_an_image_is_read_from_its_header(kind: str) -> None:
    assert image_size(image(kind, (321, 123))) == (321, 123)


@given(st.sampled_from([b"\x89PNG", b"GIF8", b"BM", b"\xff\xd8", b""]), st.binary(max_size=60))
def test_a_broken_image_header_gives_no_size_or_some(start: bytes, rest: bytes) -> None:
    size = image_size(start + rest)
    assert size is None or len(size) == 2


def test_real_documents_are_told(datasets: Path) -> None:
    pdfs = sorted((datasets / "einvoice").glob("*.pdf"))[:30]
    assert {sniff(path.read_bytes()) for path in pdfs} == {"application/pdf"}
    xmls = sorted((datasets / "oioubl").rglob("*.xml"))[:30]
    assert {sniff(path.read_bytes()) for path in xmls} == {"application/xml"}
