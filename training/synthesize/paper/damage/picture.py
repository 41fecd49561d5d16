"""A page as pixels, what may happen to it, and where its points lie afterwards."""

from dataclasses import dataclass
from typing import Any

import numpy
import numpy.typing

Pixels = numpy.typing.NDArray[numpy.uint8]
"""Rows, columns, and red, green and blue."""
Points = numpy.typing.NDArray[numpy.float64]
"""One row a point: x and y in pixels, origin top left."""
Size = tuple[float, float]
"""Width and height in pixels."""
Chance = numpy.random.Generator
Cover = numpy.typing.NDArray[numpy.floating[Any]]
"""For every pixel how much of it is covered, or how bright it is, from 0 to 1."""

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """The pixels of a page and how many of them make an inch of paper."""

    pixels: Pixels
    dpi: float

    @property
    def size(self) -> Size:
        return float(self.pixels.shape[1]), float(self.pixels.shape[0])

    def length(self, points: float) -> float:
        """Return a length on paper, in points, as pixels."""
        return points * self.dpi / _POINTS_PER_INCH


class Component:
    """One thing that happens to a page. This one changes nothing; others override what they change.

    A component is a frozen dataclass: its fields say how strong it is, `chance` only draws textures, so that where
    things lie never depends on pixels.
    """

    __slots__ = ()

    def seen(self, picture: Picture, chance: Chance) -> Picture:  # noqa: ARG002
        """Return how the page looks afterwards; components with a texture override this."""
        return self.changed(picture)

    def changed(self, picture: Picture) -> Picture:
        """Return how the page looks afterwards; components without a texture override this."""
        return picture

    def placed(self, points: Points, size: Size) -> Points:  # noqa: ARG002
        """Return where points of a page of that size lie afterwards."""
        return points

    def resized(self, size: Size) -> Size:
        """Return the size of the page afterwards."""
        return size

    @property
    def name(self) -> str:
        return type(self).__name__


def blend(below: Pixels, colour: tuple[int, int, int], cover: Cover) -> Pixels:
    """Lay ink of a colour on a picture: `cover` is 0 where there is none and 1 where it hides what is below.

    Ink multiplies, as on paper: print stays visible under a stamp.
    """
    tint = numpy.asarray(colour, dtype=numpy.float32) / 255
    factor = 1 - cover[:, :, None] * (1 - tint)
    return numpy.clip(below * factor, 0, 255).astype(numpy.uint8)


def texture(shape: tuple[int, int], grain: float, chance: Chance) -> numpy.typing.NDArray[numpy.float32]:
    """Return smooth random values between 0 and 1 that change over about `grain` pixels."""
    import cv2

    height, width = shape
    coarse = (max(2, round(height / max(1.0, grain))), max(2, round(width / max(1.0, grain))))
    values = chance.random(coarse, dtype=numpy.float32)
    smooth = cv2.resize(values, (width, height), interpolation=cv2.INTER_CUBIC)
    return numpy.clip(smooth, 0, 1).astype(numpy.float32)
