"""Words and boxes of the text layer stand where they were drawn, however the page is turned or cropped."""

import pikepdf
import pytest

from pipeline.adapters.words.pdf.text_layer import turned
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Box, Document, Page, QualityBand, WordsFrom
from tests.adapters.words.documents import (
    A4,
    INVOICE,
    INVOICE_WORDS,
    Placed,
    add_page,
    file_of,
    pdf_of,
    pdf_with_form,
    printed_pdf,
    saved,
)

READER = FileReader(None, sandbox=False)


def page_of(content: bytes) -> Page:
    document = READER.read(file_of(content))
    assert isinstance(document, Document), document
    assert document.words_from is WordsFrom.TEXT_LAYER
    return document.pages[0]


def texts_of(page: Page) -> list[str]:
    return [word.text for word in page.words]


def box_of(page: Page, text: str) -> Box:
    return next(word.box for word in page.words if word.text == text)


def test_words_are_read_in_order_and_stand_where_they_were_drawn() -> None:
    page = page_of(pdf_of())
    assert texts_of(page)[:5] == ["Faktura", "Fakturanr.", "471102", "Fakturadato", "12-03-2024"]
    assert texts_of(page)[8:12] == ["Kopipapir", "40", "138,75", "5.550,00"]
    for placed in INVOICE:
        box = box_of(page, placed.text.split()[0])
        if placed.text == "5.550,00":
            continue  # drawn twice
        assert box.x0 * A4[0] == pytest.approx(placed.x, abs=1.0)
        baseline = (A4[1] - placed.y) / A4[1]
        assert box.y0 < baseline < box.y1
        assert box.height * A4[1] == pytest.approx(placed.size, rel=0.25)


def test_a_word_is_as_wide_as_its_letters() -> None:
    # Helvetica's digits are 0.556 em wide, comma and full stop 0.278.
    box = box_of(page_of(pdf_of()), "6.937,50")
    assert box.width * A4[0] == pytest.approx((6 * 0.556 + 2 * 0.278) * 10, abs=0.5)


def test_wide_gaps_part_words_where_no_blank_was_drawn() -> None:
    pdf = pdf_of([Placed("Antal", 60, 700), Placed("Pris", 90, 700), Placed("Sum", 300, 700), Placed("12", 320, 680)])
    assert texts_of(page_of(pdf)) == ["Antal", "Pris", "Sum", "12"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_sideways_page_whose_rotate_entry_makes_it_upright_equals_the_upright_one(rotate: int) -> None:
    upright = page_of(pdf_of())
    width, height = A4
    # Draw each text the other way round, so that /Rotate shows it upright.
    size = A4 if rotate == 180 else (height, width)
    texts = []
    for p in INVOICE:
        x, y = {90: (height - p.y, p.x), 180: (width - p.x, height - p.y), 270: (p.y, width - p.x)}[rotate]
        texts.append(Placed(p.text, x, y, p.size, turn=rotate))
    page = page_of(pdf_of(texts, size=size, rotate=rotate))
    assert (page.width, page.height, page.rotation) == (*A4, 0.0)
    assert_same(page, upright)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_lying_is_put_upright_and_says_how_far(turn: int) -> None:
    upright = page_of(pdf_of())
    page = page_of(pdf_of(rotate=turn))
    assert page.rotation == (360 - turn) % 360
    assert (page.width, page.height) == A4
    assert_same(page, upright)


def assert_same(page: Page, other: Page) -> None:
    assert texts_of(page) == texts_of(other)
    for word, same in zip(page.words, other.words, strict=True):
        assert word.box.centre == pytest.approx(same.box.centre, abs=0.004)
        assert word.box.width == pytest.approx(same.box.width, abs=0.004)


def test_boxes_are_fractions_of_the_crop_box_and_words_outside_are_left_out() -> None:
    texts = [Placed("inside", 150, 500), Placed("outside", 20, 20)]
    page = page_of(pdf_of(texts, crop=(100, 400, 300, 600)))
    assert texts_of(page) == ["inside"]
    assert (page.width, page.height) == (200, 200)
    box = page.words[0].box
    assert box.x0 == pytest.approx(0.25, abs=0.01)
    assert box.y0 < 0.5 < box.y1


def test_headings_spaced_out_with_blanks_are_words() -> None:
    page = page_of(pdf_of([Placed("R E C H N U N G   N r . 17", 60, 780), Placed("A B 1 2 3", 60, 700), *INVOICE[1:]]))
    assert texts_of(page)[:3] == ["RECHNUNG", "Nr.", "17"]
    assert [text for text in texts_of(page) if len(text) == 1] == ["A", "B", "1", "2", "3", "%"]
    box = box_of(page, "RECHNUNG")
    assert box.x0 * A4[0] == pytest.approx(60, abs=1)
    assert box.width * A4[0] > 60


def test_a_side_note_does_not_turn_the_page() -> None:
    page = page_of(pdf_of([*INVOICE, Placed("Trykt af Papirhuset", 20, 300, turn=90)]))
    assert page.rotation == 0
    assert sorted(texts_of(page)) == sorted([*INVOICE_WORDS, "Trykt", "af", "Papirhuset"])
    note = box_of(page, "Papirhuset")
    assert note.height * A4[1] > note.width * A4[0]


def test_text_drawn_invisibly_where_no_picture_lies_is_not_read() -> None:
    page = page_of(pdf_of([*INVOICE, Placed("IBAN DK1234567890", 60, 100, mode=3)]))
    assert sorted(texts_of(page)) == INVOICE_WORDS


def test_ligatures_hyphens_and_stray_windows_codes_become_plain_letters() -> None:
    pdf = pikepdf.new()
    differences = pikepdf.Array([1, pikepdf.Name("/fi"), pikepdf.Name("/fl"), pikepdf.Name("/softhyphen")])
    encoding = pikepdf.Dictionary(
        Type=pikepdf.Name.Encoding, BaseEncoding=pikepdf.Name.WinAnsiEncoding, Differences=differences
    )
    texts = [Placed("Re\x01ll", 60, 700), Placed("\x02oor", 60, 680), Placed("PO\x032041", 60, 660)]
    add_page(pdf, [*INVOICE, *texts], encoding=encoding)
    words = texts_of(page_of(saved(pdf)))
    assert "Refill" in words
    assert "floor" in words
    assert "PO-2041" in words


def test_accents_and_currency_signs_survive() -> None:
    words = texts_of(page_of(pdf_of([Placed("Blåbærgrød à 12,50 € für Größe", 60, 700)])))
    assert words == ["Blåbærgrød", "à", "12,50", "€", "für", "Größe"]


@pytest.mark.parametrize("drawn", [True, False])
def test_what_is_filled_into_forms_and_noted_on_the_page_is_read(drawn: bool) -> None:
    page = page_of(pdf_with_form(drawn))
    assert sorted(texts_of(page)) == sorted([*INVOICE_WORDS, "PO-2041", "Godkendt"])
    box = box_of(page, "PO-2041")
    assert box.x0 * A4[0] == pytest.approx(302, abs=3)
    assert 842 - 716 - 2 < box.centre[1] * A4[1] < 842 - 700 + 2


def test_a_typeset_page_is_clean() -> None:
    document = READER.read(file_of(printed_pdf()))
    assert isinstance(document, Document)
    assert document.quality.band is QualityBand.CLEAN
    assert document.quality.mean_confidence == 1.0
    assert document.findings == ()


def test_turning_a_box_four_times_changes_nothing() -> None:
    box = Box(0.1, 0.2, 0.4, 0.3)
    assert turned(box, 1) == pytest.approx((0.7, 0.1, 0.8, 0.4))
    assert turned(box, 4) == pytest.approx(box)
