"""Finds the lines of print on a picture: differentiable binarization (Liao et al. 2020), as RapidOCR does it."""

from collections.abc import Iterator, Sequence
from math import copysign
from typing import Any

import numpy
import numpy.typing

from pipeline.adapters.words.lines.strip import Pixels, Strip

_STEP = 32  # pixels; the network halves its input five times
_CONTRAST = 16  # grey levels between the darkest and the lightest pixel of a printed square
_MARGIN = 1  # squares of paper kept around print, of `_STEP` pixels
_PRINT = 0.3  # probability from which a pixel is print
_LEAST = 0.5  # mean probability of a line
_SWELL = 1.6  # the network marks the core of a line only; this times its area over its outline is added to every side
_THINNEST, _THINNEST_SWOLLEN = 3, 5  # pixels
_MOST = 1000  # outlines looked at; on grain there is no end of them

_Map = numpy.typing.NDArray[numpy.float32]


def find_lines(pixels: Pixels, finder: Any, longest: int) -> list[Strip]:
    """Return where lines lie on a grey or RGB picture, looked for on a copy whose sides are `longest` pixels at most.

    `finder` is the session of `networks.open_finder`. It looks at the printed bands of the page only, which are little
    more than half of an invoice.
    """
    import cv2

    high, wide = pixels.shape[:2]
    scale = min(1.0, longest / max(high, wide))
    size = [max(_STEP, round(side * scale / _STEP) * _STEP) for side in (wide, high)]
    small = numpy.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), dtype=numpy.uint8)
    strips: list[Strip] = []
    for left, top, right, bottom in _bands(small):
        band = as_input([small[top:bottom, left:right]], right - left)
        (found,) = finder.run(None, {finder.get_inputs()[0].name: band})
        strips += _strips(found[0, 0], (left, top), (wide / size[0], high / size[1]))
    return strips


def _bands(small: Pixels) -> Iterator[tuple[int, int, int, int]]:
    """Yield left, top, right and bottom edge of the parts of a picture between which nothing is printed, with a margin.

    A square is printed where its pixels differ; those of dirty paper do everywhere, and the page stays whole.
    """
    darkest, lightest = (small, small) if small.ndim == 2 else (small.min(axis=2), small.max(axis=2))
    grid = (small.shape[0] // _STEP, _STEP, small.shape[1] // _STEP, _STEP)
    least, most = darkest.reshape(grid).min(axis=(1, 3)), lightest.reshape(grid).max(axis=(1, 3))
    printed = most - least > _CONTRAST
    (rows,) = numpy.nonzero(printed.any(axis=1))
    for band in numpy.split(rows, numpy.nonzero(numpy.diff(rows) > 2 * _MARGIN + 1)[0] + 1):
        if band.size:
            top, bottom = max(0, band[0] - _MARGIN), min(grid[0], band[-1] + 1 + _MARGIN)
            (columns,) = numpy.nonzero(printed[top:bottom].any(axis=0))
            left, right = max(0, columns[0] - _MARGIN), min(grid[2], columns[-1] + 1 + _MARGIN)
            yield int(left) * _STEP, int(top) * _STEP, int(right) * _STEP, int(bottom) * _STEP


def as_input(pictures: Sequence[Pixels], wide: int) -> numpy.typing.NDArray[numpy.float32]:
    """Return pictures of one height as the networks want them: picture, colour (blue first), row, column; from -1 to 1,
    and 0 from a picture's right edge to `wide`."""
    made = numpy.zeros((len(pictures), 3, pictures[0].shape[0], wide), dtype=numpy.float32)
    for place, picture in zip(made, pictures, strict=True):
        colours = picture[None] if picture.ndim == 2 else picture[:, :, ::-1].transpose(2, 0, 1)
        numpy.multiply(colours, 2 / 255, out=place[:, :, : picture.shape[1]])
        place[:, :, : picture.shape[1]] -= 1
    return made


def _strips(found: _Map, corner: tuple[int, int], scale: tuple[float, float]) -> Iterator[Strip]:
    """Draw a rectangle around each spot of print, and swell it.

    `corner` is where the map lies on the picture looked at, `scale` how many pixels of the page one of it is.
    """
    import cv2

    spots = cv2.dilate((found > _PRINT).astype(numpy.uint8), numpy.ones((2, 2), dtype=numpy.uint8))
    outlines, _ = cv2.findContours(spots, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines[:_MOST]:
        rectangle = cv2.minAreaRect(outline)
        (x, y), (wide, high), degrees = rectangle
        if min(wide, high) < _THINNEST or _mean_within(found, cv2.boxPoints(rectangle)) < _LEAST:
            continue
        if abs(degrees) > 45:  # OpenCV's versions differ in which side they call the width
            wide, high, degrees = high, wide, degrees - copysign(90, degrees)
        margin = 2 * wide * high * _SWELL / (2 * (wide + high))
        wide, high = wide + margin, high + margin
        if min(wide, high) >= _THINNEST_SWOLLEN:
            yield Strip(
                (x + corner[0]) * scale[0], (y + corner[1]) * scale[1], wide * scale[0], high * scale[1], degrees
            )


def _mean_within(found: _Map, corners: numpy.typing.NDArray[Any]) -> float:
    import cv2

    least = numpy.maximum(numpy.floor(corners.min(axis=0)), 0).astype(numpy.int32)
    most = numpy.ceil(corners.max(axis=0)).astype(numpy.int32) + 1
    part = found[least[1] : most[1], least[0] : most[0]]
    within = numpy.zeros(part.shape, dtype=numpy.uint8)
    cv2.fillPoly(within, [(corners - least).astype(numpy.int32)], 1)
    return float(cv2.mean(part, within)[0])
