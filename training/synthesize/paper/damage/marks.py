"""What people and machines leave on paper: stamps, handwriting, ticks, holes, staples, the page behind, fax headings.

Places are fractions of the page, lengths are points. Lettering is Pillow's own font, which knows ASCII only.
"""

from dataclasses import dataclass

import numpy
import numpy.typing

from training.synthesize.paper.damage.picture import Chance, Component, Cover, Picture, blend, texture

_Colour = tuple[int, int, int]

_PUNCHED = 380  # points; the least width of paper that is filed


@dataclass(frozen=True, slots=True)
class Stamp(Component):
    """A rubber stamp: lines of text in a frame (or a ring), turned clockwise, unevenly inked."""

    lines: tuple[str, ...]
    colour: _Colour
    at: tuple[float, float]
    degrees: float
    size: float
    ring: bool = False

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        print_ = self._print(max(6, round(picture.length(self.size))))
        rough = texture(print_.shape, max(1.5, picture.length(1.2)), chance)
        patchy = texture(print_.shape, picture.length(25), chance)
        inked = print_ * numpy.clip(0.35 + rough * 0.5 + patchy * 0.7, 0, 1)
        return Picture(blend(picture.pixels, self.colour, _laid(inked, picture, self.at)), picture.dpi)

    def _print(self, height: int) -> Cover:
        from PIL import Image, ImageDraw, ImageFont

        sizes = [height if i == 0 else height * 0.6 for i in range(len(self.lines))]
        fonts = [ImageFont.load_default(size) for size in sizes]
        wide = max(round(font.getlength(text)) for font, text in zip(fonts, self.lines, strict=True))
        high = sum(round(size * 1.25) for size in sizes)
        pad = height // 2
        size = (wide + 2 * pad, high + 2 * pad)
        if self.ring:
            size = (max(size) + pad, max(size) + pad)
        image = Image.new("L", size, 0)
        draw = ImageDraw.Draw(image)
        thick = max(1, height // 9)
        frame = (thick, thick, size[0] - thick, size[1] - thick)
        if self.ring:
            draw.ellipse(frame, outline=255, width=thick)
        else:
            draw.rounded_rectangle(frame, radius=pad // 2, outline=255, width=thick)
        y = (size[1] - high) / 2
        for font, size_, text in zip(fonts, sizes, self.lines, strict=True):
            draw.text(((size[0] - font.getlength(text)) / 2, y), text, fill=255, font=font, stroke_width=height // 22)
            y += size_ * 1.25
        turned = image.rotate(-self.degrees, Image.Resampling.BICUBIC, expand=True)
        return numpy.asarray(turned, dtype=numpy.float32) / 255


@dataclass(frozen=True, slots=True)
class Handwriting(Component):
    """A note in a hand: `words` of joined-up strokes of that letter height, with or without an underline."""

    at: tuple[float, float]
    words: tuple[int, ...]
    height: float
    degrees: float
    colour: _Colour
    underlined: bool = False

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        import cv2

        shape = picture.pixels.shape[:2]
        cover = numpy.zeros(shape, dtype=numpy.uint8)
        letter = picture.length(self.height)
        pen = max(1, round(picture.length(float(chance.uniform(0.5, 1.0)))))
        angle = numpy.deg2rad(self.degrees)
        turn = numpy.array([[numpy.cos(angle), numpy.sin(angle)], [-numpy.sin(angle), numpy.cos(angle)]])
        start = numpy.array([self.at[0] * shape[1], self.at[1] * shape[0]])
        x = 0.0
        for count in self.words:
            stroke = _scrawl(count, letter, chance)
            line = ((stroke + numpy.array([x, 0.0])) @ turn + start).astype(numpy.int32)
            cv2.polylines(cover, [line], False, 230, pen, cv2.LINE_AA)
            x += float(stroke[:, 0].max()) + letter * 0.8
        if self.underlined:
            line = numpy.array([(0, letter * 0.8), (x * 0.5, letter * 0.9), (x, letter * 0.7)]) @ turn + start
            cv2.polylines(cover, [line.astype(numpy.int32)], False, 230, pen, cv2.LINE_AA)
        return Picture(blend(picture.pixels, self.colour, cover.astype(numpy.float32) / 255), picture.dpi)


def _scrawl(letters: int, height: float, chance: Chance) -> numpy.typing.NDArray[numpy.float64]:
    """Return the path of a pen that writes joined letters: loops of changing height, leaning to the right."""
    time = numpy.linspace(0, letters, letters * 14)
    ups = numpy.repeat(chance.choice([0.5, 0.55, 1.0, 1.2], letters, p=[0.4, 0.3, 0.2, 0.1]), 14)
    downs = numpy.repeat(chance.choice([0.0, 0.0, 0.6], letters), 14)
    speed = numpy.repeat(chance.uniform(1.0, 2.2, letters), 14)
    phase = numpy.cumsum(speed) / 14 * 2 * numpy.pi
    wave = numpy.sin(phase)
    y = -numpy.where(wave > 0, wave * ups, wave * downs) * height
    x = time * height * 0.8 + numpy.cos(phase) * height * 0.25 - y * 0.35
    smooth = numpy.convolve(y, numpy.ones(3) / 3, mode="same")
    return numpy.column_stack([x - x.min(), smooth])


@dataclass(frozen=True, slots=True)
class Ticks(Component):
    """Ticks, crosses or rings that somebody made while checking the lines, at places on the page."""

    places: tuple[tuple[float, float], ...]
    size: float
    shape: str
    colour: _Colour

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        import cv2

        height, width = picture.pixels.shape[:2]
        cover = numpy.zeros((height, width), dtype=numpy.uint8)
        pen = max(1, round(picture.length(1.0)))
        for x, y in self.places:
            reach = picture.length(self.size) * float(chance.uniform(0.7, 1.3))
            middle = numpy.array([x * width, y * height])
            for path in _tick(self.shape):
                bent = path * reach + chance.normal(0, reach * 0.07, path.shape) + middle
                cv2.polylines(cover, [bent.astype(numpy.int32)], False, 235, pen, cv2.LINE_AA)
        return Picture(blend(picture.pixels, self.colour, cover.astype(numpy.float32) / 255), picture.dpi)


def _tick(shape: str) -> list[numpy.typing.NDArray[numpy.float64]]:
    if shape == "cross":
        return [numpy.array([(-0.5, -0.5), (0.5, 0.5)]), numpy.array([(0.5, -0.5), (-0.5, 0.5)])]
    if shape == "ring":
        around = numpy.linspace(0, 2.1 * numpy.pi, 24)
        return [numpy.column_stack([2.6 * numpy.cos(around), 0.9 * numpy.sin(around)])]
    return [numpy.array([(-0.5, -0.1), (-0.15, 0.4), (0.2, -0.4), (0.6, -0.9)])]


@dataclass(frozen=True, slots=True)
class PunchHoles(Component):
    """Holes of a binder along the left edge, at heights; dark where the lid is open, grey rims where it is white.

    Paper as narrow as a receipt is not punched.
    """

    heights: tuple[float, ...]
    inset: float
    colour: _Colour

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        import cv2

        if picture.size[0] < picture.length(_PUNCHED):
            return picture
        pixels = picture.pixels.copy()
        radius = round(picture.length(8.5))
        for y in self.heights:
            x = round(picture.length(self.inset + float(chance.normal(0, 1))))
            middle = (x, round(y * pixels.shape[0]))
            cv2.circle(pixels, middle, radius + 1, (150, 150, 150), -1, cv2.LINE_AA)
            cv2.circle(pixels, middle, radius, self.colour, -1, cv2.LINE_AA)
        return Picture(pixels, picture.dpi)


@dataclass(frozen=True, slots=True)
class Staple(Component):
    """A staple, or the two holes and the dent it left, near a corner."""

    at: tuple[float, float]
    degrees: float
    removed: bool

    def changed(self, picture: Picture) -> Picture:
        import cv2

        pixels = picture.pixels.copy()
        half = picture.length(16)
        angle = numpy.deg2rad(self.degrees)
        step = numpy.array([numpy.cos(angle), numpy.sin(angle)]) * half
        middle = numpy.array([self.at[0] * pixels.shape[1], self.at[1] * pixels.shape[0]])
        ends = [tuple(int(v) for v in middle - step), tuple(int(v) for v in middle + step)]
        if self.removed:
            for end in ends:
                cv2.circle(pixels, end, max(1, round(picture.length(1))), (60, 60, 60), -1, cv2.LINE_AA)
        else:
            below = [(x + 2, y + 3) for x, y in ends]
            cv2.line(pixels, below[0], below[1], (170, 170, 170), max(2, round(picture.length(2))), cv2.LINE_AA)
            cv2.line(pixels, ends[0], ends[1], (95, 95, 100), max(1, round(picture.length(1.4))), cv2.LINE_AA)
        return Picture(pixels, picture.dpi)


@dataclass(frozen=True, slots=True)
class BleedThrough(Component):
    """The print of the back, mirrored and blurred, shining through by `strength`; shifted in fractions of the page."""

    strength: float
    shift: tuple[float, float]

    def changed(self, picture: Picture) -> Picture:
        import cv2

        height, width = picture.pixels.shape[:2]
        back = cv2.cvtColor(picture.pixels[:, ::-1], cv2.COLOR_RGB2GRAY)
        back = numpy.roll(back, (round(self.shift[1] * height), round(self.shift[0] * width)), axis=(0, 1))
        soft = cv2.GaussianBlur(back, (0, 0), max(0.8, picture.length(0.7)))
        ink = (255 - soft.astype(numpy.float32)) / 255 * self.strength
        return Picture(blend(picture.pixels, (60, 60, 70), ink), picture.dpi)


@dataclass(frozen=True, slots=True)
class FaxHeading(Component):
    """The line a fax prints on every page it receives, across the very top."""

    text: str

    def changed(self, picture: Picture) -> Picture:
        from PIL import Image, ImageDraw, ImageFont

        height, width = picture.pixels.shape[:2]
        image = Image.new("L", (width, max(8, round(picture.length(14)))), 0)
        font = ImageFont.load_default(max(6.0, picture.length(8)))
        ImageDraw.Draw(image).text((width * 0.05, picture.length(2)), self.text, fill=255, font=font)
        cover = numpy.zeros((height, width), dtype=numpy.float32)
        top = round(picture.length(6))
        cover[top : top + image.height] = numpy.asarray(image, dtype=numpy.float32) / 255
        return Picture(blend(picture.pixels, (0, 0, 0), cover), picture.dpi)


@dataclass(frozen=True, slots=True)
class CupRing(Component):
    """The ring a cup left, of that radius, broken in places."""

    at: tuple[float, float]
    radius: float
    strength: float

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        height, width = picture.pixels.shape[:2]
        radius = picture.length(self.radius)
        x = numpy.arange(width, dtype=numpy.float32)[None, :] - numpy.float32(self.at[0] * width)
        y = numpy.arange(height, dtype=numpy.float32)[:, None] - numpy.float32(self.at[1] * height)
        distance = numpy.abs(numpy.sqrt(x * x + y * y) - radius)
        ring = numpy.exp(-((distance / picture.length(3)) ** 2)) * texture((height, width), radius, chance)
        return Picture(blend(picture.pixels, (120, 80, 40), self.strength * ring), picture.dpi)


def _laid(print_: Cover, picture: Picture, at: tuple[float, float]) -> Cover:
    """Place a small print with its middle at a fraction of the page, cut off at the page's edges."""
    height, width = picture.pixels.shape[:2]
    cover = numpy.zeros((height, width), dtype=numpy.float32)
    top, left = round(at[1] * height - print_.shape[0] / 2), round(at[0] * width - print_.shape[1] / 2)
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(height, top + print_.shape[0]), min(width, left + print_.shape[1])
    if y1 > y0 and x1 > x0:
        cover[y0:y1, x0:x1] = print_[y0 - top : y1 - top, x0 - left : x1 - left]
    return cover
