"""Descriptions that begin with how much of what: "8 h Installation" in a table that has no column for quantities."""

import re
from collections.abc import Sequence

from pipeline.domain.extraction import LineItem
from pipeline.domain.money import DecimalMark, readings
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.columns.cells import Cell
from pipeline.extract.rules.columns.heading_terms import ColumnRole
from pipeline.extract.rules.lines.descriptions import TextPart
from pipeline.extract.rules.lines.line_arithmetic import readings_of
from pipeline.extract.rules.lines.line_fields import number_field, text_field
from pipeline.extract.rules.writing.units import is_unit

_COUNTED = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?\s\S+\s\S")
_COLUMNS = frozenset({ColumnRole.QUANTITY, ColumnRole.UNIT, ColumnRole.UNIT_PRICE, ColumnRole.LIST_PRICE})


def begin_with_counts(names: Sequence[TextPart | None], roles: frozenset[ColumnRole]) -> bool:
    """Say whether all descriptions of a table begin with a quantity and its unit; `roles` is what its columns hold.

    `names` are the first lines of the descriptions. One alone may be so called: "12 months warranty".
    """
    if len(names) < 2 or roles & _COLUMNS:
        return False
    return all(n is not None and _COUNTED.match(n.text) and is_unit(n.words[1].text) for n in names)


def without_count(name: TextPart) -> TextPart:
    """Return the first line of a description without the quantity and the unit that it begins with."""
    return TextPart((Cell(name.words[2:], name.x0, name.x1),), name.y0, name.y1)


def leading_count(name: TextPart, page: int, mark: DecimalMark | None) -> LineItem:
    """Return the quantity and the unit that the first line of a description begins with."""
    count, unit = name.words[:2]
    number = readings_of(Cell((count,), name.x0, name.x0, readings(count.text)), mark)[0]
    return {
        LineColumn.QUANTITY: number_field(number, page, 0.8, number.certain),
        LineColumn.UNIT: text_field([Cell((unit,), name.x0, name.x0)], page, 0.8),
    }
