"""The totals: which rows, in what order, and whether as table, foot of the line table, box, or a row of boxes."""

from decimal import Decimal

from pipeline.domain.vocabulary import Kind
from training.synthesize.content.value import Value
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.strip import totals_strip
from training.synthesize.layout.typst import (
    Markup,
    aligned,
    bold,
    boxed,
    grid,
    join,
    lines,
    lit,
    styled,
    words,
)

TOTAL_SHAPES = {"right": 7.0, "foot": 3.0, "left": 1.0, "full": 1.5, "boxed": 1.5, "across": 2.5, "lines": 1.5}
_STRIPS = {"fr": 5.0}
Row = tuple[Markup, Markup, bool]
"""Label, amount, and whether it is the one that counts."""


def total_rows(sheet: Sheet) -> list[Row]:
    """Return the rows of the totals with their marks."""
    content, design = sheet.content, sheet.design
    totals = content.totals
    rows: list[Row] = []
    adjusted = bool(content.charges) and not charges_in_table(sheet)
    if adjusted and not content.gross_priced:
        rows.append((lit(sheet.label("subtotal")), sheet.money(None, totals.items), False))
    taxed = content.taxed in ("standard", "mixed")
    late = adjusted and taxed and not content.gross_priced and design.flag("totals.charges_after_tax", 0.3)
    charges = [(c.amount, (lit(sheet.label(c.label)), sheet.money(None, c.amount), False)) for c in content.charges]
    if adjusted:
        rows += [row for amount, row in charges if amount < 0 or not late]
    if content.taxed == "untaxed":
        return [*rows, (_gross_label(sheet), sheet.money("net_total", totals.net), True)]
    net = (lit(sheet.label("net_total")), sheet.money("net_total", totals.net), False)
    tax = _tax_rows(sheet)
    if content.gross_priced:
        order = design.choose("totals.gross_order", {"total_first": 3.0, "net_first": 2.0, "total_only": 1.5})
        gross = (_gross_label(sheet), sheet.money("gross_total", totals.gross), True)
        middle = {"total_first": [gross, *tax], "net_first": [net, *tax, gross], "total_only": [gross]}[order]
        return [*rows, *middle, *_after(sheet, stated=True)]
    if taxed or design.flag("totals.zero_tax_shown", 0.6):
        if not late and not (adjusted and design.flag("totals.no_net_after_charges", 0.3)):
            rows.append(net)
        rows += tax
    if late:  # freight and fees below the tax: the rows still add up to the total
        rows += [row for amount, row in charges if amount >= 0]
    stated = (
        totals.due != totals.gross or not design.flag("totals.due_for_gross", 0.22) or content.kind is not Kind.INVOICE
    )
    if stated:
        rows.append((_gross_label(sheet), sheet.money("gross_total", totals.gross), True))
    return [*rows, *_after(sheet, stated=stated)]


def charges_in_table(sheet: Sheet) -> bool:
    """Say whether charges and discounts on the whole document are the line table's last rows, which are no lines."""
    content = sheet.content
    fits = content.charges and content.items and not content.gross_priced and content.kind is Kind.INVOICE
    return (
        bool(fits) and sheet.design.traits.get("page.listing") != "yes" and sheet.design.flag("charges.in_table", 0.3)
    )


def charge_rows(sheet: Sheet) -> list[tuple[Markup, Markup]]:
    """Return the charges and discounts that stand in the line table."""
    if not charges_in_table(sheet):
        return []
    charges = sheet.content.charges
    return [(lit(sheet.label(c.label)), sheet.money(None, c.amount, currency=False)) for c in charges]


def _gross_label(sheet: Sheet) -> Markup:
    label = sheet.label("gross_total")
    currency = sheet.content.convention.currency
    if sheet.content.convention.money == "none" and sheet.design.flag("totals.currency_in_label", 0.55):
        return join(lit(f"{label} "), sheet.field("currency", Value(currency, currency)))
    return lit(label)


def _tax_rows(sheet: Sheet) -> list[Row]:
    """Return one row of tax, or one for each rate; the sum of several is stated in some documents."""
    content = sheet.content
    rows = content.tax_rows
    if len(rows) <= 1:
        rate = rows[0].rate if rows else Decimal(0)
        if rows and sheet.design.flag("totals.rate_row", 0.25 if content.language == "en" else 0.08):
            return [
                (lit(sheet.label("tax_rate")), sheet.rate("tax.rate", rate, 0), False),
                (_bare_tax_label(sheet), sheet.money("tax_total", content.totals.tax), False),
            ]
        return [(sheet.rated_label("tax_total", rate, 0), sheet.money("tax_total", content.totals.tax), False)]
    shape = sheet.design.choose(
        "totals.several_rates", {"each": 3.0, "each_with_base": 2.0, "sum_only": 2.0, "each_and_sum": 1.0}
    )
    found: list[Row] = []
    if shape != "sum_only":
        for index, row in enumerate(rows):
            label = words(lit(content.tax_name), sheet.rate("tax.rate", row.rate, index))
            if shape == "each_with_base":
                of = sheet.design.loose("of").pick(("/", "-", "(", ":"))
                base = sheet.money("tax.taxable_amount", row.taxable, index, currency=False)
                label = join(label, lit(f" {of} "), base, lit(")" if of == "(" else ""))
            found.append((label, sheet.money("tax.tax_amount", row.tax, index), False))
    if shape in ("sum_only", "each_and_sum"):
        found.append((_bare_tax_label(sheet), sheet.money("tax_total", content.totals.tax), False))
    return found


def _bare_tax_label(sheet: Sheet) -> Markup:
    """Return the label of the tax total without the rate that stands in some wordings."""
    bare = sheet.label("tax_total").replace("{rate}", "").replace("()", "").replace("@", "").strip()
    return lit(bare or sheet.content.tax_name)


def _after(sheet: Sheet, *, stated: bool) -> list[Row]:
    """Return what follows the gross total: payments, rounding, the amount due."""
    totals, design = sheet.content.totals, sheet.design
    rows: list[Row] = []
    if totals.prepaid:
        shown = -totals.prepaid if design.flag("prepaid.negative", 0.4) else totals.prepaid
        rows.append((lit(sheet.label("prepaid")), sheet.money("prepaid_amount", shown), False))
    if totals.rounding:
        rows.append((lit(sheet.label("rounding")), sheet.money(None, totals.rounding), False))
    shows_due = sheet.content.kind is Kind.INVOICE and design.flag("totals.due_repeated", 0.15)
    if rows or not stated or shows_due:
        rows.append((lit(sheet.label("amount_due")), sheet.money("amount_due", totals.due), True))
    return rows


def total_shape(sheet: Sheet) -> str:
    """Return the totals' shape; untaxed documents have too few amounts for a strip."""
    strips = 0.0 if sheet.content.taxed == "untaxed" else _STRIPS.get(sheet.content.language, 2.5)
    return sheet.design.choose("totals.shape", TOTAL_SHAPES | {"strip": strips})


def _owed(sheet: Sheet) -> list[Row]:
    """Return what a strip states beside net, tax and gross: payments, rounding, the amount due."""
    wanted = sheet.content.kind is Kind.INVOICE and sheet.design.flag("strip.due", 0.4)
    return _after(sheet, stated=not wanted)


def is_foot(sheet: Sheet) -> bool:
    """Say whether the totals are the line table's last rows."""
    return total_shape(sheet) == "foot" and bool(sheet.content.items) and sheet.content.variant != "delivery_note"


def foot_rows(sheet: Sheet) -> list[tuple[Markup, Markup]]:
    """Return the totals as rows for the foot of the line table."""
    return [(bold(label), bold(amount)) if counts else (label, amount) for label, amount, counts in total_rows(sheet)]


def totals_block(sheet: Sheet) -> Markup:
    """Return the totals as a block of their own."""
    shape = total_shape(sheet)
    if shape == "strip":
        return totals_strip(sheet, _bare_tax_label(sheet), _owed(sheet))
    rows = total_rows(sheet)
    if shape == "across" and len(rows) <= 5:
        return _across(sheet, rows)
    if shape == "lines":
        return aligned(
            sheet.design.choose("totals.lines_at", {"right": 2.0, "left": 1.0}),
            lines(words(_with_colon(label), bold(amount) if counts else amount) for label, amount, counts in rows),
        )
    table = _table(sheet, rows, full=shape == "full")
    if shape == "left":
        return table
    if shape == "boxed":
        return aligned("right", boxed(table, f"stroke: {sheet.style.rule}pt", "inset: 5pt"))
    return table if shape == "full" else aligned("right", table)


def _across(sheet: Sheet, rows: list[Row]) -> Markup:
    """Return the labels in one row and the amounts below them."""
    design = sheet.design
    heads = [label if design.flag("totals.across_large", 0.4) else sheet.small(label) for label, _, _ in rows]
    if design.flag("totals.across_bold_heads", 0.35):
        heads = [bold(head) for head in heads]
    amounts = [bold(amount) if counts else amount for _, amount, counts in rows]
    ink = f"{sheet.style.rule}pt + luma(120)"
    rules = design.choose("totals.across_rules", {"all": 3.0, "none": 2.0, "row": 1.5, "outer": 1.0})
    stroke = {"all": ink, "none": "none", "row": f"(y: {ink})", "outer": f"(x, y) => (top: if y == 0 {{ {ink} }})"}
    fill = "fill: (_, y) => if y == 0 { luma(230) }" if design.flag("totals.across_filled", 0.25) else ""
    table = grid(
        f"({('1fr, ' if design.flag('totals.across_wide', 0.6) else 'auto, ') * len(rows)})",
        [*heads, *amounts],
        f"stroke: {stroke[rules]}",
        fill,
        "inset: (x: 5pt, y: 4pt)",
        f"align: {design.choose('totals.across_align', {'right': 3.0, 'center': 2.0, 'left': 1.5})}",
        element="table",
    )
    at_foot = design.flag("totals.across_at_foot", 0.3)
    placed = aligned(design.choose("totals.across_at", {"right": 2.0, "left": 1.0, "center": 0.5}), table)
    return join(Markup("v(1fr)"), placed) if at_foot else placed


def _with_colon(label: Markup) -> Markup:
    return join(label, lit(":"))


def _table(sheet: Sheet, rows: list[Row], *, full: bool) -> Markup:
    design, style = sheet.design, sheet.style
    emphasis = design.choose("totals.emphasis", {"bold": 5.0, "rule": 3.0, "filled": 2.0, "large": 1.5, "none": 1.0})
    line = design.choose("totals.rules", {"none": 5.0, "rows": 3.0, "all": 1.5})
    colon = design.flag("totals.colon", 0.35)
    cells: list[Markup] = []
    for label, amount, counts in rows:
        shown = [_with_colon(label) if colon else label, amount]
        if counts and emphasis == "large":
            shown = [styled(part, f"size: {style.size * 1.3:.1f}pt") for part in shown]
        cells += [bold(part) if counts and emphasis in ("bold", "filled") else part for part in shown]
    last = len(rows) - 1
    ink = f"{style.rule}pt + luma(150)"
    stroke = {"none": "none", "rows": f"(bottom: {ink})", "all": ink}[line]
    if emphasis == "rule" and line == "none":
        stroke = f"(x, y) => if y == {last} {{ (top: {style.rule}pt, bottom: {style.rule * 2}pt) }}"
    fill = f"fill: (_, y) => if y == {last} {{ luma(228) }}" if emphasis == "filled" else ""
    widths = (
        "(1fr, auto)"
        if full
        else design.choose("totals.widths", {"(auto, auto)": 3.0, "(12em, 9em)": 2.0, "(9em, auto)": 1.0})
    )
    return grid(
        widths,
        cells,
        f"stroke: {stroke}",
        fill,
        "align: (left, right)",
        f"inset: (x: 3.5pt, y: {1.8 + style.spread:.1f}pt)",
        element="table",
    )
