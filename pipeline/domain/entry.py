"""What is to be booked: entries in the ERP's terms, made only from approved documents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.domain.record import RecordType


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a supplier bill or credit note; `tax_rate` in percent; amounts are positive in both.

    `net_amount` is what the document says (BT-131, discount taken off); `order_line_id` the matched order line.
    """

    description: str
    quantity: Decimal
    unit_price: Decimal
    net_amount: Decimal
    tax_rate: Decimal | None = None
    order_line_id: str | None = None
    item_code: str | None = None


@dataclass(frozen=True, slots=True)
class BillEntry:
    """A supplier bill or credit note. `key` is the document's: booking it twice must give the first record again."""

    key: str
    type: RecordType
    supplier_id: str
    number: str
    issue_date: date
    currency: str
    lines: tuple[BillLine, ...]
    net_total: Decimal
    tax_total: Decimal
    gross_total: Decimal
    due_date: date | None = None
    purchase_order_id: str | None = None
    payment_reference: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SalesOrderLine:
    """One line of a customer's order; `product_id` is the ERP's own. `unit_price` None means our list price."""

    product_id: str
    description: str
    quantity: Decimal
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SalesOrderEntry:
    """A customer's purchase order that becomes our sales order. `key` as in `BillEntry`."""

    key: str
    customer_id: str
    reference: str
    order_date: date
    currency: str
    lines: tuple[SalesOrderLine, ...]
    delivery_date: date | None = None
    note: str = ""


Entry = BillEntry | SalesOrderEntry
