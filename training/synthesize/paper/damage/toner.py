"""What faxes, copiers and cheap scanners do to print: black or white only, streaks, specks, worn letters."""

from dataclasses import dataclass

import numpy

from training.synthesize.paper.damage.picture import Chance, Component, Picture, blend, texture


@dataclass(frozen=True, slots=True)
class Threshold(Component):
    """Black or white only: darker than `level` (0 to 255) is black; a local one follows the light of its place."""

    level: int
    local: bool = False

    def changed(self, picture: Picture) -> Picture:
        import cv2

        grey = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
        if self.local:
            around = cv2.GaussianBlur(grey, (0, 0), picture.length(9))
            white = grey.astype(numpy.int16) > around.astype(numpy.int16) - (255 - self.level) // 5
        else:
            white = grey > self.level
        return Picture(numpy.repeat(white[:, :, None] * numpy.uint8(255), 3, axis=2), picture.dpi)


@dataclass(frozen=True, slots=True)
class Dither(Component):
    """Grey made of black dots: spread errors (Floyd and Steinberg), or a pattern as old faxes have."""

    pattern: bool = False

    def changed(self, picture: Picture) -> Picture:
        import cv2
        from PIL import Image

        grey = numpy.asarray(cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY), numpy.uint8)
        if self.pattern:
            bayer = numpy.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])
            height, width = grey.shape
            limits = numpy.tile(bayer * 16 + 8, (height // 4 + 1, width // 4 + 1))[:height, :width]
            white = grey > limits
        else:
            white = numpy.asarray(Image.fromarray(grey).convert("1"))
        return Picture(numpy.repeat(white[:, :, None] * numpy.uint8(255), 3, axis=2), picture.dpi)


@dataclass(frozen=True, slots=True)
class Thickness(Component):
    """Strokes grown (above 0) or thinned (below 0) by `points`."""

    points: float

    def changed(self, picture: Picture) -> Picture:
        import cv2

        reach = picture.length(abs(self.points))
        size = max(2, round(reach) + 1)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        changed = cv2.erode(picture.pixels, kernel) if self.points > 0 else cv2.dilate(picture.pixels, kernel)
        part = min(1.0, reach)
        mixed = cv2.addWeighted(changed, part, picture.pixels, 1 - part, 0)
        return Picture(numpy.asarray(mixed, numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class WornInk(Component):
    """Toner that did not stick: print pales in patches by `amount`, and breaks up into specks."""

    amount: float

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        height, width = picture.pixels.shape[:2]
        patches = texture((height, width), picture.length(60), chance)
        specks = texture((height, width), max(1.5, picture.length(0.9)), chance)
        gone = numpy.clip((patches * 0.6 + specks * 0.9) - (1.15 - self.amount), 0, 1) * 2.5
        gone = numpy.clip(gone, 0, 1)[:, :, None]
        pixels = picture.pixels + (255 - picture.pixels) * gone
        return Picture(numpy.clip(pixels, 0, 255).astype(numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class Streaks(Component):
    """Lines down the whole page, from a dirty glass (dark) or a worn drum (pale)."""

    count: int
    depth: float
    pale: bool = False

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        height, width = picture.pixels.shape[:2]
        cover = numpy.zeros((height, width), dtype=numpy.float32)
        for _ in range(self.count):
            x = int(chance.integers(0, width))
            wide = max(1, round(picture.length(float(chance.uniform(0.2, 1.2)))))
            broken = texture((height, 1), height / 7, chance)
            cover[:, x : x + wide] = self.depth * numpy.clip(0.4 + broken, 0, 1)
        if self.pale:
            pixels = picture.pixels + (255 - picture.pixels) * cover[:, :, None]
            return Picture(pixels.astype(numpy.uint8), picture.dpi)
        return Picture(blend(picture.pixels, (20, 20, 20), cover), picture.dpi)


@dataclass(frozen=True, slots=True)
class Dirt(Component):
    """Specks of dust and toner: `density` of them a square inch, up to `largest` points wide; some are hairs."""

    density: float
    largest: float = 1.2

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        import cv2

        height, width = picture.pixels.shape[:2]
        cover = numpy.zeros((height, width), dtype=numpy.uint8)
        count = int(chance.poisson(self.density * height * width / picture.dpi**2))
        places = chance.random((count, 4))
        for x, y, size, shade in places:
            radius = max(0, round(picture.length(self.largest * size**3) / 2))
            cv2.circle(cover, (int(x * width), int(y * height)), radius, int(90 + 165 * shade), -1, cv2.LINE_AA)
        for _ in range(int(chance.poisson(0.03 * self.density))):
            start = chance.random(2) * (width, height)
            steps = chance.normal(0, picture.length(3), (8, 2)) + chance.normal(0, picture.length(3), 2)
            hair = numpy.cumsum(numpy.vstack([start, steps]), axis=0).astype(numpy.int32)
            cv2.polylines(cover, [hair], False, 150, 1, cv2.LINE_AA)
        return Picture(blend(picture.pixels, (15, 15, 18), cover.astype(numpy.float32) / 255), picture.dpi)


@dataclass(frozen=True, slots=True)
class BlackBorder(Component):
    """What a copier sees beside the paper: black at the sides (left, top, right, bottom), ragged, in fractions."""

    sides: tuple[float, float, float, float]

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        height, width = picture.pixels.shape[:2]
        x = numpy.arange(width, dtype=numpy.float32)[None, :] / width
        y = numpy.arange(height, dtype=numpy.float32)[:, None] / height
        rough_x = 0.003 * texture((height, 1), picture.length(20), chance)
        rough_y = 0.003 * texture((1, width), picture.length(20), chance)
        left, top, right, bottom = self.sides
        black = (x < left - rough_x * (left > 0)) | (x > 1 - right + rough_x * (right > 0))
        black = black | (y < top - rough_y * (top > 0)) | (y > 1 - bottom + rough_y * (bottom > 0))
        pixels = picture.pixels.copy()
        pixels[black] = (12, 12, 12)
        return Picture(pixels, picture.dpi)
