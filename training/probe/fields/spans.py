"""Words that belong together, put together from the chances of their tags."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.label_scheme import SPANS
from pipeline.domain.document import Box, Page, Word
from training.probe.model.tagging import Tagging

_LINES_APART = 2.6  # how many line heights below a span's last word another word may still belong to it
_WORDS_APART = 6.0  # how many line heights a gap within a row may be wide, except in blocks of several rows
_BLOCKS = ("address", "description", "terms", "name")


@dataclass(slots=True)
class Span:
    """Words of one value: `name` is of `models.label_scheme.SPANS`, `chance` the mean chance of its words."""

    name: str
    page: int
    words: list[Word] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)

    @property
    def chance(self) -> float:
        return sum(self.chances) / len(self.chances)

    @property
    def box(self) -> Box:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def spans_of(pages: Sequence[Page], tagging: Tagging) -> list[Span]:
    """Return every span, in the order of its first word; a word goes to what it most likely is, O included."""
    spans: list[Span] = []
    for page, index, word in _counted(pages):
        row = tagging.chances[index]
        together = [row[1 + 2 * i] + row[2 + 2 * i] for i in range(len(SPANS))]
        best = max(range(len(SPANS)), key=together.__getitem__)
        if together[best] <= row[0]:
            continue
        begins = row[1 + 2 * best] > row[2 + 2 * best]
        open_span = _open(spans, SPANS[best], page.number, word)
        if begins and open_span is not None and not _touches(open_span, word):
            open_span = None
        if open_span is None:
            open_span = Span(SPANS[best], page.number)
            spans.append(open_span)
        open_span.words.append(word)
        open_span.chances.append(float(together[best]))
    return spans


def _touches(span: Span, word: Word) -> bool:
    """Say whether a word stands right behind a header value, too close to begin another one of the same field."""
    last = span.words[-1].box
    beside = abs(word.box.y0 - last.y0) < 0.5 * word.box.height and word.box.x0 - last.x1 < word.box.height
    return beside and "." not in span.name


def _counted(pages: Iterable[Page]) -> Iterable[tuple[Page, int, Word]]:
    index = 0
    for page in pages:
        for word in page.words:
            yield page, index, word
            index += 1


def _open(spans: Sequence[Span], name: str, page: int, word: Word) -> Span | None:
    """Return the latest span of this name that the word can go on with."""
    for span in reversed(spans):
        if span.name == name and span.page == page:
            return span if _continues(span, word) else None
    return None


def _continues(span: Span, word: Word) -> bool:
    last, height = span.words[-1].box, max(word.box.height, 0.004)
    below = word.box.y0 - last.y1
    if below > _LINES_APART * height:
        return False
    same_row = word.box.y0 < last.y1 - 0.3 * height
    return not same_row or span.name.endswith(_BLOCKS) or word.box.x0 - last.x1 < _WORDS_APART * height
