"""Where the words of a page lie after its paper was fed, bent or photographed, and after a reader levelled it."""

from dataclasses import replace
from random import Random

import numpy

from pipeline.domain.document import Page, Word
from training.synthesize.paper.damage.chains import Chain
from training.synthesize.paper.damage.degrade import aspect_after, boxes_around, corners_of, map_points
from training.synthesize.paper.damage.warps import QuarterTurns

_LEVEL = 0.15  # degrees; the reader leaves smaller ones, see pipeline.adapters.words.picture.upright
_ERROR = 0.06  # degrees by which it errs, about its own step


def moved_page(page: Page, chain: Chain, dice: Random) -> Page:
    """Return the page with its boxes where a chain and the reader's levelling put them; nothing is misread yet.

    The reader is taken to put pages right that were fed the wrong way round.
    """
    if not page.words:
        return page
    level = replace(chain, components=tuple(c for c in chain.components if not isinstance(c, QuarterTurns)))
    aspect = page.height / page.width
    corners = corners_of([word.box for word in page.words])
    base = numpy.array([[0.25, 0.5], [0.75, 0.5]])
    points = map_points(level, numpy.vstack([corners, base]), aspect)
    after = aspect_after(level, aspect)
    size = numpy.array([1.0, after])
    (left, right), points = points[-2:] * size, points[:-2]
    skew = float(numpy.rad2deg(numpy.arctan2(right[1] - left[1], right[0] - left[0])))
    rotation = 0.0
    if abs(skew) >= _LEVEL:
        rotation = -skew + dice.gauss(0, _ERROR)
        angle = numpy.deg2rad(rotation)
        turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
        points = ((points - 0.5) * size @ turn.T) / size + 0.5
    boxes = boxes_around(numpy.clip(points, 0, 1))
    words = tuple(Word(word.text, box) for word, box in zip(page.words, boxes, strict=True))
    return Page(page.number, page.width, page.width * after, words, round(rotation, 2))
