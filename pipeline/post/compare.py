"""What the ERP holds against what was sent: it recomputes taxes, applies defaults, and may have been edited."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.domain.entry import BillEntry, BillLine, Entry, SalesOrderEntry, SalesOrderLine
from pipeline.domain.finding import Finding, ReasonCode, Severity
from pipeline.domain.money import to_plain
from pipeline.domain.record import BookedLine, BookedRecord, RecordType

_PRICE_SLACK = Decimal("0.0001")  # ERPs keep unit prices to four decimals
_ROUNDING_LINE = Decimal(1)  # the largest last line, in currency units, that only makes up for such prices


def differences(entry: Entry, booked: BookedRecord) -> tuple[Finding, ...]:
    """Return a finding for each value that the record holds otherwise than the entry asked; amounts must be equal."""
    match entry:
        case BillEntry():
            found = [*_bill(entry, booked), *_bill_lines(entry.lines, booked.lines)]
        case SalesOrderEntry():
            found = [*_sales_order(entry, booked), *_sales_lines(entry.lines, booked.lines)]
    if booked.cancelled:
        found.append(_finding("the record is cancelled in the ERP", "state"))
    return tuple(found)


def _bill(entry: BillEntry, booked: BookedRecord) -> Iterator[Finding]:
    yield from _unequal("record type", entry.type.value, booked.ref.type.value, "kind")
    yield from _unequal("supplier", entry.supplier_id, booked.party_id, "seller_name")
    yield from _unequal("number", entry.number, booked.reference, "invoice_number")
    yield from _unequal("issue date", entry.issue_date, booked.issue_date, "issue_date")
    yield from _unequal("currency", entry.currency, booked.currency, "currency")
    yield from _unequal("net total", entry.net_total, booked.net_total, "net_total")
    yield from _unequal("tax total", entry.tax_total, booked.tax_total, "tax_total")
    yield from _unequal("gross total", entry.gross_total, booked.gross_total, "gross_total")
    if entry.due_date is not None and booked.due_date is not None:
        yield from _unequal("due date", entry.due_date, booked.due_date, "due_date")
    yield from _key(entry, booked)


def _sales_order(entry: SalesOrderEntry, booked: BookedRecord) -> Iterator[Finding]:
    yield from _unequal("record type", RecordType.SALES_ORDER.value, booked.ref.type.value, "kind")
    yield from _unequal("customer", entry.customer_id, booked.party_id, "buyer_name")
    yield from _unequal("reference", entry.reference, booked.reference, "order_number")
    yield from _unequal("order date", entry.order_date, booked.issue_date, "issue_date")
    yield from _unequal("currency", entry.currency, booked.currency, "currency")
    yield from _key(entry, booked)


def _key(entry: Entry, booked: BookedRecord) -> Iterator[Finding]:
    yield from _unequal("document key", entry.key, booked.key, "key")


def _bill_lines(asked: Sequence[BillLine], held: Sequence[BookedLine]) -> Iterator[Finding]:
    """Compare line by line; where prices of four decimals left cents over, the ERP may hold them as a last line."""
    slack = Decimal(0)
    if len(held) == len(asked) + 1 and abs(held[-1].net_amount) <= _ROUNDING_LINE:
        slack, held = abs(held[-1].net_amount), held[:-1]
    yield from _unequal("number of lines", len(asked), len(held), "lines")
    if len(asked) != len(held):
        return
    for index, (line, kept) in enumerate(zip(asked, held, strict=True)):
        name = f"line {index + 1}'s"
        yield from _unequal(f"{name} quantity", line.quantity, kept.quantity, f"lines[{index}].quantity")
        yield from _unequal_price(name, line.unit_price, kept.unit_price, index)
        if abs(line.net_amount - kept.net_amount) > slack:
            yield from _unequal(f"{name} net amount", line.net_amount, kept.net_amount, f"lines[{index}].net_amount")
        yield from _unequal(f"{name} order line", line.order_line_id, kept.order_line_id, f"lines[{index}]")


def _sales_lines(asked: Sequence[SalesOrderLine], held: Sequence[BookedLine]) -> Iterator[Finding]:
    yield from _unequal("number of lines", len(asked), len(held), "lines")
    if len(asked) != len(held):
        return
    for index, (line, kept) in enumerate(zip(asked, held, strict=True)):
        name = f"line {index + 1}'s"
        yield from _unequal(f"{name} quantity", line.quantity, kept.quantity, f"lines[{index}].quantity")
        if line.unit_price is not None:
            yield from _unequal_price(name, line.unit_price, kept.unit_price, index)


def _unequal_price(name: str, asked: Decimal, held: Decimal, index: int) -> Iterator[Finding]:
    if abs(asked - held) > _PRICE_SLACK:
        yield from _unequal(f"{name} unit price", asked, held, f"lines[{index}].unit_price")


def _unequal(name: str, asked: object, held: object, field: str) -> Iterator[Finding]:
    if asked != held:
        yield _finding(f"the {name} was sent as {_said(asked)} and is held as {_said(held)}", field)


def _finding(sentence: str, field: str) -> Finding:
    message = f"Read back from the ERP, {sentence}. Correct the record there, or cancel it and retry the document."
    return Finding(ReasonCode.READ_BACK_DIFFERS, Severity.BLOCK, message, (field,))


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    return to_plain(value) if isinstance(value, Decimal) else str(value)
