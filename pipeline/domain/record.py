"""What the ERP knows: parties, purchase orders with what was received and billed, and booked records."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or customer as the ERP keeps it; identifiers without blanks.

    `currency` is the one its books or orders are kept in, where the ERP says so.
    """

    id: str
    name: str
    vat_ids: tuple[str, ...] = ()
    registration_id: str | None = None
    ibans: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    country: str | None = None
    currency: str | None = None


class OrderState(StrEnum):
    """Where a purchase order stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PurchaseOrderLine:
    """One line of our order: quantities in `unit`; `received` is None where the ERP keeps no receipts for it."""

    id: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    item_code: str | None = None
    supplier_item_code: str | None = None
    unit: str | None = None
    received: Decimal | None = None
    invoiced: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """An order that we placed with a supplier."""

    id: str
    number: str
    supplier_id: str
    state: OrderState
    currency: str
    lines: tuple[PurchaseOrderLine, ...]
    order_date: date | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """Something the ERP can sell."""

    id: str
    code: str
    name: str
    unit_price: Decimal | None = None
    unit: str | None = None


class RecordType(StrEnum):
    """The kinds of ERP record that Bilag makes."""

    BILL = "bill"
    CREDIT_NOTE = "credit_note"
    SALES_ORDER = "sales_order"


@dataclass(frozen=True, slots=True)
class RecordRef:
    """An ERP record: `id` is the vendor's, `number` what people call it (None until it has one), `url` opens it."""

    type: RecordType
    id: str
    number: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A line as the ERP keeps it."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    net_amount: Decimal
    order_line_id: str | None = None


@dataclass(frozen=True, slots=True)
class BookedRecord:
    """A record read back from the ERP, in the terms of the entry it was made from. Credit notes have positive amounts.

    `cancelled` says that it was rolled back; `attachments` are the names of the files kept with it.
    """

    ref: RecordRef
    key: str
    party_id: str
    reference: str
    issue_date: date | None
    currency: str
    net_total: Decimal
    tax_total: Decimal
    gross_total: Decimal
    lines: tuple[BookedLine, ...]
    due_date: date | None = None
    attachments: tuple[str, ...] = ()
    cancelled: bool = False
    warnings: tuple[str, ...] = ()
