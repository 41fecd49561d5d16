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


LEDGERS = [
    "Date        Reference     Type      Debits    Credits    Balance",
    "Datum       Beleg         Art       Soll      Haben      Saldo",
    "Dato        Bilag         Type      Debet     Kredit     Saldo",
    "Date        Pièce         Type      Débit     Crédit     Solde",
    "Data        Documento     Tipo      Dare      Avere      Saldo",
    "Fecha       Documento     Tipo      Debe      Haber      Saldo",
]


@pytest.mark.parametrize("heads", LEDGERS)
def test_a_ledger_of_bills_is_a_statement(heads: str, paper: Callable[..., Document]) -> None:
    page = f"""
^      Customer 4711
       {heads}
       03.02.2026  A-17          Invoice A-17     120,00               120,00
       Invoice A-18
       Invoice A-19
"""
    guess = kind_of(layout_of(paper(page)))
    assert guess.value is Kind.STATEMENT
    assert guess.confidence >= 0.9


def test_ages_as_ranges_of_days_are_a_statement(paper: Callable[..., Document]) -> None:
    page = "\n^      OVERVIEW\n       Current    0-30 days    31-60 days    61-90 days    Total\n"
    assert kind_of(layout_of(paper(page))).value is Kind.STATEMENT


THANKS = [
    "Thank you for your order!",
    "Your order has been received.",
    "Vielen Dank für Ihre Bestellung",
    "Merci pour votre commande",
    "Gracias por su pedido",
    "Grazie per il tuo ordine",
    "Bedankt voor je bestelling",
    "Tak for din ordre",
    "Takk for din bestilling",
    "Tack för din beställning",
    "Kiitos tilauksestasi",
    "Dziękujemy za złożenie zamówienia",
    "Obrigado pela sua encomenda",
]


@pytest.mark.parametrize("thanks", THANKS)
def test_who_thanks_for_an_order_confirms_it(thanks: str, paper: Callable[..., Document]) -> None:
    page = f"\n       Somewhere Ltd\n       {thanks}\n^      Order\n       Order ID: 471102\n"
    assert kind_of(layout_of(paper(page))).value is Kind.ORDER_RESPONSE


@pytest.mark.parametrize("thanks", THANKS)
def test_a_bill_thanks_for_the_order_as_well(thanks: str, paper: Callable[..., Document]) -> None:
    assert kind_of(layout_of(paper(f"\n^      Invoice 471102\n       {thanks}\n"))).value is Kind.INVOICE


def test_a_buyer_speaks_of_his_own_order(paper: Callable[..., Document]) -> None:
    page = "\n^      Purchase order 471102\n       Please confirm that our order has been received.\n"
    assert kind_of(layout_of(paper(page))).value is Kind.PURCHASE_ORDER


@pytest.mark.parametrize(
    ("upper", "lower", "kind"),
    [
        ("ORDER", "CONFIRMATION", Kind.ORDER_RESPONSE),
        ("Conferma di", "ordine 67460", Kind.ORDER_RESPONSE),
        ("Delivery", "note", Kind.OTHER),
    ],
)
def test_a_large_title_may_go_on_in_the_next_line(
    upper: str, lower: str, kind: Kind, paper: Callable[..., Document]
) -> None:
    text = "\n".join("       Some text that follows and says little" for _ in range(4))
    assert kind_of(layout_of(paper(f"\n^      {upper}\n^      {lower}\n\n{text}\n"))).value is kind


def test_a_request_for_payment_with_a_number_is_a_bill(paper: Callable[..., Document]) -> None:
    numbered = "\n^      Zahlungsaufforderung Nr. 471102\n       Menge    Betrag\n"
    assert kind_of(layout_of(paper(numbered))).value is Kind.INVOICE
    assert kind_of(layout_of(paper("\n^      Zahlungsaufforderung\n       Offen\n"))).value is Kind.STATEMENT


def test_a_return_of_a_sale_is_a_credit_note(paper: Callable[..., Document]) -> None:
    page = "\n^      Sales return\n       No: 471102\n       Invoice amount in words:   Forty\n"
    guess = kind_of(layout_of(paper(page)))
    assert guess.value is Kind.CREDIT_NOTE
    assert guess.confidence >= 0.9


def test_a_word_within_a_sentence_is_no_title(paper: Callable[..., Document]) -> None:
    page = "\n       Somewhere Ltd\n       1    Quarterly maintenance contract    40.00\n"
    assert kind_of(layout_of(paper(page))).confidence < 0.4


def test_the_label_of_a_party_is_no_title(paper: Callable[..., Document]) -> None:
    page = "\n       Pay to                  Bill to\n       Somewhere Ltd           Elsewhere Ltd\n"
    guess = kind_of(layout_of(paper(page)))
    assert guess.value is not Kind.INVOICE
