"""The arithmetic of one line item: quantity times price, less discount, is the amount; it settles doubtful numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from pipeline.domain.money import AmountReading, DecimalMark
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.columns.heading_terms import ColumnRole

_CENT = Decimal("0.01")
_BASES = (Decimal(1), Decimal(100), Decimal(1000), Decimal(10))
_AMOUNT_PREFERENCE: dict[ColumnRole | None, float] = {
    ColumnRole.NET_AMOUNT: 0.0,
    ColumnRole.AMOUNT: 0.3,
    ColumnRole.GROSS_AMOUNT: 1.5,
}
_PRICE_PREFERENCE: dict[ColumnRole | None, float] = {ColumnRole.UNIT_PRICE: 0.0, ColumnRole.LIST_PRICE: 0.6}


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number as it was read; `certain` is False where the document's convention does not settle it."""

    cell: Cell
    reading: AmountReading
    certain: bool

    @property
    def value(self) -> Decimal:
        return self.reading.value


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """The numbers of one line item; `agrees` is None where the arithmetic cannot be checked."""

    quantity: Number | None = None
    unit_price: Number | None = None
    discount: Number | None = None
    net_amount: Number | None = None
    agrees: bool | None = None


def solve(
    quantity: Sequence[Cell],
    prices: Sequence[tuple[ColumnRole, Cell]],
    discounts: Sequence[Cell],
    amounts: Sequence[tuple[ColumnRole, Cell]],
    mark: DecimalMark | None,
    base: Decimal | None = None,
) -> LineNumbers:
    """Choose the cells and readings that the arithmetic confirms, else the likeliest ones.

    Candidates come likeliest first; `base` is the number of units that the price is for, where it is printed.
    """
    best: tuple[float, LineNumbers] | None = None
    for q, (p_role, p), d, (a_role, a) in product(
        _options(quantity, mark), _choices(prices, mark), _options(discounts, mark), _choices(amounts, mark)
    ):
        agrees, divided = _agrees(q, p, d, a, base)
        cost = sum(n[0] for n in (q, p, d, a))
        cost += _AMOUNT_PREFERENCE.get(a_role, 0.0) + _PRICE_PREFERENCE.get(p_role, 0.0)
        cost += {True: -1.0 if divided else -4.0, False: 1.0, None: 0.0}[agrees]
        if best is None or cost < best[0] - 1e-9:
            best = (cost, LineNumbers(q[1], p[1], d[1], a[1], agrees))
    assert best is not None  # each list of options holds at least "none"
    return best[1]


def readings_of(cell: Cell, mark: DecimalMark | None) -> list[Number]:
    """Return the ways to read a number, the likeliest first, those under the document's decimal mark before others."""
    fitting = [r for r in cell.found if r.mark in (None, mark)] if mark else []
    others = [r for r in cell.found if r not in fitting]
    certain = len(cell.found) == 1 or len(fitting) == 1
    return [Number(cell, r, certain) for r in fitting] + [Number(cell, r, certain and not fitting) for r in others]


_Option = tuple[float, Number | None]


def _options(cells: Sequence[Cell], mark: DecimalMark | None) -> list[_Option]:
    """Pair every reading of every candidate with what choosing it costs; "none" only where there is no candidate."""
    found: list[_Option] = []
    for index, cell in enumerate(cells):
        for rank, number in enumerate(readings_of(cell, mark)):
            found.append((0.4 * index + (2.0 if mark and rank else 0.5) * rank, number))
    return found or [(0.0, None)]


def _choices(
    cells: Sequence[tuple[ColumnRole, Cell]], mark: DecimalMark | None
) -> list[tuple[ColumnRole | None, _Option]]:
    found: list[tuple[ColumnRole | None, _Option]] = []
    for index, (role, cell) in enumerate(cells):
        found.extend((role, (cost + 0.2 * index, number)) for cost, number in _options([cell], mark))
    return found or [(None, (0.0, None))]


def _agrees(q: _Option, p: _Option, d: _Option, a: _Option, base: Decimal | None) -> tuple[bool | None, bool]:
    """Say whether the numbers agree, and whether only if the price is for many units though that is not printed."""
    quantity, price, discount, amount = q[1], p[1], d[1], a[1]
    if quantity is None or price is None or amount is None:
        return None, False
    if quantity.value == 0:
        return amount.value == 0, False
    slack = rounding_slack(quantity.reading, price.reading)
    for divisor in (base,) if base else _bases(quantity.value):
        for expected in _expected(quantity.value, price.value / divisor, discount):
            if abs(abs(expected) - abs(amount.value)) <= slack:
                return True, divisor not in (1, base)
    return False, False


def _bases(quantity: Decimal) -> Iterable[Decimal]:
    return (b for b in _BASES if b == 1 or abs(quantity) >= b / 2)


def _expected(quantity: Decimal, price: Decimal, discount: Number | None) -> Iterator[Decimal]:
    whole = quantity * price
    if discount is None or discount.value == 0:
        yield whole
        return
    off = abs(discount.value)
    if off <= 100:
        yield whole * (100 - off) / 100
    if not discount.cell.percent:
        yield whole - off
        yield quantity * (price - off)
        yield whole  # the price is printed after discount


def rounding_slack(quantity: AmountReading, price: AmountReading) -> Decimal:
    """Return how far quantity times price may be from the amount: half of the last printed digits, and a cent or two.

    A rounded quantity ("4,05" for 4.052) counts only from its decimals on: whole numbers are taken as exact.
    """
    half_price = Decimal(5).scaleb(-price.decimals - 1) if price.decimals else Decimal(0)
    half_quantity = Decimal(5).scaleb(-quantity.decimals - 1) if quantity.decimals else Decimal(0)
    slack = abs(quantity.value) * half_price + abs(price.value) * half_quantity
    limit = max(_CENT, abs(quantity.value * price.value) / 200)
    return min(slack, limit) + _CENT
