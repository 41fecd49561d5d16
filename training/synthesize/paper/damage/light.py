"""How paper is lit and how pale its print is."""

from dataclasses import dataclass

import numpy

from training.synthesize.paper.damage.picture import Chance, Component, Cover, Picture, Pixels, texture

_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Tone(Component):
    """Paper and ink of other colours than white and black: tinted or yellowed paper, pale toner."""

    paper: _Colour
    ink: _Colour

    def changed(self, picture: Picture) -> Picture:
        levels = numpy.linspace(0, 1, 256)[:, None]
        table = numpy.asarray(self.ink) * (1 - levels) + numpy.asarray(self.paper) * levels
        pixels = numpy.stack([table[:, c].astype(numpy.uint8)[picture.pixels[:, :, c]] for c in range(3)], axis=2)
        return Picture(pixels, picture.dpi)


@dataclass(frozen=True, slots=True)
class Gamma(Component):
    """A scanner set too dark (above 1) or too bright (below 1)."""

    power: float

    def changed(self, picture: Picture) -> Picture:
        table = (255 * (numpy.arange(256) / 255) ** self.power).astype(numpy.uint8)
        return Picture(table[picture.pixels], picture.dpi)


@dataclass(frozen=True, slots=True)
class UnevenLight(Component):
    """Light from one side (`degrees`), falling off by `strength` across the page, and patchy by `patches`."""

    strength: float
    degrees: float
    patches: float = 0.0

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        height, width = picture.pixels.shape[:2]
        angle = numpy.deg2rad(self.degrees)
        x = numpy.linspace(-0.5, 0.5, width, dtype=numpy.float32)[None, :]
        y = numpy.linspace(-0.5, 0.5, height, dtype=numpy.float32)[:, None]
        slope = x * numpy.float32(numpy.cos(angle)) + y * numpy.float32(numpy.sin(angle))
        light = 1 - self.strength * (slope + 0.5)
        if self.patches:
            light = light * (1 - self.patches * texture((height, width), width / 3, chance))
        return Picture(_lit(picture, light), picture.dpi)


@dataclass(frozen=True, slots=True)
class Shadow(Component):
    """The shadow of a hand or a phone: darker by `depth` beyond a soft edge through `at`, seen from `degrees`."""

    depth: float
    at: tuple[float, float]
    degrees: float
    softness: float
    round: bool = False

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        height, width = picture.pixels.shape[:2]
        x = numpy.linspace(0, 1, width, dtype=numpy.float32)[None, :] - numpy.float32(self.at[0])
        y = numpy.linspace(0, 1, height, dtype=numpy.float32)[:, None] - numpy.float32(self.at[1])
        angle = numpy.deg2rad(self.degrees)
        if self.round:
            distance = 0.3 - numpy.sqrt(x * x + (1.6 * y) ** 2)
        else:
            distance = x * numpy.float32(numpy.cos(angle)) + y * numpy.float32(numpy.sin(angle))
        wobble = 0.06 * (texture((height, width), width / 4, chance) - 0.5)
        steep = numpy.clip((distance + wobble) / self.softness, -80, 80)  # beyond, single precision overflows
        shade = 1 / (1 + numpy.exp(-steep))
        return Picture(_lit(picture, 1 - self.depth * shade), picture.dpi)


@dataclass(frozen=True, slots=True)
class DarkEdge(Component):
    """Darkness that creeps in from one side (0 left, 1 top, 2 right, 3 bottom): the spine of a book, an open lid."""

    side: int
    reach: float
    depth: float

    def changed(self, picture: Picture) -> Picture:
        height, width = picture.pixels.shape[:2]
        length = width if self.side % 2 == 0 else height
        place = numpy.linspace(0, 1, length, dtype=numpy.float32)
        if self.side >= 2:
            place = place[::-1]
        shade = 1 - self.depth * numpy.exp(-((place / self.reach) ** 2))
        light = shade[None, :] if self.side % 2 == 0 else shade[:, None]
        return Picture(_lit(picture, numpy.broadcast_to(light, (height, width))), picture.dpi)


def _lit(picture: Picture, light: Cover) -> Pixels:
    lit: Pixels = numpy.clip(picture.pixels * light[:, :, None], 0, 255).astype(numpy.uint8)
    return lit
