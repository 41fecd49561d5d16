"""Every value of an entry that a record holds otherwise is one finding."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.domain.entry import BillEntry, BillLine, SalesOrderEntry, SalesOrderLine
from pipeline.domain.record import BookedLine, BookedRecord, RecordRef, RecordType
from pipeline.post.compare import differences

ENTRY = BillEntry(
    key="k",
    type=RecordType.BILL,
    supplier_id="S2",
    number="RE-1",
    issue_date=date(2026, 10, 30),
    currency="EUR",
    lines=(BillLine("Toner", Decimal(12), Decimal("62.00"), Decimal("744.00"), Decimal(19), "L1"),),
    net_total=Decimal("744.00"),
    tax_total=Decimal("141.36"),
    gross_total=Decimal("885.36"),
    due_date=date(2026, 11, 29),
)
HELD = BookedLine("Toner", Decimal("12.0"), Decimal("62.0000"), Decimal("744.00"), "L1")
BOOKED = BookedRecord(
    ref=RecordRef(RecordType.BILL, "1"),
    key="k",
    party_id="S2",
    reference="RE-1",
    issue_date=date(2026, 10, 30),
    currency="EUR",
    net_total=Decimal("744.00"),
    tax_total=Decimal("141.36"),
    gross_total=Decimal("885.36"),
    lines=(HELD,),
    due_date=date(2026, 11, 29),
)
ORDER = SalesOrderEntry(
    key="k",
    customer_id="C1",
    reference="7731",
    order_date=date(2026, 11, 6),
    currency="EUR",
    lines=(SalesOrderLine("P1", "Lamp", Decimal(5), Decimal("39.00")), SalesOrderLine("P2", "Beans", Decimal(2))),
)
SOLD = replace(
    BOOKED,
    ref=RecordRef(RecordType.SALES_ORDER, "1"),
    party_id="C1",
    reference="7731",
    issue_date=date(2026, 11, 6),
    lines=(
        BookedLine("Lamp", Decimal(5), Decimal("39.00"), Decimal("195.00")),
        BookedLine("Beans", Decimal(2), Decimal("19.50"), Decimal("39.00")),
    ),
)


def test_equal_records_have_no_differences() -> None:
    assert differences(ENTRY, BOOKED) == ()
    assert differences(ORDER, SOLD) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ref": RecordRef(RecordType.CREDIT_NOTE, "1")}, "kind"),
        ({"key": "other"}, "key"),
        ({"party_id": "S3"}, "seller_name"),
        ({"reference": "RE-2"}, "invoice_number"),
        ({"issue_date": date(2026, 10, 31)}, "issue_date"),
        ({"issue_date": None}, "issue_date"),
        ({"currency": "DKK"}, "currency"),
        ({"net_total": Decimal("744.01")}, "net_total"),
        ({"tax_total": Decimal("141.35")}, "tax_total"),
        ({"gross_total": Decimal("885.35")}, "gross_total"),
        ({"due_date": date(2026, 12, 1)}, "due_date"),
        ({"lines": ()}, "lines"),
        ({"lines": (replace(HELD, quantity=Decimal(11)),)}, "lines[0].quantity"),
        ({"lines": (replace(HELD, unit_price=Decimal("62.01")),)}, "lines[0].unit_price"),
        ({"lines": (replace(HELD, net_amount=Decimal("743.99")),)}, "lines[0].net_amount"),
        ({"lines": (replace(HELD, order_line_id=None),)}, "lines[0]"),
        ({"lines": (HELD, replace(HELD, net_amount=Decimal("5.00")))}, "lines"),
        ({"cancelled": True}, "state"),
    ],
)
def test_one_difference_is_one_finding(change: dict[str, object], field: str) -> None:
    (finding,) = differences(ENTRY, replace(BOOKED, **change))  # type: ignore[arg-type]
    assert finding.code.value == "READ_BACK_DIFFERS"
    assert finding.fields == (field,)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ref": RecordRef(RecordType.BILL, "1")}, "kind"),
        ({"party_id": "C2"}, "buyer_name"),
        ({"reference": "7732"}, "order_number"),
        ({"issue_date": date(2026, 11, 7)}, "issue_date"),
        ({"currency": "DKK"}, "currency"),
        ({"lines": SOLD.lines[:1]}, "lines"),
        ({"lines": (replace(SOLD.lines[0], quantity=Decimal(6)), SOLD.lines[1])}, "lines[0].quantity"),
        ({"lines": (replace(SOLD.lines[0], unit_price=Decimal(40)), SOLD.lines[1])}, "lines[0].unit_price"),
    ],
)
def test_one_difference_of_a_sales_order_is_one_finding(change: dict[str, object], field: str) -> None:
    (finding,) = differences(ORDER, replace(SOLD, **change))  # type: ignore[arg-type]
    assert finding.fields == (field,)


def test_cents_that_four_decimals_leave_over_may_be_a_last_line() -> None:
    rounded = replace(HELD, unit_price=Decimal("61.9999"), net_amount=Decimal("743.98"))
    rest = BookedLine("Rounding", Decimal(1), Decimal("0.02"), Decimal("0.02"))
    assert differences(ENTRY, replace(BOOKED, lines=(rounded, rest))) == ()


def test_the_sentence_has_both_values() -> None:
    (finding,) = differences(ENTRY, replace(BOOKED, reference="RE-2"))
    assert "sent as RE-1 and is held as RE-2" in finding.message
