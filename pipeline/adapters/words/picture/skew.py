"""How far a page's lines are turned, by projection profiles: rows of print make a jagged profile only when level."""

from collections.abc import Iterable

import numpy
import numpy.typing
from PIL import Image, ImageFilter

_WORKING_SIDE = 1000  # pixels; lines stay apart, and the search takes milliseconds
_MOST = 10.0  # degrees to either side; paper fed by hand is rarely worse
_INK = 18  # grey levels darker than its surroundings
_POINTS = 40_000
_LEAST_POINTS = 200

_Array = numpy.typing.NDArray[numpy.float64]


def skew_of(image: Image.Image) -> tuple[float, float]:
    """Return by how many degrees the image must be turned clockwise for its lines to be level, and how sure that is.

    Sureness is the sharpness of the level profile over that of the same page a quarter turned: above 1, lines run
    across the image; below, they run up and down, and the angle is the one that makes them upright. 0, 1 for a page
    with hardly any ink.
    """
    x, y = _ink(image)
    if x.size < _LEAST_POINTS:
        return 0.0, 1.0
    across, level = _sharpest(x, y)
    along, upright = _sharpest(y, -x)
    ratio = level / upright if upright else 1.0
    return (across if ratio >= 1 else along), ratio


def _ink(image: Image.Image) -> tuple[_Array, _Array]:
    """Return where the image is darker than its surroundings, evenly thinned out to a bounded number of points."""
    grey = image.convert("L")
    grey.thumbnail((_WORKING_SIDE, _WORKING_SIDE), Image.Resampling.BOX)
    around = grey.filter(ImageFilter.BoxBlur(12))
    dark = numpy.asarray(around, dtype=numpy.int16) - numpy.asarray(grey, dtype=numpy.int16) > _INK
    y, x = numpy.nonzero(dark)
    step = max(1, y.size // _POINTS)
    return x[::step].astype(numpy.float64), y[::step].astype(numpy.float64)


def _sharpest(x: _Array, y: _Array) -> tuple[float, float]:
    """Search coarsely, then finely; return the angle clockwise that levels the points, and its sharpness."""
    coarse = max(_angles(0.0, _MOST, 0.5), key=lambda a: _sharpness(x, y, a))
    fine = max(_angles(coarse, 0.5, 0.05), key=lambda a: _sharpness(x, y, a))
    return fine, _sharpness(x, y, fine)


def _angles(centre: float, reach: float, step: float) -> Iterable[float]:
    count = round(reach / step)
    # From the centre outwards, so that of equal angles the smallest wins.
    for i in range(count + 1):
        yield centre + i * step
        yield centre - i * step


def _sharpness(x: _Array, y: _Array, degrees: float) -> float:
    """Return the energy of the profile's edges when the points are turned clockwise by `degrees`."""
    turn = numpy.deg2rad(degrees)
    rows = y * numpy.cos(turn) + x * numpy.sin(turn)
    profile = numpy.bincount((rows - rows.min()).astype(numpy.int64)).astype(numpy.float64)
    return float(numpy.square(numpy.diff(profile)).sum())
