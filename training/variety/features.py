"""What a page looks like, and what it says, as numbers of a fixed length."""

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.domain.document import Page, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS, COLUMNS = 16, 12
_HEIGHT_BINS = (0.0, 0.6, 0.8, 0.95, 1.05, 1.25, 1.6, 2.2, 3.0, 99.0)
_EDGE_BINS = 20
_TEXT_BINS = 2048


def look_of(page: Page) -> "NDArray[np.float64]":
    """Return what a page looks like, in blocks that each have length one, so that none outweighs the others.

    The blocks: covered area in 16 × 12 cells, softened over neighbouring cells; left edges of words over the width;
    word heights in parts of the page's usual height; shares of words that are numbers, have digits, or are capitals,
    with the count of words.
    """
    words = page.words
    return np.concatenate([_unit(_covered(words)), _unit(_edges(words)), _unit(_heights(words)), _unit(_makeup(words))])


def text_of(page: Page) -> "NDArray[np.float64]":
    """Return what a page says, as a vector of length one: its runs of three characters, hashed, without case.

    Every digit counts as 0, so other numbers in the same form do not make another text. Distances are 0 for the same
    words and about 1.4 for pages that share no run.
    """
    counts = np.zeros(_TEXT_BINS)
    for word in page.words:
        text = "".join("0" if c.isdigit() else c for c in f" {word.text.casefold()} ")
        for at in range(len(text) - 2):
            counts[zlib.crc32(text[at : at + 3].encode()) % _TEXT_BINS] += 1
    return _unit(np.sqrt(counts))


def _unit(block: "NDArray[np.float64]") -> "NDArray[np.float64]":
    length = float(np.linalg.norm(block))
    return block / length if length else block


def _boxes(words: Sequence[Word]) -> "NDArray[np.float64]":
    return np.clip(np.array([word.box for word in words], dtype=np.float64).reshape(-1, 4), 0.0, 1.0)


def _covered(words: Sequence[Word]) -> "NDArray[np.float64]":
    cells = np.zeros((ROWS + 2, COLUMNS + 2))
    for x0, y0, x1, y1 in _boxes(words):
        row = min(int((y0 + y1) / 2 * ROWS), ROWS - 1)
        first, last = int(x0 * COLUMNS), min(int(x1 * COLUMNS), COLUMNS - 1)
        cells[row + 1, first + 1 : last + 2] += (x1 - x0) / max(last - first + 1, 1)
    inner = cells[1:-1, 1:-1]
    beside = cells[:-2, 1:-1] + cells[2:, 1:-1] + cells[1:-1, :-2] + cells[1:-1, 2:]
    softened: NDArray[np.float64] = np.sqrt(inner + 0.25 * beside).ravel()
    return softened


def _edges(words: Sequence[Word]) -> "NDArray[np.float64]":
    counts, _ = np.histogram(_boxes(words)[:, 0], bins=_EDGE_BINS, range=(0.0, 1.0))
    return np.sqrt(counts.astype(np.float64))


def _heights(words: Sequence[Word]) -> "NDArray[np.float64]":
    boxes = _boxes(words)
    heights = boxes[:, 3] - boxes[:, 1]
    usual = float(np.median(heights)) if len(heights) else 1.0
    counts, _ = np.histogram(heights / max(usual, 1e-4), bins=_HEIGHT_BINS)
    return np.sqrt(counts.astype(np.float64))


def _makeup(words: Sequence[Word]) -> "NDArray[np.float64]":
    count = max(len(words), 1)
    texts = [word.text for word in words]
    return np.array(
        [
            sum(any(c.isdigit() for c in t) and not any(c.isalpha() for c in t) for t in texts) / count,
            sum(any(c.isdigit() for c in t) and any(c.isalpha() for c in t) for t in texts) / count,
            sum(t.isupper() and len(t) > 1 for t in texts) / count,
            sum(t.endswith(":") for t in texts) / count,
            np.log1p(len(words)) / 8,
        ]
    )
