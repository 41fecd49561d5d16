"""Runs every check on a document, in the order in which a reviewer would ask."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from pipeline.domain.decision import ValidatedDocument
from pipeline.domain.extraction import Extraction
from pipeline.domain.finding import Finding, Severity
from pipeline.domain.policy import Policy
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.case import POSTED_KINDS, Case, case_of
from pipeline.validate.checks.addressee import check_addressee
from pipeline.validate.checks.approval import check_approval
from pipeline.validate.checks.arithmetic import check_amount_due, check_lines, check_lines_against_net, check_totals
from pipeline.validate.checks.confidence import check_confidence, check_kind, check_required
from pipeline.validate.checks.customer_order import assumed_values, check_customer, check_order_totals, match_products
from pipeline.validate.checks.dates import check_dates
from pipeline.validate.checks.duplicates import check_duplicates
from pipeline.validate.checks.identifiers import check_identifiers
from pipeline.validate.checks.purchase_order import match_orders
from pipeline.validate.checks.sender import check_sender
from pipeline.validate.checks.supplier import check_account, check_supplier
from pipeline.validate.checks.tax import check_tax
from pipeline.validate.facts import ErpFacts
from pipeline.validate.matching.order_match import OrderMatch

Check = Callable[[Case], Iterable[Finding]]

EVERY_DOCUMENT: tuple[Check, ...] = (check_kind, check_sender, check_duplicates)
EVERY_ENTRY: tuple[Check, ...] = (check_required, check_confidence, check_identifiers, check_dates, check_addressee)
BILLS: tuple[Check, ...] = (
    check_supplier,
    check_account,
    check_lines,
    check_lines_against_net,
    check_totals,
    check_tax,
    check_amount_due,
)
CUSTOMER_ORDERS: tuple[Check, ...] = (check_customer, check_lines, check_order_totals)
_GRAVITY = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def validate(extraction: Extraction, facts: ErpFacts, policy: Policy, today: date) -> ValidatedDocument:
    """Return the document with every finding, and the party, order, lines and products it was matched with.

    The same arguments always give the same findings in the same order; those of the reading come first.
    """
    case = case_of(extraction, facts, policy, today)
    assumed: dict[HeaderField, str] = {}
    findings = [*extraction.findings, *_run(EVERY_DOCUMENT, case)]
    match = OrderMatch()
    if case.kind in POSTED_KINDS:
        findings += _run(EVERY_ENTRY, case)
    if case.is_bill:
        findings += _run(BILLS, case)
        match = match_orders(case)
        gross = case.totals.gross if case.totals else None
        findings += [*match.findings, *check_approval(case, gross, case.currency)]
    elif case.kind is Kind.PURCHASE_ORDER:
        findings += _run(CUSTOMER_ORDERS, case)
        match = match_products(case)
        assumed, assumptions = assumed_values(case)
        currency = case.currency or assumed.get(HeaderField.CURRENCY)
        findings += [*match.findings, *assumptions, *check_approval(case, match.value, currency)]
    return ValidatedDocument(
        extraction=extraction,
        findings=tuple(_unique(findings)),
        party_id=case.match.party.id if case.match.party else None,
        purchase_order_id=match.order_id,
        line_matches=match.lines,
        assumed=assumed,
    )


def _run(checks: Iterable[Check], case: Case) -> list[Finding]:
    return [finding for check in checks for finding in check(case)]


def _unique(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield one finding for each code and field, the gravest, where the first of them stood."""
    chosen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.fields or finding.message)
        known = chosen.get(key)
        if known is None or _GRAVITY[finding.severity] < _GRAVITY[known.severity]:
            chosen[key] = finding
    yield from chosen.values()
