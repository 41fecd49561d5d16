"""The columns of one table: which cell of a line stands under which heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.once import once
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.columns.column_headings import HeadingRow
from pipeline.extract.rules.columns.heading_terms import (
    DESCRIPTION_WORDS,
    NAME_WORDS,
    NUMERIC_ROLES,
    TAX_ROLES,
    ColumnRole,
)
from pipeline.extract.rules.writing.folding import fold_words

_STRAY_TEXT, _STRAY_NUMBER = 3.0, 5.0  # dearer than any sensible place: a stray cell belongs to no column
_TEXT_ROLES = frozenset(
    {
        ColumnRole.DESCRIPTION,
        ColumnRole.ITEM_CODE,
        ColumnRole.OTHER,
        ColumnRole.POSITION,
        ColumnRole.ORDER_LINE_REFERENCE,
    }
)


HeadingWord = tuple[str, float, float]
"""A word of a heading and where it stands, in line heights from the left edge."""

# "Name & description" are two things, "Name / Navn" is one in two languages.
_AND = re.compile(r"[&,+]|\b(?:and|og|och|und|et|en|y|e|ja|i)\b", re.IGNORECASE)
_Reach = tuple[float, float]
_NO_WAY = float("inf")


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and where its heading and cells stand, in line heights from the left edge.

    `also` is the second thing that a merged column ("Qty/Unit") holds; `heading` are its heading's words.
    """

    role: ColumnRole
    x0: float
    x1: float
    also: ColumnRole | None = None
    heading: tuple[HeadingWord, ...] = ()

    @once
    def is_numeric(self) -> bool:
        return self.role in NUMERIC_ROLES

    @once
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def names_and_describes(self) -> bool:
        """Say whether the heading announces a name and a description: "Name & Description", "Nom et désignation"."""
        text = " ".join(word for word, _, _ in self.heading)
        words = set(fold_words(text).split())
        return bool(words & NAME_WORDS and words & DESCRIPTION_WORDS and _AND.search(text))


class Placed(NamedTuple):
    """A cell and the index of its column; None where it stands under none."""

    cell: Cell
    column: int | None


def columns_of(row: HeadingRow, scale: float) -> tuple[Column, ...]:
    """Return the columns that a row of headings opens, as wide as the headings are.

    A column of codes that also holds the description is one of descriptions that begin with a code.
    """
    columns = []
    for heading in row.headings:
        role, also = heading.role.role, heading.role.also
        if role is ColumnRole.ITEM_CODE and also is ColumnRole.DESCRIPTION:
            role, also = also, role
        words = tuple((w.text, w.box.x0 * scale, w.box.x1 * scale) for w in heading.words)
        columns.append(Column(role, heading.box.x0 * scale, heading.box.x1 * scale, also, words))
    return tuple(columns)


def place(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Placed]:
    """Put each cell of one line under a column; see `Lines.under`."""
    return Lines([cells]).under(columns)[0]


class Lines:
    """The lines of one table as cells, put under its columns again and again while these are settled.

    What it costs to put a cell under a column is kept: few columns change from one time to the next.
    """

    def __init__(self, lines: Sequence[Sequence[Cell]]) -> None:
        self._lines = lines
        self._costs: dict[tuple[Column, _Reach], list[list[float]]] = {}

    def under(self, columns: Sequence[Column]) -> list[list[Placed]]:
        """Put each cell of each line under a column so that the whole line fits best; left to right stays so."""
        costs = [self._costs_of(column, _reach(columns, i)) for i, column in enumerate(columns)]
        return [_placed(cells, columns, [of[n] for of in costs]) for n, cells in enumerate(self._lines)]

    def _costs_of(self, column: Column, reach: _Reach) -> list[list[float]]:
        known = self._costs.get((column, reach))
        if known is None:
            known = [[_cost(cell, column, reach) for cell in cells] for cells in self._lines]
            self._costs[column, reach] = known
        return known


def _placed(cells: Sequence[Cell], columns: Sequence[Column], costs: Sequence[Sequence[float]]) -> list[Placed]:
    """Place one line by dynamic programming over its cells; `costs` is what each column costs each cell.

    `ways[j]` is the least cost of placing the cells so far so that the last one under a column is under `j - 1`;
    `ways[0]` has placed none. `steps` tells for every cell and way from which way it came and whether it is placed.
    """
    ways = [0.0] + [_NO_WAY] * len(columns)
    steps: list[list[tuple[int, bool]]] = []
    before: Cell | None = None
    for index, cell in enumerate(cells):
        stray = _STRAY_NUMBER if cell.is_number else _STRAY_TEXT
        following, taken = [ways[0] + stray], [(0, False)]
        cheapest, source = ways[0], 0  # among those whose last column stands left of j
        for j, column in enumerate(columns, start=1):
            way = ways[j]
            least, step = way + stray, (j, False)
            cost = costs[j - 1][index]
            leaving, staying = _together(before, cell, column) if before else (0.0, 0.0)
            if (moved := cheapest + cost + leaving) < least:
                least, step = moved, (source, True)
            if (again := way + cost + staying) < least:
                least, step = again, (j, True)
            following.append(least)
            taken.append(step)
            if way < cheapest:
                cheapest, source = way, j
        ways = following
        steps.append(taken)
        before = cell
    at = ways.index(min(ways))
    chosen: list[int | None] = []
    for taken in reversed(steps):
        earlier, is_placed = taken[at]
        chosen.append(at - 1 if is_placed else None)
        at = earlier
    return [Placed(cell, column) for cell, column in zip(cells, reversed(chosen), strict=True)]


def widened(columns: Sequence[Column], lines: Sequence[Sequence[Placed]]) -> tuple[Column, ...]:
    """Return the columns of numbers grown to the cells that surely stand in them, so that the next pass fits closer.

    Only lines count where two or more columns of numbers are filled.
    """
    grown = list(columns)
    for placed in lines:
        numbers = [p for p in placed if p.column is not None and columns[p.column].is_numeric and p.cell.is_number]
        if len({p.column for p in numbers}) < 2:
            continue
        for p in numbers:
            assert p.column is not None
            column = grown[p.column]
            grown[p.column] = replace(column, x0=min(column.x0, p.cell.x0), x1=max(column.x1, p.cell.x1))
    return _kept_apart(columns, grown)


def _kept_apart(columns: Sequence[Column], grown: Sequence[Column]) -> tuple[Column, ...]:
    """Undo growth where two columns of numbers would overlap."""
    result = list(grown)
    for i, j in pairwise(range(len(result))):
        if result[i].x1 > result[j].x0 and columns[i].x1 <= columns[j].x0:
            middle = (max(columns[i].x1, min(result[i].x1, result[j].x0)) + columns[j].x0) / 2
            result[i] = replace(result[i], x1=min(result[i].x1, middle))
            result[j] = replace(result[j], x0=max(result[j].x0, middle))
    return tuple(result)


def _reach(columns: Sequence[Column], index: int) -> _Reach:
    """How far a column's cells may stand: text fills the room up to its neighbours, numbers stay near their heading."""
    column = columns[index]
    if column.role not in (ColumnRole.DESCRIPTION, ColumnRole.ITEM_CODE, ColumnRole.OTHER):
        return column.x0, column.x1
    left = columns[index - 1].x1 if index else 0.0
    right = columns[index + 1].x0 if index + 1 < len(columns) else column.x1
    if column.role is ColumnRole.DESCRIPTION:
        return min(left, column.x0), max(right, column.x1)
    return column.x0, max(column.x1, right)


def _distance(cell: Cell, column: Column, reach: _Reach) -> float:
    """How far a cell is from its column, in line heights: the gap, and a little for a poor alignment."""
    x0, x1 = cell.x0, cell.x1
    gap = max(0.0, reach[0] - x1, x0 - reach[1])
    if gap > 1.0 and column.is_numeric and cell.is_number:
        gap = 1.0 + (gap - 1.0) * 0.35  # numbers aligned right may stand far from a heading set left
    aligned = min(abs(x0 - column.x0), abs(x1 - column.x1), abs((x0 + x1) / 2 - column.centre), 8.0)
    overlaps = x0 < column.x1 and column.x0 < x1 and x0 < x1 and column.x0 < column.x1
    return gap + (0.0 if overlaps else 0.15) + 0.08 * aligned


def _cost(cell: Cell, column: Column, reach: _Reach) -> float:
    cost = _distance(cell, column, reach)
    if column.is_numeric:
        if not cell.is_number:
            return cost + _text_under_numbers(cell, column)
        return cost + _misfit(cell, column)
    if column.role is ColumnRole.UNIT:
        return cost + (1.5 if cell.is_number and cell.unit is None else 0.0 if cell.is_unit else 0.6)
    if column.role is ColumnRole.POSITION:
        whole = cell.is_number and cell.decimals == 0 and len(cell.text) <= 6
        return cost + (0.0 if whole or len(cell.text) <= 6 else 1.6)
    if column.role is ColumnRole.DESCRIPTION:
        centre_inside = reach[0] <= (cell.x0 + cell.x1) / 2 <= reach[1]
        return cost + (0.6 if centre_inside else 1.6) if cell.is_number else cost
    return cost + (0.3 if cell.is_number and cell.decimals else 0.0)


def _text_under_numbers(cell: Cell, column: Column) -> float:
    if cell.is_unit or cell.text in ("%", "-", "–", "—"):
        return 0.2 if column.role is ColumnRole.QUANTITY or column.also is ColumnRole.UNIT else 0.8
    if column.role in TAX_ROLES and len(cell.text) <= 4:
        return 0.4
    return 2.5


def _misfit(cell: Cell, column: Column) -> float:
    """Say how ill a number suits what its column holds."""
    if cell.is_identifier:
        return 3.0
    if cell.percent and column.role not in (
        ColumnRole.TAX,
        ColumnRole.TAX_RATE,
        ColumnRole.DISCOUNT,
        ColumnRole.TAX_AMOUNT,
    ):
        return 2.0
    if column.role is ColumnRole.TAX_RATE and abs(cell.found[0].value) >= 100:
        return 2.0
    return 0.0


def _together(before: Cell, cell: Cell, column: Column) -> tuple[float, float]:
    """What it costs that a cell comes to a column from another one than the cell before it, or shares it."""
    numbers = before.is_number and cell.is_number
    texts = not before.is_number and not cell.is_number
    leaving = 0.8 if texts and column.role in _TEXT_ROLES and cell.x0 - before.x1 < 0.55 else 0.0
    if numbers and column.is_numeric:
        return leaving, 4.0
    return leaving, 1.5 if column.role is ColumnRole.POSITION else 0.0
