"""RapidOCR: the default engine; its models come with the wheel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from PIL import Image

from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import Box, Word
from pipeline.errors import ConfigurationError

_GAP = 0.8  # letters further apart than this part of the line's height belong to two words
# On one page made worse step by step: 0.994 with all words right, 0.990 with 95 %, 0.967 with 80 %, 0.62 with 17 %.
_BANDS = BandLimits(clean=0.985, fair=0.95)
_LEAST_SCORE = 0.3  # lines below are smudges, not text
# Longest sides in pixels, multiples of 32: letters are read at full size, lines are found on a smaller copy, which on
# A4 at 200 dpi loses none above 6 points and halves the time. The second pair is for larger paper.
_SIDES = ((2400, 1280), (3520, 1920))


@dataclass(frozen=True, slots=True)
class RapidOcr:
    """Reads words with RapidOCR, on `threads` threads. Raises `ConfigurationError` where it is not installed."""

    threads: int = 1

    def __post_init__(self) -> None:
        if find_spec("rapidocr") is None:
            raise ConfigurationError("RapidOCR is not installed.", operator_hint="Install bilag[ocr].")

    @property
    def choice(self) -> EngineChoice:
        return EngineChoice(EngineName.RAPID, threads=self.threads)

    @property
    def bands(self) -> BandLimits:
        return _BANDS

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        """Return the words of an image; lines that RapidOCR joined or split are parted at blanks and wide gaps."""
        import numpy

        pixels = numpy.asarray(image.convert("RGB"))[:, :, ::-1]
        sides = _SIDES[max(image.size) > _SIDES[0][0] * 1.05]
        result = _engine(self.threads, *sides)(pixels, return_word_box=True, return_single_char_box=True)
        if result.txts is None or result.boxes is None:
            return ()
        words: list[Word] = []
        lines = iter(result.word_results)
        for text, score, corners in zip(result.txts, result.scores, result.boxes, strict=True):
            letters = _letters(text, lines)
            if score >= _LEAST_SCORE:
                words += _words(text, float(score), corners, letters, image.size)
        return tuple(words)


@cache
def _engine(threads: int, longest: int, detection: int) -> Any:
    """Load the models once per process. `use_cls` stays off: it would hide that a page stands on its head."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "Global.max_side_len": longest,
            "Det.limit_type": "max",
            "Det.limit_side_len": detection,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    """One recognised letter (never a blank), its corners in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def _letters(text: str, lines: Iterator[Sequence[tuple[str, float, Sequence[Sequence[float]]]]]) -> list[_Letter]:
    """Take the letters of the line `text` from RapidOCR's per-letter results; empty where the line has none there."""
    if not text.strip():
        return []
    letters = []
    for letter, _, corners in next(lines, ()):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        letters.append(_Letter(letter, min(xs), min(ys), max(xs), max(ys)))
    return letters


def _words(
    text: str, score: float, corners: Sequence[Sequence[float]], letters: Sequence[_Letter], size: tuple[int, int]
) -> Iterator[Word]:
    """Part a line into words at its blanks, and where two letters stand far apart without one."""
    if [letter.text for letter in letters] != [c for c in text if not c.isspace()]:
        letters = _spread(text, corners)
    start = 0
    for part in text.split():
        piece = list(letters[start : start + len(part)])
        start += len(part)
        for word in _parted(piece):
            box = Box(
                max(0.0, min(c.left for c in word) / size[0]),
                max(0.0, min(c.top for c in word) / size[1]),
                min(1.0, max(c.right for c in word) / size[0]),
                min(1.0, max(c.bottom for c in word) / size[1]),
            )
            yield Word("".join(c.text for c in word), box, round(score, 4))


def _parted(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    height = max(letter.bottom - letter.top for letter in letters)
    first = 0
    for index, (one, other) in enumerate(pairwise(letters), start=1):
        if other.left - one.right > _GAP * height:
            yield letters[first:index]
            first = index
    yield letters[first:]


def _spread(text: str, corners: Sequence[Sequence[float]]) -> list[_Letter]:
    """Spread a line's letters evenly over its box: for lines whose letters RapidOCR did not place."""
    left, right = (float(f(x for x, _ in corners)) for f in (min, max))
    top, bottom = (float(f(y for _, y in corners)) for f in (min, max))
    step = (right - left) / len(text)
    return [
        _Letter(c, left + i * step, top, left + (i + 1) * step, bottom) for i, c in enumerate(text) if not c.isspace()
    ]
