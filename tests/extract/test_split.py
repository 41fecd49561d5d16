"""One PDF, several documents: when pages are cut apart and when they stay together."""

from dataclasses import replace

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.extract.split import split


def _page(number: int, *lines: str) -> Page:
    words = []
    for row, line in enumerate(lines):
        x = 0.08
        for text in line.split(" "):
            if text:
                y = 0.05 + row * 0.03
                words.append(Word(text, Box(x, y, x + 0.009 * len(text), y + 0.011)))
            x += 0.009 * (len(text) + 0.6) if text else 0.05
    return Page(number, 595.0, 842.0, tuple(words))


def _document(*pages: tuple[str, ...], einvoice: bytes | None = None) -> Document:
    read = tuple(_page(n, *lines) for n, lines in enumerate(pages, start=1))
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document("scan.pdf", "0" * 64, read, WordsFrom.TEXT_LAYER, quality, 1, len(read), einvoice)


def _ranges(document: Document) -> list[tuple[int, int]]:
    return [(part.first_page, part.last_page) for part in split(document)]


FIRST = ("FAKTURA", "Fakturanr.: 1001", "Dato: 01.03.2026", "Vare   100,00", "Total   125,00", "CVR 25313763")
SECOND = ("FAKTURA", "Fakturanr.: 2002", "Dato: 02.03.2026", "Vare   200,00", "Total   250,00", "CVR 10150817")


def test_two_invoices_with_their_own_numbers_are_cut() -> None:
    document = _document(FIRST, SECOND)
    assert _ranges(document) == [(1, 1), (2, 2)]
    first, second = split(document)
    assert first.key != second.key
    assert [p.number for p in second.pages] == [2]


def test_an_invoice_and_a_credit_note_are_cut() -> None:
    credit = ("KREDITNOTA", "Kreditnotanr.: 77", "Dato: 02.03.2026", "Total   -20,00")
    assert _ranges(_document(FIRST, credit)) == [(1, 1), (2, 2)]


def test_the_second_page_of_an_invoice_stays_with_the_first() -> None:
    carry = ("FAKTURA", "Fakturanr.: 1001", "Transport   100,00", "Vare   50,00", "Side 2 af 2")
    assert _ranges(_document((*FIRST, "Side 1 af 2"), carry)) == [(1, 2)]


def test_a_page_without_a_title_stays() -> None:
    assert _ranges(_document(FIRST, ("Salgs- og leveringsbetingelser", "Fakturanr. oplyses ved henvendelse"))) == [
        (1, 2)
    ]


def test_each_document_keeps_its_further_pages() -> None:
    more = ("Transport   100,00", "Vare   50,00", "Side 2 af 2")
    pages = ((*FIRST, "Side 1 af 2"), more, (*SECOND, "Side 1 af 2"), more)
    assert _ranges(_document(*pages)) == [(1, 2), (3, 4)]


def test_a_number_that_the_first_page_already_names_begins_nothing() -> None:
    order = ("PURCHASE ORDER CHANGE", "Change no: 5", "PO number: 1861727")
    lines = ("Lines", "PURCHASE ORDER: 1861727", "Item   10,00")
    assert _ranges(_document(order, lines)) == [(1, 2)]


def test_a_delivery_note_behind_an_invoice_stays() -> None:
    assert _ranges(_document(FIRST, ("FØLGESEDDEL", "Følgeseddel nr.: 55", "Vare   1"))) == [(1, 2)]


def test_a_document_with_an_einvoice_is_never_cut() -> None:
    assert _ranges(_document(FIRST, SECOND, einvoice=b"<Invoice/>")) == [(1, 2)]


def test_a_single_page_is_returned_as_it_is() -> None:
    document = _document(FIRST)
    assert split(document) == (document,)


def test_pages_of_a_part_are_the_originals() -> None:
    document = _document(FIRST, SECOND)
    assert tuple(p for part in split(document) for p in part.pages) == document.pages
    assert all(replace(part, pages=(), first_page=1, last_page=1).sha256 == document.sha256 for part in split(document))


def test_a_part_says_how_many_pages_its_file_has() -> None:
    assert [part.file_pages for part in split(_document(FIRST, SECOND))] == [2, 2]
