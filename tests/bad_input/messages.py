"""Messages as bad as they come: each with what has to become of it."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

import pikepdf

from pipeline.demo.mailbox import einvoices
from pipeline.domain.mail import OutcomeStatus
from tests.adapters.words.documents import INVOICE, Placed, add_page, pdf_of, pdf_with_xml, saved
from tests.flow.office import BILLING, einvoice, invoice, mail, sender_of

DEAD, REVIEW, POSTED, SKIPPED = (
    OutcomeStatus.DEAD_LETTER,
    OutcomeStatus.REVIEW,
    OutcomeStatus.POSTED,
    OutcomeStatus.SKIPPED,
)
PDF, XML, ZIP = "application/pdf", "application/xml", "application/zip"


@dataclass(frozen=True)
class Bad:
    """One message, the outcome that it must have, and the codes of which one must be among its reasons."""

    name: str
    content: bytes
    status: OutcomeStatus
    codes: tuple[str, ...]


def messages() -> Iterator[Bad]:
    """Yield every bad message, quickly made and quickly refused."""
    for name, file, content, kind, *codes in (
        ("encrypted", "secure.pdf", encrypted(), PDF, "FILE_ENCRYPTED"),
        ("truncated", "half.pdf", pdf_of()[:200], PDF, "FILE_DAMAGED"),
        ("zero bytes", "empty.pdf", b"", PDF, "FILE_EMPTY"),
        ("zero bytes of xml", "empty.xml", b"", XML, "FILE_EMPTY"),
        ("500 pages", "book.pdf", pdf_of([Placed("Side", 60, 700)], pages=500), PDF, "FILE_TOO_MANY_PAGES"),
        ("20000 pixels", "photo.png", huge_png(20_000), "image/png", "FILE_TOO_LARGE"),
        ("xml bomb", "invoice.xml", laughs(), XML, "FILE_HOSTILE"),
        ("xml bomb in utf-16", "invoice16.xml", laughs().decode().encode("utf-16"), XML, "FILE_HOSTILE"),
        ("external entity", "passwd.xml", external_entity(), XML, "FILE_HOSTILE"),
        ("program named pdf", "faktura.pdf", b"MZ" + bytes(range(256)) * 64, PDF, "FILE_UNSUPPORTED", "FILE_DAMAGED"),
        ("docx named pdf", "brev.pdf", office_file(), PDF, "FILE_UNSUPPORTED"),
        ("noise named xml", "noise.xml", random.Random(4).randbytes(5000), XML, "FILE_UNSUPPORTED"),
        ("xml not utf-8", "latin.xml", not_utf_8(), XML, "EINVOICE_UNREADABLE"),
        ("other xml", "other.xml", b"<?xml version='1.0'?><catalog/>", XML, "EINVOICE_UNREADABLE"),
        ("xml cut off", "cut.xml", einvoice()[1][:900], XML, "EINVOICE_UNREADABLE"),
        ("xml 200,000 deep", "deep.xml", b"<a>" * 200_000, XML, "EINVOICE_UNREADABLE", "FILE_HOSTILE"),
        ("pages in a circle", "circle.pdf", pages_in_a_circle(), PDF, "FILE_DAMAGED", "NO_WORDS"),
        ("zip bomb", "bomb.zip", zip_bomb(), ZIP, "ARCHIVE_BOMB"),
        ("zip with a password", "locked.zip", locked_zip(), ZIP, "ARCHIVE_ENCRYPTED"),
        ("zip cut off", "cut.zip", zip_of(("a.pdf", pdf_of()))[:300], ZIP, "ARCHIVE_DAMAGED"),
    ):
        yield Bad(name, mail(name, (file, content, kind)), DEAD, tuple(codes))
    yield Bad("50 mails deep", nested(50), DEAD, ("TOO_DEEP",))
    yield Bad(
        "xml bomb in a pdf",
        mail("in a pdf", ("fx.pdf", pdf_with_xml("factur-x.xml", laughs()), PDF)),
        REVIEW,
        ("FILE_HOSTILE",),
    )
    yield Bad(
        "zip bomb and invoice",
        mail("both", einvoice("PO-2054", "BW-7", lines=invoice("PO-2054").lines[1:]), ("b.zip", zip_bomb(), ZIP)),
        REVIEW,
        ("ARCHIVE_BOMB",),
    )
    yield from _broken_mails()


def readable() -> Iterator[tuple[str, bytes]]:
    """Yield messages that are odd, and yet carry an invoice that can be read and booked."""
    _, content, _ = einvoice("PO-2046", "BW-10382")
    yield "xml named pdf", mail("xml named pdf", ("invoice.pdf", content, PDF))
    _, content, kind = einvoice("PO-2054", "BW-3", lines=invoice("PO-2054").lines[:1])
    yield "no boundary at the end", mail("cut off behind the file", ("BW-3.xml", content, kind)).rpartition(b"\n--")[0]
    _, content, _ = einvoice("PO-2042", "F-1")
    odd = mail("odd type", ("F-1.xml", content, "application/x-nothing"), sender=sender_of("PO-2042"))
    yield "unknown media type", odd


def _broken_mails() -> Iterator[Bad]:
    pdf = mail("base64", ("a.pdf", pdf_of(), PDF))
    yield Bad("base64 cut off", pdf[: len(pdf) // 2], DEAD, ("FILE_DAMAGED",))
    head, body = pdf.partition(b"\n\n")[::2]
    yield Bad("no header", body, DEAD, ("MESSAGE_DAMAGED", "FILE_DAMAGED"))
    yield Bad("only a header", head.partition(b"Content-Type")[0], SKIPPED, ("NO_DOCUMENT",))
    yield Bad("nothing at all", b"", DEAD, ("MESSAGE_DAMAGED",))
    yield Bad("noise", random.Random(5).randbytes(20_000), DEAD, ("MESSAGE_DAMAGED",))
    odd = b"From: \xff\xfe@\x00\nSubject: =?utf-8?B?/////?=\nDate: yesterday\n"
    odd += b"Content-Type: text/plain; charset=klingon\n\n\xe6"
    yield Bad("headers of noise", odd, DEAD, ("MESSAGE_DAMAGED",))
    text = b"From: indkob@skovgaard.example\nSubject: Bestilling 7731\nContent-Type: text/plain; charset=utf-8\n\n"
    yield Bad("order not utf-8", text + _ORDER.encode("latin-1"), REVIEW, ())


_ORDER = """Hej, vi vil gerne bestille følgende:

Ordrenr.: 7731
Dato: 20-11-2026

Varenr.       Beskrivelse                  Antal    Stk. pris EUR
UKENDT-7      Smørrebrød på rugbrød        5        39,00

Levering: Bredgade 3, 1260 København K
Venlig hilsen Skovgaard Arkitekter ApS, CVR/moms-nr. DK25313763
"""


def encrypted() -> bytes:
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    return saved(pdf, pikepdf.Encryption(user="secret", owner="other", R=6))


def huge_png(side: int) -> bytes:
    """Return a picture that declares `side` by `side` pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xff" * ((side + 7) // 8)) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def laughs() -> bytes:
    """Return an e-invoice whose number expands to a billion words."""
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<!DOCTYPE Invoice [<!ENTITY l0 "lol">{entities}]>'
    xml = einvoices.peppol_ubl(invoice(number="BOMB")).decode()
    return xml.replace("?>", f"?>{bomb}", 1).replace(">BOMB<", ">&l9;<").encode()


def external_entity() -> bytes:
    xml = einvoices.peppol_ubl(invoice(number="BOMB")).decode()
    return (
        xml.replace("?>", '?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1)
        .replace(">BOMB<", ">&x;<")
        .encode()
    )


def not_utf_8() -> bytes:
    """Return an e-invoice that says UTF-8 and is Latin-1."""
    xml = einvoices.peppol_ubl(invoice(number="BW-8")).decode()
    return xml.replace("Brightwater", "Blåvand").encode("latin-1")


def pages_in_a_circle() -> bytes:
    """Return a PDF whose page tree contains itself."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def exploding_pdf(megabytes: int) -> bytes:
    """Return a small PDF whose one page draws some million words: it takes minutes and gigabytes to read."""
    pdf = pikepdf.new()
    add_page(pdf, INVOICE)
    drawing = (
        b"BT /F0 8 Tf 1 0 0 1 60 700 Tm\n" + b"(faktura) Tj 1 0 0 1 9 9 Tm\n" * (megabytes * 1_000_000 // 29) + b"ET"
    )
    stream = pikepdf.Stream(pdf, zlib.compress(drawing, 9))
    stream.Filter = pikepdf.Name.FlateDecode
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    return saved(pdf)


def zip_of(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Return an archive of 60 kB whose one file is 60 MB of nothing."""
    return zip_of(("faktura.pdf", b"\0" * 60_000_000))


def locked_zip() -> bytes:
    """Return an archive whose file is marked as encrypted."""
    packed = bytearray(zip_of(("faktura.pdf", pdf_of())))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(signature) + offset] |= 1
    return bytes(packed)


def office_file() -> bytes:
    return zip_of(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>"))


def nested(depth: int) -> bytes:
    """Return an invoice inside a forwarded message inside a forwarded message, and so on."""
    message = EmailMessage()
    message["From"], message["Subject"] = BILLING, "Invoice"
    message.set_content("Attached.")
    message.add_attachment(einvoice("PO-2050", "BW-9")[1], maintype="application", subtype="xml", filename="BW-9.xml")
    for level in range(depth):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = BILLING, f"Fwd {level}"
        outer.set_content("See below.")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()
