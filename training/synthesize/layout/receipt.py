"""Till receipts: a narrow strip from a thermal printer."""

from decimal import Decimal

from training.synthesize.content.content import Item
from training.synthesize.content.value import same
from training.synthesize.layout import identity
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.tax_table import tax_table
from training.synthesize.layout.totals import total_rows
from training.synthesize.layout.typst import NOTHING, Markup, aligned, below, bold, grid, join, lines, lit, words


def receipt(sheet: Sheet) -> Markup:
    """Return the strip from head to thanks."""
    where = sheet.design.choose("receipt.head", {"center": 4.0, "left": 1.0})
    issuer = sheet.content.issuer
    head = lines(
        [
            bold(sheet.name(issuer)),
            *sheet.address(issuer),
            *identity.contacts(sheet, issuer, labelled=True)[:1],
            *identity.numbers(sheet, issuer),
        ]
    )
    entries = lines(
        words(lit(f"{sheet.label(e.label)}{sheet.colon}"), sheet.field(e.span, e.value))
        for e in sheet.content.meta[: sheet.design.loose("receipt").between(2, 5)]
    )
    title = (
        bold(lit(sheet.design.loose("title").pick(sheet.words.titles["receipt"])))
        if sheet.design.flag("receipt.title", 0.6)
        else NOTHING
    )
    thanks = aligned(where, sheet.phrase("thanks")) if sheet.design.flag("receipt.thanks", 0.7) else NOTHING
    return below(
        aligned(where, head),
        aligned(where, title),
        entries,
        _cut(sheet),
        _items(sheet),
        _cut(sheet),
        _totals(sheet),
        _paid(sheet),
        tax_table(sheet),
        thanks,
    )


def _cut(sheet: Sheet) -> Markup:
    how = sheet.design.choose("receipt.cut", {"dashes": 3.0, "line": 2.0, "none": 1.0, "stars": 0.5})
    if how == "line":
        return Markup("line(length: 100%, stroke: 0.5pt)")
    return {"dashes": lit("-" * 28), "stars": lit("*" * 28)}.get(how, NOTHING)


def _items(sheet: Sheet) -> Markup:
    shape = sheet.design.choose(
        "receipt.line", {"quantity_first": 3.0, "below": 3.0, "price_below": 2.0, "columns": 1.5}
    )
    cells = [cell for row, item in enumerate(sheet.content.items) for cell in _line(sheet, item, row, shape)]
    return grid("(1fr, auto)", cells, "row-gutter: 4pt", "column-gutter: 5pt", "align: (left, right)")


def _line(sheet: Sheet, item: Item, row: int, shape: str) -> list[Markup]:
    ways = sheet.content.convention
    quantity = sheet.number("line.quantity", item.quantity, ways.short(item.quantity), row)
    price = sheet.number("line.unit_price", item.price, ways.amount(item.price, ways.price_decimals), row)
    amount = sheet.number("line.net_amount", item.net, ways.amount(item.net), row)
    text = sheet.field("line.description", same(item.description), row)
    if shape == "quantity_first":
        return [words(quantity, text), amount]
    if shape == "below":
        return [text, amount, words(lit(" "), quantity, lit("x"), price), NOTHING]
    if shape == "price_below":
        return [text, NOTHING, words(quantity, sheet.field("line.unit", same(item.unit), row), lit("x"), price), amount]
    return [join(text, lit("  "), quantity, lit(" x "), price), amount]


def _totals(sheet: Sheet) -> Markup:
    cells = [bold(part) if counts else part for label, amount, counts in total_rows(sheet) for part in (label, amount)]
    return grid("(1fr, auto)", cells, "row-gutter: 4pt", "align: (left, right)")


def _paid(sheet: Sheet) -> Markup:
    how = sheet.design.choose("receipt.paid", {"card": 3.0, "cash": 2.0, "none": 1.0})
    if how == "none":
        return NOTHING
    ways, gross = sheet.content.convention, sheet.content.totals.gross
    handed = gross if how == "card" else (gross / 50).to_integral_value() * 50 + 50
    rows = [sheet.phrase(how), lit(ways.amount(handed))]
    if how == "cash":
        rows += [sheet.phrase("change"), lit(ways.amount(handed - gross + Decimal(0)))]
    return grid("(1fr, auto)", rows, "row-gutter: 4pt", "align: (left, right)")
