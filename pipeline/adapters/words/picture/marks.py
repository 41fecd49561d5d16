"""Finds the marks on a page: connected ink, by its size told into letters and into all that is longer."""

from dataclasses import dataclass

import numpy
import numpy.typing
from PIL import Image, ImageFilter

_WORKING_SIDE = 1000  # pixels; lines stay apart, and everything here takes milliseconds
_SURROUNDINGS = 12  # pixels to every side
_INK = 18  # grey levels darker than its surroundings
_MOST_INK = 0.1  # of the page; where more is dark, only its darkest part is print and the rest is dirt or grain
_SPECK = 4  # pixels; smaller marks are dirt
_LARGEST_LETTER = 0.08  # of the page's longer side; on receipts letters are large, and they touch
_ELONGATED = 3  # times as long as thick: a rule or an underline, not a frame or a stain

Pixels = numpy.typing.NDArray[numpy.bool_]
Edges = numpy.typing.NDArray[numpy.float32]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a page drawn about a thousand pixels long.

    `letters` has a row for each letter (or word whose letters touch): left, top, right and bottom edge in pixels.
    `across` are the pixels of letters and of whatever is long from left to right; `upright` those of letters and of
    whatever is long from top to bottom.
    """

    letters: Edges
    across: Pixels
    upright: Pixels


def marks_of(image: Image.Image) -> Marks:
    """Find the marks on an image; frames, stains and the table around a photographed page are in none of them."""
    import cv2

    count, labels, table, _ = cv2.connectedComponentsWithStats(_dark(image).astype(numpy.uint8), connectivity=8)
    left, top, wide, high, area = (table[:, column] for column in range(5))
    real = (area >= _SPECK) & (numpy.arange(count) > 0)  # the first is the paper
    letter = real & (numpy.maximum(wide, high) <= _LARGEST_LETTER * max(labels.shape))
    edges = numpy.column_stack([left, top, left + wide, top + high])[letter]
    return Marks(
        edges.astype(numpy.float32),
        (letter | (real & (wide > _ELONGATED * high)))[labels],
        (letter | (real & (high > _ELONGATED * wide)))[labels],
    )


def _dark(image: Image.Image) -> Pixels:
    """Return where the image is darker than its surroundings."""
    grey = image.convert("L")
    grey.thumbnail((_WORKING_SIDE, _WORKING_SIDE), Image.Resampling.BOX)
    around = grey.filter(ImageFilter.BoxBlur(_SURROUNDINGS))
    depth = numpy.asarray(around, dtype=numpy.int16) - numpy.asarray(grey, dtype=numpy.int16)
    return numpy.asarray(depth > max(_INK, numpy.quantile(depth, 1 - _MOST_INK)), dtype=numpy.bool_)
