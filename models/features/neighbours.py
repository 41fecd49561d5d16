"""Which word stands left, right, above and below of each, and how far away."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDES = 4
"""Left, right, above, below."""
_AT_ONCE = 512
"""Words whose distances to all others are held at a time, so that a page of any length needs little memory."""
_FAR = 2.0
_ACROSS = 0.5  # the part of the lower word's height by which two words of one row overlap at least


def neighbours(boxes: "NDArray[np.float32]") -> "tuple[NDArray[np.int32], NDArray[np.float32]]":
    """Return for each box of one page its four neighbours (-1 for none), and the gaps to them in parts of the page.

    Left and right are the nearest words in the same row, above and below the nearest that share a part of the width.
    """
    count = len(boxes)
    found = np.full((count, SIDES), -1, dtype=np.int32)
    gaps = np.ones((count, SIDES), dtype=np.float32)
    for start in range(0, count if count > 1 else 0, _AT_ONCE):
        own = slice(start, start + _AT_ONCE)
        found[own], gaps[own] = _neighbours_of(boxes[own], boxes, start)
    return found, gaps


def _neighbours_of(
    own: "NDArray[np.float32]", boxes: "NDArray[np.float32]", first: int
) -> "tuple[NDArray[np.int32], NDArray[np.float32]]":
    """Return the neighbours among `boxes` of some of them, of which the first is number `first`."""
    found = np.full((len(own), SIDES), -1, dtype=np.int32)
    gaps = np.ones((len(own), SIDES), dtype=np.float32)
    x0, y0, x1, y1 = boxes.T
    left, top, right, bottom = (own[:, i, None] for i in range(4))
    shared_height = np.minimum(bottom, y1) - np.maximum(top, y0)
    in_row = shared_height > _ACROSS * np.minimum(bottom - top, y1 - y0)
    shared_width = np.minimum(right, x1) - np.maximum(left, x0)
    in_column = (shared_width > -0.002) & ~in_row
    beside = (x0 + x1) / 2 - (left + right) / 2
    under = (y0 + y1) / 2 - (top + bottom) / 2
    drift = np.abs(beside) * 0.2  # among words equally far above the one nearest the middle
    distances = (
        np.where(in_row & (beside < 0), -beside, _FAR),
        np.where(in_row & (beside > 0), beside, _FAR),
        np.where(in_column & (under < 0), -under + drift, _FAR),
        np.where(in_column & (under > 0), under + drift, _FAR),
    )
    here = np.arange(len(own))
    for side, distance in enumerate(distances):
        distance[here, first + here] = _FAR  # nobody is his own neighbour
        nearest = distance.argmin(axis=1)
        there = distance[here, nearest] < _FAR
        found[there, side] = nearest[there]
        gap = (
            own[:, 0] - x1[nearest],
            x0[nearest] - own[:, 2],
            own[:, 1] - y1[nearest],
            y0[nearest] - own[:, 3],
        )[side]
        gaps[there, side] = np.clip(gap[there], 0, 1)
    return found, gaps
