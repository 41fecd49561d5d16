"""Which way a page's lines run, by how close its letters stand, and how far they are turned, by projection profiles."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy
import numpy.typing
from PIL import Image

from pipeline.adapters.words.picture.marks import Edges, Pixels, marks_of

_MOST = 10.0  # degrees to either side; paper fed by hand is rarely worse
_POINTS = 40_000
_LEAST_LETTERS = 20
_PAIRS = 3_000_000  # letters looked at, times letters on the page: bounds the time on grainy pages
_MOST_LOOKED_AT = 1500
_OVERLAP = 0.5  # of the smaller letter's extent, for two letters to stand side by side
_WORDLIKE = 2  # times as long as thick: a word whose letters touch
_STROKE = 5.0  # pixels; what is thinner may be a stroke of a worn letter
_DOUBT = 10  # letters that each direction starts with, so that a handful decides nothing

_Array = numpy.typing.NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Skew:
    """By how many degrees an image must be turned clockwise for its lines to be level if they run from side to side
    (`across`), and to be upright if they run up and down (`along`); each at most 10 to either side.

    `ratio` tells which of the two it is: how many marks show lines from side to side for each that shows lines up and
    down. Above 1, lines run across. With hardly any letters, the angles are 0 and it is 1.
    """

    across: float
    along: float
    ratio: float


def skew_of(image: Image.Image) -> Skew:
    """Measure how the lines of an image run. Long straight ink (streaks, borders, rules, the edge of a desk) has no say
    in which way they run; it helps to measure the angle where it runs with them."""
    marks = marks_of(image)
    if len(marks.letters) < _LEAST_LETTERS:
        return Skew(0.0, 0.0, 1.0)
    across, down = _points(marks.across), _points(marks.upright)
    return Skew(_levelling(*across), _levelling(down[1], -down[0]), _ratio(marks.letters))


def _ratio(letters: Edges) -> float:
    """Print stands closer to its neighbour in the line than to the next line: count which neighbour is the nearer.

    Where toner has joined letters to words, their shape counts instead: gaps between words can be as wide as leading.
    """
    count = len(letters)
    chosen = numpy.linspace(0, count - 1, min(count, _MOST_LOOKED_AT, max(1, _PAIRS // count))).astype(numpy.int64)
    left, top, right, bottom = letters.T
    beside, below = _gaps(left, right, top, bottom, chosen), _gaps(top, bottom, left, right, chosen)
    wide, high = (right - left)[chosen], (bottom - top)[chosen]
    thickness, length = numpy.minimum(wide, high), numpy.maximum(wide, high)
    words = (thickness >= max(_STROKE, numpy.median(thickness))) & (length >= _WORDLIKE * thickness)
    near = numpy.minimum(beside, below) <= length
    level = numpy.where(words, wide > high, near & (beside < below)).sum()
    upright = numpy.where(words, high > wide, near & (below < beside)).sum()
    return float((level + _DOUBT) / (upright + _DOUBT))


def _gaps(start: Edges, end: Edges, low: Edges, high: Edges, chosen: numpy.typing.NDArray[numpy.int64]) -> Edges:
    """Return for the chosen letters the distance to the next letter along the axis of `start` and `end` that overlaps
    them along the other axis; infinity where there is none."""
    own = numpy.s_[chosen, None]
    shared = numpy.minimum(high[own], high) - numpy.maximum(low[own], low)
    beside = shared >= _OVERLAP * numpy.minimum(high[own] - low[own], high - low)
    after = start + end > start[own] + end[own]
    gaps = numpy.where(beside & after, numpy.maximum(start - end[own], 0), numpy.float32(numpy.inf))
    return numpy.asarray(gaps.min(axis=1), dtype=numpy.float32)


def _points(dark: Pixels) -> tuple[_Array, _Array]:
    """Return where the dark pixels are, evenly thinned out to a bounded number."""
    y, x = numpy.nonzero(dark)
    step = max(1, y.size // _POINTS)
    return x[::step].astype(numpy.float64), y[::step].astype(numpy.float64)


def _levelling(x: _Array, y: _Array) -> float:
    """Search coarsely, then finely, for the angle clockwise that levels the points."""
    coarse = max(_angles(0.0, _MOST, 0.5), key=lambda a: _sharpness(x, y, a))
    return max(_angles(coarse, 0.5, 0.05), key=lambda a: _sharpness(x, y, a))


def _angles(centre: float, reach: float, step: float) -> Iterable[float]:
    count = round(reach / step)
    # From the centre outwards, so that of equal angles the smallest wins.
    for i in range(count + 1):
        yield centre + i * step
        yield centre - i * step


def _sharpness(x: _Array, y: _Array, degrees: float) -> float:
    """Return the energy of the profile's edges when the points are turned clockwise by `degrees`: rows of print make a
    jagged profile only when they are level."""
    turn = numpy.deg2rad(degrees)
    rows = y * numpy.cos(turn) + x * numpy.sin(turn)
    profile = numpy.bincount((rows - rows.min()).astype(numpy.int64)).astype(numpy.float64)
    return float(numpy.square(numpy.diff(profile)).sum())
