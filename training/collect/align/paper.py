"""A document's words laid out as rows, each word knowing its place among all words of the document."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.domain.document import Box, Document, Word, WordsFrom
from pipeline.extract.rules.amounts.captions import AmountRole
from pipeline.extract.rules.amounts.summary import captioned_amounts
from pipeline.extract.rules.labels.labels import labels_of
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.page.candidates import Candidate, CandidateType, candidates_of
from pipeline.extract.rules.page.layout import Layout, Row, layout_of
from pipeline.extract.rules.writing.conventions import Conventions, conventions_of

_SEPARATORS = frozenset("|•·●▪")  # stand between values and belong to none


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` (exclusive) of row `row`."""

    row: int
    start: int
    end: int


class Paper:
    """One document, laid out once for all that look at it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words: tuple[Word, ...] = tuple(word for page in document.pages for word in page.words)
        self.layout: Layout = layout_of(document)
        self._places = _Places(document)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.layout.rows

    @property
    def is_ocr(self) -> bool:
        return self.document.words_from is WordsFrom.OCR

    @cached_property
    def conventions(self) -> Conventions:
        return conventions_of(self.document)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Every typed value on the pages, in reading order."""
        return candidates_of(self.layout, self.conventions)

    @cached_property
    def linker(self) -> Linker:
        return Linker(self.layout, labels_of(self.layout, tolerant=self.is_ocr))

    @cached_property
    def captions(self) -> dict[Span, tuple[AmountRole, float]]:
        """What the amounts of the totals are by the words beside them, and how plainly those say so."""
        found = captioned_amounts(self.layout, self.candidates, tolerant=self.is_ocr)
        return {span_of(amount.candidate): (amount.role, amount.weight) for amount in found}

    @cached_property
    def _flat(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(self._places.of(row.page, word) for word in row.words) for row in self.rows)

    def flat(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Return the places of a value's words among all words of the document, each once, in reading order."""
        found = (
            self._flat[span.row][i]
            for span in spans
            for i in range(span.start, span.end)
            if self.rows[span.row].words[i].text not in _SEPARATORS
        )
        return tuple(dict.fromkeys(found))

    def with_percent(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return a rate with the percent sign that stands as a word of its own behind it."""
        last = spans[-1]
        row = self.rows[last.row]
        if last.end < len(row.words) and row.words[last.end].text.strip("):,;") == "%":
            return (*spans[:-1], Span(last.row, last.start, last.end + 1))
        return spans

    def place(self, row: int, word: int) -> int:
        """Return the place of a row's word among all words of the document."""
        return self._flat[row][word]

    def box(self, spans: Iterable[Span]) -> Box:
        """Return the box around a value's words. Raises TypeError where there are none."""
        boxes = [self.rows[s.row].span_box(s.start, s.end) for s in spans]
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.union(box)
        return whole

    def text(self, span: Span) -> str:
        return self.rows[span.row].span_text(span.start, span.end)

    def typed(self, *types: CandidateType) -> list[Candidate]:
        """Return the candidates of some types."""
        return [c for c in self.candidates if c.type in types]


class _Places:
    """Finds the place of a laid-out word: rows keep a page's own word objects but for those they part in two."""

    def __init__(self, document: Document) -> None:
        self._by_identity: dict[int, int] = {}
        self._of_page: dict[int, list[tuple[int, Word]]] = {}
        words = [(page.number, word) for page in document.pages for word in page.words]
        for place, (number, word) in enumerate(words):
            self._by_identity.setdefault(id(word), place)
            self._of_page.setdefault(number, []).append((place, word))

    def of(self, page: int, word: Word) -> int:
        known = self._by_identity.get(id(word))
        return known if known is not None else self._around(page, word)

    def _around(self, page: int, part: Word) -> int:
        """Return the word that a part was cut from: the box around its centre that holds its text."""
        x, y = part.box.centre
        around = [
            (place, word)
            for place, word in self._of_page[page]
            if word.box.x0 <= x <= word.box.x1 and word.box.y0 <= y <= word.box.y1
        ]
        return next((place for place, word in around if part.text in word.text), around[0][0])


def span_of(candidate: Candidate) -> Span:
    """Return where a candidate stands."""
    return Span(candidate.row, candidate.start, candidate.end)
