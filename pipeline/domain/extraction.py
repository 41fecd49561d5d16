"""What was read of a document: fields with their evidence, line items, tax breakdown, kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.domain.document import Box, WordsFrom
from pipeline.domain.finding import Finding
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn


class Source(StrEnum):
    """Who says so."""

    EINVOICE = "einvoice"
    MEMORY = "memory"
    MODEL = "model"
    RULE = "rule"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Field:
    """A value and its evidence.

    `value` is normalised (ISO 8601 date, plain decimal string, ISO 4217 code, IBAN without blanks), `text` is as
    printed, `confidence` the probability that `value` is right, `page` (from 1) and `box` where it stands, or None
    where it stands on no page; `alternatives` are other readings, the likeliest first. A price may be `per` several
    units (BT-149), a plain decimal string: 30 per 100 is 0.30 for each.
    """

    value: str
    text: str
    confidence: float
    source: Source
    page: int | None = None
    box: Box | None = None
    alternatives: tuple["Field", ...] = ()
    per: str | None = None

    @property
    def amount(self) -> Decimal:
        """The value as a number. Raises decimal.InvalidOperation where it is none."""
        return Decimal(self.value)

    @property
    def amount_each(self) -> Decimal:
        """The price of one unit. Raises decimal.InvalidOperation where the value is no number."""
        return self.amount if self.per is None else self.amount / Decimal(self.per)

    @property
    def date(self) -> date:
        """The value as a date. Raises ValueError where it is none."""
        return date.fromisoformat(self.value)


LineItem = Mapping[LineColumn, Field]
"""One line item (BG-25): its columns, those that were found."""


@dataclass(frozen=True, slots=True)
class TaxSubtotal:
    """One entry of the tax breakdown (BG-23): `rate` in percent, amounts in the document's currency."""

    rate: Field | None = None
    taxable_amount: Field | None = None
    tax_amount: Field | None = None


@dataclass(frozen=True, slots=True)
class KindGuess:
    """What the document is, and how sure that is."""

    value: Kind
    confidence: float


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """Which extractor answered."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read of one document. Absent means not found.

    `line_total` (BT-106), `allowance_total` (BT-107) and `charge_total` (BT-108) are the sum of the lines and of the
    discounts and charges on the whole document, where an e-invoice states them: net_total (BT-109) is BT-106 less
    BT-107 plus BT-108. `rounding_amount` (BT-114) is added to what is due.
    """

    file: str
    sha256: str
    pages: int
    words_from: WordsFrom
    kind: KindGuess
    model: ModelVersion
    fields: Mapping[HeaderField, Field] = field(default_factory=dict)
    tax_breakdown: tuple[TaxSubtotal, ...] = ()
    lines: tuple[LineItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    first_page: int = 1
    last_page: int = 1
    line_total: Field | None = None
    allowance_total: Field | None = None
    charge_total: Field | None = None
    rounding_amount: Field | None = None

    @property
    def key(self) -> str:
        """The document's identity: digest and page range, as `Document.key`."""
        return f"{self.sha256}:{self.first_page}-{self.last_page}"

    def value(self, name: HeaderField) -> str | None:
        """Return the normalised value of a field, or None where it was not found."""
        found = self.fields.get(name)
        return found.value if found else None

    def amount(self, name: HeaderField) -> Decimal | None:
        """Return an amount field as a number, or None where it was not found."""
        found = self.fields.get(name)
        return found.amount if found else None
