"""How a document writes: what is proven, and what is only likely."""

from collections.abc import Callable

import pytest

from pipeline.domain.dates import DayOrder
from pipeline.domain.document import Document
from pipeline.domain.money import DecimalMark
from pipeline.extract.rules.writing.conventions import conventions_of

LANGUAGES = {
    "en": "Invoice number  Invoice date  Amount due  Thank you for your business",
    "da": "Fakturanr.  Fakturadato  Forfaldsdato  Antal  Beløb  Moms  Betalingsbetingelser",
    "no": "Fakturanr  Forfallsdato  Antall  Beløp  Mva  Kontonummer  Å betale",
    "sv": "Fakturadatum  Förfallodatum  Antal  Belopp  Moms  Att betala  Bankgiro",
    "de": "Rechnungsnummer  Rechnungsdatum  Menge  Einzelpreis  Betrag  MwSt",
    "fr": "Facture  Date d'échéance  Quantité  Prix unitaire  Montant  TVA",
    "nl": "Factuurnummer  Factuurdatum  Vervaldatum  Aantal  Bedrag  BTW",
    "es": "Factura  Fecha  Vencimiento  Cantidad  Importe  Base imponible",
    "it": "Fattura  Data  Scadenza  Quantità  Importo  Imponibile  IVA",
    "pt": "Fatura  Data  Vencimento  Quantidade  Preço unitário  Contribuinte",
    "fi": "Lasku  Päiväys  Eräpäivä  Määrä  Yhteensä  ALV",
    "pl": "Faktura  Data wystawienia  Termin płatności  Ilość  Nabywca  Razem",
}


@pytest.mark.parametrize(("language", "words"), LANGUAGES.items())
def test_the_language_is_told_by_its_words(language: str, words: str, paper: Callable[..., Document]) -> None:
    assert conventions_of(paper(words)).language == language


def test_numbers_prove_the_mark_and_dates_the_order(paper: Callable[..., Document]) -> None:
    found = conventions_of(paper("Invoice  1,234.50  04/25/2026"))
    assert found.decimal_mark is DecimalMark.POINT
    assert found.day_order is DayOrder.MONTH_FIRST


def test_without_proof_language_and_currency_say_what_is_likely(paper: Callable[..., Document]) -> None:
    danish = conventions_of(paper("Fakturanr.  Fakturadato  Beløb  Moms  DKK  1.234"))
    assert danish.decimal_mark is None
    assert danish.mark is DecimalMark.COMMA
    american = conventions_of(paper("Invoice date  Amount due  Thank you  $  03/04/2026"))
    assert american.day_order is None
    assert american.order is DayOrder.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Total EUR 100,00", "EUR"),
        ("Total £100.00", "GBP"),
        ("Faktura  Beløb  Antal  Moms  kr. 100,00", "DKK"),
        ("Fakturadatum  Belopp  Antal  Att betala  100,00 kr", "SEK"),
        ("Invoice total $100.00", "USD"),
        ("Tax invoice  ABN 51 824 753 556  Sydney NSW  Total $100.00", "AUD"),
        ("Invoice  HST  Toronto Ontario  Total $100.00", "CAD"),
        ("Rs. 100", "INR"),
    ],
)
def test_the_currency_is_told_by_sign_code_and_country(
    text: str, currency: str, paper: Callable[..., Document]
) -> None:
    assert conventions_of(paper(text)).currency == currency


def test_an_empty_document_has_no_conventions(paper: Callable[..., Document]) -> None:
    found = conventions_of(paper(""))
    assert (found.decimal_mark, found.day_order, found.language, found.currency, found.mark) == (None,) * 5
