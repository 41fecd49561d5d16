"""Descriptions that begin with a quantity and its unit."""

from collections.abc import Callable

from pipeline.domain.document import Document
from tests.extract.rules.lines.table_reading import rows

COLUMNS = ("description", "quantity", "unit", "net_amount")
Paper = Callable[..., Document]


def test_quantity_and_unit_stand_before_the_name(paper: Paper) -> None:
    page = """
       Bezeichnung                                  Betrag (€)
       3 m³ Kies, gewaschen                             96,00
       2,5 Std Baggerarbeiten                          187,50
       1 Psch Anfahrt                                   45,00
       Zwischensumme                                   328,50
"""
    assert rows(paper(page), *COLUMNS) == [
        ("Kies, gewaschen", "3", "m³", "96"),
        ("Baggerarbeiten", "2.5", "Std", "187.5"),
        ("Anfahrt", "1", "Psch", "45"),
    ]


def test_a_name_that_begins_with_a_number_keeps_it(paper: Paper) -> None:
    page = """
       Description                                  Amount
       24 months warranty                            96.00
       Delivery                                      12.00
       Total                                        108.00
"""
    assert rows(paper(page), *COLUMNS)[0] == ("24 months warranty", None, None, "96")
