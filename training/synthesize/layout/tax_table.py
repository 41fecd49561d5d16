"""The breakdown by tax rate (BG-23) as a table of its own."""

from training.synthesize.content.content import TaxRow
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, bold, grid, lit


def tax_table(sheet: Sheet) -> Markup:
    """Return the breakdown by rate (BG-23) as a table, in documents that have one."""
    content = sheet.content
    likely = "tax_table.several" if len(content.tax_rows) > 1 else "tax_table.one"
    wanted = sheet.design.flag(likely, 0.6 if len(content.tax_rows) > 1 else 0.2)
    if content.taxed not in ("standard", "mixed") or not wanted:
        return NOTHING
    order = sheet.design.choose(
        "tax_table.order",
        {"rate taxable tax": 4.0, "taxable rate tax": 1.5, "rate taxable tax gross": 1.5, "rate tax taxable": 0.7},
    ).split()
    heads = {
        "rate": sheet.label("tax_rate"),
        "taxable": sheet.label("taxable"),
        "tax": sheet.label("tax_amount"),
        "gross": sheet.label("gross_amount"),
    }
    cells = [sheet.small(bold(lit(heads[name]))) for name in order]
    for index, row in enumerate(content.tax_rows):
        made = _cells(sheet, row, index)
        cells += [made[name] for name in order]
    rules = sheet.design.choose("tax_table.rules", {"all": 3.0, "none": 3.0, "head": 2.0})
    stroke = {
        "all": f"{sheet.style.rule}pt + luma(130)",
        "none": "none",
        "head": f"(x, y) => (bottom: if y == 0 {{ {sheet.style.rule}pt }})",
    }[rules]
    return grid(
        f"({'auto, ' * len(order)})",
        cells,
        f"stroke: {stroke}",
        "align: right",
        "inset: (x: 5pt, y: 2.4pt)",
        element="table",
    )


def _cells(sheet: Sheet, row: TaxRow, index: int) -> dict[str, Markup]:
    return {
        "rate": sheet.rate("tax.rate", row.rate, index),
        "taxable": sheet.money("tax.taxable_amount", row.taxable, index, currency=False),
        "tax": sheet.money("tax.tax_amount", row.tax, index, currency=False),
        "gross": sheet.money(None, row.taxable + row.tax, currency=False),
    }
