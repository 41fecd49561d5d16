"""Papers set word by word, each with what it is, and the scores of a network that knows it."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from models.decode.words import Words
from models.label_scheme import KINDS, OUTSIDE, TAGS
from models.scores import Scores
from pipeline.domain.document import Box, Document, Page, QualityBand, TextQuality, Word, WordsFrom
from pipeline.domain.money import DecimalMark
from pipeline.domain.vocabulary import Kind
from pipeline.extract.rules.writing.conventions import Conventions

POINT = Conventions(DecimalMark.POINT, None, "en", "EUR")
"""The ways of a paper whose amounts have a decimal point."""
COMMA = Conventions(DecimalMark.COMMA, None, "da", "DKK")
"""The ways of one whose amounts have a decimal comma."""

_LETTER, _BLANK, _HEIGHT = 0.008, 0.006, 0.01


class Paper:
    """Puts words beside and below one another, in fractions of the page; what is put first is read first."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.rows: list[int | None] = []
        self._pages: list[list[Word]] = [[]]

    def put(
        self, x: float, y: float, text: str, span: str | None = None, row: int | None = None, confidence: float = 1.0
    ) -> Self:
        """Put the words of `text` at a place: one value of `span` in the line item or tax row `row`, or none."""
        for number, word in enumerate(text.split()):
            width = _LETTER * len(word)
            self._pages[-1].append(Word(word, Box(x, y, x + width, y + _HEIGHT), confidence))
            self.tags.append(OUTSIDE if span is None else f"{'I' if number else 'B'}-{span}")
            self.rows.append(row)
            x += width + _BLANK
        return self

    def turn(self) -> Self:
        """Begin the next page."""
        self._pages.append([])
        return self

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(Page(number, 595.0, 842.0, tuple(words)) for number, words in enumerate(self._pages, start=1))

    @property
    def words(self) -> Words:
        return Words.of(self.pages)

    def at(self, text: str) -> int:
        """Return the number of the first word that prints `text`."""
        return [word.text for word in self.words.words].index(text)

    def document(self, **others: Any) -> Document:
        quality = TextQuality(QualityBand.CLEAN, 1.0, 0.0)
        usual = {"last_page": len(self._pages), **others}
        return Document("paper.pdf", "ab" * 32, self.pages, WordsFrom.TEXT_LAYER, quality, **usual)

    def scores(self, sure: float = 0.9, kind: Kind = Kind.INVOICE) -> Scores:
        """Return what a network says that is `sure` of every tag, of every row's first word, and of the kind."""
        return scores_of_tags(self.tags, self.rows, sure, kind)


def scores_of_tags(
    tags: list[str], rows: list[int | None] | None = None, sure: float = 0.9, kind: Kind = Kind.INVOICE
) -> Scores:
    """Return scores that give every word its tag with the chance `sure`, the rest shared by the other tags."""
    chances = np.full((len(tags), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype=np.float32)
    chances[np.arange(len(tags)), [TAGS.index(tag) for tag in tags]] = sure
    rows = rows or [None] * len(tags)
    begins = [number if row is None else rows.index(row) for number, row in enumerate(rows)]
    kinds = np.full(len(KINDS), (1 - sure) / (len(KINDS) - 1), dtype=np.float32)
    kinds[KINDS.index(kind)] = sure
    at = np.asarray(begins, dtype=np.int64)
    return Scores(chances, at, np.full(len(tags), sure, dtype=np.float32), kinds)


def say(scores: Scores, word: int, chances: Mapping[str, float]) -> None:
    """Give one word other chances, by tag; what is left goes to O. Spans must not have been asked for yet."""
    assert "spans" not in vars(scores)
    scores.tags[word] = 0.0
    for tag, chance in chances.items():
        scores.tags[word, TAGS.index(tag)] = chance
    scores.tags[word, 0] += 1 - sum(chances.values())
