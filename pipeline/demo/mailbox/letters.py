"""The messages of the demonstration: the everyday ones, and the ones that must not be posted."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.demo.company import DemoParty
from pipeline.demo.mailbox import einvoices, faults
from pipeline.demo.mailbox.pages import draw
from pipeline.demo.mailbox.papers import OURSELVES, STRANGER, Paper, PaperLine, bill_for, customer, order, paper_line
from pipeline.domain.mail import OutcomeStatus

PDF, XML, ZIP, PNG = ("application", "pdf"), ("application", "xml"), ("application", "zip"), ("image", "png")
POSTED, REVIEW, DEAD = OutcomeStatus.POSTED, OutcomeStatus.REVIEW, OutcomeStatus.DEAD_LETTER
SKIPPED, DUPLICATE = OutcomeStatus.SKIPPED, OutcomeStatus.DUPLICATE


@dataclass(frozen=True, slots=True)
class Expected:
    """What has to become of a message's document, and the code that must be among its reasons."""

    status: OutcomeStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of the demonstration: its file name, its bytes, and what each document in it has to come to."""

    name: str
    content: bytes
    expected: tuple[Expected, ...]


def letters(today: date) -> list[Letter]:
    """Return the whole mailbox, oldest first, dated in the fortnight before `today`.

    The same day gives the same bytes, but for the encrypted file, whose key is random.
    """
    written = [write(today) for write in _WRITERS]
    return [
        Letter(f"{number:02d}-{draft.name}.eml", _seal(draft, number, today), draft.expected)
        for number, draft in enumerate(written, start=1)
    ]


@dataclass(frozen=True, slots=True)
class _Draft:
    name: str
    sender: DemoParty
    subject: str
    message: EmailMessage
    expected: tuple[Expected, ...]


def _seal(draft: _Draft, number: int, today: date) -> bytes:
    """Give a draft its headers. Boundaries and identifiers are fixed by the number, so that two runs agree."""
    message = draft.message
    sent = datetime.combine(today - timedelta(days=14), time(8, 0), tzinfo=UTC) + timedelta(hours=11 * number)
    domain = draft.sender.email.partition("@")[2]
    message["From"] = f"{draft.sender.name} <{draft.sender.email}>"
    message["To"] = f"{OURSELVES.name} <{OURSELVES.email}>"
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(min(sent, datetime.combine(today, time(6, 0), tzinfo=UTC)))
    message["Message-ID"] = f"<{hashlib.sha256(draft.name.encode()).hexdigest()[:20]}@{domain}>"
    message["Authentication-Results"] = f"mx.nordlys-kontor.example; spf=pass smtp.mailfrom={domain}; dkim=pass"
    for index, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=-bilag-{number:02d}-{index}")
    return message.as_bytes()


def _mail(text: str, *files: tuple[str, bytes, tuple[str, str]]) -> EmailMessage:
    message = EmailMessage()
    message.set_content(text)
    for name, content, (maintype, subtype) in files:
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message


def _pdf_letter(name: str, paper: Paper, text: str, *expected: Expected, file: str = "", subject: str = "") -> _Draft:
    title = subject or f"{paper.title or paper.kind.replace('_', ' ').capitalize()} {paper.number}"
    attachment = (file or f"{paper.number}.pdf", draw(paper), PDF)
    return _Draft(name, paper.sender, title, _mail(text, attachment), expected)


# --- the everyday ones -------------------------------------------------------------------------------------------


def _danish_invoice(today: date) -> _Draft:
    return _pdf_letter("danish-invoice", _papirhuset(today), "Hej,\n\nHermed vores faktura.\n", Expected(POSTED))


def _papirhuset(today: date) -> Paper:
    return bill_for("PO-2041", "F-88120", today - timedelta(days=15))


def _oioubl_invoice(today: date) -> _Draft:
    paper = bill_for("PO-2042", "F-88131", today - timedelta(days=13))
    attachment = ("OIOUBL_F-88131.xml", einvoices.oioubl(paper), XML)
    return _Draft(
        "oioubl", paper.seller, "E-faktura F-88131", _mail("Se vedhæftede.\n", attachment), (Expected(POSTED),)
    )


def _factur_x_invoice(today: date) -> _Draft:
    paper = bill_for("PO-2043", "RE-2026-0417", today - timedelta(days=14), style="plain")
    attachment = ("Rechnung_RE-2026-0417.pdf", einvoices.factur_x(paper, draw(paper)), PDF)
    message = _mail("Sehr geehrte Damen und Herren,\n\nanbei unsere Rechnung.\n", attachment)
    return _Draft("factur-x", paper.seller, "Rechnung RE-2026-0417", message, (Expected(POSTED),))


def _german_invoice(today: date) -> _Draft:
    paper = bill_for("PO-2052", "RE-2026-0431", today - timedelta(days=9), style="plain")
    return _pdf_letter("german-invoice", paper, "Anbei unsere Rechnung.\n", Expected(POSTED))


def _peppol_invoice(today: date) -> _Draft:
    paper = bill_for("PO-2045", "BW-10377", today - timedelta(days=12))
    attachment = ("BW-10377.xml", einvoices.peppol_ubl(paper), XML)
    message = _mail("Please find our e-invoice attached.\n", attachment)
    return _Draft("peppol-ubl", paper.seller, "Invoice BW-10377", message, (Expected(POSTED),))


def _english_invoice(today: date) -> _Draft:
    paper = bill_for("PO-2046", "BW-10382", today - timedelta(days=11), style="letter")
    return _pdf_letter("english-invoice", paper, "Please find our invoice attached.\n", Expected(POSTED))


def _scan(today: date) -> _Draft:
    paper = bill_for("PO-2047", "20261093", today - timedelta(days=12), style="plain")
    attachment = ("scan0001.pdf", faults.scanned(draw(paper)), PDF)
    message = _mail("Zie bijlage.\n", attachment)
    return _Draft("scan", paper.seller, "Factuur", message, (Expected(POSTED),))


def _credit_note(today: date) -> _Draft:
    seller = _papirhuset(today).seller
    paper = replace(
        _papirhuset(today),
        kind="credit_note",
        number="K-4417",
        issue_date=today - timedelta(days=5),
        lines=(paper_line("PAP-A4-80", "2", "18.50", seller.language),),
        preceding_invoice="F-88120",
    )
    return _pdf_letter("credit-note", paper, "Hermed kreditnota for to beskadigede kasser.\n", Expected(POSTED))


def _order_in_body(today: date) -> _Draft:
    buyer = customer("C1")
    text = f"""Hej Nordlys Kontor

Vi vil gerne bestille følgende:

Ordrenr.: 7731
Dato: {today - timedelta(days=4):%d-%m-%Y}

Varenr.       Beskrivelse                  Antal    Stk. pris EUR
LMP-LED-7     Skrivebordslampe LED 7 W     5        39,00
CHR-ERGO-1    Kontorstol Ergo One          2        265,00

Levering: Bredgade 3, 1260 København K

Venlig hilsen
{buyer.name}
CVR/moms-nr. {buyer.vat_id}
"""
    return _Draft("order-in-body", buyer, "Bestilling 7731", _mail(text), (Expected(POSTED),))


def _order_pdf(today: date) -> _Draft:
    buyer = customer("C2")
    paper = Paper(
        kind="purchase_order",
        number="HC-1180",
        seller=OURSELVES,
        buyer=buyer,
        issue_date=today - timedelta(days=3),
        lines=(paper_line("DSK-160", "3", "560.00", "en"), paper_line("PAP-A4-80", "10", "24.00", "en")),
        style="letter",
    )
    return _pdf_letter("order-pdf", paper, "Please confirm the attached order.\n", Expected(POSTED))


def _two_invoices(today: date) -> _Draft:
    whole = bill_for("PO-2053", "20261101", today - timedelta(days=8), style="letter")
    first = replace(whole, lines=whole.lines[:1])
    second = replace(whole, number="20261102", lines=whole.lines[1:])
    message = _mail("Twee facturen in één bestand.\n", ("facturen.pdf", draw(first, second), PDF))
    return _Draft("two-invoices", whole.seller, "Facturen", message, (Expected(POSTED), Expected(POSTED)))


def _forwarded(today: date) -> _Draft:
    paper = bill_for("PO-2051", "F-88145", today - timedelta(days=7))
    original = _mail("Hermed vores faktura.\n", (f"{paper.number}.pdf", draw(paper), PDF))
    original["From"], original["Subject"] = paper.seller.email, f"Faktura {paper.number}"
    message = _mail("Kan I tage den her?\n")
    message.add_attachment(original)
    return _Draft("forwarded", OURSELVES, f"VS: Faktura {paper.number}", message, (Expected(POSTED),))


def _zipped(today: date) -> _Draft:
    whole = bill_for("PO-2050", "BW-10391", today - timedelta(days=6), style="letter")
    paper = replace(whole, lines=(replace(whole.lines[0], quantity=order("PO-2050").lines[0].received),))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("BW-10391.pdf", (2026, 1, 1, 0, 0, 0)), draw(paper))
    message = _mail("Invoice for the first delivery.\n", ("invoice.zip", packed.getvalue(), ZIP))
    return _Draft("zipped", paper.seller, "Invoice BW-10391", message, (Expected(POSTED),))


# --- the ones a person must see ----------------------------------------------------------------------------------


def _price_mismatch(today: date) -> _Draft:
    whole = bill_for("PO-2048", "2026-318", today - timedelta(days=10))
    dearer = replace(whole.lines[0], unit_price=Decimal("31.90"))
    paper = replace(whole, lines=(dearer, *whole.lines[1:]))
    return _pdf_letter("price-mismatch", paper, "Ci-joint notre facture.\n", Expected(REVIEW, "PO_PRICE_MISMATCH"))


def _unknown_supplier(today: date) -> _Draft:
    line = PaperLine("Installasjon av trådløst nett", Decimal(6), Decimal("120.00"))
    paper = Paper(
        "invoice", "100245", STRANGER, OURSELVES, today - timedelta(days=10), (line,), Decimal(25), style="plain"
    )
    return _pdf_letter("unknown-supplier", paper, "Hei, her er fakturaen.\n", Expected(REVIEW, "SUPPLIER_UNKNOWN"))


def _changed_iban(today: date) -> _Draft:
    paper = bill_for("PO-2054", "BW-10388", today - timedelta(days=9), style="letter")
    paper = replace(paper, seller=replace(paper.seller, iban="GB33BUKB20201555555555", bic="BUKBGB22"))
    text = "Please note our new bank details on the attached invoice.\n"
    return _pdf_letter("changed-iban", paper, text, Expected(REVIEW, "IBAN_CHANGED"))


def _same_file_again(today: date) -> _Draft:
    text = "Hej igen, vi har ikke modtaget betaling endnu?\n"
    return _pdf_letter(
        "same-file-again", _papirhuset(today), text, Expected(DUPLICATE), file="kopi (2).pdf", subject="Til betaling"
    )


def _same_invoice_redrawn(today: date) -> _Draft:
    paper = replace(_papirhuset(today), style="letter")
    return _pdf_letter(
        "same-invoice-redrawn",
        paper,
        "Hermed fakturaen igen.\n",
        Expected(REVIEW, "DUPLICATE"),
        file="faktura-genfremsendt.pdf",
        subject="Påmindelse",
    )


def _not_received(today: date) -> _Draft:
    paper = bill_for("PO-2044", "RE-2026-0440", today - timedelta(days=5), style="plain")
    return _pdf_letter("not-received", paper, "Anbei unsere Rechnung.\n", Expected(REVIEW, "PO_NOT_RECEIVED"))


def _above_limit(today: date) -> _Draft:
    paper = bill_for("PO-2049", "2026-322", today - timedelta(days=6))
    return _pdf_letter("above-limit", paper, "Ci-joint notre facture.\n", Expected(REVIEW, "ABOVE_APPROVAL_LIMIT"))


def _wrong_total(today: date) -> _Draft:
    paper = bill_for("PO-2055", "2026-325", today - timedelta(days=4), style="plain", gross_misprint=Decimal("9.00"))
    return _pdf_letter("wrong-total", paper, "Ci-joint notre facture.\n", Expected(REVIEW, "TOTALS_DISAGREE"))


def _statement(today: date) -> _Draft:
    seller = _papirhuset(today).seller
    lines = tuple(
        PaperLine(f"Faktura {number}", Decimal(1), Decimal(amount))
        for number, amount in (("F-88120", "1218.75"), ("F-88131", "262.50"))
    )
    paper = Paper("statement", "2026-11", seller, OURSELVES, today - timedelta(days=2), lines)
    return _pdf_letter("statement", paper, "Hermed kontoudtog.\n", Expected(REVIEW, "KIND_NOT_POSTED"))


# --- the ones that cannot be read, and the ones that are no document ---------------------------------------------


def _encrypted(today: date) -> _Draft:
    paper = bill_for("PO-2046", "BW-10399", today - timedelta(days=3))
    message = _mail(
        "The password follows by text message.\n", ("secure.pdf", faults.encrypted(draw(paper), "n0rdlys"), PDF)
    )
    return _Draft("encrypted", paper.seller, "Secure invoice", message, (Expected(DEAD, "FILE_ENCRYPTED"),))


def _truncated(today: date) -> _Draft:
    paper = bill_for("PO-2043", "RE-2026-0450", today - timedelta(days=3))
    message = _mail("Anbei unsere Rechnung.\n", ("RE-2026-0450.pdf", faults.truncated(draw(paper)), PDF))
    return _Draft("truncated", paper.seller, "Rechnung RE-2026-0450", message, (Expected(DEAD, "FILE_DAMAGED"),))


def _newsletter(_: date) -> _Draft:
    sender = replace(STRANGER, name="Kontorliv", email="nyhedsbrev@kontorliv.example")
    message = _mail("Efterårets bedste tilbud på kontorstole: spar 20 %!\n")
    message.add_alternative("<h1>Efterårets tilbud</h1><p>Spar <b>20 %</b> på kontorstole.</p>", subtype="html")
    message["List-Unsubscribe"] = "<https://kontorliv.example/afmeld>"
    message["Precedence"] = "bulk"
    return _Draft(
        "newsletter", sender, "Efterårets tilbud: ordre over 500 kr. får fri fragt", message, (Expected(SKIPPED),)
    )


def _question(today: date) -> _Draft:
    seller = _papirhuset(today).seller
    message = _mail("Hej,\n\nKan vi tale sammen i morgen kl. 10 om leveringerne i december?\n\nMvh Papirhuset\n")
    message.add_alternative('<p>Kan vi tale sammen i morgen kl. 10?</p><img src="cid:logo">', subtype="html")
    body = message.get_payload()[1]  # type: ignore[index]
    body.add_related(_logo(), *PNG, cid="<logo>", filename="logo.png", disposition="inline")  # type: ignore[union-attr]
    return _Draft("question", seller, "Møde i morgen?", message, (Expected(SKIPPED),))


def _logo() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (120, 36), (31, 78, 121)).save(out, "PNG")
    return out.getvalue()


_WRITERS: tuple[Callable[[date], _Draft], ...] = (
    _danish_invoice,
    _factur_x_invoice,
    _oioubl_invoice,
    _peppol_invoice,
    _scan,
    _english_invoice,
    _newsletter,
    _price_mismatch,
    _unknown_supplier,
    _german_invoice,
    _changed_iban,
    _two_invoices,
    _same_file_again,
    _forwarded,
    _same_invoice_redrawn,
    _zipped,
    _above_limit,
    _credit_note,
    _not_received,
    _question,
    _order_in_body,
    _wrong_total,
    _order_pdf,
    _encrypted,
    _truncated,
    _statement,
)


def expected_outcomes(today: date) -> Iterator[tuple[str, Expected]]:
    """Yield each message's file name with each outcome that has to come of it."""
    for letter in letters(today):
        for outcome in letter.expected:
            yield letter.name, outcome
