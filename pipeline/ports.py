"""The interfaces to the outside. Adapters implement them; one contract suite per port runs on every adapter.

Every method may raise `pipeline.errors.PortError`; vendor errors never pass an adapter untranslated.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from pipeline.domain.document import Document, SourceFile, Unreadable
from pipeline.domain.entry import Entry
from pipeline.domain.extraction import Extraction
from pipeline.domain.mail import MessageRef, Outcome, RawMessage
from pipeline.domain.record import BookedRecord, Party, Product, PurchaseOrder, RecordRef


class Clock(Protocol):
    """The time, so that tests can say what it is."""

    def now(self) -> datetime:
        """Return the present as aware UTC."""
        ...


class Mailbox(Protocol):
    """A place where messages arrive."""

    name: str

    def fetch(self) -> Iterator[RawMessage]:
        """Yield every message that has not been acknowledged, oldest first; reading changes nothing in the mailbox."""
        ...

    def acknowledge(self, ref: MessageRef, outcome: Outcome) -> None:
        """Record a message's outcome where its owner sees it (label, flag, folder). Doing so twice is doing it once."""
        ...

    def wait(self, timeout: float) -> bool:
        """Block until something may have arrived or `timeout` seconds passed; say whether something did."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class Archive(Protocol):
    """Immutable originals under their SHA-256, and append-only manifests that link them."""

    def put(self, content: bytes) -> str:
        """Keep `content` and return its hex SHA-256. Putting the same content again changes nothing."""
        ...

    def get(self, sha256: str) -> bytes:
        """Return what was put. Raises `Rejected` (code `not_found`) for an unknown digest, `CorruptState` where the
        bytes no longer match it."""
        ...

    def append_manifest(self, message_sha256: str, event: str, data: Mapping[str, object]) -> None:
        """Add one entry to a message's manifest; the same event with the same data again changes nothing."""
        ...

    def manifest(self, message_sha256: str) -> Sequence[Mapping[str, object]]:
        """Return a message's manifest entries, oldest first: `{"event", "data"}`; empty for an unknown message."""
        ...


class WordReader(Protocol):
    """Reads a file into pages of words, and finds the e-invoice inside it."""

    def read(self, file: SourceFile) -> Document | Unreadable:
        """Return what can be read. A bad file is data, never an exception: see `Unreadable`."""
        ...


class FieldExtractor(Protocol):
    """Turns words into fields."""

    def extract(self, document: Document) -> Extraction:
        """Return every field found, each with its evidence and confidence."""
        ...


class Erp(Protocol):
    """The books. Amounts are Decimal, identifiers strings; `key` is the document's and makes posting idempotent."""

    name: str

    def suppliers(self) -> Sequence[Party]:
        """Return every active supplier."""
        ...

    def customers(self) -> Sequence[Party]:
        """Return every active customer."""
        ...

    def company(self) -> Party:
        """Return ourselves: the company whose books these are."""
        ...

    def products(self) -> Sequence[Product]:
        """Return every product that can be sold."""
        ...

    def purchase_orders(self, number: str) -> Sequence[PurchaseOrder]:
        """Return our purchase orders with this number or reference, compared without blanks and case."""
        ...

    def bills(self, supplier_id: str, number: str) -> Sequence[RecordRef]:
        """Return the bills and credit notes, not cancelled, that carry this supplier's document number."""
        ...

    def find(self, key: str) -> RecordRef | None:
        """Return the record made from the document with this key (not cancelled), or None."""
        ...

    def post(self, entry: Entry) -> RecordRef:
        """Book an entry, or return the record its key already has.

        Raises `Rejected` where the ERP refuses, `AnswerLost` where it is unknown whether it was booked.
        """
        ...

    def attach(self, record: RecordRef, file: SourceFile) -> None:
        """Keep the original with the record. Attaching the same name and content twice attaches it once."""
        ...

    def read(self, record: RecordRef) -> BookedRecord:
        """Read a record back as it now stands. Raises `Rejected` (code `not_found`) for an unknown one."""
        ...

    def cancel(self, record: RecordRef) -> None:
        """Roll a record back. Cancelling twice is cancelling once."""
        ...
