"""Reads a whole document with whatever runs the network: windows in, the scores of every word out."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.architecture import Architecture
from models.features.batches import Batch, Window, batch_of, windows_of
from models.features.features import Features
from models.features.windows import owners
from models.scores import Scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

Run = Callable[[Batch], "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]"]
"""Gives the logits of a batch: tags [windows, words, TAGS], rows [windows, words, words], kinds [windows, KINDS]."""
_MOST_WORDS = 4_096
"""Padded words that one call of the network gets at most."""


def scores_of(features: Features, run: Run, sizes: Architecture) -> Scores:
    """Return the scores of every word of a document.

    Of overlapping windows the one counts in which a word stands farthest from a cut edge; the kind is that of the first
    window, which holds the title.
    """
    cut = windows_of(features, sizes.window, sizes.overlap, layout=sizes.layout)
    if not cut:
        return Scores.none(0)
    per_window: list[tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]] = []
    kinds: NDArray[np.float32] | None = None
    for group in _groups(cut):
        tags, rows, kind = run(batch_of(group))
        kinds = _softmax(kind[0]) if kinds is None else kinds
        for number, window in enumerate(group):
            count = len(window)
            begins = _softmax(rows[number, :count, :count])
            best = begins.argmax(1)
            per_window.append((_softmax(tags[number, :count]), best + window.start, begins[np.arange(count), best]))
    ranges = [(window.start, window.end) for window in cut]
    starts = np.asarray([start for start, _ in ranges])
    offsets = np.cumsum([0, *(end - start for start, end in ranges[:-1])])
    chosen = owners(len(features), ranges)
    picked = np.arange(len(features)) - starts[chosen] + offsets[chosen]
    tags, row_begins, row_chances = (np.concatenate(parts)[picked] for parts in zip(*per_window, strict=True))
    assert kinds is not None
    return Scores(tags, row_begins.astype(np.int64), row_chances.astype(np.float32), kinds)


def _groups(cut: Sequence[Window]) -> list[list[Window]]:
    """Return neighbouring windows that are run together."""
    groups: list[list[Window]] = []
    for window in cut:
        if groups and len(window) * (len(groups[-1]) + 1) <= _MOST_WORDS:
            groups[-1].append(window)
        else:
            groups.append([window])
    return groups


def _softmax(logits: "NDArray[np.float32]") -> "NDArray[np.float32]":
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    made: NDArray[np.float32] = shifted / shifted.sum(-1, keepdims=True)
    return made
