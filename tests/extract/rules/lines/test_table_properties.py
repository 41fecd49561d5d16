"""Line items do not depend on where on the page the table stands or how large it is, and no page breaks the reading."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.extract.rules.lines.table import find_line_items
from pipeline.extract.rules.writing.conventions import conventions_of
from tests.extract.rules.lines.table_reading import items

_INVOICE = """
Pos.  Varenr.     Beskrivelse                 Antal  Enhed  Stk. pris   Rabat   Moms       Beløb
1     PAP-4480    Kopipapir A4 80 g           10,00  pk         42,50    10 %   25 %      382,50
                  hvidt, uden klor og
                  syrefrit
2     TON-26A     Toner sort                   2,00  stk     1 049,00           25 %    2 098,00

                                                              Subtotal                  2 480,50
                                                              Moms 25 %                   620,13
"""


def _moved(document: Document, scale: float, dx: float, dy: float) -> Document:
    """Print the document smaller and elsewhere on its pages."""
    pages = []
    for page in document.pages:
        words = [
            replace(
                w, box=Box(w.box.x0 * scale + dx, w.box.y0 * scale + dy, w.box.x1 * scale + dx, w.box.y1 * scale + dy)
            )
            for w in page.words
        ]
        pages.append(replace(page, words=tuple(words)))
    return replace(document, pages=tuple(pages))


@given(scale=st.floats(0.3, 1.0), dx=st.floats(0.0, 0.3), dy=st.floats(0.0, 0.5), paper_size=st.floats(0.2, 5.0))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scaled_and_shifted_pages_give_the_same_items(
    paper: Callable[..., Document], scale: float, dx: float, dy: float, paper_size: float
) -> None:
    document = paper(_INVOICE)
    moved = _moved(document, scale, dx, dy)
    pages = tuple(replace(p, width=p.width * paper_size, height=p.height * paper_size) for p in moved.pages)
    assert items(replace(moved, pages=pages)) == items(document)


_USUAL_WORDS = (
    *(
        "Description",
        "Qty",
        "Price",
        "Amount",
        "Total",
        "VAT",
        "Antal",
        "Beløb",
        "Pris",
        "Moms",
        "Subtotal",
        "Übertrag",
    ),
    *(
        "x",
        "2",
        "10",
        "1.000",
        "12,50",
        "1",
        "234,00",
        "25%",
        "%",
        "-",
        "€",
        "kr.",
        "stk",
        "EAN",
        "A-100",
        "(",
        ")",
        "/",
    ),
    *("5701234567890", "10stk", "€20/kg", "4123456000014Zucker"),
)
_TEXTS = st.one_of(
    st.sampled_from(_USUAL_WORDS),
    st.text(min_size=1, max_size=12).filter(lambda t: bool(t.strip())),
)
_WORDS = st.builds(
    lambda text, x, y, w, h: Word(text, Box(x, y, min(x + w, 1.0), min(y + h, 1.0)), 0.9),
    _TEXTS,
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 0.3),
    st.floats(0, 0.05),
)


@given(st.lists(_WORDS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_words_break_the_reading(words: list[Word]) -> None:
    page = Page(1, 595.0, 842.0, tuple(words))
    document = Document("x.pdf", "0" * 64, (page,), WordsFrom.MAIL_BODY, TextQuality(QualityBand.POOR, 0.5, 0.5), 1, 1)
    for item in find_line_items(document, conventions_of(document)):
        for found in item.values():
            assert found.value
            assert 0 < found.confidence <= 1
            assert found.page == 1
            assert found.box is not None


def test_confidence_follows_the_readers_own(paper: Callable[..., Document]) -> None:
    document = paper(_INVOICE)
    (page,) = document.pages
    blurred = replace(document, pages=(replace(page, words=tuple(replace(w, confidence=0.5) for w in page.words)),))
    clear_items, blurred_items = (find_line_items(d, conventions_of(d)) for d in (document, blurred))
    for clear, doubtful in zip(clear_items, blurred_items, strict=True):
        assert all(doubtful[c].confidence < clear[c].confidence for c in clear)


def test_a_dense_page_is_read_quickly(paper: Callable[..., Document]) -> None:
    """Measured at about 20 ms; the limit is ten times that, for busy machines."""
    line = "{0:<4}  A-{0:<8}  Skruer 4x40 mm galvaniseret   10,00  stk         2,50           25 %       25,00"
    document = paper(_INVOICE.splitlines()[1] + "\n" + "\n".join(line.format(n) for n in range(1, 60)))
    conventions = conventions_of(document)
    took = []
    for _ in range(3):
        start = process_time()
        found = find_line_items(document, conventions)
        took.append(process_time() - start)
    assert len(found) == 59
    assert median(took) < 0.3


@pytest.mark.parametrize("words_from", [WordsFrom.TEXT_LAYER, WordsFrom.OCR])
def test_reading_twice_is_reading_once(paper: Callable[..., Document], words_from: WordsFrom) -> None:
    document = paper(_INVOICE, words_from=words_from)
    assert items(document) == items(document)
