"""Makes the ERP entry of an approved document; pure."""

from datetime import date
from decimal import Decimal

from pipeline.domain.billing import BillableLine, billable, unit_price_for
from pipeline.domain.decision import ApprovedDocument, ValidatedDocument
from pipeline.domain.entry import BillEntry, BillLine, Entry, SalesOrderEntry, SalesOrderLine
from pipeline.domain.extraction import Extraction
from pipeline.domain.figures import Figures, figures_of
from pipeline.domain.record import RecordType
from pipeline.domain.totals import totals_of
from pipeline.domain.vocabulary import HeaderField, Kind
from pipeline.post.overrides import with_overrides

_SLACK = Decimal(
    "0.02"
)  # what lines and net total may differ by and still be booked line by line, with a rounding line


class NotBookable(ValueError):
    """An approved document lacks what an entry needs: only a reviewer's approval can lead here, never the policy's."""


def entry_of(approved: ApprovedDocument) -> Entry:
    """Return what to book: a bill or credit note with positive amounts, or a sales order.

    Lines that do not add up to the net total (which only a reviewer can approve) are replaced by one line per tax
    rate. Raises `NotBookable`, saying what is missing, where a reviewer approved too little to book.
    """
    document = with_overrides(approved.document, approved.overrides)
    kind = document.extraction.kind.value
    if kind is Kind.PURCHASE_ORDER:
        return _sales_order(document)
    if kind in (Kind.INVOICE, Kind.CREDIT_NOTE):
        return _bill(document)
    raise NotBookable(f"a document of kind {kind.value!r} is never booked: correct its kind first")


def _bill(document: ValidatedDocument) -> BillEntry:
    extraction = document.extraction
    figures = figures_of(extraction)
    totals = totals_of(figures)
    if totals is None:
        raise NotBookable("the totals are missing: add the net, tax or gross total")
    is_credit = extraction.kind.value is Kind.CREDIT_NOTE or figures.negative
    due = extraction.value(HeaderField.DUE_DATE)
    return BillEntry(
        key=extraction.key,
        type=RecordType.CREDIT_NOTE if is_credit else RecordType.BILL,
        supplier_id=_needed(document.party_id, "supplier"),
        number=_needed(extraction.value(HeaderField.INVOICE_NUMBER), "invoice number"),
        issue_date=_date(_needed(extraction.value(HeaderField.ISSUE_DATE), "issue date")),
        currency=_needed(extraction.value(HeaderField.CURRENCY), "currency"),
        lines=tuple(_bill_line(line, document) for line in billable(figures, totals, _SLACK).lines),
        net_total=totals.net,
        tax_total=totals.booked_tax,
        gross_total=totals.gross,
        due_date=_date(due) if due else None,
        purchase_order_id=document.purchase_order_id,
        payment_reference=extraction.value(HeaderField.PAYMENT_REFERENCE),
        note=_note(extraction),
    )


def _bill_line(line: BillableLine, document: ValidatedDocument) -> BillLine:
    matched = {match.line: match.order_line_id for match in document.line_matches}
    return BillLine(
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        net_amount=line.net_amount,
        tax_rate=line.tax_rate,
        order_line_id=matched.get(line.index) if line.index is not None else None,
        item_code=line.item_code,
    )


def _sales_order(document: ValidatedDocument) -> SalesOrderEntry:
    extraction = document.extraction
    lines = _sales_lines(document, figures_of(extraction))
    if not lines:
        raise NotBookable("no line has a product and a quantity: choose a product for at least one")
    delivery = extraction.value(HeaderField.DELIVERY_DATE)
    return SalesOrderEntry(
        key=extraction.key,
        customer_id=_needed(document.party_id, "customer"),
        reference=_needed(extraction.value(HeaderField.ORDER_NUMBER), "order number"),
        order_date=_date(_needed(_stated_or_assumed(document, HeaderField.ISSUE_DATE), "order date")),
        currency=_needed(_stated_or_assumed(document, HeaderField.CURRENCY), "currency"),
        lines=lines,
        delivery_date=_date(delivery) if delivery else None,
        note=_note(extraction),
    )


def _sales_lines(document: ValidatedDocument, figures: Figures) -> tuple[SalesOrderLine, ...]:
    """Return the lines that have a product; the price is what a unit costs the customer, discount taken off."""
    products = {match.line: match.product_id for match in document.line_matches}
    found = []
    for line in figures.amount_lines:
        product = products.get(line.index)
        if product is None or not line.quantity:
            continue
        price = line.unit_price
        if line.net_amount is not None:
            price = unit_price_for(line.quantity, line.net_amount, price)
        found.append(SalesOrderLine(product, line.description or line.item_code or product, line.quantity, price))
    return tuple(found)


def _stated_or_assumed(document: ValidatedDocument, name: HeaderField) -> str | None:
    return document.extraction.value(name) or document.assumed.get(name)


def _note(extraction: Extraction) -> str:
    """Say in the record what it cannot say otherwise: which invoice is credited, who ordered."""
    parts = (
        ("Credits", extraction.value(HeaderField.PRECEDING_INVOICE_REFERENCE)),
        ("Buyer reference", extraction.value(HeaderField.BUYER_REFERENCE)),
    )
    return "; ".join(f"{label} {value}" for label, value in parts if value)


def _needed(value: str | None, name: str) -> str:
    if not value:
        raise NotBookable(f"the {name} is missing: add it, then approve again")
    return value


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise NotBookable(f"{value!r} is no date: correct it, then approve again") from error
