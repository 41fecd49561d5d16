"""What is learnt: the tag of every word, the word that begins its row, the kind of the document."""

from typing import TYPE_CHECKING

import numpy as np

from training.train.examples import IGNORED
from training.train.lots import Lot
from training.train.settings import TrainSettings

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from models.network.network import Logits


def loss_of(logits: "Logits", lot: Lot, settings: TrainSettings) -> "torch.Tensor":
    """Return the weighted sum of cross-entropies, each a mean over what is known."""
    tags = _cross_entropy(logits.tags, lot.tags, settings.smoothing)
    rows = _cross_entropy(logits.rows, lot.begins, 0.0)
    kinds = _cross_entropy(logits.kinds, lot.kinds, settings.smoothing)
    return tags + settings.row_weight * rows + settings.kind_weight * kinds


def _cross_entropy(logits: "torch.Tensor", wanted: "NDArray[np.int64]", smoothing: float) -> "torch.Tensor":
    import torch
    from torch.nn import functional

    known = torch.from_numpy(wanted != IGNORED).reshape(-1)
    if not bool(known.any()):
        return logits.sum() * 0.0
    chosen = logits.reshape(-1, logits.shape[-1])[known]
    target = torch.from_numpy(wanted).reshape(-1)[known]
    return functional.cross_entropy(chosen, target, label_smoothing=smoothing)
