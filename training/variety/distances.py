"""How far documents are from the nearest other one: among generated, among real, and from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from training.dataset.record import LabelledDocument
from training.variety.features import features_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each document of `of`, the distance to the nearest one of `among` that is of another group (template)."""

    of: str
    among: str
    distances: "NDArray[np.float64]"
    """Euclidean, of features whose four blocks have length one each: 0 for the same page, at most about 2.8."""

    @property
    def median(self) -> float:
        return float(np.median(self.distances))

    def quantile(self, share: float) -> float:
        return float(np.quantile(self.distances, share))


def nearest(generated: Sequence[LabelledDocument], real: Sequence[LabelledDocument]) -> list[Nearest]:
    """Return the four comparisons that both lists allow; those with documents that are not there are left out."""
    sides = {"generated": generated, "real": real}
    found = []
    for of, among in (("generated", "generated"), ("real", "real"), ("real", "generated"), ("generated", "real")):
        groups_of, groups_among = ({d.group for d in sides[name]} for name in (of, among))
        if groups_of and groups_among and len(groups_of | groups_among) > 1:
            found.append(Nearest(of, among, _nearest(sides[of], sides[among])))
    return found


def _nearest(of: Sequence[LabelledDocument], among: Sequence[LabelledDocument]) -> "NDArray[np.float64]":
    """Return distances, (documents of `of`,). Of every group counts one document: templates are not counted twice."""
    own, others = _one_a_group(of), _one_a_group(among)
    left, right = (np.array([features_of(d.pages[0]) for d in side]) for side in (own, others))
    squares = (left**2).sum(1)[:, None] + (right**2).sum(1) - 2 * left @ right.T
    same = np.array([d.group for d in own])[:, None] == np.array([d.group for d in others])
    distances: NDArray[np.float64] = np.sqrt(np.clip(np.where(same, np.inf, squares), 0, None)).min(axis=1)
    return distances[np.isfinite(distances)]


def _one_a_group(documents: Sequence[LabelledDocument]) -> list[LabelledDocument]:
    return list({d.group: d for d in reversed(documents) if d.pages and d.pages[0].words}.values())
