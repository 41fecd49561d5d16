"""A document as the listing of an e-invoice's data: sections of labels and values in two columns, no table."""

from pipeline.domain.vocabulary import HeaderField, LineColumn
from training.synthesize.content.content import Item
from training.synthesize.content.party import Party
from training.synthesize.content.value import Value
from training.synthesize.layout.cells import cell
from training.synthesize.layout.meta import entries_to_show, title
from training.synthesize.layout.payment import bank, payment_block
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.table import line_table
from training.synthesize.layout.totals import total_rows
from training.synthesize.layout.typst import (
    NOTHING,
    Markup,
    below,
    bold,
    boxed,
    gap,
    grid,
    join,
    lines,
    lit,
    styled,
    words,
)

Pair = tuple[Markup, Markup]

_ORDERS = {
    "document seller buyer lines totals tax payment": 3.0,
    "seller buyer document lines tax totals payment": 2.0,
    "buyer seller document totals tax payment lines": 1.5,
    "document buyer seller lines totals payment tax": 1.0,
}


_TERMS: dict[str | None, str] = {f.value: f.business_term for f in HeaderField if f.business_term is not None}
_TERMS |= {f"line.{c.value}": c.business_term for c in LineColumn}


def is_listing(sheet: Sheet) -> bool:
    """Say whether the document is set as a listing."""
    content = sheet.content
    fits = content.variant in ("invoice", "credit_note", "purchase_order", "order_response")
    return fits and 0 < len(content.items) <= _MOST and sheet.design.flag("page.listing", 0.1)


_MOST = 25


def listing(sheet: Sheet) -> Markup:
    """Return the whole page as sections of labels and values."""
    design = sheet.design
    made = {
        "document": lambda: _section(sheet, sheet.label("section_document"), _document(sheet)),
        "seller": lambda: _section(sheet, sheet.label("seller"), _party(sheet, sheet.content.seller)),
        "buyer": lambda: join(
            _section(sheet, sheet.label("buyer"), _party(sheet, sheet.content.buyer)), _delivery(sheet)
        ),
        "lines": lambda: _lines(sheet),
        "totals": lambda: _section(sheet, sheet.label("section_totals"), _totals(sheet)),
        "tax": lambda: _section(sheet, sheet.label("section_tax"), _tax(sheet)),
        "payment": lambda: _payment(sheet),
    }
    order = design.choose("listing.order", _ORDERS).split()
    beside = design.flag("listing.parties_beside", 0.4) and order.index("seller") - order.index("buyer") in (-1, 1)
    parts = [title(sheet)]
    for name in order:
        if beside and name in ("seller", "buyer"):
            if len(parts) and name == next(n for n in order if n in ("seller", "buyer")):
                both = [made[n]() for n in order if n in ("seller", "buyer")]
                parts.append(grid("(1fr, 1fr)", both, "column-gutter: 12pt"))
            continue
        parts.append(made[name]())
    kept = [part for part in parts if part != NOTHING]
    return join(*(piece for i, part in enumerate(kept) for piece in ([gap(7)] if i else []) + [part]))


def _section(sheet: Sheet, heading: str, pairs: list[Pair]) -> Markup:
    if not pairs:
        return NOTHING
    head = _heading(sheet, heading)
    return below(head, _pairs(sheet, pairs))


def _heading(sheet: Sheet, heading: str) -> Markup:
    look = sheet.design.choose("listing.heading", {"bar": 4.0, "bold": 2.5, "ruled": 2.0, "large": 1.0})
    text = bold(lit(heading))
    if look == "bar":
        tint = sheet.design.loose("listing").pick(("luma(225)", f'rgb("{sheet.style.accent}").lighten(75%)'))
        return boxed(text, "width: 100%", f"fill: {tint}", "inset: 3pt")
    if look == "ruled":
        return boxed(text, "width: 100%", f"stroke: (bottom: {sheet.style.rule}pt)", "inset: (bottom: 2pt)")
    return styled(text, f"size: {sheet.style.size * 1.25:.1f}pt") if look == "large" else text


def _pairs(sheet: Sheet, pairs: list[Pair]) -> Markup:
    """Return labels and values in two columns, or each pair as a line of text."""
    design = sheet.design
    if design.flag("listing.inline", 0.25):
        return lines(words(label, value) for label, value in pairs)
    widths = design.choose(
        "listing.widths", {"(1fr, 1fr)": 3.0, "(1fr, 2fr)": 4.0, "(130pt, 1fr)": 2.0, "(2fr, 3fr)": 2.0}
    )
    ink = f"{sheet.style.rule}pt + luma(190)"
    rules = design.choose("listing.rules", {"none": 5.0, "rows": 2.0, "all": 1.5})
    zebra = "fill: (_, y) => if calc.odd(y) { luma(244) }" if design.flag("listing.zebra", 0.35) else ""
    return grid(
        widths,
        [part for pair in pairs for part in pair],
        f"stroke: {({'none': 'none', 'rows': f'(bottom: {ink})', 'all': ink})[rules]}",
        zebra,
        f"inset: (x: 3pt, y: {design.loose('listing.dense').fraction(1.2, 3.2):.1f}pt)",
        f"align: (left, {'right' if design.flag('listing.values_right', 0.08) else 'left'})",
        element="table",
    )


def _label(sheet: Sheet, text: str, span: str | None = None) -> Markup:
    """Print a label; some viewers name the business term of EN 16931 with it: "Invoice number (BT-1)"."""
    if span in _TERMS and sheet.design.flag("listing.terms", 0.12):
        text = f"{text.rstrip(':')} ({_TERMS[span]})"
    colon = ":" if sheet.design.flag("listing.colon", 0.75) else ""
    return lit(text if text.endswith((":", "#", ".")) and not colon else text.rstrip(":") + colon)


def _document(sheet: Sheet) -> list[Pair]:
    shown = [e for e in entries_to_show(sheet) if e.label != "payment_terms"]
    labels = sheet.words.labels
    pairs = [
        (_label(sheet, sheet.label(e.label) if e.label in labels else e.label, e.span), sheet.field(e.span, e.value))
        for e in shown
    ]
    currency = sheet.content.convention.currency
    if all(e.span != "currency" for e in shown) and sheet.design.flag("listing.currency", 0.7):
        pairs.append((_label(sheet, sheet.label("currency")), sheet.field("currency", Value(currency, currency))))
    return pairs


def _party(sheet: Sheet, party: Party) -> list[Pair]:
    """Return a party's name, address lines, numbers and contacts, one a row."""
    design, role = sheet.design, sheet.role(party)
    pairs: list[Pair] = [(_label(sheet, sheet.label("party_name"), f"{role}_name"), bold(sheet.name(party)))]
    if design.flag(f"listing.{role}_gln", 0.15):
        pairs.append((_label(sheet, sheet.label("gln")), lit(party.gln)))
    address = sheet.address(party)
    if design.flag("listing.address_in_rows", 0.6):
        pairs += [
            (_label(sheet, sheet.label("party_address")) if i == 0 else NOTHING, part) for i, part in enumerate(address)
        ]
    else:
        pairs.append((_label(sheet, sheet.label("party_address")), lines(address)))
    known = party.identity
    if design.flag(f"listing.{role}_contact", 0.4):
        pairs.append((_label(sheet, sheet.label("contact")), lit(party.person)))
        pairs.append((_label(sheet, sheet.label("phone")), lit(party.phone)))
    if design.flag(f"listing.{role}_email", 0.4):
        email = sheet.field("seller_email" if role == "seller" else None, Value(party.email, party.email))
        pairs.append((_label(sheet, sheet.label("email")), Markup(f"box({email})")))
    if known.registration is not None:
        span = "seller_registration_id" if role == "seller" else None
        pairs.append((_label(sheet, known.registration.scheme), sheet.field(span, known.registration.number)))
    if known.tax_number is not None:
        pairs.append((_label(sheet, known.tax_number.scheme), lit(known.tax_number.number.text)))
    if known.vat_id is not None and design.flag(f"listing.{role}_vat", 0.9):
        pairs.append((_label(sheet, known.vat_label, f"{role}_vat_id"), sheet.field(f"{role}_vat_id", known.vat_id)))
    return pairs


def _delivery(sheet: Sheet) -> Markup:
    party = sheet.content.delivery
    if party is None:
        return NOTHING
    address = sheet.address(party, "delivery_address")
    pairs = [(_label(sheet, sheet.label("party_name")), lit(party.name))]
    pairs += [(_label(sheet, sheet.label("party_address")) if i == 0 else NOTHING, a) for i, a in enumerate(address)]
    return join(gap(7), _section(sheet, sheet.label("delivery_to"), pairs))


def _lines(sheet: Sheet) -> Markup:
    """Return the positions, each as four to eight rows of label and value."""
    head = _heading(sheet, sheet.label("section_lines"))
    apart = sheet.design.choose("listing.lines", {"one_table": 2.0, "headed": 3.0, "blocks": 2.0, "table": 1.5})
    if apart == "table":
        return below(head, line_table(sheet))
    made = [_line(sheet, item, row) for row, item in enumerate(sheet.content.items)]
    if apart == "one_table":
        return below(head, _pairs(sheet, [pair for pairs in made for pair in pairs]))
    blocks = []
    for row, pairs in enumerate(made):
        over = bold(lit(f"{sheet.label('position')} {row + 1}")) if apart == "headed" else NOTHING
        blocks.append(below(over, _pairs(sheet, pairs)))
    return join(head, *(piece for block in blocks for piece in (gap(5), block)))


def _line(sheet: Sheet, item: Item, row: int) -> list[Pair]:
    names = ["position", "item_code", "description", "quantity", "unit", "unit_price", "discount", "tax_rate", "amount"]
    if sheet.content.taxed in ("standard", "mixed") and not sheet.content.gross_priced:
        names += ["tax_amount", "gross_amount"]
    names[3:3] = ["order_line", "line_date"]
    likely = {"position": 0.5, "item_code": 0.6, "unit": 0.5, "tax_rate": 0.6}
    likely |= {"order_line": 0.2, "line_date": 0.2, "tax_amount": 0.15, "gross_amount": 0.15}
    if sheet.design.flag("listing.amount_first", 0.15):
        names.remove("amount")
        names.insert(2, "amount")
    kept = [n for n in names if sheet.design.flag(f"listing.line_{n}", likely.get(n, 1.0))]
    if item.discount is None or "unit" not in kept:
        kept = [n for n in kept if n != "discount" or item.discount is not None]
    columns = frozenset(kept)
    spans = {"amount": "net_amount"}
    return [
        (_label(sheet, sheet.label(name), f"line.{spans.get(name, name)}"), cell(sheet, name, item, row, columns))
        for name in kept
    ]


def _totals(sheet: Sheet) -> list[Pair]:
    return [
        (join(label, lit(":")) if sheet.design.flag("listing.colon", 0.75) else label, bold(a) if counts else a)
        for label, a, counts in total_rows(sheet)
    ]


def _tax(sheet: Sheet) -> list[Pair]:
    content = sheet.content
    if content.taxed not in ("standard", "mixed") or not sheet.design.flag("listing.tax", 0.75):
        return []
    pairs: list[Pair] = []
    for index, row in enumerate(content.tax_rows):
        pairs += [
            (_label(sheet, sheet.label("tax_rate")), sheet.rate("tax.rate", row.rate, index)),
            (
                _label(sheet, sheet.label("taxable")),
                sheet.money("tax.taxable_amount", row.taxable, index, currency=False),
            ),
            (_label(sheet, sheet.label("tax_amount")), sheet.money("tax.tax_amount", row.tax, index, currency=False)),
        ]
    return pairs


def _payment(sheet: Sheet) -> Markup:
    content = sheet.content
    if not content.payment.terms and not content.payment.accounts:
        return NOTHING
    head = _heading(sheet, sheet.label("pay_heading"))
    if sheet.design.flag("listing.payment_plain", 0.3) or not content.payment.accounts:
        return below(head, payment_block(sheet))
    return below(head, payment_block(sheet, banks=[bank(sheet, a, "pairs") for a in content.payment.accounts]))
