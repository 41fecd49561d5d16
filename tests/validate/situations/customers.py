"""Orders that customers send us."""

from dataclasses import replace
from datetime import date

from pipeline.domain.vocabulary import Kind
from pipeline.validate.facts import EarlierDocument, SenderFacts
from tests.validate.documents import (
    LAMP,
    OURSELVES,
    customer_order,
    facts,
    field,
)
from tests.validate.situations.row import Row, block, changed, warn

ROWS = [
    Row("all is well", customer_order(), told=("CUSTOMER_MATCHED",)),
    Row(
        "unknown customer",
        customer_order(buyer_name="Ukendt ApS", without=["buyer_vat_id"]),
        (block("CUSTOMER_UNKNOWN"),),
    ),
    Row(
        "similar name, nothing else",
        customer_order(buyer_name="Skovgard Arkitekter", without=["buyer_vat_id"]),
        (warn("CUSTOMER_UNKNOWN"),),
    ),
    Row(
        "nobody named, but the customer's own address wrote",
        customer_order(without=["buyer_vat_id", "buyer_name"]),
        (),
        facts(sender=SenderFacts("indkob@skovgaard.example")),
    ),
    Row("meant for another seller", customer_order(seller_name="Sydlys Lager A/S"), (block("NOT_ADDRESSED_TO_US"),)),
    Row("no order number", customer_order(without=["order_number"]), (block("FIELD_MISSING"),)),
    Row(
        "no date",
        customer_order(without=["issue_date"]),
        (),
        facts(sender=SenderFacts("a@b.example", sent_on=date(2026, 11, 5))),
        told=("VALUE_ASSUMED",),
    ),
    Row("prices without a currency", customer_order(without=["currency"]), (block("FIELD_MISSING"),)),
    Row(
        "no prices, no currency",
        customer_order(lines=[changed(LAMP, "unit_price")], without=["currency"]),
        told=("VALUE_ASSUMED",),
    ),
    Row(
        "our currency unknown",
        customer_order(lines=[changed(LAMP, "unit_price")], without=["currency"]),
        (block("FIELD_MISSING"),),
        facts(company=replace(OURSELVES, currency=None)),
    ),
    Row("no lines", customer_order(lines=[]), (block("FIELD_MISSING"),)),
    Row("no quantity", customer_order(lines=[changed(LAMP, "quantity")]), (block("FIELD_MISSING"),)),
    Row("quantity of nought", customer_order(lines=[{**LAMP, "quantity": "0"}]), (block("AMOUNT_IMPLAUSIBLE"),)),
    Row("unsure quantity", customer_order(lines=[{**LAMP, "quantity": field("5", 0.4)}]), (warn("FIELD_UNCERTAIN"),)),
    Row(
        "unknown product",
        customer_order(lines=[{**LAMP, "item_code": "ZZZ", "description": "Hængekøje"}]),
        (block("PRODUCT_UNKNOWN"),),
    ),
    Row("product by name", customer_order(lines=[{"description": "Desk lamp, LED 7 W", "quantity": "5"}])),
    Row(
        "product by code in the text", customer_order(lines=[{"description": "LMP-LED-7 lampe sort", "quantity": "5"}])
    ),
    Row(
        "freight",
        customer_order(lines=[LAMP, {"description": "Fragt", "quantity": "1", "unit_price": "5.00"}]),
        (warn("PRODUCT_UNKNOWN"),),
    ),
    Row("below our list price", customer_order(lines=[{**LAMP, "unit_price": "29.00"}]), (warn("PO_PRICE_MISMATCH"),)),
    Row("above our list price", customer_order(lines=[{**LAMP, "unit_price": "49.00"}]), told=("PO_PRICE_MISMATCH",)),
    Row("lines do not give the total", customer_order(gross_total="200.00"), (warn("LINES_DISAGREE"),)),
    Row("lines give the total", customer_order(gross_total="195.00")),
    Row(
        "line amount wrong", customer_order(lines=[{**LAMP, "net_amount": "159.00"}]), (block("LINE_AMOUNT_DISAGREES"),)
    ),
    Row(
        "above the limit at list prices",
        customer_order(lines=[{**LAMP, "quantity": "200"}]),
        (block("ABOVE_APPROVAL_LIMIT"),),
    ),
    Row("delivery before the order", customer_order(delivery_date="2026-11-01"), (warn("DATE_IMPLAUSIBLE"),)),
    Row(
        "same order again",
        customer_order(),
        (block("DUPLICATE"),),
        facts(
            earlier=(EarlierDocument("o.pdf", "cd" * 32, "posted", Kind.PURCHASE_ORDER, party_id="C1", number="7731"),)
        ),
    ),
]
