"""Where ink goes, boxes go: measured on bars of ink, for every component and for whole chains."""

from collections.abc import Sequence
from dataclasses import replace

import numpy
import numpy.typing
import pytest
from PIL import Image

from pipeline.domain.document import Box
from training.dataset.record import LabelledDocument
from training.synthesize.paper.damage import light, marks, optics, toner, warps
from training.synthesize.paper.damage.chains import Chain, Medium, draw_chain
from training.synthesize.paper.damage.degrade import degrade, map_boxes
from training.synthesize.paper.damage.picture import Component

Grey = numpy.typing.NDArray[numpy.float64]

_ABOVE = 0.7  # of a bar's height, looked at above and below it
_BESIDE = 0.008  # of the page's width, looked at on both sides
_OFF = 0.16  # of a bar's height that its ink may lie beside its box

_GEOMETRY: list[Component] = [
    warps.Turn(3.0),
    warps.Turn(-2.2, (40, 40, 40)),
    warps.Placed(0.015, -0.01, 1.02, 0.98),
    warps.Perspective(((0.05, 0.03), (0.93, 0.06), (0.97, 0.95), (0.02, 0.98)), 1.1, 1.1, (90, 70, 50)),
    warps.QuarterTurns(1),
    warps.QuarterTurns(2),
    warps.QuarterTurns(3),
    warps.Curl(0.008, 1.1, 0.2),
    warps.Curl(0.006, 0.7, 0.5, across=False),
    warps.Fold(0.5, 0.006, 0.3),
    warps.Fold(0.4, 0.006, 0.3, level=False),
]
_LOOKS: list[Component] = [
    light.Tone((250, 245, 225), (90, 90, 90)),
    light.Gamma(1.6),
    light.UnevenLight(0.4, 30, 0.2),
    light.Shadow(0.4, (0.5, 0.5), 60, 0.05),
    light.Shadow(0.4, (0.3, 0.6), 60, 0.05, round=True),
    light.DarkEdge(0, 0.06, 0.6),
    optics.Blur(0.5),
    optics.ShakyHand(1.0, 30),
    optics.SensorNoise(10, 0.5),
    optics.Jpeg(25),
    optics.Sampled(72, 72),
    optics.Sampled(100, 50),
    optics.Grey(),
    optics.Sharpened(0.8),
    toner.Threshold(150),
    toner.Threshold(200, local=True),
    toner.Dither(),
    toner.Dither(pattern=True),
    toner.Thickness(0.6),
    toner.Thickness(-0.6),
    toner.WornInk(0.3),
    toner.Streaks(3, 0.8),
    toner.Streaks(2, 0.8, pale=True),
    toner.Dirt(5),
    toner.BlackBorder((0.02, 0, 0.01, 0.02)),
    marks.Stamp(("RECEIVED", "12 03 2024"), (40, 40, 140), (0.5, 0.5), 12, 22),
    marks.Stamp(("PAID",), (150, 20, 40), (0.3, 0.7), -9, 22, ring=True),
    marks.Handwriting((0.2, 0.5), (4, 6), 14, -5, (30, 40, 120), underlined=True),
    marks.Ticks(((0.9, 0.4), (0.9, 0.5)), 10, "tick", (20, 90, 60)),
    marks.Ticks(((0.5, 0.5),), 10, "ring", (20, 90, 60)),
    marks.PunchHoles((0.4, 0.6), 30, (20, 20, 20)),
    marks.Staple((0.05, 0.04), -40, removed=False),
    marks.BleedThrough(0.25, (0.03, 0.04)),
    marks.FaxHeading("FROM : FAX 12345678   01/02 10:30   P. 1/2"),
    marks.CupRing((0.6, 0.5), 110, 0.5),
]


def _name(component: Component) -> str:
    return component.name


def _off_centre(grey: Grey, box: Box, down: bool) -> float | None:
    """Return how far the middle of a bar's ink lies from its box's, down or across the page, in heights of the box.

    None where a bar has no ink any more, or too little room around it.
    """
    height, width = grey.shape
    right, below = (0.0, _ABOVE * box.height) if down else (_BESIDE, 0.0)
    x0, x1 = round((box.x0 - right) * width), round((box.x1 + right) * width)
    y0, y1 = round((box.y0 - below) * height), round((box.y1 + below) * height)
    if min(x0, y0) < 0 or x1 >= width or y1 >= height or min(x1 - x0, y1 - y0) < 3:
        return None
    profile = grey[y0:y1, x0:x1].mean(axis=1 if down else 0)
    ink = numpy.clip(numpy.maximum(profile[0], profile[-1]) - profile, 0, None)
    ink[ink < 0.4 * ink.max()] = 0
    if ink.max() < 25:
        return None
    middle = float((ink * (numpy.arange(len(ink)) + 0.5)).sum() / ink.sum()) + (y0 if down else x0)
    x, y = box.centre
    return float(abs(middle - (y * height if down else x * width)) / (box.height * height))


def _distances(image: Image.Image, boxes: Sequence[Box]) -> list[float]:
    grey = numpy.asarray(image.convert("L"), dtype=numpy.float64)
    found = []
    for box in boxes:
        both = [distance for down in (True, False) if (distance := _off_centre(grey, box, down)) is not None]
        found += both[:2]
    assert len(found) > 1.2 * len(boxes), "most bars must still be visible"
    return found


@pytest.mark.parametrize("component", _GEOMETRY + _LOOKS, ids=_name)
def test_boxes_follow_the_ink_through_every_component(
    component: Component, bars: LabelledDocument, bars_image: Image.Image
) -> None:
    result = degrade(bars_image, 100, Chain(Medium.SCAN, 0.5, (component,)), 7)
    boxes = [result.map_box(word.box) for word in bars.pages[0].words]
    image = result.image
    if isinstance(component, warps.QuarterTurns) and component.quarters % 2:
        image = image.transpose(Image.Transpose.ROTATE_90)
        boxes = [Box(b.y0, 1 - b.x1, b.y1, 1 - b.x0) for b in boxes]
    distances = _distances(image, boxes)
    assert numpy.mean([distance < _OFF for distance in distances]) > 0.93


@pytest.mark.parametrize("component", _GEOMETRY[:-2], ids=_name)
def test_unmoved_boxes_would_miss_the_ink(
    component: Component, bars: LabelledDocument, bars_image: Image.Image
) -> None:
    """Moving boxes is needed: where they were, there is less ink now. Folds move it too little to tell this way."""
    result = degrade(bars_image, 100, Chain(Medium.SCAN, 0.5, (component,)), 7)
    grey = numpy.asarray(result.image.convert("L"))

    def blackness(box: Box) -> float:
        height, width = grey.shape
        inner = grey[
            round(box.y0 * height) : max(round(box.y1 * height), round(box.y0 * height) + 1),
            round(box.x0 * width) : max(round(box.x1 * width), round(box.x0 * width) + 1),
        ]
        return float(255 - inner.mean())

    words = bars.pages[0].words
    moved = numpy.mean([blackness(result.map_box(w.box)) for w in words])
    left = numpy.mean([blackness(w.box) for w in words])
    assert moved > left + 8


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("seed", range(3))
def test_boxes_follow_the_ink_through_whole_chains(
    medium: Medium, seed: int, bars: LabelledDocument, bars_image: Image.Image
) -> None:
    chain = draw_chain(numpy.random.default_rng(seed), medium, 0.15 + 0.2 * seed)
    chain = replace(chain, components=tuple(c for c in chain.components if not isinstance(c, warps.QuarterTurns)))
    result = degrade(bars_image, 100, chain, seed)
    boxes = map_boxes(chain, [word.box for word in bars.pages[0].words], bars_image.height / bars_image.width)
    distances = _distances(result.image, boxes)
    assert numpy.mean([distance < 2 * _OFF for distance in distances]) > 0.93


def test_the_same_seed_gives_the_same_pixels(bars_image: Image.Image) -> None:
    textured = (marks.Stamp(("PAID",), (150, 20, 40), (0.3, 0.7), -9, 22), toner.Dirt(5), optics.SensorNoise(5))
    chain = Chain(Medium.SCAN, 0.5, textured)
    first, second, other = (degrade(bars_image, 100, chain, seed).image.tobytes() for seed in (1, 1, 2))
    assert first == second
    assert first != other


def test_components_combine_freely() -> None:
    chains = [draw_chain(numpy.random.default_rng(seed)) for seed in range(400)]
    assert {chain.medium for chain in chains} == set(Medium)
    assert len({chain.names for chain in chains}) > 350
    drawn = {name for chain in chains for name in chain.names}
    assert drawn >= {component.name for component in _GEOMETRY + _LOOKS}
