"""Words that belong together, put together from the chances of their tags."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from models.decode.words import Words
from models.label_scheme import SPANS
from models.scores import Scores
from pipeline.domain.document import Box, Word

_LINES_APART = 2.6
"""How many line heights below a span's last word another word may still belong to it."""
_WORDS_APART = 6.0
"""How many line heights a gap within a row may be wide, except in blocks of several rows."""
_BLOCKS = ("address", "description", "terms", "name")


@dataclass(slots=True)
class Span:
    """Words of one value: `name` is of `models.label_scheme.SPANS`, `words` numbers them, `page` counts from 1."""

    name: str
    page: int
    words: list[int] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)

    @property
    def chance(self) -> float:
        """The mean chance of its words."""
        return sum(self.chances) / len(self.chances)


class Tag(NamedTuple):
    """What a word most likely is: `name` is of `models.label_scheme.SPANS`; whether it begins one."""

    name: str
    chance: float
    begins: bool


def tags_of(scores: Scores) -> dict[int, Tag]:
    """Return what the words most likely are, in their order, those that most likely are of no span left out."""
    if not len(scores.tags):
        return {}
    every = np.arange(len(scores.tags))
    best = scores.spans.argmax(1)
    chances = scores.spans[every, best]
    begins = scores.tags[every, 1 + 2 * best] > scores.tags[every, 2 + 2 * best]
    tagged = np.flatnonzero(chances > scores.tags[:, 0])
    columns = (tagged, best[tagged], chances[tagged], begins[tagged])
    return {
        index: Tag(SPANS[number], chance, begin)
        for index, number, chance, begin in zip(*(column.tolist() for column in columns), strict=True)
    }


def spans_of(words: Words, scores: Scores, among: Sequence[int] | None = None) -> list[Span]:
    """Return every span, in the order of its first word; a word goes to what it most likely is, O included.

    `among` looks at some of the words only.
    """
    tags = tags_of(scores)
    return spans_in(words, tags, tags if among is None else among)


def spans_in(words: Words, tags: Mapping[int, Tag], among: Iterable[int]) -> list[Span]:
    """Return the spans that some words make, in the order of their first words; `tags` is what words are."""
    spans: list[Span] = []
    for index in among:
        if (tag := tags.get(index)) is None:
            continue
        name, chance, begins = tag
        word, page = words.words[index], words.page_of[index]
        going_on = _open(spans, name, page, word, words)
        if begins and going_on is not None and not _touches(going_on, word, words):
            going_on = None
        if going_on is None:
            going_on = Span(name, page)
            spans.append(going_on)
        going_on.words.append(index)
        going_on.chances.append(chance)
    return spans


def _touches(span: Span, word: Word, words: Words) -> bool:
    """Say whether a word stands right behind a header value, too close to begin another one of the same field."""
    last = words.words[span.words[-1]].box
    beside = abs(word.box.y0 - last.y0) < 0.5 * word.box.height and word.box.x0 - last.x1 < word.box.height
    return beside and "." not in span.name


def _open(spans: Sequence[Span], name: str, page: int, word: Word, words: Words) -> Span | None:
    """Return the latest span of this name that the word can go on with."""
    for span in reversed(spans):
        if span.name == name and span.page == page:
            return span if _continues(span, word.box, words.words[span.words[-1]].box) else None
    return None


def _continues(span: Span, box: Box, last: Box) -> bool:
    height = max(box.height, 0.004)
    if box.y0 - last.y1 > _LINES_APART * height:
        return False
    same_row = box.y0 < last.y1 - 0.3 * height
    return not same_row or span.name.endswith(_BLOCKS) or box.x0 - last.x1 < _WORDS_APART * height
