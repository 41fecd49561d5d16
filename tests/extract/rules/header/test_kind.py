"""What a document is, told by its title."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.header.kind import kind_of
from pipeline.extract.rules.page.layout import layout_of

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
