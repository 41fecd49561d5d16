"""Orders in running text, and tables typed into a mail."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document, WordsFrom
from tests.extract.rules.lines.table_reading import items, rows

Paper = Callable[..., Document]


def _mail(paper: Paper, text: str) -> Document:
    return paper(text, words_from=WordsFrom.MAIL_BODY)


def test_order_lines_in_a_danish_mail(paper: Paper) -> None:
    document = _mail(
        paper,
        """
Hej,

Vi vil gerne bestille følgende til levering 12. maj:

10 x PAP-A4-80 Kopipapir
5 stk. Skruer 4x40 mm (varenr. 44120)
- 2 kasser Toner sort HP 26A á 499,00 kr.

Vores ordrenr. er 4711. Leveres til Storegade 12, 8000 Aarhus C.

Venlig hilsen
Tlf. 12 34 56 78
""",
    )
    assert items(document) == [
        {"quantity": "10", "item_code": "PAP-A4-80", "description": "Kopipapir"},
        {"quantity": "5", "unit": "stk.", "item_code": "44120", "description": "Skruer 4x40 mm"},
        {"quantity": "2", "unit": "kasser", "description": "Toner sort HP 26A", "unit_price": "499"},
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Pos. 1: 100 Stück Schrauben M8x60, Art.-Nr. 77812", ("100", "Stück", "77812", "Schrauben M8x60")),
        ("3) 4 Karton Handschuhe Gr. 10", ("4", "Karton", None, "Handschuhe Gr. 10")),
        ("- Papier A4 80g : 10 ramettes", ("10", "ramettes", None, "Papier A4 80g")),
        ("- Stylos bleus x 50", ("50", None, None, "Stylos bleus")),
        ("Werkhandschoenen maat 10   20 stuks", ("20", "stuks", None, "Werkhandschoenen maat 10")),
        ("• 2 uds Monitor 27 pulgadas", ("2", "uds", None, "Monitor 27 pulgadas")),
        ("12 pz Cavo di rete CAT6", ("12", "pz", None, "Cavo di rete CAT6")),
        ("1.500 stk Skiver M8", ("1500", "stk", None, "Skiver M8")),
    ],
)
def test_ways_to_write_an_order_line(paper: Paper, line: str, expected: tuple[str | None, ...]) -> None:
    document = _mail(paper, f"\n{line}\n\nPreis 12,50 kr. 1.234,50 kr. 99,00 kr.\n")
    assert rows(document, "quantity", "unit", "item_code", "description") == [expected]


def test_a_table_typed_into_a_mail(paper: Paper) -> None:
    document = _mail(
        paper,
        """
Please find our order PO-10023 below:

Item        Description              Qty   Unit   Unit price
PAP-A4-80   Copy paper A4 80 g        10   box         24.90
CHR-1       Office chair, ergonomic    1   pcs        199.50

Total net: 448.50 EUR
Payment 30 days net.
""",
    )
    assert rows(document, "item_code", "description", "quantity", "unit", "unit_price") == [
        ("PAP-A4-80", "Copy paper A4 80 g", "10", "box", "24.9"),
        ("CHR-1", "Office chair, ergonomic", "1", "pcs", "199.5"),
    ]


def test_prose_with_numbers_orders_nothing(paper: Paper) -> None:
    document = _mail(
        paper,
        """
Thanks for your mail. See you on 12 May at 10.
We have 3 offices and 20 employees, open 5 days a week.
Best regards
2 Main Street
Phone 12 34 56 78
""",
    )
    assert items(document) == []


def test_a_single_order_like_line_on_a_printed_page_is_not_believed(paper: Paper) -> None:
    assert items(paper("Delivery comprises\n10 x Copy paper\n")) == []


def test_what_a_line_of_an_order_comes_to_stands_at_its_end(paper: Paper) -> None:
    document = _mail(
        paper,
        """
Ordered Tue Mar 12 2024 09:41:17
4 x Desk lamp, brass $96.00
1 x Waste basket 12 l $18.50
""",
    )
    assert rows(document, "description", "quantity", "net_amount") == [
        ("Desk lamp, brass", "4", "96"),
        ("Waste basket 12 l", "1", "18.5"),
    ]
