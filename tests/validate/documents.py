"""Documents and facts for the tests of validation and posting, made from the demonstration company."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.demo.company import COMPANY, DemoParty
from pipeline.domain.document import WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, LineItem, ModelVersion, Source, TaxSubtotal
from pipeline.domain.finding import Finding, Severity
from pipeline.domain.policy import Policy
from pipeline.domain.record import OrderState, Party, Product, PurchaseOrder, PurchaseOrderLine
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn
from pipeline.validate.facts import ErpFacts
from pipeline.validate.validate import validate

TODAY = date(2026, 11, 10)
Line = Mapping[str, str | Field]
TONER: Line = {
    "description": "Tonerkartusche HX-220 schwarz",
    "item_code": "TON-HX-220",
    "quantity": "12",
    "unit_price": "62.00",
    "net_amount": "744.00",
    "tax_rate": "19",
}
SERVICE: Line = {
    "description": "Wartung, Technikerstunde",
    "item_code": "SRV-MNT-H",
    "quantity": "3",
    "unit_price": "75.00",
    "net_amount": "225.00",
    "tax_rate": "19",
}
LAMP: Line = {"description": "Skrivebordslampe", "item_code": "LMP-LED-7", "quantity": "5", "unit_price": "39.00"}
BILL: Mapping[str, str] = {
    "invoice_number": "RE-2026-0417",
    "issue_date": "2026-10-30",
    "due_date": "2026-11-29",
    "currency": "EUR",
    "purchase_order_reference": "PO-2043",
    "seller_name": "Lindemann Bürotechnik GmbH",
    "seller_vat_id": "DE136695976",
    "buyer_name": "Nordlys Kontor ApS",
    "iban": "DE89370400440532013000",
    "net_total": "969.00",
    "tax_total": "184.11",
    "gross_total": "1153.11",
    "amount_due": "1153.11",
}
ORDER: Mapping[str, str] = {
    "order_number": "7731",
    "issue_date": "2026-11-06",
    "currency": "EUR",
    "buyer_name": "Skovgaard Arkitekter ApS",
    "buyer_vat_id": "DK25313763",
}


def field(value: str, confidence: float = 0.99, *alternatives: Field) -> Field:
    """Return a field as a model would."""
    return Field(value, value, confidence, Source.MODEL, 1, None, alternatives)


def line(columns: Line) -> LineItem:
    """Return a line item; plain strings become sure fields."""
    return {LineColumn[k.upper()]: v if isinstance(v, Field) else field(v) for k, v in columns.items()}


def document(
    fields: Mapping[str, str | Field],
    lines: Sequence[Line] = (),
    kind: Kind = Kind.INVOICE,
    kind_confidence: float = 0.99,
    tax_breakdown: Sequence[tuple[str | None, str | None, str | None]] = (),
    sha256: str = "ab" * 32,
    **totals: str,
) -> Extraction:
    """Return an extraction; `totals` are line_total, allowance_total and charge_total."""

    def maybe(value: str | None) -> Field | None:
        return None if value is None else field(value)

    return Extraction(
        file="bill.pdf",
        sha256=sha256,
        pages=1,
        words_from=WordsFrom.TEXT_LAYER,
        kind=KindGuess(kind, kind_confidence),
        model=ModelVersion("test", "1"),
        fields={HeaderField(k): v if isinstance(v, Field) else field(v) for k, v in fields.items()},
        tax_breakdown=tuple(TaxSubtotal(maybe(r), maybe(b), maybe(t)) for r, b, t in tax_breakdown),
        lines=tuple(line(columns) for columns in lines),
        line_total=maybe(totals.get("line_total")),
        allowance_total=maybe(totals.get("allowance_total")),
        charge_total=maybe(totals.get("charge_total")),
    )


def bill(
    lines: Sequence[Line] = (TONER, SERVICE),
    kind: Kind = Kind.INVOICE,
    without: Sequence[str] = (),
    tax_breakdown: Sequence[tuple[str | None, str | None, str | None]] = (),
    kind_confidence: float = 0.99,
    totals: Mapping[str, str] | None = None,
    **fields: str | Field,
) -> Extraction:
    """Return a bill that passes every check, with the given changes."""
    stated = {k: v for k, v in {**BILL, **fields}.items() if k not in without}
    return document(stated, lines, kind, kind_confidence, tax_breakdown, **(totals or {}))


def customer_order(lines: Sequence[Line] = (LAMP,), without: Sequence[str] = (), **fields: str | Field) -> Extraction:
    """Return a customer's order that passes every check, with the given changes."""
    stated = {k: v for k, v in {**ORDER, **fields}.items() if k not in without}
    return document(stated, lines, Kind.PURCHASE_ORDER)


def party(demo: DemoParty) -> Party:
    """Return a party as an ERP adapter would."""
    ibans = (demo.iban,) if demo.iban else ()
    return Party(demo.code, demo.name, (demo.vat_id,), None, ibans, (demo.email,), demo.country)


SUPPLIERS = tuple(party(demo) for demo in COMPANY.suppliers)
CUSTOMERS = tuple(party(demo) for demo in COMPANY.customers)
OURSELVES = Party("US", COMPANY.name, (COMPANY.vat_id,), country="DK", currency="EUR")
PRODUCTS = tuple(Product(p.code, p.code, p.name, p.list_price, p.unit) for p in COMPANY.products)
_NAMES = {p.code: p.name for p in COMPANY.products}
ORDERS = {
    order.number: PurchaseOrder(
        f"id-{order.number}",
        order.number,
        order.supplier,
        OrderState(order.state),
        "EUR",
        tuple(
            PurchaseOrderLine(
                f"{order.number}/{i}",
                _NAMES[x.product],
                x.quantity,
                x.unit_price,
                x.product,
                received=x.received,
            )
            for i, x in enumerate(order.lines, start=1)
        ),
        date(2026, 9, 1),
    )
    for order in COMPANY.orders
}


def facts(*orders: str | PurchaseOrder, **changes: object) -> ErpFacts:
    """Return what the ERP would answer for a document that names these orders; PO-2043 if none is given."""
    found = tuple(ORDERS[o] if isinstance(o, str) else o for o in orders or ("PO-2043",))
    known = ErpFacts(OURSELVES, SUPPLIERS, CUSTOMERS, PRODUCTS, found)
    return replace(known, **changes)  # type: ignore[arg-type]


def order(number: str = "PO-2043", line: int | None = None, **changes: object) -> PurchaseOrder:
    """Return an order with changes to it or, where `line` is given (from 0), to that line."""
    placed = ORDERS[number]
    if line is None:
        return replace(placed, **changes)  # type: ignore[arg-type]
    changed = replace(placed.lines[line], **changes)  # type: ignore[arg-type]
    return replace(placed, lines=(*placed.lines[:line], changed, *placed.lines[line + 1 :]))


def findings(
    extraction: Extraction, known: ErpFacts | None = None, policy: Policy | None = None
) -> tuple[Finding, ...]:
    """Validate and return the findings."""
    return validate(extraction, known or facts(), policy or Policy(), TODAY).findings


def holding(
    extraction: Extraction, known: ErpFacts | None = None, policy: Policy | None = None
) -> list[tuple[str, str]]:
    """Validate and return (code, severity) of the findings that keep the document from being posted."""
    found = findings(extraction, known, policy)
    return [(f.code.value, f.severity.value) for f in found if f.severity is not Severity.INFO]


def amount(value: Decimal) -> str:
    """Write an amount as extraction does."""
    return format(value, "f")
