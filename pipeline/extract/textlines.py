"""Words grouped into lines and segments: the geometry that rules and tables share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.domain.document import Box, Page, Word
from pipeline.extract.once import once

_GAP = 0.9  # a gap wider than this many line heights parts two segments
_OVERLAP = 0.5  # words sharing this much of the lower one's height stand on one line


@dataclass(frozen=True)
class Segment:
    """Neighbouring words of one line with no wide gap between them; `page` counts from 1."""

    page: int
    words: tuple[Word, ...]

    @once
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @once
    def box(self) -> Box:
        return enclosing(w.box for w in self.words)


@dataclass(frozen=True)
class TextLine:
    """All words of a page that stand at one height, left to right, parted into segments."""

    page: int
    segments: tuple[Segment, ...]

    @once
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.segments for w in s.words)

    @once
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @once
    def box(self) -> Box:
        return enclosing(w.box for w in self.words)

    @once
    def height(self) -> float:
        """The usual height of its words."""
        return middle([w.box.height for w in self.words])


def enclosing(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all. Raises ValueError where there is none."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    if len(x0) == 1:  # most words stand alone
        return Box(x0[0], y0[0], x1[0], y1[0])
    return Box(min(x0), min(y0), max(x1), max(y1))


def middle(values: Iterable[float]) -> float:
    """Return the median, as `statistics.median` does, which takes longer to be called than to sort a line's words.

    Raises IndexError where there is none.
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def text_lines(page: Page) -> list[TextLine]:
    """Return the page's lines from top to bottom; every word is in exactly one."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=_height_of_middle):
        if rows and _same_line(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    aspect = page.height / page.width
    return [TextLine(page.number, tuple(_segments(page.number, row, aspect))) for row in rows]


def _height_of_middle(word: Word) -> float:
    _, y0, _, y1 = word.box
    return (y0 + y1) / 2


def _same_line(row: Sequence[Word], word: Word) -> bool:
    """Compare with the last few words only: long lines may drift on a page that is not quite straight."""
    recent = [w.box for w in row[-4:]]
    top, bottom = middle([box[1] for box in recent]), middle([box[3] for box in recent])
    _, y0, _, y1 = word.box
    shared = min(bottom, y1) - max(top, y0)
    return shared > _OVERLAP * min(bottom - top, y1 - y0)


def _segments(page: int, row: list[Word], aspect: float) -> Iterable[Segment]:
    """Part a line at wide gaps; heights and widths are fractions of different lengths, hence `aspect`."""
    ordered = sorted(row, key=lambda w: w.box[0])
    limit = _GAP * middle([w.box.height for w in ordered]) * aspect
    current = [ordered[0]]
    right = ordered[0].box.x1
    for word in ordered[1:]:
        x0, _, x1, _ = word.box
        if x0 - right > limit:
            yield Segment(page, tuple(current))
            current, right = [], x1
        current.append(word)
        right = max(right, x1)
    yield Segment(page, tuple(current))
