"""Mail as it really comes: each case is one that a sender's program produces."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipeline.domain.mail import MailMessage
from pipeline.ingest.parse import parse_message
from pipeline.ingest.triage import outcome_without_documents

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
XML = b'<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nSee attached."
Make = Callable[..., bytes]


def paths(message: MailMessage) -> list[str]:
    return [document.path for document in message.documents]


def codes(message: MailMessage) -> dict[str, str]:
    assert all(part.reason.endswith(".") for part in message.skipped)
    return {part.path: part.code for part in message.skipped}


def test_the_envelope_is_decoded(make_mail: Make) -> None:
    headers = "References: <a@x>\n <b@x> <a@x>\nIn-Reply-To: <b@x>\nCc: Ann <ann@x.example>, bob@x.example\n"
    message = parse_message(make_mail(TEXT, headers=headers), labels=("INBOX",))
    assert (message.sender, message.sender_name) == ("soren@holm.example", "Søren Holm")
    assert message.recipients == ("bills@ours.example", "ann@x.example", "bob@x.example")
    assert message.sent_at == datetime(2026, 11, 24, 5, 42, 40, tzinfo=UTC)
    assert message.message_id == "<1@holm.example>"
    assert message.in_reply_to == "<b@x>"
    assert message.references == ("<a@x>", "<b@x>")
    assert message.thread_id == "<a@x>"
    assert message.labels == ("INBOX",)
    assert message.body_text == "See attached."
    assert message.defects == ()


def test_the_mailbox_knows_the_thread_better(make_mail: Make) -> None:
    assert parse_message(make_mail(TEXT), thread_id="gm-1").thread_id == "gm-1"


def test_an_inline_pdf_is_a_document(make_mail: Make, make_part: Make) -> None:
    inline = make_part("Content-Type: application/pdf; name=a.pdf\nContent-Disposition: inline", PDF)
    message = parse_message(make_mail(TEXT, inline))
    assert paths(message) == ["2/a.pdf"]
    assert message.documents[0].inline
    assert message.documents[0].file.content == PDF
    assert codes(message) == {"1": "COVER_TEXT"}


@pytest.mark.parametrize(
    ("declared", "name", "content", "media_type"),
    [
        ("application/octet-stream", "invoice.bin", PDF, "application/pdf"),
        ("application/octet-stream", "invoice", XML, "application/xml"),
        ("text/plain", "invoice.txt", PDF, "application/pdf"),
        ("application/pdf", "invoice.pdf", XML, "application/xml"),
        ("application/x-nonsense", "", PDF, "application/pdf"),
        ("nonsense", "", PDF, "application/pdf"),
        ("text/xml", "invoice.xml", XML, "application/xml"),
    ],
)
def test_the_media_type_is_the_contents_own(
    make_mail: Make, make_part: Make, declared: str, name: str, content: bytes, media_type: str
) -> None:
    headers = f"Content-Type: {declared}\nContent-Disposition: attachment" + (f'; filename="{name}"' if name else "")
    message = parse_message(make_mail(TEXT, make_part(headers, content)))
    assert [d.file.media_type for d in message.documents] == [media_type]
    assert message.documents[0].file.content == content


def test_a_pdf_that_is_the_whole_message_is_a_document(make_part: Make) -> None:
    raw = b"From: a@x.example\r\n" + make_part("Content-Type: application/pdf; name=a.pdf", PDF)
    assert paths(parse_message(raw)) == ["1/a.pdf"]


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Content-Disposition: attachment; filename*=utf-8''R%C3%A6kning%20%E2%82%AC.pdf", "Rækning €.pdf"),
        ("Content-Disposition: attachment; filename*0*=iso-8859-1'da'Bl%E5; filename*1*=b%E6r; filename*2=.a",
         "Blåbær.a"),
        ("Content-Disposition: attachment; filename*1=\"b.pdf\"; filename*0=\"a\"", "ab.pdf"),
        ("Content-Disposition: attachment; filename=\"=?utf-8?B?QsO4Zi5wZGY=?=\"", "Bøf.pdf"),
        ("Content-Disposition: attachment; filename==?iso-8859-1?Q?B=F8f.pdf?=", "Bøf.pdf"),
        ("Content-Type: application/pdf; name=\"=?utf-8?Q?Faktura_?=\n =?utf-8?Q?=C3=86.pdf?=\"", "Faktura Æ.pdf"),
        ("Content-Disposition: attachment; filename=\"B\xf8f.pdf\"", "Bøf.pdf"),
        ("Content-Disposition: attachment; filename=\"B\xc3\xb8f.pdf\"", "Bøf.pdf"),
        ("Content-Disposition: attachment; filename=B%C3%B8f.pdf", "Bøf.pdf"),
        ("Content-Disposition: attachment; filename=an invoice.pdf", "an invoice.pdf"),
        ("Content-Disposition: attachment; filename=\"C:\\temp\\a.pdf\"", "a.pdf"),
        ("Content-Disposition: attachment; filename=\"../../etc/a.pdf\"", "a.pdf"),
        ("Content-Disposition: attachment; filename=\"a;b.pdf\"", "a;b.pdf"),
        ("Content-Disposition: attachment; filename=\"open.pdf", "open.pdf"),
        ("Content-Type: application/pdf", "attachment.pdf"),
    ],
)  # fmt: skip
def test_file_names_survive_what_senders_do_to_them(make_mail: Make, make_part: Make, headers: str, name: str) -> None:
    message = parse_message(make_mail(TEXT, make_part(headers, PDF)))
    assert [document.file.name for document in message.documents] == [name]


def test_documents_are_found_in_forwarded_messages(make_mail: Make, make_part: Make) -> None:
    pdf = make_part("Content-Type: application/pdf; name=a.pdf", PDF)
    inner = make_mail(TEXT, pdf, headers="X-Depth: 2\n").replace(b"bb", b"inner")
    middle = make_mail(TEXT, part_of(inner)).replace(b"bb", b"middle")
    message = parse_message(make_mail(TEXT, part_of(middle, encode=make_part)))
    assert paths(message) == ["2/message.eml/2/message.eml/2/a.pdf"]
    assert list(codes(message).values()) == ["COVER_TEXT"] * 3


def part_of(message: bytes, encode: Make | None = None) -> bytes:
    if encode is not None:
        return encode("Content-Type: message/rfc822", message)
    return b"Content-Type: message/rfc822\r\n\r\n" + message


def test_a_message_attached_as_a_file_is_opened(make_mail: Make, make_part: Make) -> None:
    inner = make_mail(TEXT, make_part("Content-Type: application/pdf; name=a.pdf", PDF)).replace(b"bb", b"inner")
    outer = make_part("Content-Type: application/octet-stream; name=fwd.eml", inner)
    assert paths(parse_message(make_mail(TEXT, outer))) == ["2/fwd.eml/2/a.pdf"]


def test_what_a_bounce_returns_is_not_read(make_mail: Make, make_part: Make) -> None:
    returned = part_of(make_mail(make_part("Content-Type: application/pdf; name=a.pdf", PDF)).replace(b"bb", b"inner"))
    status = b"Content-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n"
    message = parse_message(make_mail(TEXT, status, returned, kind="report"))
    assert message.documents == ()
    assert codes(message) == {"1": "COVER_TEXT", "2": "DELIVERY_REPORT", "3": "DELIVERY_REPORT"}


def test_zip_attachments_are_opened(make_mail: Make, make_part: Make) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2026/nov/å.pdf", PDF)
        archive.writestr("__MACOSX/2026/._å.pdf", b"x")
        archive.writestr("invoice.xml", XML)
    message = parse_message(
        make_mail(TEXT, make_part("Content-Type: application/zip; name=all.zip", packed.getvalue()))
    )
    assert paths(message) == ["2/all.zip/2026/nov/å.pdf", "2/all.zip/invoice.xml"]
    assert [d.file.name for d in message.documents] == ["å.pdf", "invoice.xml"]
    assert codes(message)["2/all.zip/__MACOSX/2026/._å.pdf"] == "ARCHIVE_JUNK"


def test_office_files_stay_visible_as_documents(make_mail: Make, make_part: Make) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    message = parse_message(
        make_mail(TEXT, make_part("Content-Type: application/octet-stream; name=o.xlsx", packed.getvalue()))
    )
    assert message.documents[0].file.media_type.endswith("spreadsheetml.sheet")


def test_logos_and_pixels_are_no_documents(
    make_mail: Make, make_part: Make, make_png: Callable[[int, int], bytes]
) -> None:
    html = b'Content-Type: text/html\r\n\r\n<p>Hi</p><img src="cid:logo@x"><img src="cid:photo@x">'
    message = parse_message(
        make_mail(
            html,
            make_part("Content-Type: image/png; name=logo.png\nContent-ID: <logo@x>", make_png(300, 120)),
            make_part("Content-Type: image/png; name=photo.png\nContent-ID: <photo@x>", make_png(900, 1270)),
            make_part("Content-Type: image/png; name=scan.png\nContent-Disposition: attachment", make_png(850, 1200)),
            make_part("Content-Type: image/png; name=p.png", make_png(1, 1)),
            make_part("Content-Type: image/png; name=icon.png", make_png(64, 64)),
            kind="related",
        )
    )
    assert paths(message) == ["3/photo.png", "4/scan.png"]
    assert codes(message) == {
        "1": "COVER_TEXT", "2/logo.png": "LOGO", "5/p.png": "TRACKING_PIXEL", "6/icon.png": "LOGO",
    }  # fmt: skip


def test_signatures_cards_and_calendars_are_no_documents(make_mail: Make, make_part: Make) -> None:
    message = parse_message(
        make_mail(
            TEXT,
            make_part("Content-Type: application/pgp-signature; name=s.asc", b"-----BEGIN PGP SIGNATURE-----\n"),
            make_part("Content-Type: application/pkcs7-signature; name=smime.p7s", b"\x30\x82\x01\x01junk\x00\x01"),
            make_part("Content-Type: text/vcard; name=me.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n"),
            make_part("Content-Type: text/calendar; name=m.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
            make_part("Content-Type: text/plain; name=ATT00001.txt", b"Sent from my phone\r\n"),
        )
    )
    assert message.documents == ()
    assert list(codes(message).values()) == ["SIGNATURE", "SIGNATURE", "CONTACT", "CALENDAR", "TEXT_FILE", "COVER_TEXT"]


def test_the_same_file_twice_is_read_once(make_mail: Make, make_part: Make) -> None:
    first = make_part("Content-Type: application/pdf; name=a.pdf", PDF)
    second = make_part("Content-Type: application/pdf; name=b.pdf", PDF)
    message = parse_message(make_mail(TEXT, first, second))
    assert paths(message) == ["2/a.pdf"]
    assert codes(message)["3/b.pdf"] == "SAME_FILE"
    assert "2/a.pdf" in message.skipped[0].reason


def test_equal_names_get_different_paths(make_mail: Make, make_part: Make) -> None:
    first = make_part("Content-Type: application/pdf; name=a.pdf", PDF)
    second = make_part("Content-Type: application/pdf; name=a.pdf", PDF + b" ")
    assert len(set(paths(parse_message(make_mail(first, second))))) == 2


def test_an_einvoice_in_two_forms_is_kept_twice_and_noted(make_mail: Make, make_part: Make) -> None:
    pdf = make_part("Content-Type: application/pdf; name=4711.pdf", PDF)
    xml = make_part("Content-Type: application/xml; name=4711.xml", XML)
    message = parse_message(make_mail(TEXT, pdf, xml))
    assert paths(message) == ["2/4711.pdf", "3/4711.xml"]
    assert len(message.notes) == 1
    assert "'2/4711.pdf' and '3/4711.xml'" in message.notes[0]


ORDER = "Hej\r\n\r\nVi bestiller hermed (ordre 4711):\r\n10 stk Skruer 4x40\r\n5 kasser Møtrikker\r\n\r\nHilsen\r\n"


def test_an_order_in_the_body_is_the_document(make_mail: Make) -> None:
    message = parse_message(
        make_mail(b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n" + ORDER.encode("latin-1"))
    )
    assert paths(message) == ["body"]
    file = message.documents[0].file
    assert (file.media_type, file.content.decode("utf-8")) == ("text/plain", ORDER.rstrip() + "\r\n")
    assert codes(message) == {}


def test_html_with_a_table_is_preferred_to_its_plain_form(make_mail: Make) -> None:
    table = (
        "<table><tr><td>Bestellung</td></tr><tr><td>1</td><td>Schrauben</td><td>10 Stk</td><td>4,50</td></tr></table>"
    )
    html = f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Bitte liefern Sie</p>{table}".encode()
    plain = b"Content-Type: text/plain\r\n\r\nBestellung 12\r\nBitte liefern Sie\r\n10 Stk Schrauben\r\n"
    message = parse_message(make_mail(plain, html, kind="alternative"))
    assert [(d.path, d.file.media_type) for d in message.documents] == [("body", "text/html")]
    assert codes(message) == {"1": "BODY_OTHER_FORM"}


def test_the_body_is_not_read_beside_an_attachment(make_mail: Make, make_part: Make) -> None:
    body = b"Content-Type: text/plain\r\n\r\n" + ORDER.encode("latin-1")
    message = parse_message(make_mail(body, make_part("Content-Type: application/pdf; name=a.pdf", PDF)))
    assert paths(message) == ["2/a.pdf"]


def test_an_order_in_a_forwarded_message_is_found(make_mail: Make) -> None:
    inner = b"From: c@x.example\r\nSubject: Ordre\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + ORDER.encode()
    assert paths(parse_message(make_mail(TEXT, part_of(inner)))) == ["2/message.eml/body"]


def test_a_newsletter_is_skipped(make_mail: Make) -> None:
    text = (
        b"Content-Type: text/plain\r\n\r\nOrder now! 3 boxes of tea\r\n2 packs of coffee 12.50 EUR\r\nTotal 10 EUR\r\n"
    )
    message = parse_message(make_mail(text, headers="List-Unsubscribe: <https://x.example/u>\n"))
    assert message.documents == ()
    assert codes(message) == {"1": "NEWSLETTER"}
    outcome = outcome_without_documents(message)
    assert outcome is not None
    assert (outcome.status.value, outcome.reason) == ("skipped", "NEWSLETTER")


def test_an_invoice_from_a_mailing_list_is_read(make_mail: Make, make_part: Make) -> None:
    pdf = make_part("Content-Type: application/pdf; name=a.pdf", PDF)
    message = parse_message(make_mail(TEXT, pdf, headers="List-Unsubscribe: <https://x.example/u>\nPrecedence: list\n"))
    assert paths(message) == ["2/a.pdf"]
    assert outcome_without_documents(message) is None


def test_an_order_through_a_group_address_is_read(make_mail: Make) -> None:
    text = b"Content-Type: text/plain\r\n\r\nOrdre nr. 4711\r\nVi bestiller\r\n10 stk skruer\r\n5 kasser sand\r\n"
    assert paths(parse_message(make_mail(text, headers="Precedence: list\n"))) == ["body"]


def test_sealed_mail_asks_for_a_person(make_mail: Make, make_part: Make) -> None:
    sealed = make_part("Content-Type: application/pkcs7-mime; name=smime.p7m", b"\x30\x80\x06\x09")
    message = parse_message(make_mail(sealed))
    outcome = outcome_without_documents(message)
    assert outcome is not None
    assert (outcome.status.value, outcome.reason) == ("dead_letter", "ENCRYPTED")


def test_a_reply_that_quotes_an_order_is_none(make_mail: Make) -> None:
    quoted = "".join(f"> {line}\r\n" for line in ORDER.splitlines())
    text = f"Content-Type: text/plain; charset=utf-8\r\n\r\nTak for ordren!\r\n\r\nDen 1. nov skrev Ann:\r\n{quoted}"
    assert parse_message(make_mail(text.encode())).documents == ()
