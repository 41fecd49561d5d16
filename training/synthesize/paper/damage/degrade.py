"""Makes a page bad, and says where everything on it went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
from PIL import Image

from pipeline.domain.document import Box
from training.synthesize.paper.damage.chains import Chain
from training.synthesize.paper.damage.picture import Picture, Points, Size


@dataclass(frozen=True, slots=True)
class Degraded:
    """A bad page: its picture, the resolution it claims, and where a box of the good page lies on it."""

    image: Image.Image
    dpi: float
    map_box: Callable[[Box], Box]


def degrade(image: Image.Image, dpi: float, chain: Chain, seed: int) -> Degraded:
    """Send a page's picture through a chain; the same seed gives the same pixels."""
    picture = Picture(numpy.asarray(image.convert("RGB"), numpy.uint8), dpi)
    aspect = image.height / image.width
    for place, component in enumerate(chain.components):
        picture = component.seen(picture, numpy.random.default_rng((seed, place)))
    return Degraded(Image.fromarray(picture.pixels), picture.dpi, lambda box: map_boxes(chain, [box], aspect)[0])


def map_boxes(chain: Chain, boxes: Sequence[Box], aspect: float) -> list[Box]:
    """Return where boxes of a page lie after the chain; `aspect` is the page's height by its width.

    A box becomes the smallest upright one around its four moved corners, cut off at the new page's edges.
    """
    if not boxes:
        return []
    return boxes_around(numpy.clip(map_points(chain, corners_of(boxes), aspect), 0, 1))


def map_points(chain: Chain, points: Points, aspect: float) -> Points:
    """Return where points of a page lie after the chain; both in fractions of their page."""
    size: Size = (1000.0, 1000.0 * aspect)
    placed = points * size
    for component in chain.components:
        placed, size = component.placed(placed, size), component.resized(size)
    return placed / size


def aspect_after(chain: Chain, aspect: float) -> float:
    """Return the height by the width of the page that comes out of a chain."""
    size: Size = (1000.0, 1000.0 * aspect)
    for component in chain.components:
        size = component.resized(size)
    return size[1] / size[0]


def corners_of(boxes: Sequence[Box]) -> Points:
    """Return four points for every box: clockwise from the top left."""
    edges = numpy.asarray(boxes, dtype=numpy.float64)
    return edges[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 2)


def boxes_around(points: Points) -> list[Box]:
    """Return the upright boxes around every four points."""
    groups = points.reshape(-1, 4, 2)
    low, high = groups.min(axis=1), groups.max(axis=1)
    return [Box(*edges) for edges in numpy.hstack([low, high]).tolist()]
