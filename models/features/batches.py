"""Windows of documents side by side, padded to the longest of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.features.features import STANDING, Features
from models.features.neighbours import SIDES
from models.features.windows import windows

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a document: words from `start` to `end`."""

    features: Features
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


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


def windows_of(features: Features, size: int, overlap: int) -> list[Window]:
    """Cut one document into its windows."""
    return [Window(features, start, end) for start, end in windows(len(features), size, overlap)]


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
        batch.boxes[row, :count] = own.boxes[part]
        batch.pages[row, :count] = own.pages[part] - own.pages[window.start]
        beside = own.neighbours[part]
        inside = (beside >= window.start) & (beside < window.end)
        batch.neighbours[row, :count] = np.where(inside, beside - window.start, length)
        batch.standing[row, :count] = own.standing[part]
        batch.there[row, :count] = True
    return batch
