"""Columns that no heading names and that are no part of a description: a date in every row, the number of the row."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.domain.document import Word
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.columns.columns import Column, Placed
from pipeline.extract.rules.columns.heading_terms import ColumnRole

_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})")
_POSITION = re.compile(r"\d{1,3}[.)]")
_ALIGNED = 0.3  # line heights between the left edges of one column's dates, at most
_APART = 0.9  # line heights before a lone date that is a column of its own, at least
_NAMING = frozenset({ColumnRole.DESCRIPTION, ColumnRole.ITEM_CODE})


def date_columns(lines: Iterable[Sequence[Word]], scale: float) -> list[float]:
    """Return the left edges of columns of dates, in line heights: dates behind text that stand under each other.

    One date alone is a column where a wide gap parts it from the text before it.
    """
    edges: list[tuple[float, float]] = []
    for words in lines:
        if not any(w.text[0].isdigit() and _DATE.fullmatch(w.text) for w in words):
            continue
        ordered = sorted(words, key=lambda w: w.box.x0)
        for before, word in pairwise(ordered):
            if _DATE.fullmatch(word.text):
                edges.append((word.box.x0 * scale, (word.box.x0 - before.box.x1) * scale))
    groups: list[list[tuple[float, float]]] = []
    for edge in sorted(edges):
        if groups and edge[0] - groups[-1][0][0] <= _ALIGNED:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return [g[0][0] for g in groups if len(g) >= 2 or g[0][1] >= _APART]


def without_margins(placed: Sequence[Placed], columns: Sequence[Column], dates: Sequence[float]) -> list[Placed]:
    """Return the cells of a line, those taken out of its naming columns that are a column's date or the row's number.

    `dates` are the left edges of the columns of dates.
    """
    return [
        Placed(p.cell, None) if _is_naming(p, columns) and (_is_date(p.cell, dates) or _counts(i, placed)) else p
        for i, p in enumerate(placed)
    ]


def _is_naming(placed: Placed, columns: Sequence[Column]) -> bool:
    return placed.column is not None and columns[placed.column].role in _NAMING


def _is_date(cell: Cell, dates: Sequence[float]) -> bool:
    near = any(abs(cell.x0 - x) <= _ALIGNED for x in dates)
    return near and len(cell.words) == 1 and _DATE.fullmatch(cell.text) is not None


def _counts(index: int, placed: Sequence[Placed]) -> bool:
    """Say whether a line's first cell numbers it ("2." or "2)") in front of a text that begins with a capital."""
    following = placed[index + 1].cell.text if index == 0 and len(placed) > 1 else ""
    return (
        _POSITION.fullmatch(placed[index].cell.text) is not None and following[:1].isalpha() and following[0].isupper()
    )
