"""How far documents are from the nearest other one: among generated, among real, and from one to the other.

The more documents there are to choose from, the nearer is the nearest. So each comparison is told twice: among all, and
as it would be expected among as many as the smaller side has, which alone is fair to both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from pipeline.domain.document import Page
from training.dataset.record import LabelledDocument

if TYPE_CHECKING:
    from numpy.typing import NDArray

View: TypeAlias = "Callable[[Page], NDArray[np.float64]]"


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each document of `of`, how far the nearest one of `among` is that is of another group (template)."""

    of: str
    among: str
    distances: "NDArray[np.float64]"
    """Euclidean distances of features, (documents of `of`,)."""
    matched: "NDArray[np.float64]"
    """The same, as expected among `candidates` documents drawn from `among`."""
    candidates: int

    @property
    def median(self) -> float:
        return float(np.median(self.distances))

    @property
    def matched_median(self) -> float:
        return float(np.median(self.matched))

    def quantile(self, share: float) -> float:
        return float(np.quantile(self.distances, share))


def nearest(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument], view: View) -> list[Nearest]:
    """Return the four comparisons that both lists allow; those with documents that are not there are left out.

    Of every group counts one document, in the order given, so the same template is not counted twice.
    """
    sides = {name: one_a_group(side) for name, side in (("generated", generated), ("real", real))}
    seen = {name: np.array([view(d.pages[0]) for d in side]) for name, side in sides.items()}
    groups = {name: np.array([d.group for d in side]) for name, side in sides.items()}
    candidates = max(min(len(side) for side in sides.values() if side) - 1, 1) if any(sides.values()) else 1
    found = []
    for of, among in (("generated", "generated"), ("real", "real"), ("real", "generated"), ("generated", "real")):
        if sides[of] and sides[among] and len({*groups[of], *groups[among]}) > 1:
            apart = _between(seen[of], seen[among])
            apart[groups[of][:, None] == groups[among]] = np.inf
            found.append(Nearest(of, among, apart.min(axis=1), expected_nearest(apart, candidates), candidates))
    return found


def one_a_group(documents: Sequence[LabelledDocument]) -> list[LabelledDocument]:
    """Return the first document of every group that has words on its first page."""
    return list({d.group: d for d in reversed(documents) if d.pages and d.pages[0].words}.values())


def expected_nearest(apart: "NDArray[np.float64]", candidates: int) -> "NDArray[np.float64]":
    """Return the mean of the least of `candidates` finite entries drawn without replacement from each row, (rows,).

    Of n entries in order, the k-th is the least of m drawn with probability C(n - k, m - 1) / C(n, m).
    """
    means = []
    for row in apart:
        ordered = np.sort(row[np.isfinite(row)])
        n, m = len(ordered), min(candidates, len(ordered))
        if not n:
            means.append(np.inf)
            continue
        k = np.arange(1, n)
        chances = m / n * np.concatenate([[1.0], np.cumprod(np.clip((n - k - m + 1) / (n - k), 0, None))])
        means.append(float(chances @ ordered))
    return np.array(means)


def _between(left: "NDArray[np.float64]", right: "NDArray[np.float64]") -> "NDArray[np.float64]":
    squares = (left**2).sum(1)[:, None] + (right**2).sum(1) - 2 * left @ right.T
    apart: NDArray[np.float64] = np.sqrt(np.clip(squares, 0, None))
    return apart
