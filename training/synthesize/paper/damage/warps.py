"""What moves ink: every warp knows exactly where a point of the page ends up."""

from dataclasses import dataclass

import numpy
import numpy.typing

from training.synthesize.paper.damage.picture import Chance, Component, Picture, Pixels, Points, Size

_Array = numpy.typing.NDArray[numpy.float64]
WHITE = (255, 255, 255)


class _Linear(Component):
    """A warp that one 3×3 matrix describes."""

    __slots__ = ()

    def matrix(self, size: Size) -> _Array:
        raise NotImplementedError

    @property
    def ground(self) -> tuple[int, int, int]:
        return WHITE

    def placed(self, points: Points, size: Size) -> Points:
        mapped = numpy.column_stack([points, numpy.ones(len(points))]) @ self.matrix(size).T
        placed: Points = mapped[:, :2] / mapped[:, 2:]
        return placed

    def changed(self, picture: Picture) -> Picture:
        import cv2

        width, height = self.resized(picture.size)
        pixels = cv2.warpPerspective(
            picture.pixels,
            self.matrix(picture.size),
            (round(width), round(height)),
            flags=cv2.INTER_LINEAR,
            borderValue=self.ground,
        )
        return Picture(numpy.asarray(pixels, numpy.uint8), picture.dpi)


@dataclass(frozen=True, slots=True)
class Turn(_Linear):
    """Turned clockwise about its middle, as paper fed askew; the canvas stays, `ground` shows in the corners."""

    degrees: float
    colour: tuple[int, int, int] = WHITE

    @property
    def ground(self) -> tuple[int, int, int]:
        return self.colour

    def matrix(self, size: Size) -> _Array:
        angle = numpy.deg2rad(self.degrees)
        cos, sin = numpy.cos(angle), numpy.sin(angle)
        x, y = size[0] / 2, size[1] / 2
        return numpy.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1]])


@dataclass(frozen=True, slots=True)
class Placed(_Linear):
    """Fed a little off: shifted by fractions of the page, and stretched along and across the feed."""

    right: float
    down: float
    wider: float = 1.0
    longer: float = 1.0

    def matrix(self, size: Size) -> _Array:
        width, height = size
        return numpy.array(
            [
                [self.wider, 0, width * (self.right + (1 - self.wider) / 2)],
                [0, self.longer, height * (self.down + (1 - self.longer) / 2)],
                [0, 0, 1],
            ]
        )


@dataclass(frozen=True, slots=True)
class Perspective(_Linear):
    """Seen by a camera: the page's corners (top left, top right, bottom right, bottom left) at fractions of a frame
    that is `wide` and `high` times as large as the page; `colour` is the table it lies on."""

    corners: tuple[tuple[float, float], ...]
    wide: float
    high: float
    colour: tuple[int, int, int]

    @property
    def ground(self) -> tuple[int, int, int]:
        return self.colour

    def resized(self, size: Size) -> Size:
        return float(round(size[0] * self.wide)), float(round(size[1] * self.high))

    def matrix(self, size: Size) -> _Array:
        width, height = size
        wide, high = self.resized(size)
        source = numpy.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=numpy.float64)
        target = numpy.array([(x * wide, y * high) for x, y in self.corners], dtype=numpy.float64)
        return _homography(source, target)


def _homography(source: _Array, target: _Array) -> _Array:
    """Return the matrix that takes four points to four others."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    solved = numpy.linalg.solve(numpy.array(rows), numpy.array(right))
    return numpy.append(solved, 1.0).reshape(3, 3)


@dataclass(frozen=True, slots=True)
class QuarterTurns(Component):
    """Put in the wrong way round: turned clockwise by quarters."""

    quarters: int

    def resized(self, size: Size) -> Size:
        return (size[1], size[0]) if self.quarters % 2 else size

    def placed(self, points: Points, size: Size) -> Points:
        x, y = points[:, 0], points[:, 1]
        width, height = size
        for _ in range(self.quarters % 4):
            x, y = height - y, x
            width, height = height, width
        return numpy.column_stack([x, y])

    def changed(self, picture: Picture) -> Picture:
        return Picture(numpy.ascontiguousarray(numpy.rot90(picture.pixels, -self.quarters)), picture.dpi)


class _Bend(Component):
    """A warp that moves columns up and down, or rows sideways, each by its own amount: exactly undone by the reverse.

    `along` is x for a bend that moves rows sideways (False) or columns up and down (True).
    """

    __slots__ = ()

    def lift(self, at: _Array) -> _Array:
        """Return by which fraction of the page's height a column moves down; `at` is its place from 0 to 1."""
        raise NotImplementedError

    @property
    def columns(self) -> bool:
        return True

    def placed(self, points: Points, size: Size) -> Points:
        width, height = size
        moved = points.copy()
        if self.columns:
            moved[:, 1] += self.lift(points[:, 0] / width) * height
        else:
            moved[:, 0] += self.lift(points[:, 1] / height) * width
        return moved

    def changed(self, picture: Picture) -> Picture:
        return Picture(self._remapped(picture.pixels), picture.dpi)

    def _remapped(self, pixels: Pixels) -> Pixels:
        import cv2

        height, width = pixels.shape[:2]
        x, y = numpy.meshgrid(numpy.arange(width, dtype=numpy.float32), numpy.arange(height, dtype=numpy.float32))
        if self.columns:
            y -= (self.lift((numpy.arange(width) + 0.5) / width) * height).astype(numpy.float32)[None, :]
        else:
            x -= (self.lift((numpy.arange(height) + 0.5) / height) * width).astype(numpy.float32)[:, None]
        bent = cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return numpy.asarray(bent, numpy.uint8)


@dataclass(frozen=True, slots=True)
class Curl(_Bend):
    """Paper that does not lie flat: lines rise and fall by `height` of the page, `waves` times across it."""

    height: float
    waves: float
    phase: float
    across: bool = True

    @property
    def columns(self) -> bool:
        return self.across

    def lift(self, at: _Array) -> _Array:
        lifted: _Array = self.height * numpy.sin(2 * numpy.pi * (self.waves * at + self.phase))
        return lifted


@dataclass(frozen=True, slots=True)
class Fold(_Bend):
    """Folded at `at` (0 to 1) and flattened again: print kinks by `kink` there, and the crease catches light.

    A fold across the page (`level`) shifts rows sideways; one down the page shifts columns.
    """

    at: float
    kink: float
    depth: float
    level: bool = True

    @property
    def columns(self) -> bool:
        return not self.level

    def lift(self, at: _Array) -> _Array:
        lifted: _Array = self.kink * numpy.exp(-numpy.abs(at - self.at) / 0.12)
        return lifted

    def seen(self, picture: Picture, chance: Chance) -> Picture:
        bent = self._remapped(picture.pixels)
        length = bent.shape[0] if self.level else bent.shape[1]
        place = (numpy.arange(length) + 0.5) / length - self.at
        width = 0.0012 + 0.0008 * chance.random()
        crease = numpy.exp(-((place / width) ** 2))
        slope = numpy.where(place > 0, numpy.exp(-place / 0.05), -numpy.exp(place / 0.05))
        shade = 1 - self.depth * (0.9 * crease - 0.22 * slope)
        factor = shade[:, None, None] if self.level else shade[None, :, None]
        return Picture(numpy.clip(bent * factor, 0, 255).astype(numpy.uint8), picture.dpi)
