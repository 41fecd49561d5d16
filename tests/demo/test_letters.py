"""The demonstration's mailbox is well made: the same each time, whole, and its e-invoices keep to the standards."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from facturx import get_facturx_xml_from_pdf, xml_check_xsd
from pypdfium2 import PdfDocument

from pipeline.demo.company import ORDERS
from pipeline.demo.mailbox import einvoices
from pipeline.demo.mailbox.letters import Letter, expected_outcomes, letters
from pipeline.demo.mailbox.pages import draw
from pipeline.demo.mailbox.papers import Paper, bill_for
from pipeline.domain.mail import OutcomeStatus
from pipeline.ingest.parse import parse_message

TODAY = date(2026, 11, 24)
PAPERS = [bill_for(order.number, f"N-{order.number}", TODAY) for order in ORDERS]


@pytest.fixture(scope="module")
def written() -> list[Letter]:
    return letters(TODAY)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.order_number)
def test_factur_x_keeps_to_its_schema(paper: Paper) -> None:
    assert xml_check_xsd(einvoices.cii(paper), flavor="factur-x", level="en16931")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.order_number)
@pytest.mark.parametrize("write", [einvoices.peppol_ubl, einvoices.oioubl], ids=["peppol", "oioubl"])
def test_ubl_keeps_to_its_schema(write: Callable[[Paper], bytes], paper: Paper) -> None:
    assert xml_check_xsd(write(paper), flavor="ubl-2.1-invoice")


@pytest.mark.slow
def test_a_factur_x_file_carries_what_its_page_shows() -> None:
    name, xml = get_facturx_xml_from_pdf(einvoices.factur_x(PAPERS[0], draw(PAPERS[0])), check_xsd=True)
    assert name == "factur-x.xml"
    assert xml == einvoices.cii(PAPERS[0])


@pytest.mark.slow
def test_the_same_day_gives_the_same_mailbox(written: list[Letter]) -> None:
    for first, again in zip(written, letters(TODAY), strict=True):
        assert first.name == again.name
        assert first.expected == again.expected
        if not first.name.endswith("-encrypted.eml"):
            assert first.content == again.content, first.name


@pytest.mark.slow
def test_every_letter_is_a_whole_message(written: list[Letter]) -> None:
    messages = [parse_message(letter.content) for letter in written]

    assert all(message.defects == () for message in messages)
    assert len({message.message_id for message in messages}) == len({letter.name for letter in written}) == len(written)
    for letter, message in zip(written, messages, strict=True):
        assert message.sent_at is not None
        assert message.sent_at < datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
        read = [expected for expected in letter.expected if expected.status is not OutcomeStatus.SKIPPED]
        # Two invoices in one file are one attachment.
        assert len(message.documents) == min(len(read), 1), letter.name


@pytest.mark.slow
def test_it_shows_what_the_documentation_promises(written: list[Letter]) -> None:
    assert len(written) >= 20
    names = " ".join(letter.name for letter in written)
    for kind in (
        "danish-invoice",
        "german-invoice",
        "factur-x",
        "oioubl",
        "peppol-ubl",
        "scan",
        "credit-note",
        "order-in-body",
        "order-pdf",
        "price-mismatch",
        "unknown-supplier",
        "changed-iban",
        "same-file-again",
        "two-invoices",
        "newsletter",
        "encrypted",
        "truncated",
    ):
        assert kind in names
    assert {expected.status for _, expected in expected_outcomes(TODAY)} == set(OutcomeStatus)


@pytest.mark.slow
def test_the_scan_has_no_text_layer(written: list[Letter]) -> None:
    (scan,) = [letter for letter in written if letter.name.endswith("-scan.eml")]
    (attachment,) = parse_message(scan.content).documents
    pdf = PdfDocument(attachment.file.content)
    assert [page.get_textpage().get_text_bounded() for page in pdf] == [""]
