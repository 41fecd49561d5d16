"""What matching a document with the ERP came to: findings, and the order, lines or products identified."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.domain.decision import LineMatch
from pipeline.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class OrderMatch:
    """The findings of a match and what it identified; `value` is what a customer's order is worth, None for a bill."""

    findings: tuple[Finding, ...] = ()
    order_id: str | None = None
    lines: tuple[LineMatch, ...] = ()
    value: Decimal | None = None
