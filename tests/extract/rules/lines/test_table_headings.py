"""Tables whose headings mislead: names under another heading, two languages, a name and its description."""

from collections.abc import Callable

from pipeline.domain.document import Document
from tests.extract.rules.lines.table_reading import AMOUNTS, items, rows

Paper = Callable[..., Document]


def test_the_column_of_names_is_the_description(paper: Paper) -> None:
    page = """
       Artikel          Warenbezeichnung                    Menge        Preis        Gesamtpreis
       39.714.48        Putztücher, 10 Stück                    2         4,50               9,00
       15.787.53        Umwälzpumpe verstärkt                   1        46,00              46,00
"""
    assert rows(paper(page), "item_code", "description") == [
        ("39.714.48", "Putztücher, 10 Stück"),
        ("15.787.53", "Umwälzpumpe verstärkt"),
    ]


def test_counts_under_item_are_positions(paper: Paper) -> None:
    page = """
       Item    Product      Details                        Qty      Price       Amount
       100     MVD9419      Sourdough loaf                   2      37.45        74.90
       200     KMS9583      Printed labels, left             3       2.00         6.00
"""
    assert rows(paper(page), "item_code", "description") == [
        ("MVD9419", "Sourdough loaf"),
        ("KMS9583", "Printed labels, left"),
    ]


def test_headings_in_two_languages_head_one_table(paper: Paper) -> None:
    page = """
       Pos.     Art.nr       Benämning                Antal        Pris         Belopp
       Rivi     Tuotekoodi   Nimitys                  Määrä        Hinta        Summa
       010      P8971-X      Hydraulslang                 3        2,00           6,00
       020      C0336-P      Färgroller                   2        4,00           8,00
"""
    assert rows(paper(page), "description", "net_amount") == [("Hydraulslang", "6"), ("Färgroller", "8")]


def test_a_heading_of_name_and_description_parts_them(paper: Paper) -> None:
    page = """
       Code        Nom & désignation                          Qté      P.U. HT     Total HT
       A1          Assistance - Intervention sur site           1        60,00        60,00
       A2          Papier - Ramette de 500 feuilles             3        10,00        30,00
"""
    assert [item["description"] for item in items(paper(page))] == ["Assistance", "Papier"]


def test_a_dash_in_a_plain_description_stays(paper: Paper) -> None:
    page = """
       Code        Désignation                                Qté      P.U. HT     Total HT
       A1          Assistance - Intervention sur site           1        60,00        60,00
       A2          Papier - Ramette de 500 feuilles             3        10,00        30,00
"""
    assert items(paper(page))[0]["description"] == "Assistance - Intervention sur site"


def test_headings_a_plain_blank_apart_are_two(paper: Paper) -> None:
    page = """
       Cant. Descripción                         Precio       Importe
          24 Merluza fresca                       52,48      1.259,52
           2 Transporte refrigerado            1.857,58      3.715,16
"""
    assert rows(paper(page), *AMOUNTS) == [
        ("Merluza fresca", "24", "52.48", "1259.52"),
        ("Transporte refrigerado", "2", "1857.58", "3715.16"),
    ]


def test_a_discount_and_an_amount_headed_a_blank_apart(paper: Paper) -> None:
    page = """
       N°        Description                    Qté         Prix     Remise Montant
       T2092     Catalogue relié                  5        45,48             227,40
       M9512     Osier blanc écorcé, botte        3     1 688,12           5 064,36
"""
    assert rows(paper(page), *AMOUNTS) == [
        ("Catalogue relié", "5", "45.48", "227.4"),
        ("Osier blanc écorcé, botte", "3", "1688.12", "5064.36"),
    ]


def test_a_column_of_dates_and_the_numbers_of_rows_are_no_description(paper: Paper) -> None:
    page = """
       Item Number  Description                              Qty     Unit Price Disc %   Extended
         1. T711    Courier to site          31/01/2026        2          26.84             53.68
         2. T9454   Replacement              31/01/2026        3         745.38          2,236.14
                    thermocouple
         3. K2326   Bespoke cable loom, 12   28/02/2026        5         100.00            500.00
"""
    assert rows(paper(page), "item_code", *AMOUNTS) == [
        ("T711", "Courier to site", "2", "26.84", "53.68"),
        ("T9454", "Replacement thermocouple", "3", "745.38", "2236.14"),
        ("K2326", "Bespoke cable loom, 12", "5", "100", "500"),
    ]
