"""Rows of a table turned into line items: the cells of each column read, checked against each other, and described."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.domain.extraction import Field, LineItem
from pipeline.domain.money import DecimalMark
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.columns.cells import Cell, is_currency
from pipeline.extract.rules.columns.heading_terms import AMOUNT_ROLES, ColumnRole
from pipeline.extract.rules.lines.descriptions import (
    TextPart,
    is_code,
    is_item_note,
    is_note,
    joined,
    name_of,
    named_part,
    printed_code,
)
from pipeline.extract.rules.lines.leading_counts import begin_with_counts, leading_count, without_count
from pipeline.extract.rules.lines.line_arithmetic import LineNumbers, Number, readings_of, solve
from pipeline.extract.rules.lines.line_fields import number_fields, tax_rate_field, text_field
from pipeline.extract.rules.lines.row_labels import RowLabel, may_carry
from pipeline.extract.rules.lines.rows import BodyLine, Row, row_gap, rows_of
from pipeline.extract.rules.writing.characters import has_letter, has_letter_or_digit
from pipeline.extract.rules.writing.conventions import Conventions
from pipeline.extract.rules.writing.units import is_unit
from pipeline.extract.rules.writing.wordlists import words

_PRICES = (ColumnRole.UNIT_PRICE, ColumnRole.LIST_PRICE)
_USUAL_RATES = frozenset(
    map(Decimal, words("0 2.1 2.5 2.6 3 4 5 5.5 6 7 7.7 8 8.1 9 10 12 13 14 15 18 19 20 21 22 23 24 25 25.5 27"))
)


def items_of(lines: Sequence[BodyLine], conventions: Conventions, continued: bool = False) -> list[LineItem]:
    """Return the items of one table's lines on one page.

    Where the page goes on with a table of the page before (`continued`), only rows whose numbers agree, or that fill
    most columns, are believed.
    """
    kept = [line for line in lines if line.label is not RowLabel.CARRIED]
    rows = rows_of(kept)
    right_edge = _right_edge(rows)
    apart = row_gap(rows)
    firsts = [next(iter(_parts(row)), None) for row in rows]
    counted = begin_with_counts(firsts, frozenset(c.role for row in rows for c in row.anchor.columns))
    found: list[LineItem] = []
    for row, first in zip(rows, firsts, strict=True):
        numbers = _numbers(row, conventions.mark)
        if continued and not _fills(row, numbers):
            continue
        item: dict[LineColumn, Field] = {}
        item |= _named(row, right_edge, apart, counted)
        if counted and first is not None:
            item |= leading_count(first, row.anchor.page, conventions.mark)
        item |= number_fields(numbers, row.anchor.page, conventions.decimal_mark is not None)
        item |= _unit(row, numbers)
        item |= _tax_rate(row, numbers, conventions.mark)
        if not _is_carried(item, found):
            found.append(item)
    return found


def multiplies(line: BodyLine, mark: DecimalMark | None) -> bool:
    """Say whether quantity times price is the amount in one line of a table."""
    return _numbers(Row(line), mark).agrees is True


def _right_edge(rows: Sequence[Row]) -> float:
    """Return where the text of descriptions ends; notes below them may run on under the next columns."""
    return max((p.x1 for row in rows for p in _parts(row) if not is_note(p.text)), default=0.0)


def _is_carried(item: LineItem, before: Sequence[LineItem]) -> bool:
    """Say whether a row is an amount carried over: headed so, and the sum of the rows before it or first on a page."""
    description, amount = item.get(LineColumn.DESCRIPTION), item.get(LineColumn.NET_AMOUNT)
    if description is None or amount is None or LineColumn.UNIT_PRICE in item or not may_carry(description.value):
        return False
    so_far = sum((i[LineColumn.NET_AMOUNT].amount for i in before if LineColumn.NET_AMOUNT in i), Decimal(0))
    return (not before and (amount.page or 1) > 1) or so_far == amount.amount


def _fills(row: Row, numbers: LineNumbers) -> bool:
    if numbers.agrees:
        return True
    filled = {p.column for p in row.anchor.cells if p.column is not None}
    return len(filled) * 3 >= len(row.anchor.columns) * 2


def _numbers(row: Row, mark: DecimalMark | None) -> LineNumbers:
    roles = {c.role for c in row.anchor.columns}

    def candidates(lines: Sequence[BodyLine], *wanted: ColumnRole) -> list[tuple[ColumnRole, Cell]]:
        return [
            (line.columns[p.column].role, p.cell)
            for line in lines
            for p in line.cells
            if p.column is not None and p.cell.is_number and line.columns[p.column].role in wanted
        ]

    def near(*wanted: ColumnRole) -> list[tuple[ColumnRole, Cell]]:
        """The anchor's own cells first; those of the lines of text only where it has none."""
        return candidates((row.anchor,), *wanted) or candidates((*row.above, *row.below), *wanted)

    prices = near(*_PRICES)
    amounts = near(*AMOUNT_ROLES)
    quantities = [c for _, c in near(ColumnRole.QUANTITY)]
    if not roles & AMOUNT_ROLES and not roles & {ColumnRole.QUANTITY}:
        prices, amounts = [], [(ColumnRole.AMOUNT, c) for _, c in prices]
    discounts = [c for _, c in near(ColumnRole.DISCOUNT)]
    base = next((c.found[0].value for _, c in near(ColumnRole.PRICE_BASE) if c.found[0].value > 0), None)
    found = solve(quantities[:3], prices[:4], discounts[:2], amounts[:4], mark, base)
    if found.agrees is not False:
        return found
    further = candidates(row.below, *_PRICES)  # "20.00", below it "- 1.00" and "= 19.00"
    again = solve(quantities[:3], (*prices, *further)[:6], discounts[:2], amounts[:4], mark, base)
    return again if again.agrees else found


def _description_cells(line: BodyLine) -> list[Cell]:
    cells = line.under(ColumnRole.DESCRIPTION)
    if cells or any(c.role is ColumnRole.DESCRIPTION for c in line.columns):
        return cells
    named = [c for c in line.under(ColumnRole.ITEM_CODE, ColumnRole.OTHER) if has_letter(c.text)]
    loose = [p.cell for p in line.cells if p.column is None and has_letter(p.cell.text)]
    return loose or [c for c in named if " " in c.text]


def _parts(row: Row) -> list[TextPart]:
    found = []
    for line in row.lines:
        cells = _description_cells(line)
        if cells and any(has_letter_or_digit(c.text) for c in cells):
            found.append(TextPart(tuple(cells), line.y0, line.y1))
    return found


def _named(row: Row, right_edge: float, apart: float | None, counted: bool = False) -> dict[LineColumn, Field]:
    """Read description and item code; `counted` says that the name comes behind a quantity and a unit."""
    found: dict[LineColumn, Field] = {}
    parts = _parts(row)
    if counted:
        parts[0] = without_count(parts[0])
    page = row.anchor.page
    codes = [c for line in (row.anchor, *row.above, *row.below) for c in line.under(ColumnRole.ITEM_CODE)]
    codes = [c for c in codes if not is_currency(c.text)]
    while len(parts) > 1 and (is_item_note(parts[0].text) or is_code(parts[0].text)):
        codes = codes or ([parts[0].cells[0]] if is_code(parts[0].text) else [])
        parts = parts[1:]
    codes = codes or [p.cells[0] for p in parts[1:] if is_code(p.text)][:1]
    if parts and not codes and any(c.also is ColumnRole.ITEM_CODE for c in row.anchor.columns):
        codes, parts[0] = _leading_code(parts[0])
    name = name_of(parts, right_edge, apart)
    if name:
        cells = [c for p in name for c in p.cells]
        text = joined(name)
        if any(c.role is ColumnRole.DESCRIPTION and c.names_and_describes for c in row.anchor.columns):
            text = named_part(text)
        found[LineColumn.DESCRIPTION] = text_field(cells, page, 0.85, text)
    if codes:
        code = next((c for c in codes if is_code(c.text)), codes[0])
        value = re.sub(r"^(?:EAN|GTIN|SKU|Art\.?-?Nr\.?)[.:\s]+", "", code.text, flags=re.IGNORECASE)
        found[LineColumn.ITEM_CODE] = text_field([code], page, 0.8, value)
    elif printed := printed_code([p.text for p in parts]):
        index, value = printed
        cells = [c for c in parts[index].cells if value in c.text] or list(parts[index].cells)
        found[LineColumn.ITEM_CODE] = text_field(cells, page, 0.7, value)
    elif name and len(name[0].words) > 1 and is_code(name[0].words[0].text) and not name[0].cells[0].is_number:
        found[LineColumn.ITEM_CODE] = text_field(_leading_code(name[0])[0], page, 0.6)
    reference = row.anchor.under(ColumnRole.ORDER_LINE_REFERENCE)
    if reference:
        found[LineColumn.ORDER_LINE_REFERENCE] = text_field(reference[:1], page, 0.7)
    return found


def _leading_code(part: TextPart) -> tuple[list[Cell], TextPart]:
    """Part a code from the beginning of a description, under a heading that names both."""
    head, *rest = part.cells
    first, *others = head.words
    if not is_code(first.text) or not (others or rest):
        return [], part
    split = (head.x1 - head.x0) * (first.box.width / head.box.width if head.box.width else 1.0)
    code = Cell((first,), head.x0, head.x0 + split)
    remaining = [Cell(tuple(others), head.x0 + split, head.x1)] if others else []
    return [code], TextPart((*remaining, *rest), part.y0, part.y1)


def _unit(row: Row, numbers: LineNumbers) -> dict[LineColumn, Field]:
    page = row.anchor.page
    own = [c for line in row.lines for c in line.under(ColumnRole.UNIT) if not c.is_number]
    if own:
        return {LineColumn.UNIT: text_field(own[:1], page, 0.85 if is_unit(own[0].text) else 0.7)}
    beside = [c for c in row.anchor.under(ColumnRole.QUANTITY) if not c.is_number and has_letter(c.text)]
    if beside:
        return {LineColumn.UNIT: text_field(beside[:1], page, 0.8)}
    if numbers.quantity and numbers.quantity.cell.unit:
        cell = numbers.quantity.cell
        return {LineColumn.UNIT: text_field([cell], page, 0.8, cell.unit)}
    return {}


def _tax_rate(row: Row, numbers: LineNumbers, mark: DecimalMark | None) -> dict[LineColumn, Field]:
    """Read the rate; in a column headed just "VAT" only what is marked as a percentage or is a usual rate."""
    cells = [
        (line.columns[p.column].role, p.cell)
        for line in row.lines
        for p in line.cells
        if p.column is not None and p.cell.is_number
    ]
    for role, cell in cells:
        if role not in (ColumnRole.TAX, ColumnRole.TAX_RATE, ColumnRole.TAX_AMOUNT):
            continue
        number: Number = readings_of(cell, mark)[0]
        usual = number.value in _USUAL_RATES
        if (
            cell.percent
            or (role is ColumnRole.TAX_RATE and 0 <= number.value < 100)
            or (role is ColumnRole.TAX and usual and not _is_tax(number, numbers))
        ):
            rate = abs(number.value) if cell.percent else number.value  # "(18)%" is no rate below nothing
            return {LineColumn.TAX_RATE: tax_rate_field(cell, rate, row.anchor.page)}
    return {}


def _is_tax(number: Number, numbers: LineNumbers) -> bool:
    """Say whether a number is the tax itself: a usual rate of the line's amount."""
    net = numbers.net_amount.value if numbers.net_amount else Decimal(0)
    return number.value != 0 and any(abs(net * r / 100 - number.value) <= Decimal("0.01") for r in _USUAL_RATES if r)
