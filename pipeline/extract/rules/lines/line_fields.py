"""Line items as the extraction states them: normalised values with their evidence and confidence."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.domain.extraction import Field, LineItem, Source
from pipeline.domain.money import to_plain
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.lines.line_arithmetic import LineNumbers, Number
from pipeline.extract.textlines import enclosing

_AGREES, _DISAGREES = 0.95, 0.45
# Where a row lacks a number to check by: of every hundred so read on generated papers, 99, 98 and 88 were right.
_UNCHECKED = {
    LineColumn.QUANTITY: 0.9,
    LineColumn.NET_AMOUNT: 0.9,
    LineColumn.UNIT_PRICE: 0.82,
    LineColumn.DISCOUNT: 0.72,
}
_UNCERTAIN = 0.6  # a number whose decimal mark nothing settles is worth this share


def number_fields(numbers: LineNumbers, page: int, proven: bool = True) -> dict[LineColumn, Field]:
    """Return quantity, unit price, discount and net amount, those that are printed; arithmetic sets the confidence.

    `proven` says that the document's decimal mark is proven, not only likely.
    """
    found: dict[LineColumn, Field] = {}
    for column, number in (
        (LineColumn.QUANTITY, numbers.quantity),
        (LineColumn.UNIT_PRICE, numbers.unit_price),
        (LineColumn.DISCOUNT, numbers.discount),
        (LineColumn.NET_AMOUNT, numbers.net_amount),
    ):
        if number is None or (column is LineColumn.DISCOUNT and number.value == 0):
            continue
        confidence = {True: _AGREES, None: _UNCHECKED[column], False: _DISAGREES}[numbers.agrees]
        if column is LineColumn.NET_AMOUNT and numbers.agrees is False:
            confidence = 0.6  # the amount is the number least often misplaced
        settled = numbers.agrees is True or (number.certain and (proven or len(number.cell.found) == 1))
        found[column] = number_field(number, page, confidence, settled, column is LineColumn.DISCOUNT)
    return found


def number_field(number: Number, page: int, confidence: float, settled: bool, unsigned: bool = False) -> Field:
    """Return a number as a field, without its sign where that only says "off" (`unsigned`).

    Other readings become alternatives where neither convention nor arithmetic (`settled`) decides.
    """
    value = abs(number.value) if unsigned else number.value
    box = number.cell.box
    confidence *= _legibility(number.cell)
    if settled:
        return Field(to_plain(value), number.cell.text, confidence, Source.RULE, page, box)
    doubted = confidence * _UNCERTAIN
    others = tuple(
        Field(to_plain(r.value), number.cell.text, doubted / 2, Source.RULE, page, box)
        for r in number.cell.found
        if r.value != number.value
    )
    return Field(to_plain(value), number.cell.text, doubted, Source.RULE, page, box, others)


def text_field(cells: Sequence[Cell], page: int, confidence: float, value: str | None = None) -> Field:
    """Return words as a field; `value` where it is not simply the words in order."""
    words = [w for c in cells for w in c.words]
    text = " ".join(w.text for w in words)
    clear = min(_legibility(c) for c in cells)
    return Field(value or text, text, confidence * clear, Source.RULE, page, enclosing(w.box for w in words))


def _legibility(cell: Cell) -> float:
    """Return how far the reader's own doubt lowers a confidence: by half at most."""
    return 0.5 + min(w.confidence for w in cell.words) / 2


def tax_rate_field(cell: Cell, value: Decimal, page: int) -> Field:
    """Return a tax rate in percent; a printed "%" makes it surer."""
    confidence = (0.9 if cell.percent else 0.8) * _legibility(cell)
    return Field(to_plain(value), cell.text, confidence, Source.RULE, page, cell.box)


def is_worth_keeping(item: LineItem) -> bool:
    """Say whether a line item says enough: what it is, and how many or how much."""
    named = LineColumn.DESCRIPTION in item or LineColumn.ITEM_CODE in item
    valued = LineColumn.NET_AMOUNT in item or LineColumn.QUANTITY in item or LineColumn.UNIT_PRICE in item
    return valued and (named or {LineColumn.QUANTITY, LineColumn.NET_AMOUNT} <= item.keys())
