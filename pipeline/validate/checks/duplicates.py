"""Was this booked or handed in before, under another file name, number format or cover?"""

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from pipeline.domain.finding import Finding, ReasonCode
from pipeline.domain.record import RecordType
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.validate.case import Case, block, money, warn
from pipeline.validate.facts import EarlierDocument
from pipeline.validate.matching.names import company_similarity
from pipeline.validate.matching.references import normal_number


def check_duplicates(case: Case) -> Iterator[Finding]:
    """Yield one finding for the strongest sign that the document is not new: same content, same or alike number."""
    found = _same_content(case) or _in_erp(case) or _same_number(case) or _alike(case)
    if found is not None:
        yield found


def _number_field(case: Case) -> HeaderField:
    return HeaderField.ORDER_NUMBER if case.kind is Kind.PURCHASE_ORDER else HeaderField.INVOICE_NUMBER


def _number(case: Case) -> str:
    return normal_number(case.extraction.value(_number_field(case)) or "")


def _same_content(case: Case) -> Finding | None:
    own = case.extraction
    for earlier in case.facts.earlier:
        overlap = earlier.first_page <= own.last_page and own.first_page <= earlier.last_page
        if earlier.sha256 == own.sha256 and overlap:
            return block(
                ReasonCode.DUPLICATE,
                f"The same file came before as {earlier.file}; it was {earlier.outcome}. Dismiss this one.",
            )
    return None


def _in_erp(case: Case) -> Finding | None:
    party, number = case.match.party, case.extraction.value(HeaderField.INVOICE_NUMBER)
    if not case.is_bill or party is None or number is None:
        return None
    own = case.facts.own_record
    bills = [
        bill.record
        for bill in case.facts.bills
        if bill.supplier_id == party.id
        and bill.number == number
        and (own is None or (bill.record.type, bill.record.id) != (own.type, own.id))
    ]
    if not bills:
        return None
    record = next((b for b in bills if (b.type is RecordType.CREDIT_NOTE) == case.is_credit), bills[0])
    name = f"{record.type.value.replace('_', ' ')} {record.number or record.id}"
    field = HeaderField.INVOICE_NUMBER.value
    if (record.type is RecordType.CREDIT_NOTE) != case.is_credit:
        return warn(
            ReasonCode.DUPLICATE,
            f"{party.name}'s number {number} is already booked as {name}, a record of another kind. Check the number.",
            field,
        )
    return block(
        ReasonCode.DUPLICATE,
        f"{party.name}'s number {number} is already booked as {name}. Dismiss this one, or correct the number.",
        field,
    )


def _same_number(case: Case) -> Finding | None:
    number = _number(case)
    if not number:
        return None
    for earlier in _rivals(case):
        if normal_number(earlier.number or "") != number:
            continue
        gross = case.totals.gross if case.totals else None
        field = _number_field(case).value
        if gross is not None and earlier.gross is not None and abs(earlier.gross) != gross:
            return warn(
                ReasonCode.DUPLICATE,
                f"{earlier.file} has the same sender and number {earlier.number} over {money(abs(earlier.gross))}, "
                f"this one is over {money(gross)}; it was {earlier.outcome}. Check which one counts.",
                field,
            )
        return block(
            ReasonCode.DUPLICATE,
            f"{earlier.file} has the same sender and number {earlier.number}; it was {earlier.outcome}. "
            "Dismiss this one, or correct the number.",
            field,
        )
    return None


def _alike(case: Case) -> Finding | None:
    """Find the same amount of the same day under a number that one misread digit makes another."""
    number, issued = _number(case), case.date_of(HeaderField.ISSUE_DATE)
    if case.totals is None or not number or issued is None or not case.totals.gross:
        return None
    for earlier in _rivals(case):
        theirs = normal_number(earlier.number or "")
        if (
            theirs
            and earlier.gross is not None
            and abs(earlier.gross) == case.totals.gross
            and earlier.issue_date == issued
            and (Levenshtein.distance(number, theirs) == 1 or number.endswith(theirs) or theirs.endswith(number))
            and not _consecutive(number, theirs)
        ):
            return warn(
                ReasonCode.DUPLICATE,
                f"{earlier.file} is over the same amount on the same day and its number {earlier.number} is almost the "
                f"same; it was {earlier.outcome}. Compare the two.",
                _number_field(case).value,
            )
    return None


def _rivals(case: Case) -> Iterator[EarlierDocument]:
    """Yield the earlier documents of the same kind and sender."""
    party, name = case.match.party, case.match.evidence.name
    for earlier in case.facts.earlier:
        if earlier.kind is not case.kind:
            continue
        if party is not None and earlier.party_id is not None:
            if earlier.party_id == party.id:
                yield earlier
        elif name and earlier.seller and company_similarity(name, earlier.seller) >= 90:
            yield earlier


def _consecutive(one: str, other: str) -> bool:
    """Say whether two numbers follow each other, as two bills of one day do."""
    return one.isdigit() and other.isdigit() and abs(int(one) - int(other)) == 1
