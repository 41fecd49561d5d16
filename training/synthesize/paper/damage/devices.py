"""What devices do to a page; `harm` from 0 to 1 scales it."""

from collections.abc import Iterator, Sequence

import numpy

from training.synthesize.paper.damage import light, marks, optics, toner, warps
from training.synthesize.paper.damage.draws import between, either, grey, often
from training.synthesize.paper.damage.picture import Chance, Component

_DESKS = ((92, 68, 48), (140, 110, 80), (60, 62, 66), (205, 200, 192), (30, 30, 32), (170, 160, 150))


def _fed(chance: Chance, off: float, stretch: float) -> warps.Placed:
    right, down, wider, longer = (either(chance, size) for size in (off, off, stretch, stretch))
    return warps.Placed(right, down, 1 + wider, 1 + longer)


def scan(chance: Chance, harm: float) -> Iterator[Component]:
    """A flatbed or sheet-fed scanner."""
    yield _fed(chance, 0.01, 0.01)
    if often(chance, 0.75):
        yield warps.Turn(either(chance, 0.8 + 3 * harm))
    if often(chance, 0.12):
        yield light.DarkEdge(int(chance.integers(4)), between(chance, 0.02, 0.08), between(chance, 0.1, 0.6))
    yield optics.Blur(between(chance, 0.1, 0.2 + 0.4 * harm))
    if often(chance, 0.4):
        yield light.Gamma(between(chance, 0.6, 1.6))
    if often(chance, 0.25):
        yield toner.Dirt(between(chance, 0.2, 1 + 4 * harm))
    if often(chance, 0.1):
        yield toner.Streaks(int(chance.integers(1, 4)), between(chance, 0.15, 0.7), pale=often(chance, 0.3))
    dpi = float(chance.choice([100, 150, 200, 240, 300], p=_shares(harm)))
    yield optics.Sampled(dpi, dpi)
    yield optics.SensorNoise(between(chance, 0, 3 + 9 * harm))
    if often(chance, 0.22):
        yield toner.Threshold(int(between(chance, 135, 210)), local=often(chance, 0.4))
    else:
        if often(chance, 0.55):
            yield optics.Grey()
        yield optics.Jpeg(int(between(chance, 92 - 65 * harm, 95)))
    if often(chance, 0.02):
        yield warps.QuarterTurns(int(chance.integers(1, 4)))


def _shares(harm: float) -> Sequence[float]:
    """How likely each resolution is; a harmful scanner is set low."""
    weights = numpy.array([0.25 * harm**2, 0.1 + 0.6 * harm, 0.45, 0.15, 0.6 * (1 - harm)])
    shares: Sequence[float] = (weights / weights.sum()).tolist()
    return shares


def fax(chance: Chance, harm: float) -> Iterator[Component]:
    """A fax machine: 204 dots an inch across, 98 or 196 down, black or white."""
    yield warps.Placed(either(chance, 0.015), between(chance, 0, 0.02), 1, 1 + either(chance, 0.02))
    if often(chance, 0.7):
        yield warps.Turn(either(chance, 1 + 2 * harm))
    if often(chance, 0.3):
        yield toner.Thickness(either(chance, 0.5))
    yield optics.Blur(between(chance, 0.1, 0.25 + 0.3 * harm))
    if often(chance, 0.5):
        yield optics.SensorNoise(between(chance, 3, 8 + 25 * harm))
    fine = often(chance, 0.75 - 0.4 * harm)
    yield optics.Sampled(204, 196 if fine else 98)
    if often(chance, 0.12):
        yield toner.Dither(pattern=often(chance, 0.5))
    else:
        yield toner.Threshold(int(between(chance, 105, 200)), local=often(chance, 0.3))
    if often(chance, 0.3):
        yield toner.Streaks(int(chance.integers(1, 3)), 1.0, pale=often(chance, 0.4))
    if often(chance, 0.4):
        yield toner.Dirt(between(chance, 0.3, 1 + 6 * harm), 0.9)
    if often(chance, 0.6):
        number = chance.integers(10_000_000, 99_999_999)
        day, month = f"{chance.integers(1, 29):02d}", f"{chance.integers(1, 13):02d}"
        time = f"{chance.integers(7, 19)}:{chance.integers(10, 60)}"
        yield marks.FaxHeading(f"FROM : FAX {number}      {day}/{month} {time}      P. 1/{chance.integers(1, 4)}")


def photocopy(chance: Chance, harm: float) -> Iterator[Component]:
    """A copier, once or twice over, and then a scanner."""
    yield _fed(chance, 0.02, 0.03)
    if often(chance, 0.8):
        yield warps.Turn(either(chance, 1 + 3 * harm))
    for _ in range(2 if often(chance, 0.3 + 0.4 * harm) else 1):
        yield optics.Blur(between(chance, 0.2, 0.35 + 0.3 * harm))
        yield toner.Thickness(either(chance, 0.3 + 0.4 * harm))
        yield light.Gamma(between(chance, 0.7, 2.2))
        yield toner.Dirt(between(chance, 0.5, 2 + 6 * harm))
    if often(chance, 0.4):
        yield toner.Streaks(int(chance.integers(1, 5)), between(chance, 0.2, 0.8), pale=often(chance, 0.5))
    if often(chance, 0.3):
        yield light.DarkEdge(int(chance.integers(4)), between(chance, 0.03, 0.12), between(chance, 0.3, 0.9))
    if often(chance, 0.3):
        sides = [between(chance, 0.004, 0.03) if often(chance, 0.4) else 0.0 for _ in range(4)]
        yield toner.BlackBorder((sides[0], sides[1], sides[2], sides[3]))
    yield optics.Grey()
    dpi = float(chance.choice([150, 200, 300]))
    yield optics.Sampled(dpi, dpi)
    if often(chance, 0.5):
        yield toner.Threshold(int(between(chance, 120, 190)), local=often(chance, 0.3))
    else:
        yield optics.SensorNoise(between(chance, 1, 6))
        yield optics.Jpeg(int(between(chance, 90 - 55 * harm, 95)))


def photo(chance: Chance, harm: float) -> Iterator[Component]:
    """A phone's camera over a page on a table, or on a page that a hand holds."""
    for _ in range(int(chance.integers(0, 3))):
        height, waves = either(chance, 0.001 + 0.008 * harm), between(chance, 0.3, 1.2)
        yield warps.Curl(height, waves, between(chance, 0, 1), across=often(chance, 0.75))
    yield _camera(chance, harm)
    if often(chance, 0.5):
        yield warps.Turn(either(chance, 1 + 2.5 * harm), grey(90))
    strength = between(chance, 0.02, 0.15 + 0.4 * harm)
    yield light.UnevenLight(strength, between(chance, 0, 360), between(chance, 0, 0.2))
    for _ in range(int(chance.integers(0, 3))):
        at = (between(chance, 0, 1), between(chance, 0, 1))
        yield light.Shadow(
            between(chance, 0.1, 0.25 + 0.4 * harm),
            at,
            between(chance, 0, 360),
            between(chance, 0.01, 0.08),
            often(chance, 0.3),
        )
    yield light.Tone(_warmth(chance), grey(between(chance, 10, 60)))
    yield optics.Blur(between(chance, 0.15, 0.3 + 0.55 * harm))
    if often(chance, 0.1 + 0.3 * harm):
        yield optics.ShakyHand(between(chance, 0.3, 0.6 + 1.4 * harm), between(chance, 0, 180))
    dpi = between(chance, 190 - 90 * harm, 250 - 90 * harm)
    yield optics.Sampled(dpi, dpi)
    yield optics.SensorNoise(between(chance, 1, 4 + 10 * harm), between(chance, 0.2, 0.7))
    if often(chance, 0.5):
        yield optics.Sharpened(between(chance, 0.2, 1.0))
    yield optics.Jpeg(int(between(chance, 88 - 55 * harm, 94)))


def _warmth(chance: Chance) -> tuple[int, int, int]:
    """The colour of white paper under lamps or the sky."""
    bright, warm = between(chance, 190, 250), either(chance, 30)
    red, green, blue = (min(255, max(90, bright + part * warm)) for part in (0.5, 0.1, -0.8))
    return int(red), int(green), int(blue)


def _camera(chance: Chance, harm: float) -> warps.Perspective:
    """Frame the page with some table around it, the four corners each a little off."""
    margin = between(chance, 0.0, 0.05 + 0.05 * harm)
    tilt = 0.008 + 0.045 * harm
    square = ((margin, margin), (1 - margin, margin), (1 - margin, 1 - margin), (margin, 1 - margin))
    corners = tuple((x + either(chance, tilt), y + either(chance, tilt)) for x, y in square)
    desk = _DESKS[int(chance.integers(len(_DESKS)))]
    return warps.Perspective(corners, 1 / (1 - 2 * margin), 1 / (1 - 2 * margin), desk)
