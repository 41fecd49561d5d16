"""The line table: rules, fills, headings, sections, and sums carried from page to page."""

from decimal import Decimal
from itertools import pairwise

from training.synthesize.content.content import Item
from training.synthesize.content.value import Value
from training.synthesize.layout.cells import cell
from training.synthesize.layout.columns import TEXT, Column, choose_columns, is_headless, table_currency, unheaded
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, bold, boxed, gap, grid, join, lit, styled, words

_LINES_WHEN_CHUNKED = 14


def line_table(sheet: Sheet, foot: list[tuple[Markup, Markup]] | None = None) -> Markup:
    """Return the table of line items; `foot` are total rows set as its last rows."""
    if not sheet.content.items:
        return NOTHING
    columns = choose_columns(sheet)
    if not foot and sheet.design.flag("table.blocks", 0.04):
        return line_blocks(sheet, columns)
    has_amount = any(column.name == "amount" for column in columns)
    chunked = has_amount and len(sheet.content.items) > _LINES_WHEN_CHUNKED and sheet.design.flag("table.carried", 0.5)
    if not chunked:
        return _table(sheet, columns, list(enumerate(sheet.content.items)), [], foot or [])
    return _carried(sheet, columns, foot or [])


def line_blocks(sheet: Sheet, columns: list[Column]) -> Markup:
    """Return line items as blocks of labelled values instead of a table."""
    names = frozenset(column.name for column in columns)
    across = int(sheet.design.choose("blocks.across", {"1": 2.0, "2": 3.0, "4": 2.0}))
    first = [name for name in ("position", "description") if name in names]
    blocks: list[Markup] = []
    for row, item in enumerate(sheet.content.items):
        head = words(*(cell(sheet, name, item, row, names) for name in first))
        facts = [
            sheet.pair(column.heading, cell(sheet, column.name, item, row, names))
            for column in columns
            if column.name not in first
        ]
        blocks += [
            boxed(bold(head), "breakable: false"),
            grid(f"({'1fr, ' * across})", facts, "row-gutter: 3pt"),
            gap(6),
        ]
    return join(*blocks)


def _carried(sheet: Sheet, columns: list[Column], foot: list[tuple[Markup, Markup]]) -> Markup:
    """Return one table a page, with the sum so far carried over."""
    numbered = list(enumerate(sheet.content.items))
    first, later = 9, 14
    cuts = [0, *range(first, len(numbered), later), len(numbered)]
    parts: list[Markup] = []
    sum_so_far = Decimal(0)
    for start, stop in pairwise(cuts):
        last = stop == len(numbered)
        head = [(lit(sheet.label("brought")), sheet.money(None, sum_so_far, currency=False))] if start else []
        sum_so_far += sum((item.net for _, item in numbered[start:stop]), Decimal(0))
        carried = [] if last else [(lit(sheet.label("carried")), sheet.money(None, sum_so_far, currency=False))]
        parts += [_table(sheet, columns, numbered[start:stop], head, foot if last else carried)]
        parts += [] if last else [Markup("pagebreak()")]
    return join(*parts)


def _table(
    sheet: Sheet,
    columns: list[Column],
    numbered: list[tuple[int, Item]],
    head: list[tuple[Markup, Markup]],
    foot: list[tuple[Markup, Markup]],
) -> Markup:
    heads = [] if is_headless(sheet) else [_headings(sheet, columns)]
    cells: list[Markup] = [c for label, amount in head for c in sum_row(columns, label, amount)]
    section, section_sum = "", Decimal(0)
    for row, item in numbered:
        if item.section != section:
            cells += _section_end(sheet, columns, section, section_sum)
            section, section_sum = item.section, Decimal(0)
            cells.append(Markup(f"table.cell(colspan: {len(columns)}, {bold(lit(section))})"))
        section_sum += item.net
        cells += _row(sheet, columns, item, row)
    cells += _section_end(sheet, columns, section, section_sum)
    side = sheet.design.choose("table.foot_labels", {"right": 4.0, "left": 2.0})
    cells += [c for label, amount in foot for c in sum_row(columns, label, amount, side)]
    widths = "(" + ", ".join("1fr" if column.width == 0 else f"{column.width:.1f}pt" for column in columns) + ",)"
    return grid(widths, [*heads, *cells], *_look(sheet, columns), element="table")


def _row(sheet: Sheet, columns: list[Column], item: Item, row: int) -> list[Markup]:
    """Return a line's cells; in some documents its description has a row of its own above or below the numbers."""
    names = frozenset(column.name for column in columns)
    made = {column.name: _breakless(cell(sheet, column.name, item, row, names)) for column in columns}
    if len(columns) < 4 or not sheet.design.flag("table.stacked", 0.04):
        return list(made.values())
    text = Markup(f"table.cell(colspan: {len(columns)}, align: left, {cell(sheet, 'description', item, row, names)})")
    numbers = list((made | {"description": NOTHING}).values())
    return [*numbers, text] if sheet.design.flag("stacked.text_below", 0.3) else [text, *numbers]


def _breakless(content: Markup) -> Markup:
    return Markup(f"table.cell(breakable: false, {content})")


def _section_end(sheet: Sheet, columns: list[Column], section: str, total: Decimal) -> list[Markup]:
    if not section or "amount" not in {c.name for c in columns} or not sheet.design.flag("table.section_totals", 0.6):
        return []
    return sum_row(
        columns, lit(sheet.label("section_total", section=section)), sheet.money(None, total, currency=False)
    )


def sum_row(columns: list[Column], label: Markup, amount: Markup, side: str = "right") -> list[Markup]:
    """Return the cells of a row with a label over the columns before the amount's."""
    at = next((index for index, column in enumerate(columns) if column.name == "amount"), len(columns) - 1)
    if len(columns) == 1:
        return [words(label, amount)]
    if at == 0:
        return [amount, label, *([NOTHING] * (len(columns) - 2))]
    before = Markup(f"table.cell(colspan: {at}, align: {side}, {label})")
    return [before, amount, *([NOTHING] * (len(columns) - at - 1))]


def _headings(sheet: Sheet, columns: list[Column]) -> Markup:
    dark = sheet.design.choose("table.head", TABLE_HEADS) == "dark"
    weight = sheet.design.choose("table.head_weight", {"bold": 6.0, "regular": 3.0})
    settings = [f'weight: "{weight}"', "fill: white" if dark else "", f"size: {sheet.style.size * 0.92:.2f}pt"]
    currency = sheet.content.convention.currency
    apart = sheet.design.choose("table.head_align", {"as_cells": 8.0, "left": 1.5, "center": 1.5})
    cells = []
    bare = unheaded(sheet, columns)
    for column in columns:
        heading = NOTHING if column.name in bare else lit(column.heading)
        if (
            column.name == "amount"
            and not table_currency(sheet)
            and sheet.design.flag("table.currency_in_heading", 0.15)
        ):
            heading = join(heading, lit(" "), sheet.field("currency", Value(currency, currency)))
        placed = styled(heading, *settings)
        cells.append(placed if apart == "as_cells" else Markup(f"table.cell(align: {apart}, {placed})"))
    repeat = "true" if sheet.design.flag("table.head_repeated", 0.7) else "false"
    return Markup(f"table.header(repeat: {repeat}, {', '.join(cells)})")


TABLE_HEADS = {"plain": 4.0, "light": 3.0, "dark": 3.0, "ruled": 3.0, "tinted": 1.5}
TABLE_RULES = {"none": 3.0, "rows": 4.0, "all": 3.0, "outer": 1.0, "columns": 1.2, "head_and_foot": 2.5}


def _look(sheet: Sheet, columns: list[Column]) -> list[str]:
    design, style = sheet.design, sheet.style
    head, rules = design.choose("table.head", TABLE_HEADS), design.choose("table.rules", TABLE_RULES)
    accent = f'rgb("{style.accent}")'
    line, dark = (
        f"{style.rule}pt + luma({design.loose('table').pick((60, 120, 170, 200))})",
        f"{style.rule * 1.6:.2f}pt + {accent}",
    )
    stroke = {
        "none": "none",
        "all": line,
        "outer": f"(x, y) => (bottom: if y == 0 {{ {line} }})",
        "rows": f"(x, y) => (bottom: {line})",
        "columns": f"(x, y) => (left: if x > 0 {{ {line} }}, bottom: if y == 0 {{ {line} }})",
        "head_and_foot": f"(x, y) => if y == 0 {{ (top: {dark}, bottom: {dark}) }}",
    }[rules]
    if head == "ruled" and rules in ("none", "rows"):
        body = f"bottom: {line}" if rules == "rows" else ""
        stroke = f"(x, y) => if y == 0 {{ (bottom: {dark}) }} else {{ ({body or 'bottom: none'}) }}"
    zebra = (
        f"calc.even(y) and y > 0 {{ luma({design.loose('zebra').pick((235, 242, 248))}) }}"
        if design.flag("table.zebra", 0.2)
        else ""
    )
    top = {"light": "luma(225)", "dark": accent, "tinted": f"{accent}.lighten(80%)"}.get(head, "")
    if head == "dark" and style.accent == "#f9a825":
        top = "luma(60)"
    rules_of_fill = [f"y == 0 {{ {top} }}"] if top and not is_headless(sheet) else []
    rules_of_fill += [zebra] if zebra else []
    fill = f"fill: (x, y) => {' else '.join(f'if {part}' for part in rules_of_fill)}" if rules_of_fill else ""
    height = {"top": "", "middle": " + horizon", "bottom": " + bottom"}[
        design.choose("table.height", {"top": 8.0, "middle": 2.2, "bottom": 0.8})
    ]
    numbers = design.choose("table.numbers", {"right": 9.0, "left": 0.6, "centre": 0.6})
    sides = [
        ("left" if c.name in TEXT else {"right": "right", "left": "left", "centre": "center"}[numbers]) + height
        for c in columns
    ]
    density = {"dense": 1.6, "normal": 3.0, "airy": 5.0, "sparse": 4.0}[design.traits["density"]] * min(
        style.spread, 2.5
    )
    return [f"stroke: {stroke}", fill, f"align: ({', '.join(sides)},)", f"inset: (x: 3.5pt, y: {density:.1f}pt)"]


def framed(sheet: Sheet, table: Markup) -> Markup:
    """Frame a table whose rules are only outside."""
    if table == NOTHING or "pagebreak()" in table or sheet.design.traits.get("table.rules") != "outer":
        return table
    return join(boxed(table, f"stroke: {sheet.style.rule}pt", "width: 100%"), gap(4))
