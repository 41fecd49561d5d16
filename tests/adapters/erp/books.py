"""The company whose books the ERP tests keep, entries for it, and a running Tryton with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.demo.company import DemoCompany, DemoOrder, DemoOrderLine
from pipeline.demo.tryton import TrytonServer
from pipeline.domain.entry import BillEntry, BillLine
from pipeline.domain.record import RecordType

CACHE = Path(__file__).resolve().parents[3] / ".cache" / "tryton"
ISSUED = date(2026, 11, 20)


def _order(number: int, supplier: str, state: str = "open") -> DemoOrder:
    """An order of paper (all of it here), binders (60 of 100 here) and three technician hours."""
    lines = (
        DemoOrderLine("PAP-A4-80", Decimal(40), Decimal("18.50"), Decimal(40)),
        DemoOrderLine("BND-A4-8", Decimal(100), Decimal("2.35"), Decimal(60)),
        DemoOrderLine("SRV-MNT-H", Decimal(3), Decimal(75), Decimal(3)),
    )
    return DemoOrder(f"Q-{number:04}", supplier, lines, state)


# S1 delivers at home (25 % VAT), S2 from Germany (19 %). One order for each test that bills something.
COMPANY = replace(
    DemoCompany(),
    orders=(
        *(_order(number, "S1") for number in range(1, 15)),
        _order(50, "S2"),
        _order(60, "S1", "cancelled"),
        _order(9001, "S1", "draft"),
    ),
)


@contextmanager
def running_tryton(folder: Path) -> Iterator[TrytonServer]:
    """Run a Tryton with the company in it; building its database, once, takes most of a minute."""
    with TrytonServer(folder, CACHE, COMPANY) as server:
        yield server


def bill(
    key: str,
    supplier_id: str,
    number: str,
    *lines: BillLine,
    tax_total: str | Decimal | None = None,
    kind: RecordType = RecordType.BILL,
    net_total: str | Decimal | None = None,
    issue_date: date = ISSUED,
) -> BillEntry:
    """Return an entry whose totals add up from its lines, unless they are given."""
    net = sum((line.net_amount for line in lines), Decimal(0)) if net_total is None else Decimal(net_total)
    if tax_total is None:
        tax_total = sum((line.net_amount * (line.tax_rate or 0) / 100 for line in lines), Decimal(0))
    tax = Decimal(tax_total).quantize(Decimal("0.01"))
    return BillEntry(
        key=key,
        type=kind,
        supplier_id=supplier_id,
        number=number,
        issue_date=issue_date,
        currency="EUR",
        lines=lines,
        net_total=net,
        tax_total=tax,
        gross_total=net + tax,
        due_date=date(2026, 12, 31),
    )


def line(
    description: str,
    quantity: str,
    unit_price: str,
    net_amount: str | None = None,
    *,
    rate: str | None = "25",
    order_line: str | None = None,
    item_code: str | None = None,
) -> BillLine:
    """Return a line; without a net amount it is quantity times price."""
    net = Decimal(quantity) * Decimal(unit_price) if net_amount is None else Decimal(net_amount)
    return BillLine(
        description,
        Decimal(quantity),
        Decimal(unit_price),
        net.quantize(Decimal("0.01")),
        None if rate is None else Decimal(rate),
        order_line,
        item_code,
    )
