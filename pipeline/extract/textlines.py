"""Words grouped into lines and segments: the geometry that rules and tables share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.domain.document import Box, Page, Word
from pipeline.extract.once import once

_GAP = 0.9  # a gap wider than this many line heights parts two segments
_OVERLAP = 0.5  # words sharing this much of the lower one's height stand on one line
_OVER = 0.3  # words sharing this much of the narrower one's width, and little height, stand one over the other
_RECENT = 4  # words at a line's end that the next one is compared with


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
        return box_of(self.words)


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
        return box_of(self.words)

    @once
    def height(self) -> float:
        """The usual height of its words."""
        return middle([w.box.height for w in self.words])


def box_of(words: Sequence[Word]) -> Box:
    """Return the smallest box around some words. Raises ValueError where there is none."""
    return words[0].box if len(words) == 1 else enclosing([w.box for w in words])  # most words stand alone


def enclosing(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all. Raises ValueError where there is none."""
    (x0, y0, x1, y1), *others = boxes
    for left, top, right, bottom in others:  # one loop is twice as fast as four times `min` and `max`
        if left < x0:
            x0 = left
        if top < y0:
            y0 = top
        if right > x1:
            x1 = right
        if bottom > y1:
            y1 = bottom
    return Box(x0, y0, x1, y1)


def middle(values: Iterable[float]) -> float:
    """Return the median, as `statistics.median` does, which takes longer to be called than to sort a line's words.

    Raises IndexError where there is none.
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def text_lines(page: Page) -> list[TextLine]:
    """Return the page's lines from top to bottom; every word is in exactly one."""
    return [
        TextLine(page.number, tuple(Segment(page.number, tuple(words)) for words in segments))
        for segments in segmented(page)
    ]


def segmented(page: Page) -> list[list[list[Word]]]:
    """Return the words of the page's lines from top to bottom, each line parted into its segments."""
    aspect = page.height / page.width
    return [_segments(row, aspect) for row in _rows(page.words)]


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Put words on one line whose heights overlap.

    A word is compared with the last few of a line only: long lines may drift on a page that is not quite straight.
    """
    rows: list[list[Word]] = []
    tops: list[float] = []
    bottoms: list[float] = []
    top = bottom = lowest_top = highest_bottom = 0.0
    for word in sorted(words, key=_height_of_middle):
        _, y0, _, y1 = word.box
        beside = rows and min(bottom, y1) - max(top, y0) > _OVERLAP * min(bottom - top, y1 - y0)
        # Where all words of the line share enough height with this one, as on most lines, none stands over it.
        level = min(highest_bottom, y1) - max(lowest_top, y0) >= _OVERLAP * (y1 - y0)
        if beside and (level or not any(_stacked(w.box, word.box) for w in rows[-1])):
            rows[-1].append(word)
            tops, bottoms = [*tops[-_RECENT + 1 :], y0], [*bottoms[-_RECENT + 1 :], y1]
            top, bottom = middle(tops), middle(bottoms)
            lowest_top, highest_bottom = max(lowest_top, y0), min(highest_bottom, y1)
        else:
            rows.append([word])
            tops, bottoms = [y0], [y1]
            top, bottom = lowest_top, highest_bottom = y0, y1
    return rows


def _stacked(upper: Box, lower: Box) -> bool:
    """Tell whether one word stands under another: a cell in the middle beside two lines would weave them into one."""
    left, top, right, bottom = upper
    x0, y0, x1, y1 = lower
    above = min(right, x1) - max(left, x0) > _OVER * min(right - left, x1 - x0)
    return above and min(bottom, y1) - max(top, y0) < _OVERLAP * min(bottom - top, y1 - y0)


def _height_of_middle(word: Word) -> float:
    _, y0, _, y1 = word.box
    return (y0 + y1) / 2


def _segments(row: list[Word], aspect: float) -> list[list[Word]]:
    """Part a line at wide gaps; heights and widths are fractions of different lengths, hence `aspect`."""
    if len(row) == 1:
        return [row]
    ordered = sorted(row, key=lambda w: w.box[0])
    limit = _GAP * middle([w.box.height for w in ordered]) * aspect
    segments = [[ordered[0]]]
    right = ordered[0].box.x1
    for word in ordered[1:]:
        x0, _, x1, _ = word.box
        if x0 - right > limit:
            segments.append([])
            right = x1
        segments[-1].append(word)
        right = max(right, x1)
    return segments
