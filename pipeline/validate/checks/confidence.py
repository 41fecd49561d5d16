"""Is the document what it seems, is everything there that booking needs, and is it sure enough?"""

from collections.abc import Iterable, Iterator

from pipeline.domain.extraction import Field
from pipeline.domain.figures import decimal_of
from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, HeaderField, Kind, LineColumn
from pipeline.validate.case import POSTED_KINDS, Case, block, line_field, money, warn
from pipeline.validate.matching.names import code_of
from pipeline.validate.matching.party_match import has_iban
from pipeline.validate.matching.references import order_references

_REQUIRED = {
    Kind.INVOICE: (HeaderField.INVOICE_NUMBER, HeaderField.ISSUE_DATE, HeaderField.CURRENCY),
    Kind.CREDIT_NOTE: (HeaderField.INVOICE_NUMBER, HeaderField.ISSUE_DATE, HeaderField.CURRENCY),
    Kind.PURCHASE_ORDER: (HeaderField.ORDER_NUMBER,),
}
_NEXT = {
    Kind.ORDER_RESPONSE: "Compare it with the order: the seller may have changed prices, quantities or dates.",
    Kind.RECEIPT: "It has been paid already: book it as an expense, or dismiss it.",
    Kind.STATEMENT: "Compare it with the supplier's open bills and ask for those that are missing, then dismiss it.",
    Kind.OTHER: "Nothing is booked; change its kind and retry it if it is an invoice or an order after all.",
}


def check_kind(case: Case) -> Iterator[Finding]:
    """Yield a finding where the kind is unsure, or is one that is never booked."""
    kind = case.extraction.kind
    if kind.confidence < case.policy.minimum_kind_confidence:
        yield warn(
            ReasonCode.KIND_UNCERTAIN,
            f"This looks like {_article(kind.value)}, but only {kind.confidence:.0%} sure "
            f"(at least {case.policy.minimum_kind_confidence:.0%} is asked). Say what it is.",
        )
    if kind.value not in POSTED_KINDS:
        yield block(ReasonCode.KIND_NOT_POSTED, f"This is {_article(kind.value)}. {_NEXT[kind.value]}")


def check_required(case: Case) -> Iterator[Finding]:
    """Yield a finding for everything without which nothing can be booked; missing totals are told by `arithmetic`."""
    for name in _REQUIRED.get(case.kind, ()):
        if not case.extraction.value(name):
            yield block(ReasonCode.FIELD_MISSING, f"No {words(name)} was found. Add it.", name.value)
    if case.is_bill and case.match.evidence.is_empty:
        yield block(
            ReasonCode.FIELD_MISSING,
            "Nothing says who sent this: no seller name, VAT id or account. Add the seller's name.",
            HeaderField.SELLER_NAME.value,
        )
    for where in case.figures.unreadable:
        yield block(ReasonCode.VALUE_AMBIGUOUS, f"The value read for {where} is no number. Correct it.", where)
    for name in sorted(DATE_FIELDS):
        if case.extraction.value(name) and case.date_of(name) is None:
            yield block(
                ReasonCode.VALUE_AMBIGUOUS,
                f"The {words(name)} read is no date of the calendar. Correct it.",
                name.value,
            )


def check_confidence(case: Case) -> Iterator[Finding]:
    """Yield a finding for each critical field that is too unsure, or that can be read in two ways.

    What the ERP confirms needs no certainty of its own: a misread account or order number would not be found there.
    """
    policy, confirmed = case.policy, _confirmed_by_erp(case)
    for name in HeaderField:
        field = case.extraction.fields.get(name)
        if field is None or name not in policy.critical_fields:
            continue
        rival = _rival(field)
        if name in confirmed:
            continue
        if field.confidence < policy.minimum_confidence:
            other = f" It may also be {_said(name, rival)}." if rival else ""
            yield warn(
                ReasonCode.FIELD_UNCERTAIN,
                f"The {words(name)} {_said(name, field)} is only {field.confidence:.0%} sure "
                f"(at least {policy.minimum_confidence:.0%} is asked).{other} Check it.",
                name.value,
            )
        elif rival and field.confidence - rival.confidence < policy.minimum_margin:
            yield warn(
                ReasonCode.VALUE_AMBIGUOUS,
                f"The {words(name)} may be {_said(name, field)} or {_said(name, rival)}. Choose one.",
                name.value,
            )
    yield from _unsure_lines(case)


def lowest_confidence(fields: Iterable[Field]) -> float | None:
    """Return the smallest confidence among the fields, None where there are none."""
    return min((field.confidence for field in fields), default=None)


def words(name: HeaderField) -> str:
    """Return a field's name as people say it."""
    return name.value.replace("_", " ").replace("vat", "VAT").replace("iban", "IBAN")


def _said(name: HeaderField, field: Field) -> str:
    """Write a value for people: amounts with their cents."""
    value = decimal_of(field.value) if name in AMOUNT_FIELDS else None
    return field.value if value is None else money(value)


def _rival(field: Field) -> Field | None:
    return next((other for other in field.alternatives if other.value != field.value), None)


def _confirmed_by_erp(case: Case) -> frozenset[HeaderField]:
    """Return the fields whose value the ERP has for this very supplier."""
    if case.kind is Kind.PURCHASE_ORDER:
        return frozenset({HeaderField.SELLER_NAME, HeaderField.IBAN})  # an order books neither
    party, match = case.match.party, case.match
    if party is None or match.doubt or match.rivals:
        return frozenset()
    confirmed = set()
    if match.by != "name" or (match.similarity or 0) >= 99:
        confirmed.add(HeaderField.SELLER_NAME)
    account = case.extraction.value(HeaderField.IBAN)
    if account and has_iban(party, account):
        confirmed.add(HeaderField.IBAN)
    ours = {code_of(order.number) for order in case.facts.orders if order.supplier_id == party.id}
    if all(code_of(reference) in ours for reference in order_references(case.extraction)):
        confirmed.add(HeaderField.PURCHASE_ORDER_REFERENCE)
    return frozenset(confirmed)


def _unsure_lines(case: Case) -> Iterator[Finding]:
    """On an order nothing adds up what was ordered, so each quantity and code must be sure by itself.

    On a bill the arithmetic of lines and totals, and the match with the order, say more than each number's confidence.
    """
    if case.kind is not Kind.PURCHASE_ORDER:
        return
    least = case.policy.minimum_confidence
    for index, line in enumerate(case.extraction.lines):
        for column in (LineColumn.QUANTITY, LineColumn.ITEM_CODE):
            field = line.get(column)
            if field is not None and field.confidence < least:
                yield warn(
                    ReasonCode.FIELD_UNCERTAIN,
                    f"Line {index + 1}: the {column.value.replace('_', ' ')} {field.value} is only "
                    f"{field.confidence:.0%} sure (at least {least:.0%} is asked). Check it.",
                    line_field(index, column.value),
                )


def _article(kind: Kind) -> str:
    if kind is Kind.OTHER:
        return "something else than an invoice or an order"
    name = kind.value.replace("_", " ")
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
