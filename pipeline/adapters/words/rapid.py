"""The networks of RapidOCR: the default engine; they come with its wheel."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy
from PIL import Image

from pipeline.adapters.words.lines.finding import find_lines
from pipeline.adapters.words.lines.networks import Reader, open_finder, open_reader
from pipeline.adapters.words.lines.reading import Line, read_lines
from pipeline.adapters.words.lines.strip import Strip, cut
from pipeline.adapters.words.lines.wording import words_of
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import Word
from pipeline.errors import ConfigurationError

# On one page made worse step by step: 0.994 with all words right, 0.990 with 95 %, 0.967 with 80 %, 0.62 with 17 %.
_BANDS = BandLimits(clean=0.985, fair=0.95)
_LEAST_SCORE = 0.3  # lines below are smudges, not text
_DOUBT = 0.9  # lines below may be in letters that the quick network does not know
# Letters are read at full size, lines are found on a copy of this longest side in pixels; the second is for pictures
# longer than A4 at 200 dpi.
_LONGEST, _LONGEST_LARGE = 1280, 1920
_LARGE = 2520


@dataclass(frozen=True, slots=True)
class RapidOcr:
    """Reads words with RapidOCR's networks, on `threads` threads.

    Raises `ConfigurationError` where RapidOCR is not installed.
    """

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
        """Return the words of an image; lines are parted at blanks and wide gaps.

        Lines are read with the European letters, those that read badly once more with all; the surer reading wins.
        """
        return tuple(_recognise(image, self.threads))


def _recognise(image: Image.Image, threads: int) -> Iterator[Word]:
    pixels = numpy.asarray(image if image.mode in ("L", "RGB") else image.convert("RGB"))
    longest = _LONGEST if max(image.size) <= _LARGE else _LONGEST_LARGE
    strips = find_lines(pixels, _finder(threads), longest)
    pictures = [cut(pixels, strip) for strip in strips]
    lines = read_lines(pictures, _reader(european=True), _executor(threads))
    doubtful = [index for index, line in enumerate(lines) if _doubtful(line, strips[index])]
    if doubtful:
        again = read_lines([pictures[index] for index in doubtful], _reader(european=False), _executor(threads))
        for index, line in zip(doubtful, again, strict=True):
            lines[index] = max(lines[index], line, key=lambda one: one.score)
    for line, strip in zip(lines, strips, strict=True):
        if line.score >= _LEAST_SCORE:
            yield from words_of(line, strip, image.size)


def _doubtful(line: Line, strip: Strip) -> bool:
    """Tell lines that may be in other letters: read without surety, or fewer letters than would fit if all were square,
    such as Chinese ones; European letters are half as wide as the line is thick at most."""
    return line.score < _DOUBT or len(line.text) < strip.length / strip.thickness


@cache
def _finder(threads: int) -> Any:
    return open_finder(threads)


@cache
def _reader(*, european: bool) -> Reader:
    return open_reader(european=european)


@cache
def _executor(threads: int) -> ThreadPoolExecutor:
    """Keep threads that read a batch of lines each: two of them do more than two that share each product."""
    return ThreadPoolExecutor(threads, thread_name_prefix="ocr")
