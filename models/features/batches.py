"""Windows of documents side by side, padded to the longest; with the places of words, or with their order only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.features.features import STANDING, Features
from models.features.neighbours import SIDES
from models.features.windows import windows

if TYPE_CHECKING:
    from numpy.typing import NDArray


_MARGIN = 0.1
"""Left and right of the line that words are laid on by their order: room for the moves of training."""
_LINE = (0.495, 0.505)
"""Its top and bottom."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a document: words from `start` to `end`.

    Where `line` is given, nothing is seen of where they stand: they are laid in reading order on one line that has room
    for so many words.
    """

    features: Features
    start: int
    end: int
    line: int | None = None

    def __len__(self) -> int:
        return self.end - self.start


LEFT, RIGHT, ABOVE, BELOW = range(SIDES)
"""The sides, as `Batch.neighbours` has them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, [windows, words]; `there` says which places hold words.

    `words` are rows of a table of `Texts` (0 where there is none), `neighbours` places of the same window (its length
    where there is none), `pages` count from the window's first page.
    """

    words: "NDArray[np.int64]"
    boxes: "NDArray[np.float32]"
    pages: "NDArray[np.float32]"
    neighbours: "NDArray[np.int64]"
    standing: "NDArray[np.float32]"
    there: "NDArray[np.bool_]"


def windows_of(features: Features, size: int, overlap: int, *, layout: bool = True) -> list[Window]:
    """Cut one document into its windows; without `layout` only the order of words is seen in them."""
    line = None if layout else size
    return [Window(features, start, end, line) for start, end in windows(len(features), size, overlap)]


def batch_of(cut: Sequence[Window]) -> Batch:
    """Lay windows side by side."""
    rows, length = len(cut), max(len(window) for window in cut)
    batch = Batch(
        words=np.zeros((rows, length), dtype=np.int64),
        boxes=np.zeros((rows, length, 4), dtype=np.float32),
        pages=np.zeros((rows, length), dtype=np.float32),
        neighbours=np.full((rows, length, SIDES), length, dtype=np.int64),
        standing=np.zeros((rows, length, STANDING), dtype=np.float32),
        there=np.zeros((rows, length), dtype=np.bool_),
    )
    for row, window in enumerate(cut):
        part, count, own = slice(window.start, window.end), len(window), window.features
        batch.words[row, :count] = own.words[part]
        batch.there[row, :count] = True
        if window.line is not None:
            _lay_on_a_line(batch, row, count, window.line)
            continue
        batch.boxes[row, :count] = own.boxes[part]
        batch.pages[row, :count] = own.pages[part] - own.pages[window.start]
        beside = own.neighbours[part]
        inside = (beside >= window.start) & (beside < window.end)
        batch.neighbours[row, :count] = np.where(inside, beside - window.start, length)
        batch.standing[row, :count] = own.standing[part]
    return batch


def _lay_on_a_line(batch: Batch, row: int, count: int, room: int) -> None:
    """Give the words of a window places by their order alone: each stands right of the one before, on one page."""
    edges = _MARGIN + (1 - 2 * _MARGIN) * np.arange(count + 1) / room
    batch.boxes[row, :count] = np.stack(
        [edges[:-1], np.full(count, _LINE[0]), edges[1:], np.full(count, _LINE[1])], axis=1
    )
    order, length = np.arange(count), batch.words.shape[1]
    batch.neighbours[row, :count, LEFT] = np.where(order > 0, order - 1, length)
    batch.neighbours[row, :count, RIGHT] = np.where(order < count - 1, order + 1, length)
