"""Probabilities of rows by a calibration that saw no row of their group."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.calibration import Calibration
from training.calibrate.fit import Prior, fit
from training.calibrate.maps import best
from training.calibrate.reliability import log_losses
from training.calibrate.rows import Judged
from training.calibrate.weights import alike

FOLDS = 10
BY_HAND = "by hand"
"""What is chosen where the fit is worse than no fit."""
_FEW_ROWS, _FEW_GROUPS, _FEW_WRONG = 300, 30, 30


class TooFewGroups(ValueError):
    """Rows of less than two groups: nothing can be said of groups that were not seen."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration of all rows, and each row's probability, in order, by one that saw nothing of its group.

    `chosen` names the map; `warnings` are sentences for people.
    """

    calibration: Calibration
    out_of_fold: NDArray[np.float64]
    chosen: str
    warnings: tuple[str, ...]


def cross_fit(rows: Sequence[Judged], prior: Prior | None = None, folds: int = FOLDS, seed: int = 0) -> Fitted:
    """Fit on all rows, and on all but each of `folds` parts of the groups. Raises TooFewGroups.

    Where what was fitted says less of groups it did not see than the weights set by hand do (log loss), those stay.
    """
    from sklearn.model_selection import GroupKFold

    names = sorted({row.group for row in rows})
    if len(names) < 2:
        raise TooFewGroups(f"{len(rows)} rows of {len(names)} groups: at least two groups are needed.")
    number = {name: i for i, name in enumerate(names)}
    groups = np.array([number[row.group] for row in rows])
    parts = GroupKFold(min(folds, len(names)), shuffle=True, random_state=seed)
    fold_of, plain = np.empty(len(rows), dtype=int), np.empty(len(rows))
    for fold, (others, here) in enumerate(parts.split(rows, groups=groups)):
        calibration = fit([rows[i] for i in others], prior)
        fold_of[here] = fold
        plain[here] = probabilities(calibration, [rows[i] for i in here])
    right = np.array([row.right for row in rows])
    chosen, straighten, mapped = best(plain, right, alike(rows), groups, fold_of)
    warnings = _warnings(rows)
    whole = straighten.into(fit(rows, prior))
    by_hand = probabilities(Calibration.none(), rows)
    if log_losses(mapped, right).mean() > log_losses(by_hand, right).mean():
        chosen, mapped = BY_HAND, by_hand
        warnings.append(
            "What these rows teach is worse for groups that were not seen than the weights set by hand, which stay:"
            " judge documents of more senders."
        )
    fitted = {**whole.fitted, "map": chosen, "warnings": warnings}
    whole = replace(Calibration.none() if chosen == BY_HAND else whole, fitted=fitted)
    return Fitted(whole, mapped, chosen, tuple(warnings))


def probabilities(calibration: Calibration, rows: Sequence[Judged]) -> NDArray[np.float64]:
    """Return what a calibration says of each row, in their order."""
    return np.array([calibration.probability(row.name, row.evidence, row.band) for row in rows])


def _warnings(rows: Sequence[Judged]) -> list[str]:
    groups, wrong = len({row.group for row in rows}), sum(not row.right for row in rows)
    said = []
    if len(rows) < _FEW_ROWS:
        said.append(f"Only {len(rows)} rows: the probabilities lean on weights set by hand; {_FEW_ROWS} are wanted.")
    if groups < _FEW_GROUPS:
        said.append(f"Only {groups} groups: figures for unseen senders are rough; {_FEW_GROUPS} are wanted.")
    if min(wrong, len(rows) - wrong) < _FEW_WRONG:
        fewer = "wrong" if wrong <= len(rows) - wrong else "right"
        said.append(f"Only {min(wrong, len(rows) - wrong)} values are {fewer}: {_FEW_WRONG} are wanted.")
    return said
