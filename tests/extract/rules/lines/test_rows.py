"""What kind of line a line is, and the arithmetic that a line must bear out."""

from decimal import Decimal

import pytest

from pipeline.domain.document import Box, Word
from pipeline.domain.money import DecimalMark
from pipeline.extract.rules.columns.cells import Cell, cells_of
from pipeline.extract.rules.columns.heading_terms import ColumnRole
from pipeline.extract.rules.lines.line_arithmetic import LineNumbers, solve
from pipeline.extract.rules.lines.row_labels import RowLabel, is_allowance, label_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Subtotal", RowLabel.SUBTOTAL),
        ("Zwischensumme Titel 1", RowLabel.SUBTOTAL),
        ("Übertrag von Seite 1", RowLabel.CARRIED),
        ("À reporter", RowLabel.CARRIED),
        ("Suma y sigue", RowLabel.CARRIED),
        ("I alt at betale", RowLabel.TOTAL),
        ("25 % moms af 170,00", RowLabel.TOTAL),
        ("Line Total Amount", RowLabel.TOTAL),
        ("Summa exkl. moms", RowLabel.TOTAL),
        ("Te betalen", RowLabel.TOTAL),
        ("Totale da pagare", RowLabel.TOTAL),
        ("t.v.a. 20%", RowLabel.TOTAL),
        ("Insgesamt", RowLabel.TOTAL),
        ("Cash", RowLabel.TOTAL),
        ("Kopipapir A4", None),
        ("Cash box with lock", None),
        ("Card reader", None),
        ("Barhocker", None),
    ],
)
def test_lines_that_are_no_items(text: str, label: RowLabel | None) -> None:
    assert label_of(text) is label


def test_allowances_on_the_whole_document() -> None:
    assert is_allowance("Remise commerciale")
    assert is_allowance("Package Discount (30%)")
    assert not is_allowance("Frais de port")


def _cell(text: str) -> Cell:
    (cell,) = cells_of([Word(text, Box(0.1, 0.1, 0.2, 0.11))], 60.0)
    return cell


def _solve(
    quantity: str, prices: list[str], amounts: list[str], discount: str = "", base: Decimal | None = None
) -> LineNumbers:
    return solve(
        [_cell(quantity)],
        [(ColumnRole.UNIT_PRICE, _cell(p)) for p in prices],
        [_cell(discount)] if discount else [],
        [(ColumnRole.AMOUNT, _cell(a)) for a in amounts],
        DecimalMark.COMMA,
        base,
    )


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "amount", "agrees"),
    [
        ("4", "42,50", "", "170,00", True),
        ("4", "42,50", "10%", "153,00", True),
        ("4", "42,50", "10,00", "160,00", True),
        ("4", "42,50", "2,50", "160,00", True),  # off each
        ("-4", "42,50", "", "-170,00", True),
        ("4,05", "18,74", "", "75,93", True),  # a rounded quantity
        ("3", "33,33", "", "100,00", True),  # a rounded price
        ("4", "42,50", "", "171,00", False),
        ("0", "42,50", "", "0,00", True),
        ("500", "12,00", "", "60,00", True),  # a price for a hundred, though nobody says so
    ],
)
def test_what_agrees(quantity: str, price: str, discount: str, amount: str, agrees: bool) -> None:
    assert _solve(quantity, [price], [amount], discount).agrees is agrees


def test_of_several_amounts_the_agreeing_one_is_taken() -> None:
    found = _solve("4", ["42,50"], ["34,00", "170,00", "204,00"])
    assert found.net_amount is not None
    assert found.net_amount.value == 170


def test_a_printed_price_base_is_believed() -> None:
    assert _solve("500", ["12,00"], ["60,00"], base=Decimal(100)).agrees is True
    assert _solve("500", ["12,00"], ["60,00"], base=Decimal(10)).agrees is False


def test_without_an_amount_nothing_is_checked() -> None:
    assert _solve("4", ["42,50"], []).agrees is None
