"""Reads one picture of a page: put upright, recognised, its words in reading order."""

from collections.abc import Iterable

from PIL import Image

from pipeline.adapters.words.ocr import OcrEngine
from pipeline.adapters.words.picture.upright import put_upright
from pipeline.domain.document import Page, Word
from pipeline.extract.textlines import text_lines

_POINTS = 72


def read_scan(image: Image.Image, number: int, dpi: float, engine: OcrEngine) -> Page:
    """Return the page that `image` shows, sized in points by `dpi`; words are sorted by lines, top to bottom."""
    upright = put_upright(image, engine)
    width, height = upright.image.size
    page = Page(number, width * _POINTS / dpi, height * _POINTS / dpi, upright.words, upright.rotation)
    return in_reading_order(page)


def in_reading_order(page: Page) -> Page:
    """Return the page with its words sorted: line by line from the top, each from the left."""
    return with_words(page, [word for line in text_lines(page) for word in line.words])


def with_words(page: Page, words: Iterable[Word]) -> Page:
    """Return the page with other words."""
    return Page(page.number, page.width, page.height, tuple(words), page.rotation)
