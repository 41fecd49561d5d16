"""Which word stands left, right, above and below of each, and how far away."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDES = 4
"""Left, right, above, below."""
_FAR = 2.0
_ACROSS = 0.5  # the part of the lower word's height by which two words of one row overlap at least


def neighbours(boxes: "NDArray[np.float32]") -> "tuple[NDArray[np.int32], NDArray[np.float32]]":
    """Return for each box of one page its four neighbours (-1 for none), and the gaps to them in parts of the page.

    Left and right are the nearest words in the same row, above and below the nearest that share a part of the width.
    """
    count = len(boxes)
    found = np.full((count, SIDES), -1, dtype=np.int32)
    gaps = np.ones((count, SIDES), dtype=np.float32)
    if count < 2:
        return found, gaps
    x0, y0, x1, y1 = (boxes[:, i] for i in range(4))
    middle = (x0 + x1) / 2
    shared_height = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    in_row = shared_height > _ACROSS * np.minimum((y1 - y0)[:, None], y1 - y0)
    shared_width = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    in_column = (shared_width > -0.002) & ~in_row
    height = (y0 + y1) / 2
    beside = middle[None, :] - middle[:, None]
    under = height[None, :] - height[:, None]
    drift = np.abs(beside) * 0.2  # among words equally far above the one nearest the middle
    distances = (
        np.where(in_row & (beside < 0), -beside, _FAR),
        np.where(in_row & (beside > 0), beside, _FAR),
        np.where(in_column & (under < 0), -under + drift, _FAR),
        np.where(in_column & (under > 0), under + drift, _FAR),
    )
    for side, distance in enumerate(distances):
        np.fill_diagonal(distance, _FAR)
        nearest = distance.argmin(axis=1)
        there = distance[np.arange(count), nearest] < _FAR
        found[there, side] = nearest[there]
        gap = (x0 - x1[nearest], x0[nearest] - x1, y0 - y1[nearest], y0[nearest] - y1)[side]
        gaps[there, side] = np.clip(gap[there], 0, 1)
    return found, gaps
