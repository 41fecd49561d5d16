"""Where a line of print lies, and its picture cut out, level and as high as the network wants it."""

from dataclasses import dataclass, replace
from math import ceil, cos, hypot, radians, sin

import numpy
import numpy.typing

Pixels = numpy.typing.NDArray[numpy.uint8]

HEIGHT = 48  # pixels of a cut line
_STANDING = 1.5  # times as high as wide: print that runs from top to bottom or back
_SLANT = 2.0  # pixels from end to end below which a line is level
_FAR_SMALLER = 1.5  # times: from here on pixels are averaged, lest thin strokes fall between


@dataclass(frozen=True, slots=True)
class Strip:
    """A rectangle: its centre and its sides in pixels, `wide` turned clockwise by `degrees` (within 45) from level."""

    x: float
    y: float
    wide: float
    high: float
    degrees: float

    @property
    def stands(self) -> bool:
        """Whether the print is read with the head to the right or to the left."""
        return self.high >= _STANDING * self.wide

    @property
    def length(self) -> float:
        """The side along the print, in pixels."""
        return self.high if self.stands else self.wide

    @property
    def thickness(self) -> float:
        """The side across the print, in pixels."""
        return self.wide if self.stands else self.high

    def thinned(self, share: float) -> "Strip":
        """Return the strip around the same middle, its thickness `share` times what it was."""
        return replace(self, wide=self.wide * share) if self.stands else replace(self, high=self.high * share)

    def part(self, start: float, end: float) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom edge in pixels of what lies from `start` to `end`, parts of the length."""
        middle, half = (start + end - 1) / 2 * self.length, (end - start) / 2 * self.length
        along, across = half, self.thickness / 2
        turn = radians(self.degrees)
        c, s = cos(turn), sin(turn)
        if self.stands:
            centre, wide, high = (self.x - s * middle, self.y + c * middle), across, along
        else:
            centre, wide, high = (self.x + c * middle, self.y + s * middle), along, across
        reach, rise = abs(c) * wide + abs(s) * high, abs(s) * wide + abs(c) * high
        return centre[0] - reach, centre[1] - rise, centre[0] + reach, centre[1] + rise


def cut(pixels: Pixels, strip: Strip) -> Pixels:
    """Return the strip's pixels as a picture `HEIGHT` high, of the strip's proportions.

    Standing print is turned so that it reads from top to bottom of the page. Level strips are parts of the page as they
    are; only slanted ones are drawn anew.
    """
    import cv2

    if hypot(strip.wide, strip.high) * abs(sin(radians(strip.degrees))) < _SLANT:
        piece = _level(pixels, strip)
    else:
        piece = _turned(pixels, strip)
    if strip.stands:
        piece = numpy.rot90(piece)
    wide = max(1, ceil(HEIGHT * piece.shape[1] / piece.shape[0]))
    smaller = piece.shape[0] > _FAR_SMALLER * HEIGHT
    made = cv2.resize(piece, (wide, HEIGHT), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    return numpy.asarray(made, dtype=numpy.uint8)


def _level(pixels: Pixels, strip: Strip) -> Pixels:
    high, wide = pixels.shape[:2]
    left, right = (min(max(round(strip.x + side * strip.wide / 2), 0), wide) for side in (-1, 1))
    top, bottom = (min(max(round(strip.y + side * strip.high / 2), 0), high) for side in (-1, 1))
    return pixels[min(top, high - 1) : max(bottom, top + 1), min(left, wide - 1) : max(right, left + 1)]


def _turned(pixels: Pixels, strip: Strip) -> Pixels:
    import cv2

    size = (max(1, round(strip.wide)), max(1, round(strip.high)))
    matrix = cv2.getRotationMatrix2D((strip.x, strip.y), strip.degrees, 1.0)
    matrix[0, 2] += size[0] / 2 - strip.x
    matrix[1, 2] += size[1] / 2 - strip.y
    drawn = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return numpy.asarray(drawn, dtype=numpy.uint8)
