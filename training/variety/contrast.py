"""In which figures of a document generated ones differ most from real ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.dataset.record import LabelledDocument
from training.variety.distances import one_a_group


@dataclass(frozen=True, slots=True)
class Contrast:
    """A figure of documents on both sides: the medians, and `gap`, the largest gap of the cumulative shares (0 to 1).

    The gap is the statistic of Kolmogorov and Smirnov: 0 for equal distributions, 1 for ones that do not overlap.
    """

    what: str
    generated: float
    real: float
    gap: float


def words_a_page(document: LabelledDocument) -> list[int]:
    """Return the number of words of every page."""
    return [len(page.words) for page in document.pages]


def heights(document: LabelledDocument) -> list[float]:
    """Return the heights of the first page's words in parts of the page's median height."""
    boxes = np.array([word.box for word in document.pages[0].words], dtype=np.float64).reshape(-1, 4)
    high = boxes[:, 3] - boxes[:, 1]
    return [float(h) for h in high / max(float(np.median(high)), 1e-4)] if len(high) else []


def starts(documents: Sequence[LabelledDocument], span: str) -> list[tuple[float, float]]:
    """Return the centres, x and y in parts of the page, of the first words of a span's values on first pages."""
    return [
        word.box.centre
        for document in documents
        for word, tag in zip(document.pages[0].words, document.tags[: len(document.pages[0].words)], strict=True)
        if tag == f"B-{span}"
    ]


def contrasts(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument]) -> list[Contrast]:
    """Return the figures compared, one document a template, the most different first; none where a side is empty."""
    own, other = one_a_group(generated), one_a_group(real)
    if not own or not other:
        return []
    found = []
    for what, of in _FIGURES.items():
        left, right = (np.array([of(d) for d in side], dtype=np.float64) for side in (own, other))
        found.append(Contrast(what, float(np.median(left)), float(np.median(right)), _gap(left, right)))
    return sorted(found, key=lambda c: (-c.gap, c.what))


def _gap(
    left: "np.ndarray[tuple[int], np.dtype[np.float64]]", right: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> float:
    at = np.concatenate([left, right])
    shares = [np.searchsorted(np.sort(side), at, side="right") / len(side) for side in (left, right)]
    return float(np.abs(shares[0] - shares[1]).max())


def _share(document: LabelledDocument, holds: Callable[[str], bool]) -> float:
    words = document.pages[0].words
    return sum(holds(word.text) for word in words) / max(len(words), 1)


def _width(document: LabelledDocument) -> float:
    """Return how much of the first page's width lies between its leftmost and its rightmost word."""
    words = document.pages[0].words
    return max(w.box.x1 for w in words) - min(w.box.x0 for w in words)


def _bottom(document: LabelledDocument) -> float:
    return max(w.box.y1 for w in document.pages[0].words)


_FIGURES: Mapping[str, Callable[[LabelledDocument], float]] = {
    "words on the first page": lambda d: len(d.pages[0].words),
    "pages": lambda d: len(d.pages),
    "line items": lambda d: len(d.lines),
    "header fields with a value": lambda d: len(d.fields),
    "share of words with digits": lambda d: _share(d, lambda text: any(c.isdigit() for c in text)),
    "share of words in capitals": lambda d: _share(d, lambda text: len(text) > 1 and text.isupper()),
    "share of words that end with a colon": lambda d: _share(d, lambda text: text.endswith(":")),
    "height of the highest word, in usual heights": lambda d: max(heights(d)),
    "share of words as high as usual": lambda d: float(np.mean([abs(h - 1) < 0.1 for h in heights(d)])),
    "usual height of words, in percent of the page": lambda d: (
        100 * float(np.median([w.box.height for w in d.pages[0].words]))
    ),
    "width used": _width,
    "lowest word, in parts of the page": _bottom,
}
