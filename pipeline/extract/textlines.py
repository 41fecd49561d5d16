"""Words grouped into lines and segments: the geometry that rules and tables share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from pipeline.domain.document import Box, Page, Word

_GAP = 0.9  # a gap wider than this many line heights parts two segments
_OVERLAP = 0.5  # words sharing this much of the lower one's height stand on one line


@dataclass(frozen=True)
class Segment:
    """Neighbouring words of one line with no wide gap between them; `page` counts from 1."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def box(self) -> Box:
        return enclosing(w.box for w in self.words)


@dataclass(frozen=True)
class TextLine:
    """All words of a page that stand at one height, left to right, parted into segments."""

    page: int
    segments: tuple[Segment, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.segments for w in s.words)

    @cached_property
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @cached_property
    def box(self) -> Box:
        return enclosing(w.box for w in self.words)


def enclosing(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all. Raises ValueError where there is none."""
    x0, y0, x1, y1 = zip(*((b.x0, b.y0, b.x1, b.y1) for b in boxes), strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def text_lines(page: Page) -> list[TextLine]:
    """Return the page's lines from top to bottom; every word is in exactly one."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda w: w.box.centre[1]):
        if rows and _same_line(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    aspect = page.height / page.width
    return [TextLine(page.number, tuple(_segments(page.number, row, aspect))) for row in rows]


def _same_line(row: Sequence[Word], word: Word) -> bool:
    """Compare with the last few words only: long lines may drift on a page that is not quite straight."""
    recent = row[-4:]
    top, bottom = median(w.box.y0 for w in recent), median(w.box.y1 for w in recent)
    shared = min(bottom, word.box.y1) - max(top, word.box.y0)
    return shared > _OVERLAP * min(bottom - top, word.box.height)


def _segments(page: int, row: list[Word], aspect: float) -> Iterable[Segment]:
    """Part a line at wide gaps; heights and widths are fractions of different lengths, hence `aspect`."""
    ordered = sorted(row, key=lambda w: w.box.x0)
    limit = _GAP * median(w.box.height for w in ordered) * aspect
    current = [ordered[0]]
    for word in ordered[1:]:
        if word.box.x0 - max(w.box.x1 for w in current) > limit:
            yield Segment(page, tuple(current))
            current = []
        current.append(word)
    yield Segment(page, tuple(current))
