"""Amounts that a PDF parts into several words, put together by the widths of the blanks between them."""

import pytest

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.extract.rules.page.candidates import CandidateType, candidates_of
from pipeline.extract.rules.page.layout import layout_of
from pipeline.extract.rules.writing.conventions import conventions_of

_HEIGHT = 0.01
_PROSE = "Vielen Dank für Ihren Auftrag und das Vertrauen"


def _line(y: float, *parts: str | float) -> list[Word]:
    """Set words on a square page; a number between two words is the blank between them, in line heights."""
    x, words = 0.05, []
    for part in parts:
        if isinstance(part, float):
            x += part * _HEIGHT
            continue
        width = 0.5 * _HEIGHT * len(part)
        words.append(Word(part, Box(x, y, x + width, y + _HEIGHT)))
        x += width
    return words


def _amounts(*parts: str | float) -> list[str]:
    prose = [p for word in _PROSE.split() for p in (word, 0.3)][:-1]
    page = Page(1, 600.0, 600.0, (*_line(0.1, *prose), *_line(0.2, *parts)))
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    document = Document("p.pdf", "0" * 64, (page,), WordsFrom.TEXT_LAYER, quality, 1, 1)
    found = candidates_of(layout_of(document), conventions_of(document))
    return [c.value for c in found if c.type is CandidateType.AMOUNT]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (("Summe", 3.0, "7", 0.7, "312,40", 0.7, "€"), "7312.4"),  # a wide no-break space, the same twice
        (("Summe", 3.0, "1", 0.7, "007", 0.7, "312,40", 0.7, "€"), "1007312.4"),
        (("Sum", 3.0, "kr73", 0.15, "204,50"), "73204.5"),
        (("Sum", 3.0, "EUR73", 0.15, "204,50"), "73204.5"),
        (("Summe", 3.0, "512,", 0.2, "50", 0.2, "€"), "512.5"),
        (("Summe", 3.0, "1", 0.2, "512,", 0.2, "50", 0.2, "€"), "1512.5"),
    ],
)
def test_words_of_one_amount_are_put_together(parts: tuple[str | float, ...], value: str) -> None:
    assert value in _amounts(*parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("Kabel", 0.3, "3,", 0.3, "12", 0.3, "Meter"),  # as far apart as other words
        ("Menge", 3.0, "2", 1.4, "350,00", 0.7, "€"),
    ],
)
def test_numbers_that_stand_apart_stay_apart(parts: tuple[str | float, ...]) -> None:
    assert not {"3.12", "2350"} & set(_amounts(*parts))


def test_a_minus_before_the_currency_counts() -> None:
    assert "-80" in _amounts("Totale", 2.0, "-€", 0.3, "80,00")
