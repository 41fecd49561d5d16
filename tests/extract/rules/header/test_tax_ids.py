"""Whose VAT id and registration number stands where, and of which country one without prefix is."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document
from pipeline.extract.rules.header.tax_ids import with_country
from tests.extract.rules.header.header_reading import values

Paper = Callable[..., Document]

ORDER = """
^      Kranmiete Olpe GmbH
       Hafenstraße 7 · 57462 Olpe · einkauf@kranmiete-olpe.example

       Bestellung 4500017

       Nordkant Kontor ApS
       Havnevej 12
       8000 Aarhus C
       {seller}

       Datum:          12.03.2026
       Gesamtbetrag EUR                                                                          223,20

       Kranmiete Olpe GmbH      USt-IdNr.: DE136695976      Handelsregister: HRB 4711
"""


def test_what_stands_on_an_order_is_the_buyers(paper: Paper) -> None:
    read = values(paper(ORDER.format(seller="")))
    assert read["buyer_vat_id"] == "DE136695976"
    assert not {"seller_vat_id", "seller_email"} & set(read)


def test_what_stands_in_the_sellers_address_on_an_order_is_the_sellers(paper: Paper) -> None:
    read = values(paper(ORDER.format(seller="CVR: DK10150817  salg@nordkant.example")))
    assert (read["seller_vat_id"], read["buyer_vat_id"]) == ("DK10150817", "DE136695976")
    assert read["seller_email"] == "salg@nordkant.example"


def test_an_invoice_with_the_same_foot_gives_the_seller_its_ids(paper: Paper) -> None:
    read = values(paper(ORDER.format(seller="").replace("Bestellung 4500017", "Rechnung 4500017")))
    assert read["seller_vat_id"] == "DE136695976"
    assert read["seller_registration_id"] == "HRB 4711"


@pytest.mark.parametrize("printed", ["HRB 4711", "HRB: 4711", "HRB-Nr. 4711"])
def test_the_register_belongs_to_its_number(paper: Paper, printed: str) -> None:
    page = f"""
^      Kranmiete Olpe GmbH
       Hafenstraße 7 · 57462 Olpe

       Rechnung 17

       Gesamtbetrag EUR                                                                          223,20

       Amtsgericht Siegen {printed}
"""
    assert values(paper(page))["seller_registration_id"] == "HRB 4711"


@pytest.mark.parametrize(
    ("printed", "countries", "value"),
    [
        ("7483637249", ("PL",), "PL7483637249"),
        ("594547008", ("PT",), "PT594547008"),
        ("594547008", ("GB", "PT"), "PT594547008"),
        ("551259585001", ("SE",), "SE551259585001"),
        ("5512595850", ("SE",), "SE551259585001"),
        ("936 421 774".replace(" ", ""), ("NO",), "936421774"),  # check digit does not hold
        ("594547009", ("PT",), "594547009"),
        ("594547008", (), "594547008"),
        ("PT594547008", ("PT",), "PT594547008"),
    ],
)
def test_an_id_without_prefix_is_of_the_country_whose_check_digits_hold(
    printed: str, countries: tuple[str, ...], value: str
) -> None:
    assert with_country(printed, countries) == value


def test_an_id_under_its_label_in_the_buyers_address_is_the_buyers(paper: Paper) -> None:
    page = """
                                                   Kranmiete Olpe GmbH
                                                   Hafenstraße 7
                                                   57462 Olpe


                                                                      Nordkant Kontor
                                                                      Havnevej 12
                                                                      24937 Flensburg
                                                                      Europäische USt-IdNr.:
                                                                      DE129273398

       Rechnung Nr.: AB-670
       Europäische USt-IdNr.: DE136695976

       Gesamtbetrag EUR                                                                          223,20
"""
    read = values(paper(page))
    assert (read["seller_vat_id"], read["buyer_vat_id"]) == ("DE136695976", "DE129273398")
