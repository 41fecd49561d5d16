"""The one argument of every check (figures, facts, policy, day), and how findings are worded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.domain.billing import Billable, billable
from pipeline.domain.extraction import Extraction
from pipeline.domain.figures import CENT, Figures, figures_of
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.money import to_plain
from pipeline.domain.policy import Policy
from pipeline.domain.totals import Totals, totals_of
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.facts import ErpFacts
from pipeline.validate.matching.party_match import PartyMatch, match_customer, match_supplier

BILL_KINDS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
POSTED_KINDS = BILL_KINDS | {Kind.PURCHASE_ORDER}


@dataclass(frozen=True, slots=True)
class Case:
    """A document before its judges. `totals` and `lines` are None where the document states too little for them."""

    extraction: Extraction
    facts: ErpFacts
    policy: Policy
    today: date
    figures: Figures
    totals: Totals | None
    lines: Billable | None
    match: PartyMatch

    @property
    def kind(self) -> Kind:
        return self.extraction.kind.value

    @property
    def is_bill(self) -> bool:
        return self.kind in BILL_KINDS

    @property
    def is_credit(self) -> bool:
        """Whether it takes back instead of asking for money: a credit note, or an invoice below nought."""
        return self.kind is Kind.CREDIT_NOTE or (self.kind is Kind.INVOICE and self.figures.negative)

    @property
    def currency(self) -> str:
        """The document's currency, or nothing; for sentences."""
        return self.extraction.value(HeaderField.CURRENCY) or ""

    def date_of(self, name: HeaderField) -> date | None:
        """Return a date field, or None where it is absent or no date."""
        return stated_date(self.extraction, name)


def stated_date(extraction: Extraction, name: HeaderField) -> date | None:
    """Return a date field, or None where it is absent or no date."""
    value = extraction.value(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def case_of(extraction: Extraction, facts: ErpFacts, policy: Policy, today: date) -> Case:
    """Prepare a document for the checks."""
    figures = figures_of(extraction)
    totals = totals_of(figures)
    lines = billable(figures, totals, policy.rounding.absolute) if totals else None
    if extraction.kind.value is Kind.PURCHASE_ORDER:
        address = facts.sender.address if facts.sender else None
        match = match_customer(extraction, facts.customers, address, policy)
    else:
        match = match_supplier(extraction, facts.suppliers, facts.company, policy)
    return Case(extraction, facts, policy, today, figures, totals, lines, match)


def block(code: ReasonCode, message: str, *fields: str) -> Finding:
    """Return a finding that keeps the document from being posted untouched."""
    return Finding(code, Severity.BLOCK, message, fields)


def warn(code: ReasonCode, message: str, *fields: str) -> Finding:
    """Return a finding that asks for a look."""
    return Finding(code, Severity.WARN, message, fields)


def info(code: ReasonCode, message: str, *fields: str) -> Finding:
    """Return a finding that only tells."""
    return Finding(code, Severity.INFO, message, fields)


def money(amount: Decimal) -> str:
    """Write an amount for people: at least two decimals."""
    exponent = amount.as_tuple().exponent
    return format(amount if isinstance(exponent, int) and exponent < -2 else amount.quantize(CENT), "f")


def plain(number: Decimal) -> str:
    """Write a quantity, price or rate for people, without superfluous zeros."""
    return to_plain(number)


def line_field(index: int, column: str) -> str:
    """Name a line's column as findings do; `index` counts from 0."""
    return f"lines[{index}].{column}"
