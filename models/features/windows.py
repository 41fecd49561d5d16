"""Long documents are cut into overlapping windows, so that every word is scored with some words around it."""

from collections.abc import Sequence


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


def owners(count: int, ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each word the window that scores it: the one in which it stands farthest from a cut edge."""
    return [
        max(
            (i for i, (start, end) in enumerate(ranges) if start <= word < end),
            key=lambda i: min(
                word - ranges[i][0] if ranges[i][0] else count, ranges[i][1] - word if ranges[i][1] < count else count
            ),
        )
        for word in range(count)
    ]
