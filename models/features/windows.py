"""Long documents are cut into overlapping windows, so that every word is scored with some words around it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def windows(count: int, size: int, overlap: int) -> list[tuple[int, int]]:
    """Return ranges of at most `size` words that together cover all, neighbours sharing at least `overlap` words.

    Raises ValueError where the overlap leaves no room to advance.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"Windows of {size} words cannot overlap by {overlap}.")
    if count <= size:
        return [(0, count)] if count else []
    pieces = -(-(count - overlap) // (size - overlap))
    step = (count - size) / (pieces - 1)
    return [(start := round(i * step), start + size) for i in range(pieces)]


def owners(count: int, ranges: Sequence[tuple[int, int]]) -> "NDArray[np.int64]":
    """Return for each word the window that scores it: the one in which it stands farthest from a cut edge."""
    owner = np.zeros(count, dtype=np.int64)
    room = np.full(count, -1)
    for number, (start, end) in enumerate(ranges):
        words = np.arange(start, end)
        before = words - start if start else np.full_like(words, count)
        behind = end - words if end < count else np.full_like(words, count)
        here = np.minimum(before, behind)
        farther = here > room[start:end]
        owner[start:end][farther] = number
        room[start:end][farther] = here[farther]
    return owner
