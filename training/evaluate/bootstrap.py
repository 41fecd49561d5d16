"""Intervals by resampling whole layout groups: the cluster bootstrap.

Documents of one layout are right or wrong together, so it is layouts that are drawn, with replacement, as many as there
are (Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 3.8). A draw is a row of weights: how
often each group was drawn. Intervals are percentiles; a comparison uses the same draws for both sides.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""From weights of the groups [draws, groups] to one figure a draw [draws]; NaN where a draw has nothing to count."""

DRAWS, SEED = 1000, 20260
LEVEL = 0.95
"""The share of draws that an interval holds."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval; None where nothing was counted, no interval where there is one group only."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more one side has than the other, and the share of draws in which it has more (a tie counts half)."""

    estimate: Estimate
    larger_in: float | None


def draw(groups: int, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Return the weights of the groups in each draw [draws, groups]; none where there are fewer than two groups."""
    if groups < 2:
        return np.zeros((0, groups))
    chances = np.full(groups, 1 / groups)
    return np.random.default_rng(seed).multinomial(groups, chances, size=draws).astype(np.float64)


def estimate(statistic: Statistic, drawn: Floats) -> Estimate:
    """Return the figure of all groups, and its interval over the draws."""
    return _estimate(_of_all(statistic, drawn), statistic(drawn))


def difference(one: Statistic, other: Statistic, drawn: Floats) -> Difference:
    """Return by how much `one` exceeds `other`, both on the same draws."""
    lead = one(drawn) - other(drawn)
    known = lead[~np.isnan(lead)]
    larger = float(((known > 0) + 0.5 * (known == 0)).mean()) if known.size else None
    return Difference(_estimate(_of_all(one, drawn) - _of_all(other, drawn), lead), larger)


def interval(values: Floats) -> tuple[float | None, float | None]:
    """Return the percentiles between which `LEVEL` of the known values lie."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _of_all(statistic: Statistic, drawn: Floats) -> float:
    return float(statistic(np.ones((1, drawn.shape[1])))[0])


def _estimate(value: float, values: Floats) -> Estimate:
    return Estimate(None) if np.isnan(value) else Estimate(value, *interval(values))
