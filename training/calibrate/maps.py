"""Straightens probabilities that are too bold, too timid or bent, where that was shown to help on other groups."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.calibration import Calibration
from models.calibration.terms import log_odds
from training.calibrate.reliability import log_losses

Numbers = NDArray[np.float64]

ENOUGH_FOR_ISOTONIC = 1000
"""So many rows an isotonic regression needs; with fewer it follows chance (Niculescu-Mizil and Caruana 2005)."""


class Straightening(Protocol):
    """Something that maps probabilities onto better ones and can be written into a calibration."""

    def __call__(self, probabilities: Numbers) -> Numbers:
        """Return the mapped probabilities, in the same order."""
        ...

    def into(self, calibration: Calibration) -> Calibration:
        """Return a calibration that does the same to its own probabilities."""
        ...


class Slope:
    """Platt's map: the log-odds times a slope above 0, plus a shift; one of slope 1 and no shift changes nothing."""

    def __init__(self, slope: float = 1.0, shift: float = 0.0) -> None:
        self.slope, self.shift = slope, shift

    def __call__(self, probabilities: Numbers) -> Numbers:
        scores = np.array([log_odds(p) for p in probabilities])
        mapped: Numbers = 1 / (1 + np.exp(-(self.slope * scores + self.shift)))
        return mapped

    def into(self, calibration: Calibration) -> Calibration:
        """Return the calibration with its weights and offsets multiplied; a slope needs no knots."""
        return replace(
            calibration,
            common=self.slope * calibration.common + self.shift,
            weights=tuple(self.slope * w for w in calibration.weights),
            names={name: self.slope * offset for name, offset in calibration.names.items()},
            bands={band: self.slope * offset for band, offset in calibration.bands.items()},
        )


class Steps:
    """An isotonic regression: straight lines between knots that never fall."""

    def __init__(self, knots: Sequence[tuple[float, float]]) -> None:
        self.knots = tuple(knots)

    def __call__(self, probabilities: Numbers) -> Numbers:
        x, y = np.array(self.knots).T
        mapped: Numbers = np.interp(probabilities, x, y)
        return mapped

    def into(self, calibration: Calibration) -> Calibration:
        """Return the calibration with the knots."""
        return replace(calibration, knots=self.knots)


def slope(probabilities: Numbers, right: NDArray[np.bool_], weights: Numbers) -> Straightening:
    """Fit Platt's map; none at all where higher scores are not better or all rows are alike."""
    from sklearn.linear_model import LogisticRegression

    if right.all() or not right.any():
        return Slope()
    model = LogisticRegression(C=100.0, solver="newton-cholesky")
    model.fit(np.array([[log_odds(p)] for p in probabilities]), right, sample_weight=weights)
    found, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
    return Slope(found, shift) if found > 0 else Slope()


def steps(probabilities: Numbers, right: NDArray[np.bool_], weights: Numbers) -> Straightening:
    """Fit an isotonic regression that stays away from 0 and 1 by what one more row could change."""
    from sklearn.isotonic import IsotonicRegression

    least = float(1 / (weights.sum() + 2))
    model = IsotonicRegression(y_min=least, y_max=1 - least, out_of_bounds="clip")
    model.fit(probabilities, right.astype(float), sample_weight=weights)
    knots = zip(map(float, model.X_thresholds_), map(float, model.y_thresholds_), strict=True)
    return Steps(list(knots))


def best(
    probabilities: Numbers,
    right: NDArray[np.bool_],
    weights: Numbers,
    groups: NDArray[np.int_],
    folds: NDArray[np.int_],
) -> tuple[str, Straightening, Numbers]:
    """Return the name of the map to use, the map of all rows, and each row's probability by one of other folds.

    `probabilities` are out of fold. A map is taken only where its log loss on other groups is lower than without, by
    more than the standard error of the difference between groups.
    """
    ways = {"slope": slope, "isotonic": steps} if len(right) >= ENOUGH_FOR_ISOTONIC else {"slope": slope}
    plain = log_losses(probabilities, right)
    chosen: tuple[str, Straightening, Numbers] = ("none", Slope(), probabilities)
    best_gain = 0.0
    for name, way in ways.items():
        crossed = np.empty_like(probabilities)
        for fold in np.unique(folds):
            here = folds == fold
            crossed[here] = way(probabilities[~here], right[~here], weights[~here])(probabilities[here])
        gain, error = _gain(plain - log_losses(crossed, right), groups)
        if gain > max(best_gain, error):
            best_gain, chosen = gain, (name, way(probabilities, right, weights), crossed)
    return chosen


def _gain(differences: Numbers, groups: NDArray[np.int_]) -> tuple[float, float]:
    """Return the mean over groups of their mean difference, and its standard error."""
    sizes = np.bincount(groups)
    means = np.bincount(groups, differences)[sizes > 0] / sizes[sizes > 0]
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means))) if len(means) > 1 else np.inf
