"""Who is who by place on the paper: windows, letterheads set anywhere, labels that mislead."""

from collections.abc import Callable

from pipeline.domain.document import Document
from tests.extract.rules.header.header_reading import values

Paper = Callable[..., Document]


def _parties(document: Document) -> tuple[str | None, str | None]:
    read = values(document)
    return read.get("seller_name"), read.get("buyer_name")


def test_a_letterhead_set_flush_right_beside_the_window(paper: Paper) -> None:
    page = """

       Holm Papier GmbH · Speicherweg 7 · 20457 Hamburg

       Nordkant Kontor ApS
       Havnevej 12                                                                       Holm Papier GmbH
       8000 Aarhus C                                                                       Speicherweg 7
       USt-IdNr.: DK10150817                                                               20457 Hamburg
                                                                          rechnung@holm-papier.example


       Rechnung

       Rechnungsnummer:     RE-2026-0431
       Rechnungsbetrag EUR                                                                       223,20
"""
    read = values(paper(page))
    assert read["seller_name"] == "Holm Papier GmbH"
    assert read["seller_address"] == "Speicherweg 7, 20457 Hamburg"
    assert read["buyer_name"] == "Nordkant Kontor ApS"
    assert read["buyer_vat_id"] == "DK10150817"
    assert "seller_vat_id" not in read


def test_a_street_is_nobody(paper: Paper) -> None:
    page = """
       Faktura 1200

       Kirkevej 7
       8000 Aarhus C

       I alt DKK                                 120,00
"""
    assert _parties(paper(page)) == (None, None)


def test_the_address_in_one_line_under_the_name(paper: Paper) -> None:
    page = """
^                                    Fjord Tryk ApS
                          Havnegade 3 · 5000 Odense C · Tlf. 66 12 34 56

       Faktura 881

       Kunde: Kontorhuset A/S
       Søndergade 8
       6000 Kolding

       I alt DKK                                 120,00
"""
    read = values(paper(page))
    assert read["seller_name"] == "Fjord Tryk ApS"
    assert read["seller_address"] == "Havnegade 3, 5000 Odense C"


def test_labels_in_two_languages_are_one(paper: Paper) -> None:
    page = """
       Modtager / Bill to                                    Leverandør / Supplier
       Loga Handel K/S                                       Ansager Rengøring IVS
       Helikonsvej 26                                        Mysundevej 4
       7243 Stenderup                                        9958 Ansager

       Faktura/Invoice 2013-6382
       Fakturadato / Invoice date    15-06-2013
       I alt DKK                                 120,00
"""
    read = values(paper(page))
    assert (read["seller_name"], read["buyer_name"]) == ("Ansager Rengøring IVS", "Loga Handel K/S")
    assert read["invoice_number"] == "2013-6382"
    assert read["issue_date"] == "2013-06-15"


def test_firma_over_the_senders_own_address_is_the_sender(paper: Paper) -> None:
    page = """
^      Ekström & Søn I/S

       Firma                                                  Maja Holm
       Ekström & Søn I/S                                      Elias Allé 560
       Slagtehusgade 94                                       6831 Guldborg
       7595 Vejers

       Faktura 20140573

       I alt DKK                                 120,00
"""
    assert _parties(paper(page)) == ("Ekström & Søn I/S", "Maja Holm")


def test_the_addressee_of_an_order_is_the_seller(paper: Paper) -> None:
    page = """
       BESTELLUNG 433-507

       An:                                                    Auftraggeber:
       Haustechnik Witten GmbH                                Steinfeld Bau UG (haftungsbeschränkt)
       Hubertusstraße 72                                      Angelikagasse 3
       37324 Witten                                           49683 Ahaus

       Gesamt EUR                                120,00
"""
    assert _parties(paper(page)) == ("Haustechnik Witten GmbH", "Steinfeld Bau UG (haftungsbeschränkt)")


def test_a_name_may_begin_with_the_word_of_a_label(paper: Paper) -> None:
    page = """
       Supplier: SUPPLIER_NAME                     Buyer: Customer House Ltd
       12 High Street                              4 Mill Lane
       Leeds LS1 4DY                               York YO1 7HH

       Invoice no. 4711

       Total GBP                                 120.00

                   Supplier House Ltd · 12 High Street · Leeds LS1 4DY
"""
    assert _parties(paper(page)) == ("SUPPLIER_NAME", "Customer House Ltd")


def test_a_person_who_sells_is_not_the_seller(paper: Paper) -> None:
    page = """
^      Hidrotec SL
       Pasaje del Sol 26, 84873 Teruel

       FACTURA Y58152

       Vendedor: Remedios Campillo
       Cliente: Cordero y Porcel SA
       Camino Real 42
       53235 Zaragoza

       Total EUR                                 120,00
"""
    assert _parties(paper(page)) == ("Hidrotec SL", "Cordero y Porcel SA")


def test_goods_delivered_elsewhere_do_not_tell_the_buyer(paper: Paper) -> None:
    page = """
       REGNING                                    Nordtre Interiør AS
       Sindre Fredriksen
       Halvorsensvei 9
       3933 Porsgrunn

       Leveringssted
       Andersen Elektro
       Eliassensvei 81
       1798 Aremark

       Fakturanr 2714
       Totalt NOK                                 120,00
"""
    read = values(paper(page))
    assert read["buyer_name"] == "Sindre Fredriksen"
    assert read["delivery_address"].startswith("Andersen Elektro")


def test_an_american_house_number_is_no_postal_code(paper: Paper) -> None:
    page = """
       Invoice no. 4711

       Bill to:
       Myers & Sanford LLC
       70429 Pierce Alley
       Tammytown, CA 59126

       Total USD                                 120.00
"""
    assert values(paper(page))["buyer_address"] == "70429 Pierce Alley, Tammytown, CA 59126"


def test_polish_and_portuguese_towns(paper: Paper) -> None:
    page = """
       Faktura VAT nr FV/12/2026

       Nabywca:                                     Sprzedawca:
       Perax Sp. z o.o.                             Luvecle Sp. k.
       al. Targowa 10                               ul. Staffa 26
       82-883 Jaworzno                              42-746 Gdynia

       Do zapłaty PLN                               120,00
"""
    read = values(paper(page))
    assert read["seller_address"] == "ul. Staffa 26, 42-746 Gdynia"
    assert read["buyer_address"] == "al. Targowa 10, 82-883 Jaworzno"
    assert read["invoice_number"] == "FV/12/2026"
    assert read["amount_due"] == "120"


def test_a_title_beside_the_name_is_no_part_of_it(paper: Paper) -> None:
    page = """
^      LENSOLUM GROUP Ltd Invoice
       300 Fowler Road, Leeds LS1 4DY

       Bill to:
       Mill House Ltd
       12 Mill Lane
       York YO1 7HH

       Invoice no. 4711
       Total GBP                                 120.00
"""
    assert values(paper(page))["seller_name"] == "LENSOLUM GROUP Ltd"


def test_a_line_of_nothing_but_a_separator_under_the_name_is_read_past(paper: Paper) -> None:
    page = """
^                                    Fjord Tryk ApS
                                              |
                          Havnegade 3 · 5000 Odense C · Tlf. 66 12 34 56

       Faktura 881

       Kunde: Kontorhuset A/S

       I alt DKK                                 120,00
"""
    read = values(paper(page))
    assert read["seller_name"] == "Fjord Tryk ApS"
    assert read["seller_address"] == "Havnegade 3, 5000 Odense C"


def test_a_name_centred_under_its_heading_begins_left_of_it(paper: Paper) -> None:
    page = """
^      Invoice 7

                 Seller                         Billing to
       Peregrine Kiln Supplies             Thistledown Audio LLC
       402 Harbor View Rd                  77 Sycamore Ave
       98225 Bellingham, WA                80302 Boulder, CO
"""
    assert _parties(paper(page)) == ("Peregrine Kiln Supplies", "Thistledown Audio LLC")


def test_a_name_set_flush_right_under_its_heading(paper: Paper) -> None:
    page = """
       Verkäufer:                                                            Käufer
       Tannhof Werke GmbH                             Lindhorst & Petersilie KG
       Hafenweg 3                                              Deichstrasse 8
       20457 Hamburg                                             26506 Norden
"""
    assert _parties(paper(page)) == ("Tannhof Werke GmbH", "Lindhorst & Petersilie KG")


def test_a_name_wrapped_in_a_narrow_column_is_whole(paper: Paper) -> None:
    page = """
^      Invoice 7

       Issuer:                Customer:
       Oddfellow &            Peregrine og
       Brandt Ltd             Sønner ApS
       3 Quay Street          Havnegade 4
       BS1 6QF Bristol        8000 Aarhus C
"""
    assert _parties(paper(page)) == ("Oddfellow & Brandt Ltd", "Peregrine og Sønner ApS")


def test_a_name_in_larger_type_goes_on_in_the_next_line(paper: Paper) -> None:
    page = """
^      Van Ravenhorst
^      Zeilmakers
       Binnenhaven 3
       1781 BJ Den Helder

       Factuur aan:
       Klompenmakerij Zwaluw B.V.
       Veerdam 27
       4331 EK Middelburg

       Factuur 2026-319
       Totaal EUR                          64,00
"""
    assert _parties(paper(page)) == ("Van Ravenhorst Zeilmakers", "Klompenmakerij Zwaluw B.V.")


def test_a_person_over_a_company_is_its_contact(paper: Paper) -> None:
    page = """
^      Factura 7

       Facturar a:
       Dolores Quint
       Talleres Almendrera S.L.
       Calle del Yunque 22
       28770 Colmenar Viejo
"""
    assert _parties(paper(page))[1] == "Talleres Almendrera S.L."


def test_a_person_without_a_company_is_the_buyer(paper: Paper) -> None:
    page = """
^      Factura 7

       Facturar a:
       Dolores Quint
       Calle del Yunque 22
       28770 Colmenar Viejo
"""
    assert _parties(paper(page))[1] == "Dolores Quint"


def test_under_a_letterhead_stands_who_is_written_to(paper: Paper) -> None:
    """The town may stand before its postal code, and an address may tell of phone and mail."""
    for town in ("Lillehammer 2608", "Middelburg 4331 EK Nederland", "Borlänge 781 72 Sverige", "Vigo 36202"):
        page = f"""
       Tannhof Werke GmbH                                                   Tel: 62 52 2110
       Hafenweg 3                                                           Fax: 62 52 2119
       20457 Hamburg

^                    STATEMENT

       Planteskolen Lyngen I/S
       Torvgata 41
       {town}

       Tel: 62 52 3105
       post@lyngen.example
"""
        assert _parties(paper(page)) == ("Tannhof Werke GmbH", "Planteskolen Lyngen I/S"), town


def test_to_whom_cheques_are_payable_sells(paper: Paper) -> None:
    for wording in ("Please make check payable to", "Tout paiement au nom de", "Maak de betalingen over aan"):
        page = f"""
^                    STATEMENT

       Oddfellow & Brandt Ltd
       Quay Street 9
       Leicester LE4 9HX

       Total                                                  120.00

       {wording} Tannhof Werke GmbH
"""
        assert _parties(paper(page)) == ("Tannhof Werke GmbH", "Oddfellow & Brandt Ltd"), wording
