"""What the checks know of the world: answers of the ERP and of our own store, gathered before any check runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipeline.domain.mail import Authentication
from pipeline.domain.record import Party, Product, PurchaseOrder, RecordRef
from pipeline.domain.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """Who sent the message that carried the document; `trusted` where the settings name the address as such."""

    address: str
    authentication: Authentication = field(default_factory=Authentication)
    trusted: bool = False
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierDocument:
    """Another document of our own store that was booked or waits for a reviewer, never the one being checked.

    `outcome` finishes the sentence "it was …", such as "posted as bill 17" or "sent to review".
    """

    file: str
    sha256: str
    outcome: str
    kind: Kind = Kind.INVOICE
    first_page: int = 1
    last_page: int = 1
    party_id: str | None = None
    seller: str | None = None
    number: str | None = None
    gross: Decimal | None = None
    issue_date: date | None = None


@dataclass(frozen=True, slots=True)
class KnownBill:
    """A bill or credit note that the ERP has of this supplier under this number."""

    supplier_id: str
    number: str
    record: RecordRef


@dataclass(frozen=True, slots=True)
class ErpFacts:
    """Everything a check may ask. `orders` and `bills` are those found for the numbers that the document names.

    `own_record` is the record already made from this very document, which is therefore no duplicate.
    """

    company: Party
    suppliers: Sequence[Party] = ()
    customers: Sequence[Party] = ()
    products: Sequence[Product] = ()
    orders: Sequence[PurchaseOrder] = ()
    bills: Sequence[KnownBill] = ()
    own_record: RecordRef | None = None
    earlier: Sequence[EarlierDocument] = ()
    sender: SenderFacts | None = None
