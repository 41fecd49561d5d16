"""Cells under columns, and columns that their numbers correct."""

from decimal import Decimal

from pipeline.domain.document import Box, Word
from pipeline.domain.money import DecimalMark
from pipeline.extract.rules.columns.cells import Cell, cells_of
from pipeline.extract.rules.columns.column_roles import settled, with_unheaded
from pipeline.extract.rules.columns.columns import Column, place
from pipeline.extract.rules.columns.heading_terms import ColumnRole

_SCALE = 60.0  # line heights across the page


def _cells(*placed: tuple[float, str]) -> list[Cell]:
    """Make the cells of a line from words that begin at so many line heights from the left, letters half as wide."""
    words = [Word(t, Box(x / _SCALE, 0.1, (x + len(t) / 2) / _SCALE, 0.11)) for x, t in placed]
    return cells_of(words, _SCALE)


def _columns(*named: tuple[ColumnRole, float, float]) -> list[Column]:
    return [Column(role, x0, x1) for role, x0, x1 in named]


_USUAL = _columns(
    (ColumnRole.DESCRIPTION, 2, 8),
    (ColumnRole.QUANTITY, 30, 33),
    (ColumnRole.UNIT_PRICE, 38, 42),
    (ColumnRole.AMOUNT, 48, 52),
)


def test_numbers_far_from_centred_headings_keep_their_order() -> None:
    cells = _cells((2, "Paper"), (35, "8"), (44, "90"), (54, "720"))
    assert [p.column for p in place(cells, _USUAL)] == [0, 1, 2, 3]


def test_numbers_in_a_description_stay_in_it() -> None:
    cells = _cells((2, "Screws"), (5.3, "M8"), (6.5, "x"), (7.2, "60"), (32, "100"), (40, "0.35"), (50, "35.00"))
    placed = place(cells, _USUAL)
    assert {p.column for p in placed[:-3]} == {0}
    assert [p.column for p in placed[-3:]] == [1, 2, 3]


def test_an_empty_column_stays_empty() -> None:
    cells = _cells((2, "Freight"), (50, "35.00"))
    assert [p.column for p in place(cells, _USUAL)] == [0, 3]


def test_a_number_far_outside_the_table_belongs_to_no_column() -> None:
    assert place(_cells((90, "7")), _USUAL)[0].column is None


def test_numbers_parted_by_blanks_are_one_cell() -> None:
    (cell,) = _cells((10, "1"), (10.8, "040,10"))
    assert [r.value for r in cell.found] == [Decimal("1040.10")]
    assert len(_cells((10, "1"), (14, "040,10"))) == 2


def test_signs_currencies_and_percent_belong_to_their_number() -> None:
    minus, price, rate = _cells((10, "-"), (10.8, "0,10"), (20, "$"), (20.8, "42.00"), (30, "10"), (31.2, "%"))
    assert (minus.found[0].value, price.text, rate.percent) == (Decimal("-0.10"), "$ 42.00", True)


def test_codes_with_a_currency_like_word_are_no_numbers() -> None:
    assert not _cells((10, "CAT6"))[0].is_number
    assert _cells((10, "DKK42,50"))[0].is_number


def test_arithmetic_overrules_headings() -> None:
    """An "Amount" before the description is the quantity."""
    columns = _columns(
        (ColumnRole.AMOUNT, 2, 5),
        (ColumnRole.DESCRIPTION, 8, 14),
        (ColumnRole.UNIT_PRICE, 38, 42),
        (ColumnRole.AMOUNT, 48, 52),
    )
    lines = [
        place(_cells((2, "400.00"), (8, "Balloons"), (38, "0.79"), (48, "316.00")), columns),
        place(_cells((2, "200.00"), (8, "Air"), (38, "0.10"), (48, "20.00")), columns),
    ]
    roles = [c.role for c in settled(columns, lines, DecimalMark.POINT)]
    assert roles == [ColumnRole.QUANTITY, ColumnRole.DESCRIPTION, ColumnRole.UNIT_PRICE, ColumnRole.AMOUNT]


def test_a_column_without_heading_is_found_where_numbers_line_up() -> None:
    columns = _columns((ColumnRole.DESCRIPTION, 2, 8), (ColumnRole.UNIT_PRICE, 38, 42), (ColumnRole.AMOUNT, 48, 52))
    lines = [
        place(_cells((2, "Paper"), (30.5, "4"), (39, "42.50"), (49, "170.00")), columns),
        place(_cells((2, "Toner"), (30, "12"), (39, "10.00"), (49, "120.00")), columns),
    ]
    more = with_unheaded(columns, lines)
    assert len(more) == 4
    again = [place([p.cell for p in line], more) for line in lines]
    assert [c.role for c in settled(more, again, DecimalMark.POINT)][1] is ColumnRole.QUANTITY
