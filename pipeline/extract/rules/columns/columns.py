"""The columns of one table: which cell of a line stands under which heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

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

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

    What it costs to put a cell under a column is kept: few columns change from one time to the next, and what most of
    them hold stays the same.
    """

    def __init__(self, lines: Sequence[Sequence[Cell]]) -> None:
        self._lines = lines
        self._cells = list(chain.from_iterable(lines))
        self._x0 = np.array([cell.x0 for cell in self._cells])
        self._x1 = np.array([cell.x1 for cell in self._cells])
        self._is_number = np.array([cell.is_number for cell in self._cells], dtype=bool)
        self._costs: dict[tuple[Column, _Reach], list[list[float]]] = {}
        self._misfits: dict[tuple[ColumnRole, ColumnRole | None], NDArray[np.float64]] = {}

    def under(self, columns: Sequence[Column]) -> list[list[Placed]]:
        """Put each cell of each line under a column so that the whole line fits best; left to right stays so."""
        costs = [self._costs_of(column, _reach(columns, i)) for i, column in enumerate(columns)]
        company = _Company.of(columns)
        return [_placed(cells, company, of_line) for cells, *of_line in zip(self._lines, *costs, strict=True)]

    def _costs_of(self, column: Column, reach: _Reach) -> list[list[float]]:
        known = self._costs.get((column, reach))
        if known is None:
            costs = iter((self._distances(column, reach) + self._misfits_of(column, reach)).tolist())
            known = self._costs[column, reach] = [list(islice(costs, len(cells))) for cells in self._lines]
        return known

    def _distances(self, column: Column, reach: _Reach) -> "NDArray[np.float64]":
        """Return how far each cell is from a column, in line heights: the gap, and a little for a poor alignment."""
        x0, x1, (first, last) = self._x0, self._x1, reach
        gap = np.maximum(np.maximum(first - x1, x0 - last), 0.0)
        if column.is_numeric:  # numbers aligned right may stand far from a heading set left
            gap = np.where((gap > 1.0) & self._is_number, 1.0 + (gap - 1.0) * 0.35, gap)
        at_edge = np.minimum(np.abs(x0 - column.x0), np.abs(x1 - column.x1))
        aligned = np.minimum(np.minimum(at_edge, np.abs((x0 + x1) / 2 - column.centre)), 8.0)
        overlaps = (x0 < column.x1) & (column.x0 < x1) & (x0 < x1) & (column.x0 < column.x1)
        distances: NDArray[np.float64] = gap + np.where(overlaps, 0.0, 0.15) + 0.08 * aligned
        return distances

    def _misfits_of(self, column: Column, reach: _Reach) -> "NDArray[np.float64]":
        """Return how ill each cell suits what a column holds."""
        if column.role is ColumnRole.DESCRIPTION:
            centre = (self._x0 + self._x1) / 2
            inside = (reach[0] <= centre) & (centre <= reach[1])
            return np.where(self._is_number, np.where(inside, 0.6, 1.6), 0.0)
        known = self._misfits.get((column.role, column.also))
        if known is None:
            known = np.array([_misfit(cell, column) for cell in self._cells], dtype=np.float64)
            self._misfits[column.role, column.also] = known
        return known


class _Company(NamedTuple):
    """What it costs every column that the cell before is of the same column, or of another."""

    leaving: Sequence[float]
    """That a run of text goes on in this column and began in another one."""
    sharing: Sequence[float]
    """That it takes two cells."""
    sharing_numbers: Sequence[float]
    """That it takes two numbers."""
    nothing: Sequence[float]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> "_Company":
        sharing = [1.5 if c.role is ColumnRole.POSITION else 0.0 for c in columns]
        return cls(
            leaving=[0.8 if c.role in _TEXT_ROLES else 0.0 for c in columns],
            sharing=sharing,
            sharing_numbers=[4.0 if c.is_numeric else s for c, s in zip(columns, sharing, strict=True)],
            nothing=[0.0] * len(columns),
        )

    def between(self, before: Cell | None, cell: Cell) -> tuple[Sequence[float], Sequence[float]]:
        """Return what it costs each column to take a cell from another one, and to take it beside the cell before."""
        if before is None:
            return self.nothing, self.nothing
        if before.is_number:
            return self.nothing, self.sharing_numbers if cell.is_number else self.sharing
        goes_on = not cell.is_number and cell.x0 - before.x1 < 0.55
        return self.leaving if goes_on else self.nothing, self.sharing


def _placed(cells: Sequence[Cell], company: _Company, costs: Sequence[Sequence[float]]) -> list[Placed]:
    """Place one line by dynamic programming over its cells; `costs` is what each column costs each cell.

    `ways[j]` is the least cost of placing the cells so far so that the last one under a column is under `j - 1`;
    `ways[0]` has placed none. `steps` tells for every cell and way from which way it came and whether it is placed.
    """
    ways = [0.0] + [_NO_WAY] * len(costs)
    steps: list[list[tuple[int, bool]]] = []
    before: Cell | None = None
    for cell, of_cell in zip(cells, zip(*costs, strict=True), strict=True):
        stray = _STRAY_NUMBER if cell.is_number else _STRAY_TEXT
        following, taken = [ways[0] + stray], [(0, False)]
        cheapest, source = ways[0], 0  # among those whose last column stands left of j
        leaving_any, staying_any = company.between(before, cell)
        each = zip(ways[1:], of_cell, leaving_any, staying_any, strict=True)
        for j, (way, cost, leaving, staying) in enumerate(each, start=1):
            least, step = way + stray, (j, False)
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


def _misfit(cell: Cell, column: Column) -> float:
    """Say how ill a cell suits what a column other than of descriptions holds, wherever it stands."""
    if column.is_numeric:
        return _number_misfit(cell, column) if cell.is_number else _text_under_numbers(cell, column)
    if column.role is ColumnRole.UNIT:
        return 1.5 if cell.is_number and cell.unit is None else 0.0 if cell.is_unit else 0.6
    if column.role is ColumnRole.POSITION:
        return 0.0 if len(cell.text) <= 6 else 1.6
    return 0.3 if cell.is_number and cell.decimals else 0.0


def _text_under_numbers(cell: Cell, column: Column) -> float:
    if cell.is_unit or cell.text in ("%", "-", "–", "—"):
        return 0.2 if column.role is ColumnRole.QUANTITY or column.also is ColumnRole.UNIT else 0.8
    if column.role in TAX_ROLES and len(cell.text) <= 4:
        return 0.4
    return 2.5


def _number_misfit(cell: Cell, column: Column) -> float:
    """Say how ill a number suits a column of numbers."""
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
