"""Totals as a strip: net, tax and gross as headings over amounts in one row, with the breakdown beside them."""

from decimal import Decimal

from training.synthesize.content.value import Value
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, aligned, bold, gap, grid, join, lit

Cell = tuple[Markup, Markup, bool]
"""Heading, amount, and whether it is one that counts."""


def has_breakdown(sheet: Sheet) -> bool:
    """Say whether the strip of totals holds the breakdown by rate (BG-23) too."""
    return sheet.content.taxed in ("standard", "mixed") and sheet.design.flag("strip.breakdown", 0.35)


def totals_strip(sheet: Sheet, tax_label: Markup, owed: list[Cell]) -> Markup:
    """Return the totals in one row; `owed` are prepayment, rounding and amount due, in the row or below it."""
    design, content = sheet.design, sheet.content
    shown = design.flag("strip.currency_in_cells", 0.5)

    def amount(span: str | None, value: Decimal) -> Markup:
        return sheet.money(span, value, currency=shown)

    totals = content.totals
    cells: list[Cell] = []
    if content.charges and not content.gross_priced and design.flag("strip.charges", 0.5):
        cells.append((lit(sheet.label("subtotal")), amount(None, totals.items), False))
        cells += [(lit(sheet.label(c.label)), amount(None, c.amount), False) for c in content.charges[:2]]
    cells.append((lit(sheet.label("net_total")), amount("net_total", totals.net), False))
    cells.append((tax_label, amount("tax_total", totals.tax), False))
    cells.append((lit(sheet.label("gross_total")), amount("gross_total", totals.gross), True))
    if len(owed) == 1 and design.flag("strip.due_inside", 0.5):
        cells, owed = [*cells, *owed], []
    if design.flag("strip.currency", 0.25):
        code = sheet.field("currency", Value(content.convention.currency, content.convention.currency))
        cells.insert(
            0 if design.flag("strip.currency_first", 0.4) else len(cells), (lit(sheet.label("currency")), code, False)
        )
    if design.flag("strip.turned", 0.06):
        cells.reverse()
    breakdown = _breakdown(sheet) if has_breakdown(sheet) else []
    row = _row(sheet, breakdown, cells)
    place = design.choose("strip.place", {"full": 5.0, "right": 3.0, "left": 1.0})
    placed = row if place == "full" or breakdown else aligned(place, row)
    whole = join(placed, *(piece for cell in owed for piece in (gap(4), _box(sheet, cell))))
    return join(Markup("v(1fr)"), whole) if design.flag("strip.at_foot", 0.35) else whole


def _breakdown(sheet: Sheet) -> list[list[Cell]]:
    """Return rate, base and tax of each rate."""
    heads = [lit(sheet.label(key)) for key in ("tax_rate", "taxable", "tax_amount")]
    rows: list[list[Cell]] = []
    for index, row in enumerate(sheet.content.tax_rows):
        amounts = (
            sheet.rate("tax.rate", row.rate, index),
            sheet.money("tax.taxable_amount", row.taxable, index, currency=False),
            sheet.money("tax.tax_amount", row.tax, index, currency=False),
        )
        rows.append([(head, amount, False) for head, amount in zip(heads, amounts, strict=True)])
    return rows


def _row(sheet: Sheet, breakdown: list[list[Cell]], cells: list[Cell]) -> Markup:
    design, style = sheet.design, sheet.style
    first = [*(breakdown[0] if breakdown else []), *cells]
    factor = 0.95 if len(first) <= 4 else 0.85 if len(first) <= 6 else 0.7
    heavy = design.flag("strip.bold_heads", 0.5)
    made = [sheet.small(bold(head) if heavy else head, factor) for head, _, _ in first]
    made += [sheet.small(bold(amount) if counts else amount, factor) for _, amount, counts in first]
    for row in breakdown[1:]:
        made += [*(sheet.small(amount, factor) for _, amount, _ in row), *([NOTHING] * len(cells))]
    look = design.choose("strip.look", {"framed": 4.0, "ruled": 2.0, "filled": 2.5, "bare": 2.0, "tinted": 1.5})
    ink = f"{style.rule}pt + luma(110)"
    stroke = {"framed": ink, "filled": ink, "ruled": f"(_, y) => (bottom: if y == 0 {{ {ink} }})"}.get(look, "none")
    tint = {"filled": "luma(225)", "tinted": f'rgb("{style.accent}").lighten(80%)'}.get(look)
    wide = bool(breakdown) or len(first) > 5 or design.flag("strip.equal", 0.5)
    return grid(
        f"({('1fr, ' if wide else 'auto, ') * len(first)})",
        made,
        f"stroke: {stroke}",
        f"fill: (_, y) => if y == 0 {{ {tint} }}" if tint else "",
        f"align: {design.choose('strip.align', {'right': 3.0, 'center': 3.0, 'left': 1.5})}",
        "inset: (x: 4pt, y: 3.5pt)",
        element="table",
    )


def _box(sheet: Sheet, cell: Cell) -> Markup:
    """Return a row of its own below the strip."""
    label, amount, counts = cell
    shown = [bold(label), bold(amount)] if counts else [label, amount]
    stroke = f"stroke: {sheet.style.rule}pt" if sheet.design.flag("strip.owed_framed", 0.6) else "stroke: none"
    return aligned("right", grid("(auto, auto)", shown, stroke, "inset: 4pt", "align: (left, right)", element="table"))
