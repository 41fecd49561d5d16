"""Dates in order, and near enough to today."""

from collections.abc import Iterator
from datetime import timedelta

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.case import Case, warn

_ISSUE, _DUE, _DELIVERY = HeaderField.ISSUE_DATE.value, HeaderField.DUE_DATE.value, HeaderField.DELIVERY_DATE.value


def check_dates(case: Case) -> Iterator[Finding]:
    """Yield a finding for each date that cannot well be: nothing is bought tomorrow, or due before it was asked."""
    issued = case.date_of(HeaderField.ISSUE_DATE)
    if issued is None:
        return
    if issued > case.today + timedelta(days=case.policy.future_days):
        yield warn(
            ReasonCode.DATE_IMPLAUSIBLE,
            f"The issue date {issued} lies in the future (today is {case.today}). Check day, month and year.",
            _ISSUE,
        )
    elif issued < case.today - timedelta(days=case.policy.oldest_days):
        yield warn(
            ReasonCode.DATE_IMPLAUSIBLE,
            f"The issue date {issued} lies more than {case.policy.oldest_days} days back. Check the year, "
            "or whether it was booked long ago.",
            _ISSUE,
        )
    due = case.date_of(HeaderField.DUE_DATE)
    if due and due < issued:
        yield warn(
            ReasonCode.DUE_BEFORE_ISSUE,
            f"The due date {due} lies before the issue date {issued}. Check both.",
            _DUE,
            _ISSUE,
        )
    elif due and due > issued + timedelta(days=case.policy.longest_payment_days):
        yield warn(
            ReasonCode.DATE_IMPLAUSIBLE,
            f"The due date {due} lies {(due - issued).days} days after the issue date {issued}. Check both.",
            _DUE,
            _ISSUE,
        )
    delivery = case.date_of(HeaderField.DELIVERY_DATE)
    if case.kind is Kind.PURCHASE_ORDER and delivery and delivery < issued:
        yield warn(
            ReasonCode.DATE_IMPLAUSIBLE,
            f"The order of {issued} asks for delivery on {delivery}, which is earlier. Ask the customer.",
            _DELIVERY,
        )
