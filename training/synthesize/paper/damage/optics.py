"""What lenses, sensors and file formats do to a picture. Lengths are in points on paper."""

from dataclasses import dataclass

import numpy

from training.synthesize.paper.damage.picture import Chance, Component, Picture


@dataclass(frozen=True, slots=True)
class Blur(Component):
    """Out of focus by `sigma` points."""

    sigma: float

    def changed(self, picture: Picture) -> Picture:
        import cv2

        sigma = picture.length(self.sigma)
        if sigma < 0.2:
            return picture
        return Picture(numpy.asarray(cv2.GaussianBlur(picture.pixels, (0, 0), sigma), numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class ShakyHand(Component):
    """Moved by `length` points in the direction `degrees` while the picture was taken."""

    length: float
    degrees: float

    def changed(self, picture: Picture) -> Picture:
        import cv2

        reach = max(1, round(picture.length(self.length)))
        side = reach | 1
        kernel = numpy.zeros((side, side), dtype=numpy.float32)
        angle = numpy.deg2rad(self.degrees)
        for step in numpy.linspace(-0.5, 0.5, 4 * side):
            x = round(side // 2 + step * (side - 1) * float(numpy.cos(angle)))
            y = round(side // 2 + step * (side - 1) * float(numpy.sin(angle)))
            kernel[y, x] += 1
        kernel /= kernel.sum()
        moved = cv2.filter2D(picture.pixels, -1, kernel, borderType=cv2.BORDER_REPLICATE)
        return Picture(numpy.asarray(moved, numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class SensorNoise(Component):
    """Grain of `sigma` grey levels; `colour` is the part of it that differs between the colours."""

    sigma: float
    colour: float = 0.0

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        shape = picture.pixels.shape
        grain = chance.standard_normal(shape[:2], dtype=numpy.float32)[:, :, None] * (1 - self.colour)
        if self.colour:
            grain = grain + chance.standard_normal(shape, dtype=numpy.float32) * self.colour
        return Picture(numpy.clip(picture.pixels + self.sigma * grain, 0, 255).astype(numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class Jpeg(Component):
    """Kept as a JPEG of that quality (1 to 95), once more than the file itself."""

    quality: int

    def changed(self, picture: Picture) -> Picture:
        import cv2

        _, coded = cv2.imencode(".jpg", picture.pixels, [cv2.IMWRITE_JPEG_QUALITY, self.quality])
        return Picture(numpy.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class Sampled(Component):
    """Scanned or photographed with `across` and `down` dots per inch; a fax has twice as many across as down."""

    across: float
    down: float

    def changed(self, picture: Picture) -> Picture:
        import cv2

        height, width = picture.pixels.shape[:2]
        size = (max(8, round(width * self.across / picture.dpi)), max(8, round(height * self.down / picture.dpi)))
        small = cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)
        if self.across != self.down:  # square dots again, as a fax is kept and shown
            square = (size[0], max(8, round(size[1] * self.across / self.down)))
            small = cv2.resize(small, square, interpolation=cv2.INTER_NEAREST)
        return Picture(numpy.asarray(small, numpy.uint8), self.across)


@dataclass(frozen=True, slots=True)
class Grey(Component):
    """Without colour."""

    def changed(self, picture: Picture) -> Picture:
        import cv2

        grey = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
        return Picture(numpy.repeat(numpy.asarray(grey, numpy.uint8)[:, :, None], 3, axis=2), picture.dpi)


@dataclass(frozen=True, slots=True)
class Sharpened(Component):
    """Edges exaggerated by `amount`, as phones do."""

    amount: float

    def changed(self, picture: Picture) -> Picture:
        import cv2

        soft = cv2.GaussianBlur(picture.pixels, (0, 0), max(0.8, picture.length(0.5)))
        sharp = cv2.addWeighted(picture.pixels, 1 + self.amount, soft, -self.amount, 0)
        return Picture(numpy.asarray(sharp, numpy.uint8), picture.dpi)
