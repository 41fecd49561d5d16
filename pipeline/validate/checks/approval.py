"""How much may be booked without a person."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.vocabulary import HeaderField
from pipeline.validate.case import Case, block, money


def check_approval(case: Case, value: Decimal | None, currency: str | None) -> Iterator[Finding]:
    """Yield a finding where `value`, what is to be booked, is above the limit of its currency, or there is no limit."""
    if value is None or not currency:
        return  # told as missing
    limit = case.policy.approval_limits.get(currency)
    if limit is None:
        yield block(
            ReasonCode.ABOVE_APPROVAL_LIMIT,
            f"The policy names no limit in {currency}, so {money(value)} {currency} needs an approval.",
            HeaderField.CURRENCY.value,
        )
    elif abs(value) > limit:
        yield block(
            ReasonCode.ABOVE_APPROVAL_LIMIT,
            f"{money(abs(value))} {currency} is above the limit of {money(limit)} {currency} and needs an approval.",
            HeaderField.GROSS_TOTAL.value,
        )
