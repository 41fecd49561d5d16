"""A document's words as rows that rules can walk: fused words parted, rows numbered over all pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from pipeline.domain.dates import readings
from pipeline.domain.document import Box, Document, Page, Word
from pipeline.extract.once import once
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.textlines import box_of, segmented

_FUSED = re.compile(r"^([^\W\d][^:@/]{1,40}?[:=])([^\s:/\\].*)$")  # "Nummer:471102", not "http://…", not "10:30"
_NUMBER_WORDS = frozenset({"no", "nr", "num", "nbr", "number", "nummer", "numero", "n", "nro", "nmr", "nos"})
_NUMBER_ENDINGS = ("nummer", "number", "numret", "numero", "nro")
_NUMBER_ENDING = re.compile(rf"^(\w{{2,}}?)(?:{'|'.join(_NUMBER_ENDINGS)})$")
_JOINED_NUMBER = re.compile(r"^(\w{5,})snr$")  # "belegsnr" and "belegnr" are one
_ORDINAL = re.compile(r"\bn\.\s?[º°o](?!\w)", re.I)  # "n.º"
_TRANSLATED = re.compile(r"^([^\W\d_]{4,})/([^\W\d_]{4,}:?)$")  # "Faktura/Invoice"

_WRAPPED = re.compile(r"^(?:[A-Z]{1,4}-|\d{1,4}[-/]|\d{1,2}[-./]\d{1,2}[-./]|\d{4}-\d{2}-)$")
_REST = re.compile(r"^(?:\d{1,2}[-./])?\d{1,4}$")
_WHOLE_DATE = re.compile(r"^(?:\d{1,2}([-./])\d{1,2}\1\d{4}|\d{4}-\d{2}-\d{2})$")


class Token(NamedTuple):
    """A folded word of a row, and the index of the word it comes from."""

    text: str
    word: int


@dataclass(frozen=True)
class Row:
    """All words at one height of a page; `segment_of` tells for each word which segment of the row it stands in.

    `index` counts over the whole document, `scale` turns widths into the unit of heights.
    """

    index: int
    page: int
    words: tuple[Word, ...]
    segment_of: tuple[int, ...]
    scale: float

    @once
    def box(self) -> Box:
        return box_of(self.words)

    @once
    def texts(self) -> tuple[str, ...]:
        """What each word says."""
        return tuple([w.text for w in self.words])

    @once
    def text(self) -> str:
        return " ".join(self.texts)

    @once
    def tokens(self) -> tuple[Token, ...]:
        """Canonical tokens: every way to write "number" is "nr", punctuation is gone."""
        return tuple([Token(t, i) for i, text in enumerate(self.texts) for t in canonical_tokens(text)])

    @once
    def height(self) -> float:
        """The typical height of its words."""
        heights = sorted(w.box.height for w in self.words)
        return heights[len(heights) // 2]

    @once
    def _segments(self) -> tuple[tuple[int, int], ...]:
        starts = [i for i, s in enumerate(self.segment_of) if not i or s != self.segment_of[i - 1]]
        return tuple(pairwise((*starts, len(self.words))))

    def segments(self) -> tuple[tuple[int, int], ...]:
        """Return each segment as the range of its words."""
        return self._segments

    @once
    def pieces(self) -> tuple[tuple[Box, str], ...]:
        """Where each segment stands and what it says."""
        return tuple((self.span_box(start, end), self.span_text(start, end)) for start, end in self._segments)

    def span_box(self, start: int, end: int) -> Box:
        return box_of(self.words[start:end])

    def span_text(self, start: int, end: int) -> str:
        return " ".join(self.texts[start:end])

    @once
    def gaps(self) -> tuple[float, ...]:
        """The blank before each word but the first, in line heights."""
        scale, height = self.scale, max(self.height, 1e-6)
        return tuple([(b.box.x0 - a.box.x1) * scale / height for a, b in pairwise(self.words)])

    def gap(self, i: int) -> float:
        """The blank before word `i`, from 1, in line heights."""
        return self.gaps[i - 1]


@dataclass(frozen=True)
class Layout:
    """The rows of a whole document from top to bottom, page after page."""

    rows: tuple[Row, ...]
    width: float = 595.0
    """Of the first page, in points."""

    @once
    def blank(self) -> float:
        """The usual blank between words of one segment, in line heights; 0 where there is none."""
        gaps = [
            gap
            for row in self.rows
            for gap, (before, segment) in zip(row.gaps, pairwise(row.segment_of), strict=True)
            if before == segment
        ]
        return median(gaps) if gaps else 0.0

    @once
    def type_height(self) -> float:
        """The usual height of a row."""
        return median(r.height for r in self.rows) if self.rows else 0.01

    def below(self, row: Row, reach: int) -> Iterator[Row]:
        """Yield up to `reach` rows under `row` on the same page."""
        for other in self.rows[row.index + 1 : row.index + 1 + reach]:
            if other.page != row.page:
                return
            yield other

    def above(self, row: Row, reach: int) -> Iterator[Row]:
        """Yield up to `reach` rows over `row` on the same page, the nearest first."""
        for i in range(row.index - 1, max(-1, row.index - 1 - reach), -1):
            if self.rows[i].page != row.page:
                return
            yield self.rows[i]


@lru_cache(maxsize=16_384)
def canonical_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a text as labels are compared: "Rechnungs-Nr.:" and "Rechnungsnummer" both end in "nr"."""
    if text.isascii() and text.isalnum():
        return (_canonical(text.lower()),)
    spelled = text.replace("#", " nr ") if "#" in text else text
    if "." in spelled:
        spelled = _ORDINAL.sub(" nr ", spelled)
    return tuple([_canonical(t) for t in fold_words(spelled).split()])


def _canonical(token: str) -> str:
    if token in _NUMBER_WORDS:
        return "nr"
    if token.endswith(_NUMBER_ENDINGS) and (ending := _NUMBER_ENDING.match(token)):
        token = ending.group(1) + "nr"
    if token.endswith("snr") and (joined := _JOINED_NUMBER.match(token)):
        token = joined.group(1) + "nr"
    return token


def layout_of(document: Document) -> Layout:
    """Lay out all pages of a document."""
    rows: list[Row] = []
    for page in document.pages:
        for segments in segmented(_parted(page)):
            words = tuple(chain.from_iterable(segments))
            segment_of = tuple([n for n, segment in enumerate(segments) for _ in segment])
            rows.append(Row(len(rows), page.number, words, segment_of, page.width / page.height))
    return Layout(tuple(rows), document.pages[0].width if document.pages else 595.0)


def _parted(page: Page) -> Page:
    words = _unwrapped([part for w in page.words for part in _part(w)], page.width / page.height)
    return Page(page.number, page.width, page.height, words, page.rotation)


def _unwrapped(words: list[Word], scale: float) -> tuple[Word, ...]:
    """Join dates and codes that are wrapped at a joint inside a narrow cell: "PO-" over "1084"."""
    heads = [i for i, w in enumerate(words) if w.text[-1] in "-/." and _WRAPPED.match(w.text)]
    joined: dict[int, Word] = {}
    gone: set[int] = set()
    for i in heads:
        tail = _tail_of(words[i], words, scale)
        if tail is not None and tail not in gone:
            gone.add(tail)
            text = words[i].text + words[tail].text
            confidence = min(words[i].confidence, words[tail].confidence)
            joined[i] = Word(text, words[i].box.union(words[tail].box), confidence)
    if not joined:
        return tuple(words)
    return tuple(joined.get(i, w) for i, w in enumerate(words) if i not in gone)


def _tail_of(head: Word, words: Sequence[Word], scale: float) -> int | None:
    """Return the word right under a head that ends it, both alone on their lines of the cell; None where none is."""
    x0, y0, x1, y1 = head.box
    height = y1 - y0
    slack, apart = 0.4 * height / scale, 1.0 * height / scale
    found = None
    for i, word in enumerate(words):
        box = word.box
        if box.y1 <= y0 or box.y0 >= y1 + 1.2 * height or word is head:
            continue
        beside = box.centre[1] < y1
        if beside and min(box.y1, y1) - max(box.y0, y0) > 0.6 * height and -apart < box.x0 - x1 < apart:
            return None  # the line goes on
        if beside and abs(box.x0 - x0) > slack:
            continue
        if abs(box.x0 - x0) <= slack and box.centre[1] > y1 and _ends(head.text, word.text):
            found = i
        elif box.centre[1] > y1 and -apart < box.x0 - x0 < apart + (x1 - x0) and found is not None:
            return None
    return found


def _ends(head: str, tail: str) -> bool:
    """Say whether two halves make a code ("PO-", "1084") or a date ("25-01-", "2025")."""
    if head[0].isalpha():
        return tail.isdigit() and len(tail) >= 3
    return _REST.match(tail) is not None and _WHOLE_DATE.match(head + tail) is not None and bool(readings(head + tail))


def _part(word: Word) -> Iterator[Word]:
    """Part "Nummer:471102" into label and value, and "Faktura/Invoice" into both its words, sharing the box by the
    number of letters; drop markdown's stars."""
    text = word.text.strip("*") if "**" in word.text else word.text
    if "/" in text and (both := _TRANSLATED.match(text)):
        yield from _shared(word, (both.group(1), "/", both.group(2)))
        return
    match = _FUSED.match(text) if ":" in text or "=" in text else None
    if match is None:
        if text:
            yield Word(text, word.box, word.confidence) if text != word.text else word
        return
    yield from _shared(word, match.groups())


def _shared(word: Word, parts: Sequence[str]) -> Iterator[Word]:
    """Yield the parts of a word, each with its share of the box by the number of letters."""
    x, per_letter = word.box.x0, word.box.width / sum(map(len, parts))
    for part in parts:
        end = x + per_letter * len(part)
        yield Word(part, Box(x, word.box.y0, end, word.box.y1), word.confidence)
        x = end
