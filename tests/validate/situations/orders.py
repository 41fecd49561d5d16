"""Bills and credit notes against purchase orders."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipeline.domain.extraction import Extraction
from pipeline.domain.policy import Policy, Tolerance
from pipeline.domain.record import OrderState, RecordRef, RecordType
from pipeline.domain.vocabulary import Kind
from pipeline.validate.facts import KnownBill
from tests.validate.documents import (
    SERVICE,
    TONER,
    bill,
    facts,
    order,
)
from tests.validate.situations.row import NO_PO, Row, block, changed, warn

FREIGHT = {
    "description": "Versandkosten",
    "quantity": "1",
    "unit_price": "31.00",
    "net_amount": "31.00",
    "tax_rate": "19",
}
WITH_FREIGHT: dict[str, Any] = {
    "net_total": "1000.00",
    "tax_total": "190.00",
    "gross_total": "1190.00",
    "amount_due": "1190.00",
}
BIG_FREIGHT = {**FREIGHT, "unit_price": "331.00", "net_amount": "331.00"}
WITH_BIG: dict[str, Any] = {
    "net_total": "1300.00",
    "tax_total": "247.00",
    "gross_total": "1547.00",
    "amount_due": "1547.00",
}
CREDIT: dict[str, Any] = {"net_total": "62.00", "tax_total": "11.78", "gross_total": "73.78", "amount_due": "73.78"}
CREDIT_LINE = changed(quantity="1", net_amount="62.00")
BILLED = order(line=0, invoiced=Decimal(12))
BOOKED = RecordRef(RecordType.BILL, "17", "2026/17")


def credit(**changes: Any) -> Extraction:
    """Return a credit note for one toner cartridge."""
    return bill(lines=[CREDIT_LINE], kind=Kind.CREDIT_NOTE, **{**CREDIT, "invoice_number": "GS-9", **changes})


ORDERS = [
    Row("no order named", bill(without=["purchase_order_reference"]), (block("PO_MISSING"),), facts(orders=())),
    Row("no order named, none asked", bill(without=["purchase_order_reference"]), (), facts(orders=()), NO_PO),
    Row("order unknown", bill(purchase_order_reference="PO-9999"), (block("PO_NOT_FOUND"),), facts(orders=())),
    Row("order number without prefix", bill(purchase_order_reference="2043")),
    Row("order in the buyer reference", bill(buyer_reference="PO-2043", without=["purchase_order_reference"])),
    Row(
        "a person in the buyer reference",
        bill(buyer_reference="Anna 42", without=["purchase_order_reference"]),
        (block("PO_MISSING"),),
        facts(orders=()),
    ),
    Row("order closed", bill(), (block("PO_CLOSED"),), facts(order(state=OrderState.CLOSED))),
    Row("order not confirmed", bill(), (block("PO_CLOSED"),), facts(order(state=OrderState.DRAFT))),
    Row("order of another supplier", bill(), (block("PO_OTHER_SUPPLIER"),), facts(order(supplier_id="S1"))),
    Row("order in another currency", bill(), (block("CURRENCY_DIFFERS"),), facts(order(currency="DKK"))),
    Row(
        "dearer than ordered", bill(), (block("PO_PRICE_MISMATCH"),), facts(order(line=0, unit_price=Decimal("59.00")))
    ),
    Row(
        "cheaper than ordered", bill(), (warn("PO_PRICE_MISMATCH"),), facts(order(line=0, unit_price=Decimal("70.00")))
    ),
    Row("within the price tolerance", bill(), (), facts(order(line=0, unit_price=Decimal("61.00")))),
    Row("more than ordered", bill(), (block("PO_QUANTITY_EXCEEDED"),), facts(order(line=0, quantity=Decimal(11)))),
    Row("billed before", bill(), (block("PO_QUANTITY_EXCEEDED"),), facts(order(line=0, invoiced=Decimal(12)))),
    Row(
        "rest of a part that was billed",
        bill(),
        (),
        facts(order(line=0, quantity=Decimal(20), received=Decimal(20), invoiced=Decimal(8))),
    ),
    Row("not all received", bill(), (block("PO_NOT_RECEIVED"),), facts(order(line=0, received=Decimal(4)))),
    Row(
        "not all received, not asked",
        bill(),
        (),
        facts(order(line=0, received=Decimal(4))),
        Policy(require_receipt=False),
    ),
    Row(
        "received, but billed before",
        bill(),
        (block("PO_NOT_RECEIVED"),),
        facts(order(line=0, quantity=Decimal(30), received=Decimal(12), invoiced=Decimal(6))),
    ),
    Row("no receipts kept", bill(), (), facts(order(line=0, received=None))),
    Row(
        "quantity within tolerance",
        bill(),
        (),
        facts(order(line=0, quantity=Decimal(11), received=None)),
        Policy(quantity=Tolerance(Decimal(1))),
    ),
    Row(
        "goods that were not ordered",
        bill(
            lines=[changed(description="Kaffeemaschine", item_code="X-1", unit_price="31.00", quantity="24"), SERVICE]
        ),
        (block("PO_LINE_UNMATCHED"),),
    ),
    Row("a little freight", bill(lines=[TONER, SERVICE, FREIGHT], **WITH_FREIGHT), (warn("PO_LINE_UNMATCHED"),)),
    Row(
        "a little freight, accepted",
        bill(lines=[TONER, SERVICE, FREIGHT], **WITH_FREIGHT),
        (),
        None,
        Policy(accept_charges=True),
        ("PO_LINE_UNMATCHED",),
    ),
    Row(
        "much freight",
        bill(lines=[TONER, SERVICE, BIG_FREIGHT], **WITH_BIG),
        (block("PO_LINE_UNMATCHED"),),
        None,
        Policy(accept_charges=True),
    ),
    Row(
        "rounding line",
        bill(
            lines=[TONER, SERVICE, {"description": "Rundung", "net_amount": "0.04", "tax_rate": "19"}],
            net_total="969.04",
            tax_total="184.12",
            gross_total="1153.16",
            amount_due="1153.16",
        ),
        told=("PO_LINE_UNMATCHED",),
    ),
    Row("no lines read", bill(lines=[], tax_breakdown=[("19", "969.00", "184.11")]), (warn("PO_LINE_UNMATCHED"),)),
    Row(
        "no quantity to compare",
        bill(lines=[changed(TONER, "quantity", "unit_price"), SERVICE]),
        (warn("FIELD_MISSING"),),
    ),
    Row(
        "two orders on one bill",
        bill(
            purchase_order_reference="PO-2043, PO-2052",
            lines=[
                TONER,
                changed(
                    description="Schreibtischlampe LED 7 W",
                    item_code="LMP-LED-7",
                    quantity="8",
                    unit_price="27.90",
                    net_amount="223.20",
                ),
            ],
            net_total="967.20",
            tax_total="183.77",
            gross_total="1150.97",
            amount_due="1150.97",
        ),
        (),
        facts("PO-2043", "PO-2052"),
        told=("PO_MATCHED",),
    ),
    Row("one of two orders unknown", bill(purchase_order_reference="PO-2043; PO-7777"), (block("PO_NOT_FOUND"),)),
]

CREDIT_NOTES = [
    Row("credit against a billed order", credit(), (), facts(BILLED), told=("PO_MATCHED",)),
    Row("credit of a closed order", credit(), (), facts(replace(BILLED, state=OrderState.CLOSED))),
    Row("credit of more than was billed", credit(), (block("PO_QUANTITY_EXCEEDED"),)),
    Row(
        "printed below nought",
        credit(net_total="-62.00", tax_total="-11.78", gross_total="-73.78", amount_due="-73.78"),
        (),
        facts(BILLED),
    ),
    Row(
        "credits a booked invoice, names no order",
        credit(preceding_invoice_reference="RE-2026-0417", without=["purchase_order_reference"]),
        (),
        facts(orders=(), bills=(KnownBill("S2", "RE-2026-0417", BOOKED),)),
    ),
    Row(
        "credits an invoice that is not booked",
        credit(preceding_invoice_reference="RE-1"),
        (warn("CREDITED_INVOICE_UNKNOWN"),),
        facts(BILLED),
    ),
    Row(
        "credits nothing that is known",
        credit(without=["purchase_order_reference"]),
        (block("PO_MISSING"),),
        facts(orders=()),
    ),
    Row(
        "invoice below nought",
        bill(
            lines=[{**CREDIT_LINE, "quantity": "-1", "net_amount": "-62.00"}],
            net_total="-62.00",
            tax_total="-11.78",
            gross_total="-73.78",
            amount_due="-73.78",
        ),
        (warn("AMOUNT_IMPLAUSIBLE"),),
        facts(BILLED),
    ),
]

ROWS = [*ORDERS, *CREDIT_NOTES]
