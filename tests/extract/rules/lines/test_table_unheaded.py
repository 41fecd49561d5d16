"""Lists without column headings: receipts, and invoices that print amounts at the line's end."""

from collections.abc import Callable

from pipeline.domain.document import Document
from tests.extract.rules.lines.table_reading import AMOUNTS, items, rows

Paper = Callable[..., Document]


def test_quantity_times_price_is_found_without_headings(paper: Paper) -> None:
    document = paper("""
Rechnung 4711

 3    Monitor 27 Zoll              150,00       450,00
10    Netzwerkkabel CAT6 10 m       12,50       125,00

Nettobetrag                                     575,00
zzgl. 19 % MwSt.                                109,25
""")
    assert rows(document, *AMOUNTS) == [
        ("Monitor 27 Zoll", "3", "150", "450"),
        ("Netzwerkkabel CAT6 10 m", "10", "12.5", "125"),
    ]


def test_a_danish_receipt(paper: Paper) -> None:
    document = paper("""
      KAFFEBAREN
   CVR 12345674

2 x Cafe latte          84,00
1 Kanelsnegl            28,00
Sandwich kylling        65,00
  3 x 12,00 Vand        36,00

Total                  213,00
Heraf moms 25%          42,60
Dankort                213,00
""")
    assert rows(document, *AMOUNTS) == [
        ("Cafe latte", "2", None, "84"),
        ("Kanelsnegl", "1", None, "28"),
        ("Sandwich kylling", None, None, "65"),
        ("Vand", "3", "12", "36"),
    ]


def test_a_receipt_that_prints_the_count_below_the_article(paper: Paper) -> None:
    document = paper("""
Bread                               2.50
Milk
  2 @ 1.20                          2.40
Apples 0.856 kg x 2.99/kg           2.56
SUBTOTAL                            7.46
TOTAL                               7.46
CASH                               10.00
CHANGE                              2.54
""")
    assert rows(document, *AMOUNTS) == [
        ("Bread", None, None, "2.5"),
        ("Milk", "2", "1.2", "2.4"),
        ("Apples", "0.856", "2.99", "2.56"),
    ]


def test_lines_that_add_up_to_a_printed_total(paper: Paper) -> None:
    document = paper("""
Invoice 4711

Website hosting, April                         120.00
Domain renewal                                  15.00
Support contract                               300.00

Total due                                      435.00
""")
    assert rows(document, "description", "net_amount") == [
        ("Website hosting, April", "120"),
        ("Domain renewal", "15"),
        ("Support contract", "300"),
    ]


def test_lines_that_add_up_to_nothing_are_not_believed(paper: Paper) -> None:
    document = paper("""
Opening balance, March                         120.00
Last month                                      15.00

Total due                                      435.00
""")
    assert items(document) == []
