"""The columns of a line table: which, in what order, what stands in their cells, and how wide that gets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.domain.vocabulary import Kind
from training.synthesize.content.content import Item
from training.synthesize.layout.sheet import Sheet

_ORDERS = (
    "position item_code description quantity unit unit_price discount tax_rate amount",
    "item_code description quantity unit unit_price discount amount tax_rate",
    "description quantity unit unit_price tax_rate amount",
    "quantity unit item_code description unit_price discount amount",
    "quantity description unit_price amount",
    "position quantity unit item_code description unit_price amount",
    "line_date description quantity unit unit_price tax_rate amount",
    "item_code quantity unit description discount unit_price tax_rate amount",
    "description item_code tax_rate unit_price quantity unit discount amount",
    "position description order_line quantity unit unit_price discount amount tax_rate",
    "description unit_price quantity discount amount tax_amount gross_amount",
    "item_code description tax_rate unit_price quantity amount",
    "line_date item_code description quantity unit_price amount tax_rate",
    "position item_code description order_line quantity unit unit_price amount",
    "description unit_price quantity amount",
    "description unit_price tax_rate quantity amount",
    "item_code description unit_price quantity unit amount",
    "position description unit_price quantity discount amount tax_amount",
    "unit_price description quantity amount",
    "description amount",
    "description quantity amount",
    "quantity description amount",
)
# The share of documents that keep an optional column which their order has.
_KEPT = {
    "position": 0.8,
    "item_code": 0.75,
    "unit": 0.65,
    "discount": 0.9,
    "tax_rate": 0.7,
    "tax_amount": 0.7,
    "gross_amount": 0.7,
    "line_date": 0.8,
    "order_line": 0.7,
    "quantity": 0.93,
    "unit_price": 0.93,
}
_FIRST_TO_GO = (
    "tax_amount",
    "gross_amount",
    "line_date",
    "order_line",
    "position",
    "discount",
    "tax_rate",
    "unit",
    "item_code",
)
_WIDE_FACES = {
    "ocr_b": 0.78,
    "dejavu_sans": 0.69,
    "dejavu_serif": 0.69,
    "quattrocento": 0.66,
    "manrope": 0.66,
    "inter": 0.66,
    "clear_sans": 0.63,
    "open_sans": 0.63,
}
TEXT = frozenset({"position", "item_code", "description", "unit", "order_line", "line_date"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its printed heading, and its width in points (0 for the one that takes the rest)."""

    name: str
    heading: str
    width: float


def choose_columns(sheet: Sheet) -> list[Column]:
    """Draw columns and their order; optional ones are dropped until the description has room."""
    names = _names(sheet)
    size = sheet.style.size
    wide = _letter_width(sheet)
    while True:
        columns = [_measured(sheet, name, size * wide) for name in names]
        rest = sheet.style.width - sum(column.width for column in columns)
        droppable = [name for name in _FIRST_TO_GO if name in names]
        if rest >= max(0.27 * sheet.style.width, 15 * size * wide) or not droppable:
            break
        names.remove(droppable[0])
    sheet.design.traits["table.columns"] = " ".join(names)
    return _narrowed(sheet, columns, size * wide) if sheet.design.flag("table.narrow_description", 0.12) else columns


def _narrowed(sheet: Sheet, columns: list[Column], letter: float) -> list[Column]:
    """Give the description a narrow column, so that it runs over several lines, and the others what that leaves."""
    own = max(0.2 * sheet.style.width, 14 * letter)
    others = sum(column.width for column in columns)
    if len(columns) < 4 or others + own > sheet.style.width:
        return columns
    share = (sheet.style.width - own) / others
    return [replace(column, width=column.width * share or own) for column in columns]


def _letter_width(sheet: Sheet) -> float:
    """Return about how wide a letter is, as part of the type size."""
    return _WIDE_FACES.get(sheet.design.traits["typeface"], 0.66 if sheet.style.archetype == "listing" else 0.6)


def _names(sheet: Sheet) -> list[str]:
    content, design = sheet.content, sheet.design
    order = design.choose("table.order", dict.fromkeys(_ORDERS, 1.0)).split()
    names = [name for name in order if name not in _KEPT or design.flag(f"table.{name}", _KEPT[name])]
    if any(item.discount is not None for item in content.items) and "discount" not in names:
        names.insert(names.index("amount"), "discount")
    if not any(item.discount is not None for item in content.items):
        names = [name for name in names if name != "discount"]
    if content.taxed == "mixed" and "tax_rate" not in names:
        names.append("tax_rate")
    if content.taxed == "untaxed":
        names = [name for name in names if name not in ("tax_rate", "tax_amount", "gross_amount")]
    if content.gross_priced:
        names = [name for name in names if name not in ("tax_amount", "gross_amount")]
    if content.variant == "delivery_note" or (
        content.kind is Kind.PURCHASE_ORDER and design.flag("table.no_prices", 0.06)
    ):
        names = [name for name in names if name in TEXT or name == "quantity"]
        if "quantity" not in names:
            names.append("quantity")
    if design.flag("table.amount_not_last", 0.04) and "amount" in names:
        names.remove("amount")
        names.insert(len(names) // 2, "amount")
    return names


def unheaded(sheet: Sheet, columns: Sequence[Column]) -> frozenset[str]:
    """Return the columns whose heading is missing: none in most documents, one or two in some."""
    if not sheet.design.flag("table.headings_missing", 0.06):
        return frozenset()
    loose = sheet.design.loose("unheaded")
    return frozenset(loose.sample([column.name for column in columns], loose.pick((1, 1, 2))))


def is_headless(sheet: Sheet) -> bool:
    """Say whether the table has no row of headings."""
    return sheet.design.flag("table.headless", 0.05)


def _measured(sheet: Sheet, name: str, letter: float) -> Column:
    heading = sheet.label({"description": "description", "amount": "amount"}.get(name, name))
    if name == "description":
        return Column(name, heading, 0.0)
    cells = [_plain(sheet, name, item) for item in sheet.content.items]
    if name == "amount":
        cells.append(sheet.content.convention.amount(sheet.content.totals.gross) + "1234")
    longest = max((len(cell) for cell in cells), default=4)
    word = max((len(part) for part in heading.replace("-", "- ").replace("/", "/ ").split()), default=1)
    return Column(name, heading, max(longest, word * 1.12, 2) * letter + 11)


def _plain(sheet: Sheet, name: str, item: Item) -> str:
    """Return a cell's text, for measuring."""
    ways = sheet.content.convention
    return {
        "position": lambda: item.position,
        "item_code": lambda: item.code,
        "quantity": lambda: ways.short(item.quantity) + (f" {item.unit}" if merged_unit(sheet) else times_sign(sheet)),
        "unit": lambda: item.unit,
        "unit_price": lambda: (
            price_sign(sheet)
            + ways.amount(item.price, ways.price_decimals)
            + ("12345" if table_currency(sheet) else "")
        ),
        "discount": lambda: ways.percent(item.discount or Decimal(0)),
        "tax_rate": lambda: ways.percent(item.rate),
        "tax_amount": lambda: ways.amount(item.tax),
        "amount": lambda: ways.amount(item.net) + ("12345" if table_currency(sheet) else ""),
        "gross_amount": lambda: ways.amount(item.net + item.tax),
        "order_line": lambda: item.order_line,
        "line_date": lambda: ways.date(item.delivered).text if item.delivered else "",
    }[name]()


def table_currency(sheet: Sheet) -> bool:
    """Say whether amounts in the table show the currency."""
    return sheet.content.convention.money != "none" and sheet.design.flag("table.currency", 0.3)


_PRICE_SIGNS = {"da": "à", "sv": "à", "nb": "à", "de": "à", "nl": "à", "fr": "à", "fi": "à", "pl": "po"}


def price_sign(sheet: Sheet) -> str:
    """Return what says "each" before a price in some documents: "@ 12.50", "à 12,50"."""
    if not sheet.design.flag("price.at", 0.03):
        return ""
    sign = _PRICE_SIGNS.get(sheet.content.language, "@")
    return f"{sign if sheet.design.flag('price.at_own', 0.6) else '@'} "


def times_sign(sheet: Sheet) -> str:
    """Return the sign of multiplication behind each quantity, "" in most documents: "2 x", "2×"."""
    if merged_unit(sheet) or not sheet.design.flag("quantity.times", 0.04):
        return ""
    return sheet.design.choose("quantity.times_sign", {" x": 4.0, "x": 2.0, " ×": 1.5, "×": 0.8, " X": 0.7, " *": 0.5})


def merged_unit(sheet: Sheet) -> bool:
    """Say whether the unit stands behind the quantity instead of in a column."""
    return not sheet.design.flag("table.unit", _KEPT["unit"]) and sheet.design.flag("table.unit_with_quantity", 0.5)
