"""Where every word of a document stands: one function for training and reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.features.neighbours import SIDES, neighbours
from pipeline.domain.document import Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

STANDING = SIDES + 5
"""The numbers that say how a word stands: gaps to its neighbours, its size, its place in the document."""


@dataclass(frozen=True, slots=True)
class Features:
    """All words of one document in reading order.

    `words` are rows of a table of `Texts`. `boxes` are fractions of the page, `pages` count from 0, `neighbours` are
    words of the same document or -1, `standing` is [words, STANDING].
    """

    words: "NDArray[np.int32]"
    boxes: "NDArray[np.float32]"
    pages: "NDArray[np.int32]"
    neighbours: "NDArray[np.int32]"
    standing: "NDArray[np.float32]"

    def __len__(self) -> int:
        return len(self.words)


def features_of(pages: Sequence[Page], words: "NDArray[np.int32]") -> Features:
    """Return the features of every word of every page; `words` numbers their texts."""
    boxes = np.array([word.box for page in pages for word in page.words], dtype=np.float32).reshape(-1, 4)
    boxes = np.clip(boxes, 0.0, 1.0)
    number = np.repeat(np.arange(len(pages), dtype=np.int32), [len(page.words) for page in pages])
    beside = np.full((len(boxes), SIDES), -1, dtype=np.int32)
    standing = np.zeros((len(boxes), STANDING), dtype=np.float32)
    first = 0
    for index, page in enumerate(pages):
        last = first + len(page.words)
        own, gaps = neighbours(boxes[first:last])
        beside[first:last] = np.where(own < 0, -1, own + first)
        standing[first:last, :SIDES] = np.sqrt(gaps)
        standing[first:last, SIDES:] = _place(boxes[first:last], index, len(pages), page)
        first = last
    return Features(words, boxes, number, beside, standing)


def _place(boxes: "NDArray[np.float32]", index: int, count: int, page: Page) -> "NDArray[np.float32]":
    """Return the size of each word beside the page's usual one, and which page of the document it is on."""
    made = np.zeros((len(boxes), 5), dtype=np.float32)
    if len(boxes):
        heights = boxes[:, 3] - boxes[:, 1]
        made[:, 0] = np.clip(heights / max(float(np.median(heights)), 1e-4), 0, 4) / 2
    made[:, 1] = index == 0
    made[:, 2] = index == count - 1
    made[:, 3] = count > 1
    made[:, 4] = page.width > page.height
    return made
