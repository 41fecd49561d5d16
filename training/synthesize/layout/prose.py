"""Pages of running text: contracts, terms of sale behind an invoice, flyers. Text in one, two or three columns."""

from training.synthesize.layout.letterhead import letterhead
from training.synthesize.layout.meta import title
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, below, bold, boxed, gap, grid, join, lines, lit, styled

_TRADED = ("invoice", "credit_note", "purchase_order", "order_response", "quote")


def contract(sheet: Sheet) -> Markup:
    """Return numbered clauses and the places to sign."""
    across = int(sheet.design.choose("contract.columns", {"1": 3.0, "2": 2.0}))
    body = _clauses(sheet, sheet.design.loose("contract").between(4, 10), across)
    if not sheet.design.flag("contract.signed", 0.7):
        return body
    names = [lines([lit("_" * 24), sheet.name(one)]) for one in (sheet.content.seller, sheet.content.buyer)]
    return join(body, gap(30), grid("(1fr, 1fr)", names, "column-gutter: 24pt"))


def terms_page(sheet: Sheet) -> Markup:
    """Return a page of small print behind some papers that state a price."""
    if sheet.content.variant not in _TRADED or not sheet.design.flag("terms.page", 0.035):
        return NOTHING
    across = int(sheet.design.choose("terms.columns", {"2": 3.0, "3": 2.0, "1": 1.0}))
    heading = sheet.design.loose("terms").pick(sheet.words.titles["contract"])
    return join(
        Markup("pagebreak(weak: true)"),
        bold(lit(heading)),
        gap(8),
        sheet.small(_clauses(sheet, sheet.design.loose("terms").between(5, 10), across), 0.72),
    )


def flyer(sheet: Sheet) -> Markup:
    """Return a page that advertises goods in cards side by side; it states no transaction."""
    design, loose = sheet.design, sheet.design.loose("flyer")
    across = int(design.choose("flyer.columns", {"2": 3.0, "3": 3.0, "4": 1.0}))
    offers = [_offer(sheet, number) for number in range(across * loose.between(2, 4))]
    slogans = loose.sample(sheet.words.phrases["flyer"], loose.between(1, 3))
    shout = styled(sheet.sentence(slogans[0]), f"size: {sheet.style.size * loose.fraction(1.4, 2.6):.1f}pt")
    head = letterhead(sheet) if design.flag("flyer.letterhead", 0.6) else sheet.name(sheet.content.seller)
    cards = grid(f"({'1fr, ' * across})", offers, "column-gutter: 8pt", "row-gutter: 8pt")
    parts = [title(sheet), head, shout, cards, *(sheet.sentence(text) for text in slogans[1:])]
    return join(*(piece for part in parts if part != NOTHING for piece in (part, gap(10))))


def _clauses(sheet: Sheet, count: int, across: int) -> Markup:
    loose = sheet.design.loose("clauses")
    numbered = sheet.design.choose("clauses.numbers", {"1.": 4.0, "§ 1": 2.0, "1)": 1.0, "none": 1.0})
    apart = sheet.design.flag("clauses.heading_apart", 0.5)
    parts = []
    for index, clause in enumerate(loose.sample(sheet.words.phrases["contract"], count), 1):
        heading, _, text = (piece.strip() for piece in clause.partition(":"))
        number = "" if numbered == "none" else f"{numbered.replace('1', str(index))} "
        head, body = bold(lit(f"{number}{heading}")), sheet.sentence(text)
        parts.append(lines([head, body]) if apart else join(head, lit(": "), body))
    each = -(-len(parts) // across)
    columns = [below(*parts[start : start + each]) for start in range(0, len(parts), each)]
    return columns[0] if across == 1 else grid(f"({'1fr, ' * across})", columns, "column-gutter: 14pt")


def _offer(sheet: Sheet, number: int) -> Markup:
    loose, ways = sheet.design.loose(f"offer/{number}"), sheet.content.convention
    price = loose.log_amount(2, 900)
    shown = f"{ways.sign}{ways.amount(price)}" if ways.money == "glued" else f"{ways.amount(price)} {ways.sign}"
    before = styled(lit(ways.amount(price * 2)), "fill: luma(110)") if loose.maybe(0.4) else NOTHING
    name = loose.pick(sheet.words.goods["products"])
    card = lines(
        [
            bold(lit(name)),
            lit(loose.pick(sheet.words.goods["attributes"])),
            before,
            styled(lit(shown), f"size: {sheet.style.size * 1.6:.1f}pt", 'weight: "bold"'),
        ]
    )
    return boxed(card, "width: 100%", f"stroke: {sheet.style.rule}pt + luma(160)", "inset: 5pt")
