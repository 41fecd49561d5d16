"""What a document says, whatever it will look like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipeline.domain.figures import to_cents
from pipeline.domain.vocabulary import Kind
from training.synthesize.content.accounts import Account
from training.synthesize.content.convention import Convention
from training.synthesize.content.party import Party
from training.synthesize.content.value import Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the meta data: its label's key in the wording, its value, and the span it is, or None."""

    label: str
    value: Value
    span: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line item. `net` is the amount its line states: with tax where the document's prices include it.

    `details` are lines below the description that belong to none of the columns.
    """

    position: str
    code: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    net: Decimal
    rate: Decimal
    details: tuple[str, ...] = ()
    discount: Decimal | None = None
    """Percent off the price."""
    order_line: str = ""
    section: str = ""
    delivered: date | None = None

    @property
    def tax(self) -> Decimal:
        """The line's tax where its amount is net."""
        return to_cents(self.net * self.rate / 100)


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge or (negative) allowance on the whole document; `label` is a key of the wording."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The tax of one rate (BG-23)."""

    rate: Decimal
    taxable: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums as printed. `items` is the sum of the lines' stated amounts; `rounding` and `prepaid` lead to `due`."""

    items: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    rounding: Decimal
    prepaid: Decimal
    due: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay. `reference` is the payment slip's; `scheme` says which slip: fik, ocr, kid, viite, qrr, rf, ogm."""

    accounts: tuple[Account, ...] = ()
    reference: Value | None = None
    scheme: str = ""
    creditor: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A row of a statement of account: no line item."""

    number: str
    issued: date
    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Content:
    """A document's statements. `variant` tells kinds apart further: "reminder", "quote", "delivery_note", "letter",
    "contract", "flyer".

    `issuer` is who sends it (the buyer of a purchase order); `taxed` says how: "standard", "mixed", "reverse_charge",
    "exempt" or "untaxed"; `gross_priced` that lines include tax. `faults` names contradictions planted on purpose.
    """

    kind: Kind
    variant: str
    language: str
    country: str
    convention: Convention
    seller: Party
    buyer: Party
    delivery: Party | None
    meta: tuple[Entry, ...]
    items: tuple[Item, ...]
    charges: tuple[Charge, ...]
    tax_rows: tuple[TaxRow, ...]
    totals: Totals
    payment: Payment
    taxed: str
    tax_name: str
    gross_priced: bool
    open_items: tuple[OpenItem, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """Loose values for phrases: dates, numbers and amounts that are nobody's field."""
    faults: tuple[str, ...] = ()

    @property
    def issuer(self) -> Party:
        return self.buyer if self.kind is Kind.PURCHASE_ORDER else self.seller

    @property
    def recipient(self) -> Party:
        return self.seller if self.kind is Kind.PURCHASE_ORDER else self.buyer
