"""The business limits: when a document may be posted untouched. Read from a policy file; these are the defaults."""

from dataclasses import dataclass, field
from decimal import Decimal

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
    asks. `minimum_confidence` holds for each of `critical_fields` that is present; the required ones must be.
    """

    name: str = "default"
    minimum_confidence: float = 0.80
    minimum_kind_confidence: float = 0.70
    approval_limits: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(("EUR", "USD", "GBP"), Decimal(5000)) | {"DKK": Decimal(40000)}
    )
    require_purchase_order: bool = True
    require_receipt: bool = True
    rounding: Tolerance = Tolerance(Decimal("0.02"))
    tax: Tolerance = Tolerance(Decimal("0.05"))
    price: Tolerance = Tolerance(Decimal("0.01"), Decimal("0.02"))
    quantity: Tolerance = Tolerance(Decimal(0), Decimal(0))
    supplier_name_similarity: float = 90.0
    oldest_days: int = 730
    future_days: int = 3
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
