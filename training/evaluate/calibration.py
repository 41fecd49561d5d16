"""Confidences held against truth: calibration error, what could be kept unseen at a stated risk, and their curves.

All take the weights of the layout groups [draws, groups], so that intervals are a second call.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from training.evaluate.bootstrap import Floats, Statistic, interval
from training.evaluate.sample import Pool

BINS = 15
"""Bins of the expected calibration error (Naeini, Cooper and Hauskrecht 2015; equal mass as in Nixon et al. 2019)."""
RISKS = (0.005, 0.01, 0.02)
"""The shares of errors among what is kept at which the touchless share is told."""
_AT_ONCE = 4_000_000  # numbers in memory at a time
_GRID = 60


@dataclass(frozen=True, slots=True)
class Bin:
    """One point of the reliability diagram: answers of about the same confidence, and the share that is right."""

    confidence: float
    right: float
    low: float | None
    high: float | None
    answers: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Risk against coverage: keeping so many of what was asked, the share of errors, with its interval."""

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def ratio(part: Floats, whole: Floats) -> Floats:
    """Return part by whole, NaN where the whole is nothing."""
    shares: Floats = np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)
    return shares


def membership(confidence: Floats) -> Floats:
    """Return how much of each answer lies in each bin [bins, answers]: bins of equal mass, by confidence.

    Answers of the same confidence are one block, cut in proportion where a bin ends within it: so the bins do not hang
    on the order in which equals come. There are `BINS` bins, or as many as answers.
    """
    if not confidence.size:
        return np.zeros((0, 0))
    bins = min(BINS, confidence.size)
    _, block, sizes = np.unique(confidence, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes).astype(np.float64)
    edges = np.linspace(0, confidence.size, bins + 1)[:, None]
    shared = np.minimum(ends, edges[1:]) - np.maximum(ends - sizes, edges[:-1])
    parts: Floats = np.maximum(shared, 0.0) / sizes
    return parts[:, block]


def calibration_error(pool: Pool) -> Statistic:
    """Return the expected calibration error: the mean over bins of |confidence − share right|, by mass.

    The bins are those of all answers, in every draw.
    """
    groups = len(pool.asked)
    parts = membership(pool.confidence) * (pool.confidence - pool.right)
    gaps = np.zeros((groups, len(parts)))
    np.add.at(gaps, pool.group, parts.T)
    answers = np.bincount(pool.group, minlength=groups).astype(np.float64)
    return lambda weights: ratio(np.abs(weights @ gaps).sum(axis=1), weights @ answers)


def touchless(pool: Pool, risk: float) -> Statistic:
    """Return the largest share of what was asked that a confidence threshold keeps with at most `risk` errors among it.

    The threshold is the best in hindsight, in every draw.
    """

    def share(weights: Floats) -> Floats:
        found = [np.where(wrong <= risk * kept + 1e-9, kept, 0.0) for _, kept, wrong in _kept(pool, weights)]
        most = [kept.max(axis=1, initial=0.0) for kept in found]
        return ratio(np.concatenate([np.zeros(0), *most]), weights @ pool.asked)

    return share


def threshold(pool: Pool, risk: float) -> float | None:
    """Return the confidence from which `touchless` keeps answers; None where no threshold holds the risk."""
    for confidences, kept, wrong in _kept(pool, np.ones((1, len(pool.asked)))):
        holding = np.flatnonzero(wrong[0] <= risk * kept[0] + 1e-9)
        if holding.size:
            return float(confidences[holding[-1]])
    return None


def reliability(pool: Pool, drawn: Floats) -> tuple[Bin, ...]:
    """Return the points of the reliability diagram, from the least confident."""
    parts = membership(pool.confidence)
    weights = drawn[:, pool.group]
    shares = ratio((weights * pool.right) @ parts.T, weights @ parts.T)
    mass = parts.sum(axis=1)
    sure, right = parts @ pool.confidence / mass, parts @ pool.right / mass
    return tuple(
        Bin(float(sure[b]), float(right[b]), *interval(shares[:, b]), answers=float(mass[b])) for b in range(len(parts))
    )


def risk_coverage(pool: Pool, drawn: Floats) -> Curve:
    """Return the curve at even steps of coverage, up to what was answered; at each the first threshold that reaches it
    (El-Yaniv and Wiener 2010)."""
    whole = np.ones((1, len(pool.asked)))
    if not pool.confidence.size:
        return Curve((), (), (), ())
    most = pool.confidence.size / float(pool.asked.sum())
    grid = np.linspace(0, most, _GRID + 1)[1:]
    bands = [interval(values) for values in _risks(pool, drawn, grid).T]
    return Curve(
        coverage=tuple(map(float, grid)),
        risk=tuple(map(float, _risks(pool, whole, grid)[0])),
        low=tuple(low for low, _ in bands),
        high=tuple(high for _, high in bands),
    )


def _risks(pool: Pool, weights: Floats, grid: Floats) -> Floats:
    """Return the share of errors at each coverage [draws, grid]; NaN where a draw answered less."""
    asked = weights @ pool.asked
    rows = (
        (kept, wrong)
        for _, all_kept, all_wrong in _kept(pool, weights)
        for kept, wrong in zip(all_kept, all_wrong, strict=True)
    )
    risks = np.full((len(weights), len(grid)), np.nan)
    for i, (kept, wrong) in enumerate(rows):
        at = np.searchsorted(kept, grid * asked[i] - 1e-9)
        reached = at < len(kept)
        risks[i, reached] = ratio(wrong[at[reached]], kept[at[reached]])
    return risks


def _kept(pool: Pool, weights: Floats) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Yield, for some draws at a time, the thresholds [thresholds] from high to low, and how many answers each keeps
    and how many errors among them [draws, thresholds]."""
    order = np.argsort(-pool.confidence, kind="stable")
    confidence, wrong = pool.confidence[order], 1 - pool.right[order]
    last = np.flatnonzero(np.append(confidence[1:] != confidence[:-1], True)) if order.size else order
    step = max(1, _AT_ONCE // max(1, order.size))
    for start in range(0, len(weights), step):
        drawn = weights[start : start + step][:, pool.group[order]]
        yield confidence[last], np.cumsum(drawn, axis=1)[:, last], np.cumsum(drawn * wrong, axis=1)[:, last]
