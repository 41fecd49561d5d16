"""What stands in the cells of a line table."""

from collections.abc import Callable
from decimal import Decimal

from pipeline.domain.figures import to_cents
from pipeline.domain.money import to_plain
from training.synthesize.content.content import Item
from training.synthesize.content.value import Value, same
from training.synthesize.layout.columns import merged_unit, price_sign, table_currency, times_sign
from training.synthesize.layout.sheet import Sheet
from training.synthesize.layout.typst import NOTHING, Markup, join, lines, lit, words


def cell(sheet: Sheet, name: str, item: Item, row: int, columns: frozenset[str]) -> Markup:
    """Return what stands in the cell of `name` on line `row` (from 0)."""
    if name == "description":
        return _description(sheet, item, row, columns)
    return _CELLS[name](sheet, item, row)


def _quantity(sheet: Sheet, item: Item, row: int) -> Markup:
    ways, design = sheet.content.convention, sheet.design
    fixed = design.choose("quantity.decimals", {"short": 7.0, "fixed": 2.0})
    text = (
        ways.short(item.quantity)
        if fixed == "short"
        else ways.number(item.quantity, 3 if item.quantity != item.quantity.quantize(Decimal("0.01")) else 2)
    )
    number = sheet.number("line.quantity", item.quantity, text, row)
    if not merged_unit(sheet):
        sign = times_sign(sheet)
        if sign.startswith(" "):
            return join(number, lit(sign))
        return sheet.number("line.quantity", item.quantity, f"{text}{sign}", row) if sign else number
    shape = sheet.design.choose("quantity.unit", {"behind": 6.0, "before": 0.7, "glued": 1.2})
    if shape == "glued":  # one word, which is the quantity
        return sheet.number("line.quantity", item.quantity, f"{text}{item.unit}", row)
    unit = sheet.field("line.unit", same(item.unit), row)
    return words(unit, number) if shape == "before" else words(number, unit)


def _discount(sheet: Sheet, item: Item, row: int) -> Markup:
    ways = sheet.content.convention
    if item.discount is None:
        return lit(sheet.design.choose("discount.none", {"": 3.0, "-": 1.0}))
    shape = sheet.design.choose("discount.shape", {"percent": 5.0, "minus_percent": 1.0, "bare": 2.0, "amount": 1.5})
    if shape == "amount":
        off = to_cents(item.quantity * item.price) - item.net
        return sheet.number("line.discount", off, ways.amount(off), row)
    if shape == "bare":
        return sheet.number("line.discount", item.discount, ways.short(item.discount), row)
    value = item.discount if shape == "percent" else -item.discount
    return sheet.field(
        "line.discount", Value(ways.percent(value) if value > 0 else f"-{ways.percent(-value)}", to_plain(value)), row
    )


def _rate(sheet: Sheet, item: Item, row: int) -> Markup:
    ways = sheet.content.convention
    shape = sheet.design.choose("line_rate.shape", {"percent": 5.0, "bare": 3.0, "decimals": 1.0})
    if item.rate != item.rate.quantize(Decimal("0.01")):
        shape = "bare"
    text = {"percent": ways.percent(item.rate), "bare": ways.short(item.rate), "decimals": ways.number(item.rate, 2)}[
        shape
    ]
    return sheet.number("line.tax_rate", item.rate, text, row)


def _price(sheet: Sheet, item: Item, row: int) -> Markup:
    """Return the price; some documents print whole ones without decimals, and some what one of is priced: "$50/hr"."""
    whole = item.price == item.price.to_integral_value() and sheet.design.flag("price.whole_bare", 0.2)
    decimals = 0 if whole else sheet.content.convention.price_decimals
    price = sheet.money("line.unit_price", item.price, row, currency=table_currency(sheet), decimals=decimals)
    if sign := price_sign(sheet):
        price = join(lit(sign), price)
    if item.unit and sheet.design.flag("price.per_unit", 0.05):
        between = sheet.design.loose("price.per").pick(("/", " / ", " /"))
        return join(price, lit(f"{between}{item.unit}"))
    return price


def _coded(span: str, attribute: str) -> Callable[[Sheet, Item, int], Markup]:
    return lambda sheet, item, row: sheet.field(span, same(getattr(item, attribute)), row)


def _amount(sheet: Sheet, item: Item, row: int) -> Markup:
    return sheet.money("line.net_amount", item.net, row, currency=table_currency(sheet))


def _position(_sheet: Sheet, item: Item, _row: int) -> Markup:
    return lit(item.position)


def _tax_amount(sheet: Sheet, item: Item, _row: int) -> Markup:
    return sheet.money(None, item.tax, currency=False)


def _gross_amount(sheet: Sheet, item: Item, _row: int) -> Markup:
    return sheet.money(None, item.net + item.tax, currency=False)


def _line_date(sheet: Sheet, item: Item, _row: int) -> Markup:
    return lit(sheet.content.convention.date(item.delivered).text) if item.delivered else NOTHING


_CELLS: dict[str, Callable[[Sheet, Item, int], Markup]] = {
    "position": _position,
    "item_code": _coded("line.item_code", "code"),
    "quantity": _quantity,
    "unit": _coded("line.unit", "unit"),
    "unit_price": _price,
    "discount": _discount,
    "tax_rate": _rate,
    "tax_amount": _tax_amount,
    "amount": _amount,
    "gross_amount": _gross_amount,
    "order_line": _coded("line.order_line_reference", "order_line"),
    "line_date": _line_date,
}


def _description(sheet: Sheet, item: Item, row: int, columns: frozenset[str]) -> Markup:
    """Return the description and its details, with a code beside, above or below where there is no column for it."""
    text = sheet.field("line.description", same(item.description), row)
    code = sheet.design.choose(
        "code_in_description", {"no": 6.0, "brackets": 1.0, "before": 1.0, "dash": 1.0, "below": 1.0, "above": 1.0}
    )
    above: list[Markup] = []
    below: list[Markup] = []
    if code != "no" and "item_code" not in columns:
        number = same(item.code)
        if code == "brackets":
            text = words(sheet.field("line.item_code", Value(f"[{item.code}]", item.code), row), text)
        elif code == "before":
            text = words(sheet.field("line.item_code", number, row), text)
        elif code == "dash":
            text = words(sheet.field("line.item_code", number, row), lit("-"), text)
        else:
            labelled = join(lit(f"{sheet.label('item_code')}: "), sheet.field("line.item_code", number, row))
            (above if code == "above" else below).append(labelled)
    (above if sheet.design.flag("details.above", 0.08) else below).extend(lit(detail) for detail in item.details)
    if (order := _order_of_line(sheet, row)) != NOTHING:
        below.insert(0, order)
    small = sheet.design.flag("details.small", 0.6)
    around = [[sheet.small(part) if small else part for part in parts] for parts in (above, below)]
    return lines([*around[0], text, *around[1]])


def _order_of_line(sheet: Sheet, row: int) -> Markup:
    """Return the buyer's order below a description, where a document states it with its lines."""
    own = next((e for e in sheet.content.meta if e.span == "purchase_order_reference"), None)
    if own is None or not sheet.design.flag("order.with_lines", 0.07):
        return NOTHING
    if row and sheet.design.choose("order.lines", {"first": 2.0, "all": 1.0}) == "first":
        return NOTHING
    return words(lit(f"{sheet.label('purchase_order_reference').rstrip(':')}:"), sheet.field(own.span, own.value))
