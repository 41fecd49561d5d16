"""Takes ruled lines off the picture of a page: around tables they make Tesseract skip the words between them."""

import numpy
import numpy.typing
from PIL import Image

_INK = 160  # grey level below which a pixel is part of a line
_SHORTEST = 25  # a rule is at least this part of the page's width long (8 mm on A4); no letter's stroke is
_THICKEST = 150  # and at most this part of it thick (1.4 mm); what is thicker is a bar with text on it

_Mask = numpy.typing.NDArray[numpy.bool_]


def without_rules(image: Image.Image) -> Image.Image:
    """Return the page in grey, its thin horizontal and vertical lines painted white."""
    grey = numpy.array(image.convert("L"))
    ink = grey < _INK
    shortest, thickest = max(8, image.width // _SHORTEST), max(3, image.width // _THICKEST)
    across, down = _runs(ink, shortest), _runs(ink.T, shortest).T
    rules = (across & ~_runs(ink.T, thickest).T) | (down & ~_runs(ink, thickest))
    grey[_grown(rules)] = 255
    return Image.fromarray(grey)


def _runs(ink: _Mask, length: int) -> _Mask:
    """Keep the pixels that lie in horizontal runs of at least `length`."""
    height, width = ink.shape
    if width < length:
        return numpy.zeros_like(ink)
    sums = numpy.zeros((height, width + 1), dtype=numpy.int32)
    numpy.cumsum(ink, axis=1, out=sums[:, 1:])
    starts = sums[:, length:] - sums[:, :-length] == length
    # A pixel is kept where one of the `length` runs that could cover it starts.
    edges = numpy.zeros((height, width + 1), dtype=numpy.int32)
    edges[:, : starts.shape[1]] += starts
    edges[:, length : length + starts.shape[1]] -= starts
    return numpy.cumsum(edges, axis=1)[:, :width] > 0


def _grown(mask: _Mask) -> _Mask:
    """Widen by a pixel to every side: scanned lines have grey rims."""
    padded = numpy.pad(mask, 1)
    wide = padded[:, :-2] | padded[:, 1:-1] | padded[:, 2:]
    return numpy.asarray(wide[:-2] | wide[1:-1] | wide[2:], dtype=numpy.bool_)
