"""Thresholds whose risk is bounded with a stated confidence: learn then test.

Angelopoulos, Bates, Candès, Jordan and Lei 2021, arXiv:2110.01052.

For every threshold of a fixed grid the null hypothesis says: of what is taken from there on, more than the stated risk
is wrong. The hypotheses are tested from the highest threshold down, each at the full level `delta`, until the first
that is not rejected (fixed-sequence testing); the last rejected one is the answer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, lgamma, log, log1p

import numpy as np
from numpy.typing import NDArray

from models.calibration.thresholds import EVERY, UNITS, Limit, Thresholds
from training.calibrate.rows import Judged

Numbers = NDArray[np.float64]

RISKS = (0.005, 0.01, 0.02)
DELTA = 0.1
GRID = (
    *(0.9995, 0.999, 0.998, 0.997, 0.996, 0.995, 0.994, 0.992, 0.99, 0.9875, 0.985, 0.9825, 0.98, 0.975, 0.97, 0.965),
    *(0.96, 0.95, 0.94, 0.93, 0.92, 0.91, 0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.77, 0.74, 0.7, 0.65, 0.6, 0.5),
)
"""Fixed before any row is seen; the guarantee needs that."""
_WORTH_TAKING = 1 / 3
"""Testing begins at the first threshold that takes so much: one test of few values must not end it all."""
_OF = {"value": "values", "document": "documents", "group": "senders"}


@dataclass(frozen=True, slots=True)
class Tested:
    """The answer for one name and risk, None where not even the highest tested threshold can be guaranteed.

    `taken` is the share of values from the threshold on, `loss` the observed mean risk among them (over units).
    """

    confidence: float | None
    taken: float
    loss: float | None


def thresholds(
    rows: Sequence[Judged],
    probabilities: Numbers,
    *,
    unit: str = "document",
    risks: Sequence[float] = RISKS,
    delta: float = DELTA,
    basis: str = "out-of-fold probabilities",
) -> Thresholds:
    """Return the limits of every name, and of all together. `probabilities` are by calibrations that saw no such group.

    Raises ValueError for an unknown unit.
    """
    limits = {}
    for name, chosen in names_of(rows).items():
        units = unit_numbers([rows[i] for i in chosen], unit)
        right = np.array([rows[i].right for i in chosen])
        found = {risk: highest_share(probabilities[chosen], right, units, risk, delta) for risk in risks}
        limits[name] = Limit(sample=len(set(units)), confidence={r: t.confidence for r, t in found.items()})
    return Thresholds(delta, unit, assumption(unit, delta, basis), limits)


def names_of(rows: Sequence[Judged]) -> Mapping[str, NDArray[np.int_]]:
    """Return the places of the rows of each name, in order, and of all as `EVERY`."""
    places = defaultdict(list)
    for i, row in enumerate(rows):
        places[row.name].append(i)
    return {EVERY: np.arange(len(rows)), **{name: np.array(places[name]) for name in sorted(places)}}


def unit_numbers(rows: Sequence[Judged], unit: str) -> list[int]:
    """Return the number of the unit that each row belongs to: itself, its document or its group.

    Raises ValueError for an unknown unit.
    """
    if unit not in UNITS:
        raise ValueError(f"{unit} is none of {', '.join(UNITS)}.")
    if unit == "value":
        return list(range(len(rows)))
    numbers: dict[object, int] = {}
    keys = ((row.group, row.document) if unit == "document" else row.group for row in rows)
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def highest_share(
    probabilities: Numbers, right: NDArray[np.bool_], units: Sequence[int], risk: float, delta: float
) -> Tested:
    """Return the lowest threshold, and so the largest share taken, whose risk is at most `risk`, but for `delta`.

    The risk is the mean over units (that have anything taken) of the share of their taken values that is wrong. Where
    each unit has one value, the test is the exact binomial one (that of Clopper and Pearson), else Hoeffding and
    Bentkus's. Thresholds that take less than a third of the units, or too few to prove anything, are passed over.
    """
    unit = np.asarray(units)
    many = len(np.unique(unit))
    single = many == len(unit)
    least = max(fewest(risk, delta), ceil(many * _WORTH_TAKING))
    answer = Tested(None, 0.0, None)
    for threshold in GRID:
        taken = probabilities >= threshold
        sizes = np.bincount(unit[taken])
        held = sizes > 0
        n = int(held.sum())
        if n < least:
            continue
        losses = np.bincount(unit[taken], ~right[taken])[held] / sizes[held]
        p_value = binomial_tail(round(losses.sum()), n, risk) if single else hoeffding_bentkus(losses.mean(), n, risk)
        if p_value > delta:
            break
        answer = Tested(threshold, float(taken.mean()), float(losses.mean()))
    return answer


def fewest(risk: float, delta: float) -> int:
    """Return how many units without any error are needed to show that the risk is at most `risk`."""
    return ceil(log(delta) / log1p(-risk))


def provable(units: int, delta: float) -> float:
    """Return the smallest risk that so many units could show, if none of them had an error."""
    return 1 - delta ** (1 / units) if units else 1.0


def binomial_tail(most: int, n: int, chance: float) -> float:
    """Return the probability that of `n` draws, each with this chance (between 0 and 1), at most `most` succeed."""
    if most >= n:
        return 1.0
    logs = [
        lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(chance) + (n - k) * log1p(-chance)
        for k in range(most + 1)
    ]
    top = max(logs)
    return min(1.0, exp(top) * sum(exp(each - top) for each in logs))


def hoeffding_bentkus(mean: float, n: int, risk: float) -> float:
    """Return the p-value of "the mean loss is above `risk`" for `n` losses between 0 and 1 of the given mean.

    The smaller of Hoeffding's bound, in its tight form with relative entropy, and Bentkus's (eq. 8 of the paper).
    """
    low = min(mean, risk)
    entropy = (low * log(low / risk) if low else 0.0) + (1 - low) * log((1 - low) / (1 - risk))
    # A mean of k/n that rounding lifts above it must not count as k + 1.
    bentkus = exp(1) * binomial_tail(ceil(n * mean - 1e-9), n, risk)
    return min(1.0, exp(-n * entropy), bentkus)


def assumption(unit: str, delta: float, basis: str) -> str:
    """Return what has to hold for the limits, and what they then say, in sentences."""
    each = {
        "value": "Values are taken to be independent of each other, also those of one document.",
        "document": "Documents are taken to be independent of each other, also those of one sender.",
        "group": "Senders are taken to be independent of each other; nothing is assumed within one.",
    }[unit]
    return (
        f"The {_OF[unit]} to come are drawn like those measured: new senders, the same mix of kinds, fields and text "
        f"quality. {each} Then, but for a chance of {delta:g} for each name and risk, the mean over {_OF[unit]} of the "
        f"share of taken values that is wrong is at most the risk. Measured on {basis}."
    )
