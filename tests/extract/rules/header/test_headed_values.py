"""Numbers and dates in a small table: one row of headings over one row of values."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.extract.rules.page.layout import layout_of
from tests.extract.rules.header.header_reading import values

Paper = Callable[..., Document]


@pytest.mark.parametrize(
    ("title", "headings", "cells"),
    [
        (
            "Invoice",
            "Invoice #  Invoice Date  Due Date    Order #   Salesperson  Ship via",
            "A-82761    08/06/2026    22/07/2026  B7819     R. Halvard",
        ),
        (
            "Faktura",
            "Fakturanr  Fakturadato   Forfaldsdato  Ordrenr  Sælger",
            "A-82761    08-06-2026    22-07-2026    B7819    R. Halvard",
        ),
        (
            "Factuur",
            "Factuurnr  Factuurdatum  Vervaldatum  Ordernr  Vertegenwoordiger",
            "A-82761    08-06-2026    22-07-2026   B7819    R. Halvard",
        ),
    ],
)
def test_headings_a_blank_apart_head_the_values_under_them(title: str, headings: str, cells: str, paper: Paper) -> None:
    page = f"""
^      {title}

       {headings}
       {cells}
"""
    read = values(paper(page))
    assert read["invoice_number"] == "A-82761"
    assert read["issue_date"] == "2026-06-08"
    assert read["due_date"] == "2026-07-22"
    assert read["purchase_order_reference"] == "B7819"


def _document(*words: tuple[str, float, float]) -> Document:
    """Return a page of words at their left edge and top, in hundredths of the page."""
    placed = tuple(Word(t, Box(x / 100, y / 100, (x + 1.2 * len(t)) / 100, (y + 1.4) / 100)) for t, x, y in words)
    page = Page(1, 595.0, 842.0, placed)
    return Document(
        "paper.pdf", "0" * 64, (page,), WordsFrom.TEXT_LAYER, TextQuality(QualityBand.CLEAN, 1.0, 0.0), 1, 1
    )


HEADED = (
    ("Invoice", 8, 10), ("#", 17, 10), ("Due", 30, 10), ("Date", 35, 10), ("Order", 50, 10), ("#", 57, 10),
    ("A-82761", 8, 13),
)  # fmt: skip


def test_a_code_and_a_date_wrapped_in_their_cells_are_joined() -> None:
    document = _document(
        *HEADED, ("25-07-", 30, 12), ("2026", 30, 14), ("PO-", 50, 12), ("1084", 50, 14), ("INVOICE", 8, 4)
    )
    read = values(document)
    assert read["due_date"] == "2026-07-25"
    assert read["purchase_order_reference"] == "PO-1084"


def test_a_number_that_happens_to_stand_under_a_range_is_not_joined() -> None:
    document = _document(("Tel.", 8, 12), ("0118-", 14, 12), ("62", 20.5, 12), ("2026", 14, 14))
    assert [w.text for row in layout_of(document).rows for w in row.words] == ["Tel.", "0118-", "62", "2026"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Lieferbar bis", "delivery_date"),
        ("Requis pour", "delivery_date"),
        ("Leveres innen", "delivery_date"),
        ("Levereras senast", "delivery_date"),
        ("Richiesto entro", "delivery_date"),
        ("Requerido para", "delivery_date"),
        ("Te leveren voor", "delivery_date"),
        ("Bezahlbar bis", "due_date"),
    ],
)
def test_until_when_goods_or_money_come(label: str, field: str, paper: Paper) -> None:
    page = f"""
^      Invoice 5
       {label}                      24.11.2026
"""
    assert values(paper(page))[field] == "2026-11-24"


def test_a_till_prints_the_date_of_sale_with_its_time(paper: Paper) -> None:
    page = """
                KVITTERING
       Butikken på Hjørnet
       07-01-2026 19:00
       I alt                   120,00
"""
    assert values(paper(page))["issue_date"] == "2026-01-07"


def test_hash_over_the_numbers_of_rows_is_no_invoice_number(paper: Paper) -> None:
    page = """
^      Invoice

       # Description              Quantity      Unit price      Total
       1 Mooring line                    1          208.58     208.58
"""
    assert "invoice_number" not in values(paper(page))
