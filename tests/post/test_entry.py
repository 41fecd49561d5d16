"""What is booked of an approved document."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.domain.decision import ApprovedDocument, Decision, Route, ValidatedDocument
from pipeline.domain.entry import BillEntry, SalesOrderEntry
from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy
from pipeline.domain.record import RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.post.entry import NotBookable, entry_of
from pipeline.validate.facts import ErpFacts
from pipeline.validate.validate import validate
from tests.validate.documents import LAMP, SERVICE, TODAY, TONER, bill, customer_order, document, facts


def approved(
    extraction: Extraction, known: ErpFacts | None = None, overrides: Mapping[str, str] | None = None
) -> ApprovedDocument:
    """Approve a document as a reviewer would, whatever was found."""
    validated = validate(extraction, known or facts(), Policy(), TODAY)
    decision = Decision(Route.POST, "APPROVED", "Approved.", validated.findings, {}, "", None, decided_by="anna")
    return ApprovedDocument(validated, decision, overrides or {})


def bill_entry(extraction: Extraction, **overrides: str) -> BillEntry:
    entry = entry_of(approved(extraction, overrides=overrides))
    assert isinstance(entry, BillEntry)
    return entry


def test_a_bill() -> None:
    entry = bill_entry(bill(payment_reference="RF18539007547034", buyer_reference="Anna"))
    assert entry.key == f"{'ab' * 32}:1-1"
    assert (entry.type, entry.supplier_id, entry.number) == (RecordType.BILL, "S2", "RE-2026-0417")
    assert (entry.issue_date, entry.due_date) == (date(2026, 10, 30), date(2026, 11, 29))
    assert (entry.currency, entry.purchase_order_id) == ("EUR", "id-PO-2043")
    assert (entry.net_total, entry.tax_total, entry.gross_total) == (
        Decimal("969.00"),
        Decimal("184.11"),
        Decimal("1153.11"),
    )
    toner, service = entry.lines
    assert (toner.quantity, toner.unit_price, toner.net_amount) == (Decimal(12), Decimal("62.00"), Decimal("744.00"))
    assert (toner.tax_rate, toner.order_line_id, toner.item_code) == (Decimal(19), "PO-2043/1", "TON-HX-220")
    assert service.order_line_id == "PO-2043/2"
    assert (entry.payment_reference, entry.note) == ("RF18539007547034", "Buyer reference Anna")


def test_a_discount_is_in_the_price() -> None:
    discounted = {**TONER, "unit_price": "65.00", "discount": "36.00"}
    (line, _) = bill_entry(bill(lines=[discounted, SERVICE])).lines
    assert (line.quantity, line.unit_price, line.net_amount) == (Decimal(12), Decimal("62.0000"), Decimal("744.00"))


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_credit_note_has_positive_amounts(sign: str) -> None:
    line = {**TONER, "quantity": f"{sign}1", "net_amount": f"{sign}62.00"}
    totals = {"net_total": "62.00", "tax_total": "11.78", "gross_total": "73.78", "amount_due": "73.78"}
    credit = bill(
        lines=[line],
        kind=Kind.CREDIT_NOTE,
        tax_breakdown=(),
        totals={},
        kind_confidence=0.9,
        without=(),
        preceding_invoice_reference="RE-1",
        **{name: f"{sign}{value}" for name, value in totals.items()},
    )
    entry = bill_entry(credit)
    assert entry.type is RecordType.CREDIT_NOTE
    assert (entry.net_total, entry.gross_total) == (Decimal("62.00"), Decimal("73.78"))
    assert [(x.quantity, x.unit_price, x.net_amount) for x in entry.lines] == [
        (Decimal(1), Decimal("62.00"), Decimal("62.00"))
    ]
    assert entry.note == "Credits RE-1"


def test_an_invoice_below_nought_is_a_credit_note() -> None:
    negative = bill(
        lines=[
            {**TONER, "quantity": "-12", "net_amount": "-744.00"},
            {**SERVICE, "quantity": "-3", "net_amount": "-225.00"},
        ],
        net_total="-969.00",
        tax_total="-184.11",
        gross_total="-1153.11",
        amount_due="-1153.11",
    )
    assert bill_entry(negative).type is RecordType.CREDIT_NOTE
    assert [line.quantity for line in bill_entry(negative).lines] == [Decimal(12), Decimal(3)]


def test_without_lines_the_totals_are_booked_per_rate() -> None:
    one = bill_entry(bill(lines=[], tax_breakdown=[("19", "969.00", "184.11")]))
    assert [(x.description, x.quantity, x.net_amount, x.tax_rate) for x in one.lines] == [
        ("Total of the document", Decimal(1), Decimal("969.00"), Decimal(19))
    ]
    two = bill_entry(
        bill(
            lines=[],
            tax_breakdown=[("19", "744.00", "141.36"), ("7", "225.00", "15.75")],
            tax_total="157.11",
            gross_total="1126.11",
        )
    )
    assert [(x.net_amount, x.tax_rate) for x in two.lines] == [
        (Decimal("744.00"), Decimal(19)),
        (Decimal("225.00"), Decimal(7)),
    ]


def test_lines_that_do_not_add_up_are_replaced_by_the_total() -> None:
    (line,) = bill_entry(bill(lines=[TONER])).lines
    assert (line.net_amount, line.order_line_id) == (Decimal("969.00"), None)


def test_lines_with_tax_are_booked_without() -> None:
    with_tax = [
        {**TONER, "unit_price": "73.78", "net_amount": "885.36"},
        {**SERVICE, "unit_price": "89.25", "net_amount": "267.75"},
    ]
    assert [line.net_amount for line in bill_entry(bill(lines=with_tax)).lines] == [
        Decimal("744.00"),
        Decimal("225.00"),
    ]


def test_cents_between_lines_and_total_become_a_line() -> None:
    entry = bill_entry(bill(net_total="969.01", tax_total="184.11", gross_total="1153.12", amount_due="1153.12"))
    assert [(x.description, x.net_amount) for x in entry.lines][-1] == ("Rounding", Decimal("0.01"))
    assert sum(x.net_amount for x in entry.lines) == entry.net_total


def test_overrides_are_booked_and_the_reading_is_left_alone() -> None:
    document = approved(
        bill(),
        overrides={
            "invoice_number": "RE-417",
            "lines[1].description": "Service",
            "lines[1].order_line_id": "other",
            "party_id": "S3",
            "purchase_order_id": "PO-X",
        },
    )
    entry = entry_of(document)
    assert isinstance(entry, BillEntry)
    assert (entry.number, entry.supplier_id, entry.purchase_order_id) == ("RE-417", "S3", "PO-X")
    assert (entry.lines[1].description, entry.lines[1].order_line_id) == ("Service", "other")
    assert document.document == approved(bill()).document


@pytest.mark.parametrize("key", ["colour", "lines[9].quantity", "lines[0].colour", "lines[0]"])
def test_an_override_of_nothing_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="names"):
        entry_of(approved(bill(), overrides={key: "1"}))


@pytest.mark.parametrize(
    ("extraction", "missing"),
    [
        (bill(seller_name="Nobody", without=["seller_vat_id", "iban"]), "supplier"),
        (bill(without=["invoice_number"]), "invoice number"),
        (bill(without=["issue_date"]), "issue date"),
        (bill(issue_date="2026-02-30"), "no date"),
        (bill(without=["currency"]), "currency"),
        (bill(without=["net_total", "gross_total", "amount_due"]), "totals"),
        (bill(kind=Kind.STATEMENT), "never booked"),
        (customer_order(lines=[]), "no line has a product"),
        (customer_order(without=["order_number"]), "order number"),
    ],
)
def test_a_reviewer_cannot_book_what_is_missing(extraction: Extraction, missing: str) -> None:
    with pytest.raises(NotBookable, match=missing):
        entry_of(approved(extraction))


def test_a_customer_order() -> None:
    priced = {**LAMP, "net_amount": "180.00", "discount": "15.00"}
    free = {"description": "Espresso beans 1 kg", "quantity": "2"}
    entry = entry_of(approved(customer_order(lines=[priced, free], delivery_date="2026-11-20")))
    assert isinstance(entry, SalesOrderEntry)
    assert (entry.customer_id, entry.reference, entry.order_date) == ("C1", "7731", date(2026, 11, 6))
    assert (entry.currency, entry.delivery_date) == ("EUR", date(2026, 11, 20))
    assert [(x.product_id, x.quantity, x.unit_price) for x in entry.lines] == [
        ("LMP-LED-7", Decimal(5), Decimal("36.0000")),
        ("COF-ESP-1K", Decimal(2), None),
    ]


def test_a_mailed_order_takes_its_date_and_currency_from_its_surroundings() -> None:
    bare = customer_order(lines=[{"description": "LMP-LED-7", "quantity": "5"}], without=["issue_date", "currency"])
    entry = entry_of(approved(bare))
    assert isinstance(entry, SalesOrderEntry)
    assert (entry.order_date, entry.currency) == (TODAY, "EUR")


def test_unmatched_lines_of_an_order_are_booked_only_when_a_product_was_chosen() -> None:
    order = customer_order(lines=[LAMP, {"description": "Hængekøje", "quantity": "1"}])
    entry = entry_of(approved(order))
    assert isinstance(entry, SalesOrderEntry)
    assert len(entry.lines) == 1
    chosen = entry_of(approved(order, overrides={"lines[1].product_id": "DSK-160"}))
    assert isinstance(chosen, SalesOrderEntry)
    assert [line.product_id for line in chosen.lines] == ["LMP-LED-7", "DSK-160"]


def test_only_an_approved_document_is_accepted() -> None:
    held = validate(document({}), facts(), Policy(), TODAY)
    assert isinstance(held, ValidatedDocument)
    with pytest.raises(ValueError, match="cannot be approved"):
        replace(approved(bill()), decision=replace(approved(bill()).decision, route=Route.REVIEW))
