"""Puts the picture of a page upright: level by its lines, right way up by what an OCR engine can read on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from pipeline.adapters.words.ocr import OcrEngine
from pipeline.adapters.words.picture.skew import Skew, skew_of
from pipeline.adapters.words.quality import is_noise
from pipeline.domain.document import Word

_LEVEL = 0.15  # degrees; less moves a line's end by half a letter's height at most
_SURE = 1.3  # this many marks for one direction to each for the other tell which way the lines run
_READABLE = 0.85  # mean confidence of a page that stands upright; upside down, engines stay below 0.7
_LONG = 4  # letters; such words are wider than tall unless they stand
_DARK = 128  # grey level below which a pixel is ink
_SPECKS = 50  # pixels of ink that may be lost at the rim
_TRANSPOSE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


@dataclass(frozen=True, slots=True)
class Upright:
    """An image that stands upright, the words read on it, and how far it was turned clockwise, in degrees.

    It was turned about its centre; a level page keeps its size, unless something printed would be cut off: then its
    canvas grew to hold all of it. The angle lies above -180, up to 180.
    """

    image: Image.Image
    words: tuple[Word, ...]
    rotation: float


def put_upright(image: Image.Image, engine: OcrEngine) -> Upright:
    """Turn an image until its lines are level and can be read, and return it with its words.

    A page that reads well at once is read once; others are read the other way up as well, and the better one wins.
    Engines read upright lines too, and are as sure of them: words that stand tell that the page lies on its side.
    """
    skew = skew_of(image)
    tried: dict[int, Upright] = {}
    waiting = _candidates(skew.ratio)
    while waiting:
        quarter, *waiting = waiting
        found = tried[quarter] = _read(image, quarter, skew, engine)
        lying, standing = _directions(found)
        if standing > lying:
            waiting = [other for other in _sideways(quarter) if other not in tried]
        elif _mean_confidence(found.words) >= _READABLE:
            break
    return max(tried.values(), key=_evidence)


def _candidates(ratio: float) -> list[int]:
    """Return the quarter turns worth trying, the likeliest first."""
    if ratio >= _SURE:
        return [0, 180]
    if ratio <= 1 / _SURE:
        return [90, 270]
    return [0, 180, 90, 270]


def _sideways(quarter: int) -> tuple[int, int]:
    return (90, 270) if quarter in (0, 180) else (0, 180)


def _read(image: Image.Image, quarter: int, skew: Skew, engine: OcrEngine) -> Upright:
    """Level the lines that run from side to side after a quarter turn, turn, and read."""
    angle = skew.across if quarter in (0, 180) else skew.along
    if abs(angle) < _LEVEL:
        angle = 0.0
    level = _turned(image, angle) if angle else image
    standing = level.transpose(_TRANSPOSE[quarter]) if quarter else level
    return Upright(standing, engine.recognise(standing), _normal(quarter + angle))


def _turned(image: Image.Image, degrees: float) -> Image.Image:
    """Turn clockwise (Pillow turns the other way), and cut off what the canvas grew by, where nothing is printed."""
    white = 255 if image.mode == "L" else (255, 255, 255)
    turned = image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=white)
    left, top = (turned.width - image.width) // 2, (turned.height - image.height) // 2
    inner = (left, top, left + image.width, top + image.height)
    border = turned.convert("L")
    border.paste(255, inner)
    ink = sum(border.histogram()[:_DARK])
    return turned if ink > _SPECKS else turned.crop(inner)


def _normal(degrees: float) -> float:
    return round((degrees + 179.999) % 360 - 179.999, 2)


def _mean_confidence(words: Sequence[Word]) -> float:
    letters = sum(len(w.text) for w in words)
    return sum(w.confidence * len(w.text) for w in words) / letters if letters else 0.0


def _directions(found: Upright) -> tuple[int, int]:
    """Count the letters of long words that lie, and of those that stand."""
    long = [word for word in found.words if len(word.text) >= _LONG]
    lying = sum(len(word.text) for word in long if _lies(word, found.image))
    return lying, sum(len(word.text) for word in long) - lying


def _lies(word: Word, image: Image.Image) -> bool:
    return word.box.width * image.width >= word.box.height * image.height


def _evidence(found: Upright) -> float:
    """Weigh what was read: confident letters in words of some length; upside down, print falls into single letters, and
    sideways its words stand."""
    return sum(
        len(w.text) * w.confidence**2
        for w in found.words
        if len(w.text) >= 3 and not is_noise(w.text) and _lies(w, found.image)
    )
