"""Receipts as mails print them: what was paid, when and with which card, few lines, no table."""

from pipeline.domain.vocabulary import Kind
from training.synthesize.content.content import Item
from training.synthesize.content.value import same
from training.synthesize.layout.footer import page_number
from training.synthesize.layout.letterhead import letterhead
from training.synthesize.layout.meta import own_entries, title
from training.synthesize.layout.parties import recipient
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.totals import total_rows
from training.synthesize.layout.typst import (
    NOTHING,
    Markup,
    aligned,
    bold,
    boxed,
    gap,
    grid,
    join,
    lines,
    lit,
    rule,
    styled,
    words,
)

_CARDS = ("Visa", "VISA", "Mastercard", "MasterCard", "AMEX", "American Express", "Visa Debit", "Dankort", "Apple Pay")


def is_paid(sheet: Sheet) -> bool:
    """Say whether a receipt that is no till's looks like a mail."""
    return sheet.content.kind is Kind.RECEIPT and sheet.design.flag("receipt.mailed", 0.65)


def paid(sheet: Sheet) -> Markup:
    """Return the whole receipt."""
    design = sheet.design
    head = letterhead(sheet) if design.flag("mailed.letterhead", 0.3) else bold(sheet.name(sheet.content.seller))
    facts = _facts(sheet)
    across = design.choose("mailed.facts", {"across": 3.0, "lines": 3.0, "pairs": 2.0})
    shown = {
        "across": lambda: grid(f"({'1fr, ' * len(facts)})", [lines(pair) for pair in facts], "column-gutter: 8pt"),
        "lines": lambda: lines(words(*pair) for pair in facts),
        "pairs": lambda: grid(
            "(auto, 1fr)", [part for pair in facts for part in pair], "column-gutter: 10pt", "row-gutter: 4pt"
        ),
    }[across]()
    to = recipient(sheet) if design.flag("mailed.recipient", 0.45) else NOTHING
    foot = sheet.small(lines([*sheet.address(sheet.content.seller), lit(sheet.content.seller.web)]), 0.8)
    parts = [
        head,
        _headline(sheet),
        shown,
        to,
        _lines(sheet),
        _totals(sheet),
        sheet.phrase("thanks"),
        foot,
        page_number(sheet),
    ]
    if design.flag("mailed.facts_last", 0.25):
        parts.insert(5, parts.pop(2))
    space = gap(sheet.style.size * design.loose("mailed").fraction(0.9, 2.2))
    body = join(*(piece for part in parts if part != NOTHING for piece in (part, space)))
    wide = design.choose("mailed.width", {"100%": 3.0, "75%": 2.0, "58%": 2.0})
    column = boxed(body, f"width: {wide}", "breakable: true")
    return aligned("center", join(Markup("set align(left)"), column)) if design.flag("mailed.centred", 0.6) else column


def _headline(sheet: Sheet) -> Markup:
    """Return what the mail says first: whose receipt it is, and in some the amount in large type."""
    design, loose = sheet.design, sheet.design.loose("mailed.headline")
    says = sheet.phrase("receipt_from")
    large = styled(
        says, f"size: {sheet.style.size * loose.fraction(1.2, 1.9):.1f}pt", loose.pick(('weight: "bold"', ""))
    )
    parts = [large if design.flag("mailed.says_from", 0.6) else title(sheet)]
    if design.flag("mailed.title_too", 0.4) and parts[0] is large:
        parts.append(title(sheet))
    if design.flag("mailed.amount_large", 0.5):
        amount = sheet.money("gross_total", sheet.content.totals.gross)
        parts.append(styled(amount, f"size: {sheet.style.size * loose.fraction(1.5, 2.8):.1f}pt", 'weight: "bold"'))
        _, dated = own_entries(sheet)
        text = loose.pick(sheet.words.phrases["paid_on"])
        parts.append(sheet.sentence(text, {"date": dated}))
    return join(*(piece for part in parts for piece in (part, gap(5))))


def _facts(sheet: Sheet) -> list[tuple[Markup, Markup]]:
    """Return number, date and how it was paid, label and value."""
    design, loose = sheet.design, sheet.design.loose("mailed.facts")
    number, dated = own_entries(sheet)
    found = [(sheet.label(e.label), sheet.field(e.span, e.value)) for e in (number, dated)]
    card = f"{loose.pick(_CARDS)}{loose.pick((' •••• ', ' **** ', ' - ', ' ending in ', ' ****'))}{loose.digits(4)}"
    if design.flag("mailed.card", 0.75):
        found.append((sheet.label("payment_method"), lit(card)))
    if design.flag("mailed.amount_in_facts", 0.3):
        found.insert(0, (_amount_paid(sheet), sheet.money("prepaid_amount", sheet.content.totals.gross)))
    grey = design.flag("mailed.grey_labels", 0.5)
    return [
        (styled(lit(f"{k}{sheet.colon}"), "fill: luma(100)") if grey else lit(f"{k}{sheet.colon}"), v) for k, v in found
    ]


def _amount_paid(sheet: Sheet) -> str:
    return sheet.design.loose("mailed.amount_paid").pick(sheet.words.phrases["amount_paid"])


def _lines(sheet: Sheet) -> Markup:
    how = sheet.design.choose("mailed.line", {"bare": 3.0, "quantity": 2.0, "below": 2.0})
    cells = [part for row, item in enumerate(sheet.content.items) for part in _line(sheet, item, row, how)]
    above = rule(f"{sheet.style.rule}pt + luma(190)") if sheet.design.flag("mailed.rule", 0.5) else NOTHING
    return join(above, gap(5), grid("(1fr, auto)", cells, "row-gutter: 5pt", "align: (left, right)"))


def _line(sheet: Sheet, item: Item, row: int, how: str) -> list[Markup]:
    text = sheet.field("line.description", same(item.description), row)
    amount = sheet.money("line.net_amount", item.net, row)
    count = sheet.content.convention.short(item.quantity)
    if how == "bare" and item.quantity == 1:
        return [text, amount]
    quantity = sheet.number("line.quantity", item.quantity, count, row)
    if how == "below":
        said = sheet.small(words(lit(sheet.label("quantity")), quantity), 0.85)
        return [lines([text, said]), amount]
    return [words(quantity, lit("x"), text), amount]


def _totals(sheet: Sheet) -> Markup:
    rows = [(label, amount, counts) for label, amount, counts in total_rows(sheet)]
    if sheet.design.flag("mailed.amount_paid", 0.5):
        paid_in_full = sheet.money("prepaid_amount", sheet.content.totals.gross)
        rows.append((lit(_amount_paid(sheet)), paid_in_full, sheet.design.flag("mailed.paid_bold", 0.5)))
    cells = [bold(part) if counts else part for label, amount, counts in rows for part in (label, amount)]
    return grid("(1fr, auto)", cells, "row-gutter: 5pt", "align: (left, right)")
