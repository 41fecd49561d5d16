"""The columns of one table: which cell of a line stands under which heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
from pipeline.extract.rules.writing.units import is_unit

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
_Way = tuple[float, tuple[int | None, ...]]
_NO_WAY: _Way = (float("inf"), ())


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, and where its heading and cells stand, in line heights from the left edge.

    `also` is the second thing that a merged column ("Qty/Unit") holds; `heading` are its heading's words.
    """

    role: ColumnRole
    x0: float
    x1: float
    also: ColumnRole | None = None
    heading: tuple[HeadingWord, ...] = ()

    @property
    def is_numeric(self) -> bool:
        return self.role in NUMERIC_ROLES

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def names_and_describes(self) -> bool:
        """Say whether the heading announces a name and a description: "Name & Description", "Nom et désignation"."""
        text = " ".join(word for word, _, _ in self.heading)
        words = set(fold_words(text).split())
        return bool(words & NAME_WORDS and words & DESCRIPTION_WORDS and _AND.search(text))


@dataclass(frozen=True, slots=True)
class Placed:
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
    """Put each cell of a line under a column so that the whole line fits best; left to right stays left to right."""
    if not cells:
        return []
    reach = [_reach(columns, i) for i in range(len(columns))]
    # best[j]: the cheapest way to place the cells so far whose last column is j - 1; best[0] has placed none.
    best: list[_Way] = [(0.0, ())] + [_NO_WAY] * len(columns)
    for index, cell in enumerate(cells):
        before = cells[index - 1] if index else None
        following: list[_Way] = []
        cheapest = _NO_WAY  # among those whose last column stands left of j
        for j, way in enumerate(best):
            options = [(way[0] + _stray(cell), (*way[1], None))]
            if j > 0:
                column = columns[j - 1]
                step = _cost(cell, column, reach[j - 1])
                for earlier, again in ((cheapest, False), (way, True)):
                    if earlier is not _NO_WAY:
                        cost = earlier[0] + step + (_together(before, cell, column, again) if before else 0.0)
                        options.append((cost, (*earlier[1], j - 1)))
            following.append(min(options, key=lambda o: o[0]))
            cheapest = min(cheapest, way, key=lambda w: w[0])
        best = following
    chosen = min(best, key=lambda w: w[0])[1]
    return [Placed(cell, column) for cell, column in zip(cells, chosen, strict=True)]


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


def _reach(columns: Sequence[Column], index: int) -> tuple[float, float]:
    """How far a column's cells may stand: text fills the room up to its neighbours, numbers stay near their heading."""
    column = columns[index]
    if column.role not in (ColumnRole.DESCRIPTION, ColumnRole.ITEM_CODE, ColumnRole.OTHER):
        return column.x0, column.x1
    left = columns[index - 1].x1 if index else 0.0
    right = columns[index + 1].x0 if index + 1 < len(columns) else column.x1
    if column.role is ColumnRole.DESCRIPTION:
        return min(left, column.x0), max(right, column.x1)
    return column.x0, max(column.x1, right)


def _distance(cell: Cell, column: Column, reach: tuple[float, float]) -> float:
    """How far a cell is from its column, in line heights: the gap, and a little for a poor alignment."""
    gap = max(0.0, reach[0] - cell.x1, cell.x0 - reach[1])
    if column.is_numeric and cell.is_number and gap > 1.0:
        gap = 1.0 + (gap - 1.0) * 0.35  # numbers aligned right may stand far from a heading set left
    aligned = min(abs(cell.x0 - column.x0), abs(cell.x1 - column.x1), abs((cell.x0 + cell.x1) / 2 - column.centre))
    overlap = min(cell.x1, column.x1) - max(cell.x0, column.x0)
    return gap + (0.0 if overlap > 0 else 0.15) + 0.08 * min(aligned, 8.0)


def _cost(cell: Cell, column: Column, reach: tuple[float, float]) -> float:
    cost = _distance(cell, column, reach)
    if column.is_numeric:
        if not cell.is_number:
            return cost + _text_under_numbers(cell, column)
        return cost + _misfit(cell, column)
    if column.role is ColumnRole.UNIT:
        return cost + (1.5 if cell.is_number and cell.unit is None else 0.0 if is_unit(cell.text) else 0.6)
    if column.role is ColumnRole.POSITION:
        whole = cell.is_number and cell.decimals == 0 and len(cell.text) <= 6
        return cost + (0.0 if whole or len(cell.text) <= 6 else 1.6)
    if column.role is ColumnRole.DESCRIPTION:
        centre_inside = reach[0] <= (cell.x0 + cell.x1) / 2 <= reach[1]
        return cost + (0.6 if centre_inside else 1.6) if cell.is_number else cost
    return cost + (0.3 if cell.is_number and cell.decimals else 0.0)


def _text_under_numbers(cell: Cell, column: Column) -> float:
    if is_unit(cell.text) or cell.text in ("%", "-", "–", "—"):
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


def _together(before: Cell, cell: Cell, column: Column, again: bool) -> float:
    """What it costs that a cell shares the column of the one before it, or leaves it."""
    near = cell.x0 - before.x1 < 0.55
    if again:
        if column.is_numeric and before.is_number and cell.is_number:
            return 4.0
        if column.role is ColumnRole.POSITION:
            return 1.5
        return 0.0
    if near and not before.is_number and not cell.is_number and column.role in _TEXT_ROLES:
        return 0.8
    return 0.0


def _stray(cell: Cell) -> float:
    return _STRAY_NUMBER if cell.is_number else _STRAY_TEXT
