"""Which of two unlabelled parties sells, and where one address ends and the next begins."""

from collections.abc import Callable

from pipeline.domain.document import Document
from tests.extract.rules.header.header_reading import values

Paper = Callable[..., Document]


def test_of_two_addresses_at_the_top_the_left_one_is_the_letterhead(paper: Paper) -> None:
    page = """

       Birkenau Kaffee                                                    Dock Nine Brewing
       Mill Lane 4                                                        Quay Road 18
       Frome BA11 1DP                                                     Snape IP17 1NL
       mail@birkenau.example                                              post@docknine.example


       Invoice number:  881
       Total GBP                                 120.00
"""
    read = values(paper(page))
    assert (read["seller_name"], read["buyer_name"]) == ("Birkenau Kaffee", "Dock Nine Brewing")
    assert read["seller_email"] == "mail@birkenau.example"


def test_a_logo_that_an_address_repeats_in_full_is_the_sellers(paper: Paper) -> None:
    page = """
^      Larchwood                                      Invoice number: 4471



       Larchwood Tools                                Coldwater Township
       20 Harbor Street                               900 Main Street
       Stamford, CT 06902                             Coldwater, MI 49036

       Total USD                                      120.00
"""
    read = values(paper(page))
    assert (read["seller_name"], read["buyer_name"]) == ("Larchwood Tools", "Coldwater Township")
    assert read["seller_address"] == "20 Harbor Street, Stamford, CT 06902"


def test_a_senders_line_that_wraps_over_the_window(paper: Paper) -> None:
    page = """
                                                                             Holm Papier
                                                                             Speicherweg 7
                                                                             20457 Hamburg



       Holm Papier • Speicherweg 7 • 20457
       Hamburg
       Nordkant Kontor
       Havnevej 12
       8000 Aarhus

       Rechnung 881
       Rechnungsbetrag EUR                                                                       223,20
"""
    read = values(paper(page))
    assert (read["seller_name"], read["buyer_name"]) == ("Holm Papier", "Nordkant Kontor")
    assert read["buyer_address"] == "Havnevej 12, 8000 Aarhus"


def test_a_tax_id_may_stand_between_a_labelled_name_and_its_address(paper: Paper) -> None:
    page = """
       Rechnung 881

       Verkäufer                                        Käufer
       Holm Papier GmbH                                 Nordkant Kontor
       USt-IdNr.: DE136695976                           Havnevej 12, 24937 Flensburg,
       Speicherweg 7, 20457 Hamburg,                    Deutschland
       Deutschland
       mail@holm-papier.example

       Gesamtbetrag EUR                                 223,20
"""
    read = values(paper(page))
    assert read["seller_address"] == "Speicherweg 7, 20457 Hamburg, Deutschland"
    assert read["buyer_address"] == "Havnevej 12, 24937 Flensburg, Deutschland"


def test_a_copyright_line_names_who_sent_the_order_confirmation(paper: Paper) -> None:
    page = """
       Order confirmation 4471

       Billing address
       Renata Okafor
       22 Birch Hollow
       Cary NC 27513

       Order total USD                                  120.00

       © 2026 Larchwood Nursery. All rights reserved
"""
    assert values(paper(page))["seller_name"] == "Larchwood Nursery"


def test_who_a_receipt_was_paid_by_is_the_buyer(paper: Paper) -> None:
    page = """
^      Birkenau Kaffee

       Payment receipt

       Received from
       Dock Nine Brewing

       Receipt number:  881
       Amount received GBP                              120.00
"""
    assert values(paper(page))["buyer_name"] == "Dock Nine Brewing"


def test_a_towns_name_may_begin_with_the_word_of_a_label(paper: Paper) -> None:
    page = """
                                                    Officine Rossi S.r.l.
                                                    Via Roma 23
                                                    25128 Brescia


       Comune di Borgo
       Viale Fiori 34
       50056 Montelupo

       Fattura 881
       Totale EUR                                       223,20
"""
    read = values(paper(page))
    assert (read["seller_name"], read["buyer_name"]) == ("Officine Rossi S.r.l.", "Comune di Borgo")
