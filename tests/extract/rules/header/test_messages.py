"""Orders written into a message: what they are, and who signed them."""

from collections.abc import Callable

import pytest

from pipeline.domain.document import Document, WordsFrom
from pipeline.domain.vocabulary import Kind
from tests.extract.rules.header.header_reading import header_of, values

Paper = Callable[..., Document]

DANISH = """
Hej Nordkant Kontor

Vi vil gerne bestille følgende:

Ordrenr.: 7731
Dato: 26-11-2026

Varenr.       Beskrivelse                  Antal    Stk. pris EUR
LMP-LED-7     Skrivebordslampe LED 7 W     5        39,00
CHR-ERGO-1    Kontorstol Ergo One          2        265,00

Levering: Bredgade 3, 1260 København K

Venlig hilsen
Bodil Skov
Skovgård Arkitekter ApS
CVR/moms-nr. DK25313763
"""


def test_an_order_in_a_message_has_a_number_and_a_buyer(paper: Paper) -> None:
    document = paper(DANISH, words_from=WordsFrom.MAIL_BODY)
    read = values(document)
    assert header_of(document).kind.value is Kind.PURCHASE_ORDER
    assert read["order_number"] == "7731"
    assert read["issue_date"] == "2026-11-26"
    assert read["buyer_name"] == "Skovgård Arkitekter ApS"
    assert read["buyer_vat_id"] == "DK25313763"
    assert "seller_vat_id" not in read


@pytest.mark.parametrize(
    "sentence",
    [
        "We would like to order the following items.",
        "Please deliver the following to our warehouse.",
        "Hiermit bestellen wir:",
        "Wir möchten gern folgende Artikel bestellen.",
        "Nous souhaitons vous commander les articles suivants :",
        "Graag willen wij het volgende bestellen:",
        "Vi önskar beställa följande:",
        "Vi bestiller hermed følgende:",
        "Quisiéramos pedir lo siguiente:",
        "Vorremmo ordinare i seguenti articoli:",
    ],
)
def test_a_sentence_places_the_order(sentence: str, paper: Paper) -> None:
    document = paper(f"Hello,\n\n{sentence}\n\nRegards\nAnna", words_from=WordsFrom.MAIL_BODY)
    assert header_of(document).kind.value is Kind.PURCHASE_ORDER


@pytest.mark.parametrize(
    "text",
    [
        "Kan vi tale sammen i morgen kl. 10 om leveringerne i december?",
        "Do you want to order the following again?",
        "Hermed vores faktura.",
        "Your order has been shipped.",
    ],
)
def test_other_messages_order_nothing(text: str, paper: Paper) -> None:
    document = paper(f"Hej,\n\n{text}\n\nMvh\nAnna", words_from=WordsFrom.MAIL_BODY)
    assert header_of(document).kind.value is not Kind.PURCHASE_ORDER


def test_a_message_has_no_letterhead(paper: Paper) -> None:
    text = "Dear Nordkant Ltd\n\nWe would like to order two chairs.\n\nKind regards\nAnna Berg"
    read = values(paper(text, words_from=WordsFrom.MAIL_BODY))
    assert "seller_name" not in read
    assert read["buyer_name"] == "Anna Berg"


def test_words_without_any_label_are_read(paper: Paper) -> None:
    assert header_of(paper("Zzz yyy", words_from=WordsFrom.MAIL_BODY)).kind.value is Kind.OTHER
