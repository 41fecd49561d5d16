"""What column headings name, and which lines are rows of headings."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document
from pipeline.extract.rules.columns.column_headings import heading_role, heading_rows
from pipeline.extract.rules.columns.heading_terms import ColumnRole
from pipeline.extract.textlines import text_lines


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Antal", ColumnRole.QUANTITY),
        ("Stk. pris", ColumnRole.UNIT_PRICE),
        ("À-pris", ColumnRole.UNIT_PRICE),
        ("Beløb (DKK)", ColumnRole.AMOUNT),
        ("Beløb ekskl. moms", ColumnRole.NET_AMOUNT),
        ("Belopp inkl. moms", ColumnRole.GROSS_AMOUNT),
        ("MVA %", ColumnRole.TAX_RATE),
        ("Art.-Nr.", ColumnRole.ITEM_CODE),
        ("E-Preis", ColumnRole.UNIT_PRICE),
        ("Preis pro Einheit in EUR", ColumnRole.UNIT_PRICE),
        ("P.U. HT (EUR)", ColumnRole.UNIT_PRICE),
        ("Montant TVA", ColumnRole.TAX_AMOUNT),
        ("Désignation des produits", ColumnRole.DESCRIPTION),
        ("Omschrijving", ColumnRole.DESCRIPTION),
        ("Korting", ColumnRole.DISCOUNT),
        ("Importe neto", ColumnRole.NET_AMOUNT),
        ("Prezzo unitario", ColumnRole.UNIT_PRICE),
        ("U.M.", ColumnRole.UNIT),
        ("#", ColumnRole.POSITION),
        ("Price w/o tax", ColumnRole.UNIT_PRICE),
        ("Descriptlon", ColumnRole.DESCRIPTION),
    ],
)
def test_headings(text: str, role: ColumnRole) -> None:
    found = heading_role(text)
    assert found is not None
    assert found.role is role


@pytest.mark.parametrize(
    ("text", "role", "also"),
    [
        ("Qty/Unit", ColumnRole.QUANTITY, ColumnRole.UNIT),
        ("Antal / Enhed", ColumnRole.QUANTITY, ColumnRole.UNIT),
        ("Varenr. / Beskrivelse", ColumnRole.ITEM_CODE, ColumnRole.DESCRIPTION),
        ("Rate/Price", ColumnRole.UNIT_PRICE, None),
    ],
)
def test_merged_headings(text: str, role: ColumnRole, also: ColumnRole | None) -> None:
    found = heading_role(text)
    assert found is not None
    assert (found.role, found.also) == (role, also)


@pytest.mark.parametrize("text", ["Storegade 12", "Kind regards", "We hereby order the following goods", "4711", ""])
def test_other_text_names_nothing(text: str) -> None:
    assert heading_role(text) is None


def test_a_row_of_headings_spans_its_lines(paper: Callable[..., Document]) -> None:
    page = paper("""
Invoice 4711       Date 12.03.2024

Product     Description     Quantity    Unit       Total
code        of goods        ordered     price      amount
A-100       Paper                  4    42.50      170.00
""").pages[0]
    (row,) = heading_rows(page, text_lines(page))
    assert [h.role.role for h in row.headings] == [
        ColumnRole.ITEM_CODE,
        ColumnRole.DESCRIPTION,
        ColumnRole.QUANTITY,
        ColumnRole.UNIT_PRICE,
        ColumnRole.AMOUNT,
    ]
    assert row.last == row.first + 1


def test_headings_one_blank_apart_are_told_apart(paper: Callable[..., Document]) -> None:
    page = paper("""
Pos Beskrivelse Antal Pris Beløb
""").pages[0]
    (row,) = heading_rows(page, text_lines(page))
    assert len(row.headings) == 5


def test_the_headings_of_a_tax_table_are_no_item_headings(paper: Callable[..., Document]) -> None:
    page = paper("""
Taux TVA      Base HT      Montant TVA
20 %           170,00            34,00
""").pages[0]
    assert heading_rows(page, text_lines(page)) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ilość", ColumnRole.QUANTITY),
        ("Cena jedn. netto", ColumnRole.UNIT_PRICE),
        ("Wartość brutto", ColumnRole.GROSS_AMOUNT),
        ("Kuvaus", ColumnRole.DESCRIPTION),
        ("Hinta alv 0 %", ColumnRole.UNIT_PRICE),
        ("Veroton yhteensä", ColumnRole.NET_AMOUNT),
        ("Preço unitário", ColumnRole.UNIT_PRICE),
        ("Qtd.", ColumnRole.QUANTITY),
        ("Deres pos.", ColumnRole.ORDER_LINE_REFERENCE),
    ],
)
def test_headings_of_further_languages(text: str, role: ColumnRole) -> None:
    found = heading_role(text)
    assert found is not None
    assert found.role is role


def _roles(document: Document) -> list[tuple[str, ColumnRole]]:
    (page,) = document.pages
    return [(h.text, h.role.role) for row in heading_rows(page, text_lines(page)) for h in row.headings]


def test_an_unknown_heading_close_to_known_ones_is_one_of_its_own(paper: Callable[..., Document]) -> None:
    assert _roles(paper("Beskrivelse        Handling Antal Stykpris Rabat Beskattes     Total\n")) == [
        ("Beskrivelse", ColumnRole.DESCRIPTION),
        ("Handling", ColumnRole.OTHER),
        ("Antal", ColumnRole.QUANTITY),
        ("Stykpris", ColumnRole.UNIT_PRICE),
        ("Rabat", ColumnRole.DISCOUNT),
        ("Beskattes", ColumnRole.OTHER),
        ("Total", ColumnRole.AMOUNT),
    ]


def test_a_number_sign_beside_a_price_is_a_heading(paper: Callable[..., Document]) -> None:
    assert _roles(paper("Item               # Price    Total\n"))[1:3] == [
        ("#", ColumnRole.POSITION),
        ("Price", ColumnRole.UNIT_PRICE),
    ]
