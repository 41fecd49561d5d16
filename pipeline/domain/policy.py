"""The business limits: when a document may be posted untouched. Read from a policy file; these are the defaults."""

import hashlib
from dataclasses import dataclass, field, fields
from decimal import Decimal

from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import HeaderField


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two amounts may lie apart: within `absolute` (currency units) or within `relative` (0.01 is 1 %)."""

    absolute: Decimal
    relative: Decimal = Decimal(0)

    def allows(self, expected: Decimal, actual: Decimal) -> bool:
        """Say whether `actual` is close enough to `expected`; the larger of the two limits counts."""
        return abs(expected - actual) <= max(self.absolute, self.relative * abs(expected))


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits by which documents are posted, or shown to a person.

    `approval_limits` gives the largest gross total per currency that needs no person; a currency not named always
    asks. `minimum_confidence` holds for each of `critical_fields` that is present; the required ones must be. A value
    is ambiguous where another reading's confidence lies within `minimum_margin` of its own.

    `rounding` is between amounts that should be equal, `tax` between a tax amount and rate times base, `price` and
    `quantity` between a bill and its order. `charge` says up to where freight and the like, not ordered, are small:
    within it they ask for a look (or pass, with `accept_charges`), beyond it they block; its relative part is of the
    bill's net total. `cash_rounding` is the largest difference between the gross total and a rounded amount to pay.
    """

    name: str = "default"
    minimum_confidence: float = 0.80
    minimum_kind_confidence: float = 0.70
    minimum_margin: float = 0.10
    approval_limits: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(("EUR", "USD", "GBP"), Decimal(5000)) | {"DKK": Decimal(40000)}
    )
    require_purchase_order: bool = True
    require_receipt: bool = True
    rounding: Tolerance = Tolerance(Decimal("0.02"))
    tax: Tolerance = Tolerance(Decimal("0.05"))
    price: Tolerance = Tolerance(Decimal("0.01"), Decimal("0.02"))
    quantity: Tolerance = Tolerance(Decimal(0), Decimal(0))
    charge: Tolerance = Tolerance(Decimal(50), Decimal("0.05"))
    accept_charges: bool = False
    cash_rounding: Decimal = Decimal("0.50")
    supplier_name_similarity: float = 90.0
    oldest_days: int = 730
    future_days: int = 3
    longest_payment_days: int = 180
    critical_fields: frozenset[HeaderField] = frozenset(
        {
            HeaderField.INVOICE_NUMBER,
            HeaderField.ORDER_NUMBER,
            HeaderField.ISSUE_DATE,
            HeaderField.CURRENCY,
            HeaderField.SELLER_NAME,
            HeaderField.NET_TOTAL,
            HeaderField.TAX_TOTAL,
            HeaderField.GROSS_TOTAL,
            HeaderField.AMOUNT_DUE,
            HeaderField.IBAN,
            HeaderField.PURCHASE_ORDER_REFERENCE,
        }
    )

    def as_strings(self) -> dict[str, str]:
        """Return every limit as text, in a fixed order: what a decision records of the policy in force."""
        return {f.name: _text(getattr(self, f.name)) for f in fields(self)}

    @property
    def version(self) -> str:
        """The name and the first 12 digits of the SHA-256 over all limits: two policies that differ never share it."""
        canonical = "\n".join(f"{name}={value}" for name, value in self.as_strings().items())
        return f"{self.name}@{hashlib.sha256(canonical.encode()).hexdigest()[:12]}"


def _text(value: object) -> str:
    match value:
        case Tolerance():
            return f"{_text(value.absolute)} or {_text(value.relative * 100)} %"
        case Decimal():
            return to_plain(value)
        case dict():
            return ", ".join(f"{key} {_text(value[key])}" for key in sorted(value))
        case frozenset():
            return ", ".join(sorted(value))
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
