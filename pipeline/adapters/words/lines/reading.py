"""Reads cut lines: batches of like width through the network, and the likeliest letter of every column (greedy CTC)."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import groupby

import numpy
import numpy.typing

from pipeline.adapters.words.lines.finding import as_input
from pipeline.adapters.words.lines.networks import Reader
from pipeline.adapters.words.lines.strip import Pixels

_STEP = 16  # pixels; widths are filled up to a multiple of these, so that lines can share a batch
_BATCH = 2048  # pixels that the lines of a batch are long together; more is no faster and does not stay in the cache


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. `places` are the letters' middles, blanks among them, as parts of its length, ascending."""

    text: str
    score: float
    places: tuple[float, ...]


def read_lines(pictures: Sequence[Pixels], reader: Reader, executor: Executor) -> list[Line]:
    """Read lines of equal height, in any order of width; the batches are shared out among the executor's threads."""
    lines: list[Line] = [Line("", 0.0, ())] * len(pictures)
    batches = list(_batches(pictures))
    work = executor.map(lambda batch: _read([pictures[index] for index in batch], reader), batches)
    for batch, read in zip(batches, work, strict=True):
        for index, line in zip(batch, read, strict=True):
            lines[index] = line
    return lines


def _batches(pictures: Sequence[Pixels]) -> Iterator[list[int]]:
    """Yield the numbers of lines that have about one width."""
    for width, numbers in groupby(
        sorted(range(len(pictures)), key=lambda i: -_width(pictures[i])), lambda i: _width(pictures[i])
    ):
        alike = list(numbers)
        size = max(1, _BATCH // width)
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


def _width(picture: Pixels) -> int:
    return -(-int(picture.shape[1]) // _STEP) * _STEP


def _read(pictures: Sequence[Pixels], reader: Reader) -> list[Line]:
    batch = as_input(pictures, _width(pictures[0]))
    (likely,) = reader.session.run(None, {reader.session.get_inputs()[0].name: batch})
    letters, scores = likely.argmax(axis=2), likely.max(axis=2)
    # A letter counts where it begins; the blank, 0, parts it from the same letter again.
    begins = letters != 0
    begins[:, 1:] &= letters[:, 1:] != letters[:, :-1]
    step = batch.shape[3] / letters.shape[1]
    lines = []
    for picture, row, score, begin in zip(pictures, letters, scores, begins, strict=True):
        (columns,) = numpy.nonzero(begin)
        text = [reader.letters[number] for number in row[columns]]
        mean = float(score[columns].mean()) if text else 0.0
        lines.append(Line("".join(text), mean, tuple(((columns + 0.5) * step / picture.shape[1]).tolist())))
    return lines
