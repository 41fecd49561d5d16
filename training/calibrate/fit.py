"""Fits the logistic regression of a calibration, held back by what is believed before any row is seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.calibration import Calibration
from models.calibration.terms import TERMS, terms_of
from pipeline.domain.document import QualityBand
from training.calibrate.rows import Judged
from training.calibrate.weights import alike

Numbers = NDArray[np.float64]

_SAME = 1e-6
"""A term whose standard deviation over the rows is less tells nothing."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What holds the fit back.

    The weights of the terms (each divided by its standard deviation), and the offsets of names and of bands, are drawn
    from normal distributions around 0 with these standard deviations, in log-odds: so an offset of a name with few rows
    stays near the common one. `imagined` so many rows, spread over the real ones, are right as often as
    `Calibration.none()` says: few rows give that one (Clogg et al. 1991, doi:10.2307/2290556), and rows that are all
    right do not make a probability of 1.
    """

    terms: float = 1.0
    names: float = 0.5
    bands: float = 0.5
    imagined: float = 10.0


def fit(rows: Sequence[Judged], prior: Prior | None = None) -> Calibration:
    """Return a calibration without a map. Raises ValueError where there are no rows.

    A weight whose sign says that more evidence makes a value less probable is chance or the shadow of another term: the
    most wrong one is left out and the others are fitted again, until none is left.
    """
    if not rows:
        raise ValueError("There are no rows to fit a calibration on.")
    prior = prior or Prior()
    terms = np.array([terms_of(row.evidence) for row in rows])
    weights, right = alike(rows), np.array([row.right for row in rows], dtype=float)
    imagined = weights / weights.sum() * prior.imagined
    unfitted = Calibration.none()
    expected = np.array([unfitted.probability(r.name, r.evidence, r.band) for r in rows])
    counts = np.concatenate([weights * right + imagined * expected, weights * (1 - right) + imagined * (1 - expected)])

    names, bands = sorted({row.name for row in rows}), [b for b in QualityBand if any(r.band is b for r in rows)]
    offsets = np.hstack(
        [
            np.array([[row.name == name for name in names] for row in rows]) * prior.names,
            np.array([[row.band is band for band in bands] for row in rows]) * prior.bands,
        ]
    )
    middle, spread = _moments(terms, weights)
    scaled = (terms - middle) / spread * prior.terms
    kept = np.array([j for j in range(len(TERMS)) if np.ptp(terms[:, j]) > _SAME], dtype=int)
    signs = np.array(list(TERMS.values()))
    while True:
        common, found = _regression(np.hstack([scaled[:, kept], offsets]), counts)
        against = signs[kept] * found[: len(kept)]
        if not len(kept) or against.min() >= 0:
            break
        kept = np.delete(kept, against.argmin())

    per_term = np.zeros(len(TERMS))
    per_term[kept] = found[: len(kept)] * prior.terms / spread[kept]
    per_offset = found[len(kept) :] * np.repeat([prior.names, prior.bands], [len(names), len(bands)])
    return Calibration(
        common=float(common - per_term @ middle),
        weights=tuple(map(float, per_term)),
        names=dict(zip(names, map(float, per_offset), strict=False)),
        bands=dict(zip((b.value for b in bands), map(float, per_offset[len(names) :]), strict=True)),
        knots=(),
        fitted={
            "rows": len(rows),
            "documents": len({row.document for row in rows}),
            "groups": len({row.group for row in rows}),
            "effective_rows": round(float(weights.sum()), 1),
        },
    )


def _moments(terms: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Return the weighted mean and standard deviation of each term, 1 for one that is always the same."""
    share = weights / weights.sum()
    middle: Numbers = share @ terms
    spread: Numbers = np.sqrt(share @ (terms - middle) ** 2)
    return middle, np.where(spread > _SAME, spread, 1.0)


def _regression(columns: Numbers, counts: Numbers) -> tuple[float, Numbers]:
    """Return intercept and weights; each row counts `counts` right and, in the second half, wrong.

    With weights of rows that add up to their number, C = 1 is a normal prior of standard deviation 1 for each weight.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-6, max_iter=100)
    right = np.repeat([1, 0], len(columns))
    # Matrices this small are slower on several threads, and far slower where other processes use the cores.
    with threadpool_limits(1):
        model.fit(np.vstack([columns, columns]), right, sample_weight=counts)
    return float(model.intercept_[0]), np.asarray(model.coef_[0], dtype=float)
