"""Parts lines into words: at blanks, and where two letters stand far apart without one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.adapters.words.lines.reading import Line
from pipeline.adapters.words.lines.strip import Strip
from pipeline.domain.document import Box, Word

_PRINT = 0.67  # of a strip's thickness; the rest is the room that its line was found with
_GAP = 0.8  # letters further apart than this part of the line's thickness belong to two words


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters of one word, and where it begins and ends, as parts of the line's length."""

    text: str
    start: float
    end: float


def words_of(line: Line, strip: Strip, size: tuple[int, int]) -> Iterator[Word]:
    """Yield a line's words, boxes as fractions of the page, whose `size` is in pixels.

    Boxes are about as high as those of a text layer: higher ones reach into the lines above and below.
    """
    print_only = strip.thinned(_PRINT)
    for run in _runs(line, strip.thickness / strip.length):
        left, top, right, bottom = print_only.part(run.start, run.end)
        box = Box(
            max(0.0, left / size[0]), max(0.0, top / size[1]), min(1.0, right / size[0]), min(1.0, bottom / size[1])
        )
        yield Word(run.text, box, round(line.score, 4))


def _runs(line: Line, thickness: float) -> Iterator[_Run]:
    """Yield the words; a letter is as wide as those of the line's words lie apart in the mean."""
    marks = [index for index, letter in enumerate(line.text) if not letter.isspace()]
    if not marks:
        return
    apart = _GAP * thickness
    width = _letter_width(line, marks)
    first = marks[0]
    for one, other in pairwise([*marks, None]):
        if one is not None and (
            other is None or other > one + 1 or line.places[other] - line.places[one] - width > apart
        ):
            start, end = line.places[first] - width / 2, line.places[one] + width / 2
            yield _Run(line.text[first : one + 1], max(0.0, start), min(1.0, max(end, 0.0)))
            first = other if other is not None else first


def _letter_width(line: Line, marks: list[int]) -> float:
    steps = [line.places[b] - line.places[a] for a, b in pairwise(marks) if b == a + 1]
    return sum(steps) / len(steps) if steps else 1 / len(line.text)
