"""Papers written as plain text, one character a cell, so that a layout can be read in the test itself."""

import re
from collections.abc import Callable

import pytest

from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom

_COLUMNS = 120
_ROWS = 70
_HEIGHT = 0.0105


def _words(line: str, row: int) -> list[Word]:
    """Place the words of one line; a line that begins with "^" is set larger."""
    height = _HEIGHT * (1.6 if line.startswith("^") else 1.0)
    line = line.replace("^", " ", 1)
    top = (row + 0.5) / _ROWS
    return [
        Word(m.group(), Box(m.start() / _COLUMNS, top, m.end() / _COLUMNS, top + height))
        for m in re.finditer(r"\S+", line)
    ]


def document_of_text(*pages: str, words_from: WordsFrom = WordsFrom.TEXT_LAYER) -> Document:
    """Return a document whose pages are set in cells: two blanks or more part columns."""
    read = tuple(
        Page(number, 595.0, 842.0, tuple(w for row, line in enumerate(page.splitlines()) for w in _words(line, row)))
        for number, page in enumerate(pages, start=1)
    )
    quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
    return Document("paper.pdf", "0" * 64, read, words_from, quality, 1, len(read))


@pytest.fixture(scope="session")
def paper() -> Callable[..., Document]:
    """Builds a document from pages of text."""
    return document_of_text
