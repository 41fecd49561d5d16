"""How true probabilities are: calibration error, Brier score and log loss, with intervals over groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Rights = NDArray[np.bool_]

BINS = 15
"""Bins of equal width, as in Guo et al. 2017 (arXiv:1706.04599)."""
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Reliability:
    """Figures of some values; `interval` is the 95 % interval of the calibration error over resampled groups.

    Resampling repeats values, which alone makes errors larger; the interval is moved back by that.

    `chance` is the calibration error that perfectly true probabilities would show on so few values, on average: an
    error near it says nothing against them. `boldness` is the mean probability minus the share right.
    """

    values: int
    groups: int
    right: float
    boldness: float
    ece: float
    interval: tuple[float, float]
    chance: float
    brier: float
    log_loss: float


def reliability(
    probabilities: Numbers, right: Rights, groups: Sequence[str], *, samples: int = 400, seed: int = 0
) -> Reliability:
    """Return the figures; every value counts alike. Raises ValueError for no values."""
    if not len(right):
        raise ValueError("There are no values to judge probabilities by.")
    random = np.random.default_rng(seed)
    error = ece(probabilities, right)
    members = _members(groups)
    drawn = [
        np.concatenate([members[i] for i in random.integers(len(members), size=len(members))]) for _ in range(samples)
    ]
    errors = [ece(probabilities[rows], right[rows]) for rows in drawn]
    by_chance = [ece(probabilities, random.random(len(right)) < probabilities) for _ in range(samples)]
    low, high = np.quantile(errors, [0.025, 0.975]) - np.mean(errors)
    return Reliability(
        values=len(right),
        groups=len(members),
        right=float(right.mean()),
        boldness=float(probabilities.mean() - right.mean()),
        ece=error,
        interval=(max(0.0, error + float(low)), min(1.0, error + float(high))),
        chance=float(np.mean(by_chance)),
        brier=float(np.mean((probabilities - right) ** 2)),
        log_loss=float(log_losses(probabilities, right).mean()),
    )


def by_key(
    key: Callable[[int], str], probabilities: Numbers, right: Rights, groups: Sequence[str]
) -> dict[str, Reliability]:
    """Return the figures of the values that `key` (called with a row's place) puts together, in order of the keys."""
    keys = np.array([key(i) for i in range(len(right))])
    chosen = {name: np.flatnonzero(keys == name) for name in sorted(set(keys.tolist()))}
    return {
        name: reliability(probabilities[rows], right[rows], [groups[i] for i in rows.tolist()], samples=100)
        for name, rows in chosen.items()
    }


def ece(probabilities: Numbers, right: Rights, bins: int = BINS) -> float:
    """Return the expected calibration error: the mean distance, over values, of a bin's mean and its share right."""
    at = np.minimum((probabilities * bins).astype(int), bins - 1)
    return float(np.abs(np.bincount(at, probabilities - right, minlength=bins)).sum() / len(right))


def log_losses(probabilities: Numbers, right: Rights) -> Numbers:
    """Return the negative log-likelihood of each value; a certainty that is wrong counts as one in a million."""
    of_truth = np.where(right, probabilities, 1 - probabilities)
    losses: Numbers = -np.log(np.clip(of_truth, _LEAST, 1.0))
    return losses


def kept_at(probabilities: Numbers, right: Rights, risk: float) -> float:
    """Return the largest share of values, the most probable first, of which at most `risk` are wrong.

    It is picked with the answers in sight: what thresholds could reach, no promise.
    """
    taken, wrong = risk_coverage(probabilities, right)
    good = np.flatnonzero(wrong <= risk)
    return float(taken[good[-1]]) if len(good) else 0.0


def risk_coverage(probabilities: Numbers, right: Rights) -> tuple[Numbers, Numbers]:
    """Return, for every probability that occurs (falling), the share of values at least as probable, and wrong ones."""
    order = np.argsort(-probabilities, kind="stable")
    ordered = probabilities[order]
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))  # values of one probability go together
    taken = last + 1
    wrong = np.cumsum(~right[order])[last]
    return taken / len(right), wrong / taken


def _members(groups: Sequence[str]) -> list[NDArray[np.int_]]:
    _, at = np.unique(np.array(groups), return_inverse=True)
    order = np.argsort(at, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(at[order])) + 1)
