"""What the model sees of a document: one function for training and reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.features.neighbours import SIDES, neighbours
from models.features.words import FACTS, facts, grams, shape
from pipeline.domain.document import Page
from training.probe.settings import ProbeSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXTRA = FACTS + SIDES + 5
"""The numbers a word has beside its letters and its box: facts, gaps, size, place in the document."""


@dataclass(frozen=True, slots=True)
class Features:
    """All words of one document in order.

    `grams` holds the pieces of all words one after another, `starts` where each word's begin (one more than words).
    `boxes` are fractions of the page, `pages` count from 0, `neighbours` are words of the same document or -1.
    """

    grams: "NDArray[np.int32]"
    starts: "NDArray[np.int64]"
    shapes: "NDArray[np.int32]"
    extra: "NDArray[np.float32]"
    boxes: "NDArray[np.float32]"
    pages: "NDArray[np.int32]"
    neighbours: "NDArray[np.int32]"

    def __len__(self) -> int:
        return len(self.shapes)


def features_of(pages: Sequence[Page], settings: ProbeSettings) -> Features:
    """Return the features of every word of every page."""
    words = [word for page in pages for word in page.words]
    pieces = [grams(word.text, settings.gram_buckets) for word in words]
    starts = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum([len(p) for p in pieces], out=starts[1:])
    boxes = np.array([word.box for word in words], dtype=np.float32).reshape(-1, 4)
    number = np.repeat(np.arange(len(pages), dtype=np.int32), [len(page.words) for page in pages])
    beside = np.full((len(words), SIDES), -1, dtype=np.int32)
    extra = np.zeros((len(words), EXTRA), dtype=np.float32)
    first = 0
    for index, page in enumerate(pages):
        last = first + len(page.words)
        own, gaps = neighbours(boxes[first:last])
        beside[first:last] = np.where(own < 0, -1, own + first)
        extra[first:last, FACTS : FACTS + SIDES] = np.sqrt(gaps)
        extra[first:last, FACTS + SIDES :] = _standing(boxes[first:last], index, len(pages), page)
        first = last
    if words:
        extra[:, :FACTS] = [facts(word.text) for word in words]
    return Features(
        grams=np.fromiter((g for p in pieces for g in p), dtype=np.int32, count=int(starts[-1])),
        starts=starts,
        shapes=np.fromiter((shape(w.text, settings.shape_buckets) for w in words), dtype=np.int32, count=len(words)),
        extra=extra,
        boxes=boxes,
        pages=number,
        neighbours=beside,
    )


def _standing(boxes: "NDArray[np.float32]", index: int, count: int, page: Page) -> "NDArray[np.float32]":
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
