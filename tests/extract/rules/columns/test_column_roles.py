"""What columns hold, where their headings do not say it or say something else."""

from collections.abc import Callable

from pipeline.domain.document import Document
from tests.extract.rules.lines.table_reading import AMOUNTS, rows

Paper = Callable[..., Document]


def test_a_column_of_units_under_another_heading(paper: Paper) -> None:
    page = """
       Beskrivelse              Handling     Antal    Enhedspris         Total
       Kabel 3G1,5              rulle         2,00        500,00      1.000,00
       Montering                timer         3,00        450,00      1.350,00
       Kørsel                   km           40,00          3,80        152,00
"""
    assert rows(paper(page), "unit", "quantity") == [("rulle", "2"), ("timer", "3"), ("km", "40")]


def test_a_column_of_flags_holds_no_units(paper: Paper) -> None:
    page = """
       Description              Qty     Unit price    Taxable       Total
       Cable                      2         500.00    T          1,000.00
       Assembly                   3         450.00    T          1,350.00
"""
    assert rows(paper(page), "unit", "quantity") == [(None, "2"), (None, "3")]


def test_the_column_that_always_has_a_name_is_the_description(paper: Paper) -> None:
    page = """
       Qty   Product                   Serial #     Description              Subtotal
         2   Garden shears             KX-1187                                  58.00
         1   Watering can, copper      33912        hand made                   44.00
         5   Potting soil              TT-2291                                  35.00
"""
    assert rows(paper(page), "description", "quantity") == [
        ("Garden shears", "2"),
        ("Watering can, copper", "1"),
        ("Potting soil", "5"),
    ]


def test_amount_before_the_item_is_how_many(paper: Paper) -> None:
    page = """
       Amount   Item                       VAT      Unit Price        Price
           8    Site visit                 20 %          60.00       576.00
           1    Parcel                      0 %          12.00        12.00
"""
    assert rows(paper(page), *AMOUNTS) == [("Site visit", "8", "60", "576"), ("Parcel", "1", "12", "12")]


def test_a_number_sign_behind_the_item_is_how_many(paper: Paper) -> None:
    page = """
       Item                             #        Price
       Hose clamp                       5        $2.07
       Docking station                  3      $120.83
       Subtotal:                               $372.84

       Harbour Supplies                            11
"""
    assert rows(paper(page), "description", "quantity", "unit_price") == [
        ("Hose clamp", "5", "2.07"),
        ("Docking station", "3", "120.83"),
    ]


def test_a_net_price_that_is_quantity_times_unit_price_is_the_amount(paper: Paper) -> None:
    page = """
       Description         Qty    Unit Price    Net Price   Tax Rate   Tax Amount   Total Price
       Afternoon tea         3        £12.00       £36.00        n/a        £0.00        £36.00
       Hose clamp           12         £4.00       £48.00     20.00%        £9.60        £57.60
       Weld wire             2         £8.00       £16.00        n/a        £0.00        £16.00
"""
    assert rows(paper(page), *AMOUNTS) == [
        ("Afternoon tea", "3", "12", "36"),
        ("Hose clamp", "12", "4", "48"),
        ("Weld wire", "2", "8", "16"),
    ]
