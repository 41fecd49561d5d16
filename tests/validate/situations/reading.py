"""What was read: is everything there, sure enough, and possible?"""

from pipeline.domain.vocabulary import Kind
from tests.validate.documents import bill, document, facts, field, order
from tests.validate.situations.row import Row, block, warn

CONFIDENCE = [
    Row("all is well", bill(), told=("SUPPLIER_MATCHED", "PO_MATCHED")),
    Row("no number", bill(without=["invoice_number"]), (block("FIELD_MISSING"),)),
    Row("no issue date", bill(without=["issue_date"]), (block("FIELD_MISSING"),)),
    Row("no currency", bill(without=["currency"]), (block("FIELD_MISSING"),)),
    Row("unsure number", bill(invoice_number=field("RE-2026-0417", 0.6)), (warn("FIELD_UNCERTAIN"),)),
    Row("unsure field that is not critical", bill(payment_terms=field("30 days", 0.1))),
    Row("unsure IBAN that the ERP has", bill(iban=field("DE89370400440532013000", 0.4))),
    Row("unsure order number that the ERP has", bill(purchase_order_reference=field("PO-2043", 0.4))),
    Row("unsure seller whose VAT id is known", bill(seller_name=field("Lindemann", 0.4))),
    Row(
        "date that reads two ways",
        bill(issue_date=field("2026-10-09", 0.85, field("2026-09-10", 0.82))),
        (warn("VALUE_AMBIGUOUS"),),
    ),
    Row("date with an unlikely other reading", bill(issue_date=field("2026-10-09", 0.95, field("2026-09-10", 0.02)))),
    Row("number that is none", bill(gross_total="l153.11"), (block("VALUE_AMBIGUOUS"),), told=("FIELD_MISSING",)),
    Row("amount that is no number at all", bill(prepaid_amount="NaN"), (block("VALUE_AMBIGUOUS"),)),
    Row("date outside the calendar", bill(due_date="2026-02-30"), (block("VALUE_AMBIGUOUS"),)),
    Row("kind unsure", bill(kind_confidence=0.5), (warn("KIND_UNCERTAIN"),)),
    Row("statement", bill(kind=Kind.STATEMENT), (block("KIND_NOT_POSTED"),)),
    Row("receipt", bill(kind=Kind.RECEIPT), (block("KIND_NOT_POSTED"),)),
    Row("order response", bill(kind=Kind.ORDER_RESPONSE), (block("KIND_NOT_POSTED"),)),
    Row("newsletter", document({}, kind=Kind.OTHER), (block("KIND_NOT_POSTED"),)),
]

DATES_AND_IDENTIFIERS = [
    Row("issued next month", bill(issue_date="2026-12-05", due_date="2027-01-05"), (warn("DATE_IMPLAUSIBLE"),)),
    Row("issued the day after tomorrow", bill(issue_date="2026-11-12")),
    Row(
        "issued years ago",
        bill(issue_date="2023-10-30", due_date="2023-11-30"),
        (warn("DATE_IMPLAUSIBLE"),),
        facts(order(order_date=None)),
    ),
    Row("due before it was issued", bill(due_date="2026-10-29"), (warn("DUE_BEFORE_ISSUE"),)),
    Row("due in a year", bill(due_date="2027-10-30"), (warn("DATE_IMPLAUSIBLE"),)),
    Row("older than its order", bill(issue_date="2026-08-31", due_date="2026-09-30"), (warn("DATE_IMPLAUSIBLE"),)),
    Row(
        "seller's VAT id misread",
        bill(seller_vat_id="DE136695977"),
        (warn("VAT_ID_INVALID"), block("SUPPLIER_AMBIGUOUS")),
    ),
    Row("VAT id without a country", bill(seller_vat_id="136695976")),
    Row("IBAN misread", bill(iban="DE89370400440532013001"), (block("IBAN_INVALID"), block("IBAN_CHANGED"))),
    Row(
        "currency that is none",
        bill(currency="EUX"),
        (block("CURRENCY_UNKNOWN"), block("CURRENCY_DIFFERS"), block("ABOVE_APPROVAL_LIMIT")),
    ),
]

ROWS = [*CONFIDENCE, *DATES_AND_IDENTIFIERS]
