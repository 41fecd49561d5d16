"""How much each row counts, so that a sender of many documents does not outvote the others."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.calibrate.rows import Judged


def alike(rows: Sequence[Judged]) -> NDArray[np.float64]:
    """Return a weight a row: every group's add up to the same, and all of them to the effective number of rows.

    That number is Kish's, (sum of weights)² / sum of squared weights: what unequal weights leave of the rows. Priors
    are then as strong, against the rows, as so many rows deserve.
    """
    sizes = Counter(row.group for row in rows)
    raw = np.array([1 / sizes[row.group] for row in rows])
    return raw * (raw.sum() / (raw**2).sum()) if rows else raw
