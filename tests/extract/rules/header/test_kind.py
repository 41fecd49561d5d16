"""What a document is, told by its title."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.header.kind import kind_of
from pipeline.extract.rules.page.layout import layout_of
from tests.extract.rules.header.header_reading import values

TITLES = {
    Kind.INVOICE: "Invoice|Faktura|Rechnung|Facture|Factuur|Factura|Fattura|Warenrechnung|Samlefaktura",
    Kind.CREDIT_NOTE: "Credit note|Kreditnota|Kreditfaktura|Gutschrift|Avoir|Creditnota|Nota di credito",
    Kind.PURCHASE_ORDER: "Purchase order|Indkøbsordre|Innkjøpsordre|Inköpsorder|Bestellung|Bon de commande|Inkooporder",
    Kind.ORDER_RESPONSE: "Order confirmation|Ordrebekræftelse|Orderbekräftelse|Auftragsbestätigung|Orderbevestiging",
    Kind.RECEIPT: "Receipt|Kvittering|Kvitto|Quittung|Reçu|Ricevuta",
    Kind.STATEMENT: "Statement of account|Kontoudtog|Rykker|Mahnung|Relevé de compte|Betalningspåminnelse",
    Kind.OTHER: "Delivery note|Følgeseddel|Lieferschein|Bon de livraison|Angebot|Devis|Proforma invoice",
}


@pytest.mark.parametrize(("kind", "title"), [(k, t) for k, text in TITLES.items() for t in text.split("|")])
def test_a_title_says_what_the_document_is(kind: Kind, title: str, paper: Callable[..., Document]) -> None:
    page = f"""
       Somewhere A/S
       Street 1
^      {title}
       Some text that follows and says little
"""
    guess = kind_of(layout_of(paper(page)))
    assert guess.value is kind
    assert guess.confidence >= 0.7


def test_references_to_an_order_do_not_make_an_invoice_an_order(paper: Callable[..., Document]) -> None:
    page = """
       Rechnungsnummer:   4711          Bestellung:    45012233
       Rechnungsdatum:    01.06.2026    Lieferschein:  8800
"""
    assert kind_of(layout_of(paper(page))).value is Kind.INVOICE


def test_a_page_without_a_title_is_unsure(paper: Callable[..., Document]) -> None:
    guess = kind_of(layout_of(paper("Dear reader, nothing to see here")))
    assert guess.value is Kind.OTHER
    assert guess.confidence < 0.5


SPREAD = {
    Kind.CREDIT_NOTE: "CREDIT      INVOICE|NOTA      DE      CREDITO|NOTA      DI      CREDITO",
    Kind.PURCHASE_ORDER: "PURCHASE      ORDER|BON      DE      COMMANDE",
    Kind.STATEMENT: "ESTRATTO      CONTO|OPENSTAANDE      FACTUREN|OFFENE      POSTEN",
}


@pytest.mark.parametrize(("kind", "title"), [(k, t) for k, text in SPREAD.items() for t in text.split("|")])
def test_a_letter_spaced_title_is_read_over_its_gaps(kind: Kind, title: str, paper: Callable[..., Document]) -> None:
    page = f"""
       Somewhere A/S
       Street 1
^      {title}
       Invoice # Invoice Date Due Date Order #
       A-17      08/06/2026   22/06/2026   B12
"""
    assert kind_of(layout_of(paper(page))).value is kind


@pytest.mark.parametrize(
    "heads",
    ["Faktura #     Datum     Förfallodatum", "Invoice No.     Date     Due", "Factuur #     Datum     Vervaldatum"],
)
def test_bills_listed_by_their_age_are_a_statement(heads: str, paper: Callable[..., Document]) -> None:
    page = f"""
^      ÖVERSIKT
       {heads}     Aktuell     30     60     90+
       A-17          2026-06-08     2026-06-22       120,00
"""
    assert kind_of(layout_of(paper(page))).value is Kind.STATEMENT


@pytest.mark.parametrize(
    ("title", "order"),
    [
        ("Original invoice #41189", "Order #B2307"),
        ("Originalrechnung #41189", "Bestellung #4593931598"),
        ("Originele factuur #41189", "Bestelling #4575137893"),
        ("Facture originale n° 41189", "Commande n° 4575137893"),
    ],
)
def test_an_original_is_an_invoice_and_names_its_order(title: str, order: str, paper: Callable[..., Document]) -> None:
    page = f"""
^      {title}
       {order}
       Somewhere A/S
       Street 1
       1234 Town
       and lines of usual type below
"""
    document = paper(page)
    assert kind_of(layout_of(document)).value is Kind.INVOICE
    read = values(document)
    assert read["invoice_number"] == "41189"
    assert read["purchase_order_reference"] == order.split()[-1].strip("#")


def test_the_original_invoice_of_a_credit_note_is_no_title(paper: Callable[..., Document]) -> None:
    page = """
^      Credit note 77
       Original invoice: 41189
       Somewhere A/S
       Street 1
"""
    document = paper(page)
    assert kind_of(layout_of(document)).value is Kind.CREDIT_NOTE
    assert values(document)["preceding_invoice_reference"] == "41189"


def test_an_invoice_number_does_not_make_a_receipt_an_invoice(paper: Callable[..., Document]) -> None:
    page = """
                             RETAIL RECEIPT
       Name: Somebody                     Invoice No: 2026-871
       Due Date: 27/02/2026               Date: 19/02/2026
"""
    guess = kind_of(layout_of(paper(page)))
    assert guess.value is Kind.RECEIPT
    assert guess.confidence >= 0.85
