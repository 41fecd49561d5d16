"""Tables of line items, set as a typewriter would: what stands where is what the test shows."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document
from pipeline.domain.extraction import Source
from pipeline.domain.vocabulary import LineColumn
from pipeline.extract.rules.lines.table import find_line_items
from pipeline.extract.rules.writing.conventions import conventions_of
from tests.extract.rules.lines.table_reading import AMOUNTS, items, rows

Paper = Callable[..., Document]


def test_a_full_danish_table_is_read_column_by_column(paper: Paper) -> None:
    document = paper("""
Faktura 10234                                   Dato 12-03-2024

Pos.  Varenr.     Beskrivelse                 Antal  Enhed  Stk. pris   Rabat   Moms       Beløb
1     PAP-4480    Kopipapir A4 80 g           10,00  pk         42,50    10 %   25 %      382,50
2     TON-26A     Toner sort                   2,00  stk     1.049,00           25 %    2.098,00

                                                              Subtotal                  2.480,50
                                                              Moms 25 %                   620,13
                                                              I alt at betale           3.100,63
""")
    first, second = items(document)
    assert first == {
        "item_code": "PAP-4480",
        "description": "Kopipapir A4 80 g",
        "quantity": "10",
        "unit": "pk",
        "unit_price": "42.5",
        "discount": "10",
        "tax_rate": "25",
        "net_amount": "382.5",
    }
    assert (second["unit_price"], second["net_amount"]) == ("1049", "2098")
    assert "discount" not in second


def test_fields_carry_their_evidence(paper: Paper) -> None:
    document = paper("""
Description            Qty    Unit price      Amount
Copy paper A4            4         42.50      170.00
Toner black              3         10.00       31.00
""")
    agreeing, disagreeing = find_line_items(document, conventions_of(document))
    amount = agreeing[LineColumn.NET_AMOUNT]
    assert (amount.text, amount.page, amount.source) == ("170.00", 1, Source.RULE)
    assert amount.box is not None
    assert 0.35 < amount.box.x0 < amount.box.x1 < 0.45
    assert amount.confidence > 0.9 > 0.7 > disagreeing[LineColumn.NET_AMOUNT].confidence
    assert disagreeing[LineColumn.QUANTITY].confidence < 0.5


def test_nothing_is_invented_that_is_not_printed(paper: Paper) -> None:
    document = paper("""
Beskrivelse                               Beløb
Rådgivning april                       4.500,00
Kørsel                                   312,50

I alt                                  4.812,50
""")
    assert items(document) == [
        {"description": "Rådgivning april", "net_amount": "4500"},
        {"description": "Kørsel", "net_amount": "312.5"},
    ]


@pytest.mark.parametrize(
    ("headings", "language"),
    [
        ("Item description          Qty     Unit price        Amount", "en"),
        ("Varebeskrivelse           Antal   Stk.pris           Beløb", "da"),
        ("Artikelbezeichnung        Menge   E-Preis           Gesamt", "de"),
        ("Désignation               Qté     P.U. HT       Montant HT", "fr"),
        ("Omschrijving              Aantal  Prijs             Bedrag", "nl"),
        ("Benämning                 Antal   À-pris            Belopp", "sv"),
        ("Varetekst                 Antall  Pris               Beløp", "no"),
        ("Concepto                  Cant.   Precio           Importe", "es"),
        ("Descrizione               Q.tà    Prezzo unit.     Importo", "it"),
    ],
)
def test_headings_of_nine_languages(paper: Paper, headings: str, language: str) -> None:
    document = paper(f"""
{headings}
Monitor 27                    3        150,00          450,00
Kabel CAT6                   10         12,50          125,00
""")
    assert rows(document, *AMOUNTS) == [
        ("Monitor 27", "3", "150", "450"),
        ("Kabel CAT6", "10", "12.5", "125"),
    ]


def test_headings_over_two_lines_and_merged_ones(paper: Paper) -> None:
    document = paper("""
Artikel-   Bezeichnung           Menge/     Einzelpreis     Gesamtpreis
Nr.                              Einheit    EUR             EUR
77812      Schrauben M8x60       100 Stk           0,35           35,00
77813      Muttern M8            250 Stk           0,12           30,00
Nettobetrag                                                       65,00
""")
    assert items(document)[0] == {
        "item_code": "77812",
        "description": "Schrauben M8x60",
        "quantity": "100",
        "unit": "Stk",
        "unit_price": "0.35",
        "net_amount": "35",
    }
    assert len(items(document)) == 2


def test_misread_headings_are_still_understood(paper: Paper) -> None:
    document = paper("""
Descriptlon           Quantlty     Unit prlce      Arnount
Copy paper                   4          42.50       170.00
""")
    assert rows(document, *AMOUNTS) == [("Copy paper", "4", "42.5", "170")]


def test_wrapped_descriptions_belong_to_the_item_above_and_notes_to_none(paper: Paper) -> None:
    document = paper("""
Beskrivelse                          Antal      Pris       Beløb

Kontorstol med armlæn og                 2    900,00    1.800,00
nakkestøtte i sort læder
EAN 5701234567890

Skrivebord hæve-sænke                    1  3.200,00    3.200,00
Leveret 12-03-2024 til 14-03-2024

I alt                                                   5.000,00
""")
    assert items(document)[0]["description"] == "Kontorstol med armlæn og nakkestøtte i sort læder"
    assert items(document)[0]["item_code"] == "5701234567890"
    assert items(document)[1]["description"] == "Skrivebord hæve-sænke"


def test_descriptions_above_their_numbers(paper: Paper) -> None:
    document = paper("""
Bezeichnung                    Menge      Preis      Betrag
Montagearbeiten Heizung
   A-100                           3      80,00      240,00
Reinigungsmittel 5 Liter
   A-101                           2      12,50       25,00
Summe                                                265,00
""")
    assert rows(document, *AMOUNTS) == [
        ("Montagearbeiten Heizung", "3", "80", "240"),
        ("Reinigungsmittel 5 Liter", "2", "12.5", "25"),
    ]
    assert [i["item_code"] for i in items(document)] == ["A-100", "A-101"]


def test_sections_and_subtotals_are_no_items(paper: Paper) -> None:
    document = paper("""
Description                    Qty    Unit price      Amount

--- Paper ---

Copy paper A4                    4         42.50      170.00
                                      Subtotal        170.00

--- Printing ---

Toner black                      3         10.00       30.00
                                      Subtotal         30.00

Total                                                 200.00
""")
    assert rows(document, *AMOUNTS) == [
        ("Copy paper A4", "4", "42.5", "170"),
        ("Toner black", "3", "10", "30"),
    ]


def test_a_table_over_two_pages_without_the_amount_carried_over(paper: Paper) -> None:
    document = paper(
        """
Désignation              Qté      P.U. HT     Montant HT
Papier A4                  4        42,50         170,00
Stylos                    10         1,20          12,00
À reporter                                        182,00
""",
        """
Facture 4711                           Page 2

Désignation              Qté      P.U. HT     Montant HT
À reporter                                        182,00
Gants de travail           2         9,00          18,00
Total HT                                          200,00
""",
    )
    assert rows(document, *AMOUNTS) == [
        ("Papier A4", "4", "42.5", "170"),
        ("Stylos", "10", "1.2", "12"),
        ("Gants de travail", "2", "9", "18"),
    ]
    assert [i[LineColumn.NET_AMOUNT].page for i in find_line_items(document, conventions_of(document))] == [1, 1, 2]


def test_a_table_that_goes_on_without_headings(paper: Paper) -> None:
    document = paper(
        """
Omschrijving             Aantal      Prijs      Bedrag
Papier A4                     4      42,50      170,00
""",
        """
Handschoenen                  2       9,00       18,00
Totaal                                          188,00
Betalen binnen 30 dagen
""",
    )
    assert [r[0] for r in rows(document, "description")] == ["Papier A4", "Handschoenen"]


def test_freight_is_an_item_and_a_discount_on_the_whole_document_is_none(paper: Paper) -> None:
    document = paper("""
Description              Qty    Unit price      Amount
Copy paper A4              4         42.50      170.00
Freight                                          25.00
Discount 10 %                                   -17.00

Total                                           178.00
""")
    assert rows(document, "description", "net_amount") == [("Copy paper A4", "170"), ("Freight", "25")]


def test_danish_transport_is_freight_unless_it_is_the_sum_so_far(paper: Paper) -> None:
    freight = paper("""
Beskrivelse              Antal       Pris       Beløb
Kopipapir                    4      42,50      170,00
Transport                                       45,00
I alt                                          215,00
""")
    carried = paper("""
Beskrivelse              Antal       Pris       Beløb
Kopipapir                    4      42,50      170,00
Transport                                      170,00
""")
    assert len(items(freight)) == 2
    assert len(items(carried)) == 1


def test_the_tax_table_below_is_no_list_of_items(paper: Paper) -> None:
    document = paper("""
Artikel                  Menge      Preis      Betrag
Papier                       4      42,50      170,00

Steuerart     Nettobetrag     Steuersatz     Steuerbetrag
Normal             170,00             19            32,30
""")
    assert rows(document, "description") == [("Papier",)]


def test_a_purchase_order_without_amounts(paper: Paper) -> None:
    document = paper("""
Indkøbsordre 4711

Linje  Varenr.    Beskrivelse              Antal  Enhed
10     PAP-4480   Kopipapir A4 80 g           10  pk
20     TON-26A    Toner sort                   2  stk
""")
    assert items(document) == [
        {"item_code": "PAP-4480", "description": "Kopipapir A4 80 g", "quantity": "10", "unit": "pk"},
        {"item_code": "TON-26A", "description": "Toner sort", "quantity": "2", "unit": "stk"},
    ]


def test_of_net_and_gross_amounts_the_net_one_is_taken(paper: Paper) -> None:
    document = paper("""
Beskrivelse           Antal      Pris    Beløb ekskl. moms    Moms    Beløb inkl. moms
Kopipapir                 4     42,50               170,00    25 %              212,50
""")
    assert rows(document, "net_amount", "tax_rate") == [("170", "25")]


def test_gross_amounts_are_taken_where_no_others_are_printed(paper: Paper) -> None:
    document = paper("""
Omschrijving          Aantal      Prijs incl. btw      Bedrag incl. btw
Kopieerpapier              4                51,43                205,72
""")
    assert rows(document, "quantity", "net_amount") == [("4", "205.72")]


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "expected"),
    [
        ("1.000", "0,35", "350,00", "1000"),  # the document writes decimals with a comma
        ("1,000", "0.35", "350.00", "1000"),
        ("1,000", "0.35", "0.35", "1"),  # a comma for thousands elsewhere, but the sum says one
    ],
)
def test_ambiguous_quantities_are_settled_by_arithmetic(
    paper: Paper, quantity: str, price: str, amount: str, expected: str
) -> None:
    document = paper(f"""
Description              Qty         Price         Amount
Washers                  {quantity}        {price}         {amount}
""")
    assert rows(document, "quantity") == [(expected,)]


def test_an_ambiguous_number_that_nothing_settles_keeps_its_other_reading(paper: Paper) -> None:
    document = paper("""
Item code    Description       Qty
A-100        Sand            1.250
""")
    (item,) = find_line_items(document, conventions_of(document))
    quantity = item[LineColumn.QUANTITY]
    assert {quantity.value, *(a.value for a in quantity.alternatives)} == {"1250", "1.25"}
    assert quantity.confidence < 0.6


def test_a_price_for_a_hundred(paper: Paper) -> None:
    document = paper("""
Bezeichnung               Menge     Preis      PE      Betrag
Schrauben verzinkt          500     12,00     100       60,00
""")
    (item,) = find_line_items(document, conventions_of(document))
    assert (item[LineColumn.UNIT_PRICE].value, item[LineColumn.NET_AMOUNT].value) == ("12", "60")
    assert item[LineColumn.NET_AMOUNT].confidence > 0.9


def test_discounts_as_percentage_and_as_amount(paper: Paper) -> None:
    document = paper("""
Description         Qty    Unit price    Discount      Amount
Paper                 4         50.00        10 %      180.00
Toner                 2         50.00        5.00       95.00
Chair                 1         80.00                   80.00
""")
    found = find_line_items(document, conventions_of(document))
    assert [i[LineColumn.DISCOUNT].text if LineColumn.DISCOUNT in i else None for i in found] == ["10 %", "5.00", None]
    assert all(i[LineColumn.NET_AMOUNT].confidence > 0.9 for i in found)


def test_a_document_without_items_has_none(paper: Paper) -> None:
    document = paper("""
Dear customer,
your account shows a balance of 1,250.00 USD as of March 3, 2024.
Invoice number   10234        Invoice date   03/03/2024
Total due        1,250.00
""")
    assert items(document) == []


def test_an_empty_document_has_none(paper: Paper) -> None:
    assert items(paper("", "")) == []
