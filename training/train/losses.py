"""What is learnt: the tag of every word, the word that begins its row, the kind of the document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.features.texts import Texts
from training.train.examples import IGNORED
from training.train.lots import Lot, Piece, lot_of
from training.train.settings import TrainSettings

if TYPE_CHECKING:
    import torch
    from numpy.random import Generator
    from numpy.typing import NDArray

    from models.network.model import LayoutModel
    from models.network.network import Logits


class Labels:
    """Learns what documents are labelled with."""

    heads = None

    def __init__(self, model: "LayoutModel", texts: Texts, settings: TrainSettings) -> None:
        self._model, self._texts, self._settings = model, texts, settings

    def losses(self, pieces: Sequence[Piece], chance: "Generator") -> "dict[str, torch.Tensor]":
        """Return the losses of some windows, with pages moved and some words hidden."""
        lot = lot_of(pieces, self._settings, chance)
        return losses_of(self._model(self._texts, lot.batch, lot.hidden), lot, self._settings)


def losses_of(logits: "Logits", lot: Lot, settings: TrainSettings) -> "dict[str, torch.Tensor]":
    """Return weighted cross-entropies, each a mean over what is known; their sum is what becomes small."""
    return {
        "tags": _cross_entropy(logits.tags, lot.tags, settings.smoothing),
        "rows": settings.row_weight * _cross_entropy(logits.rows, lot.begins, 0.0),
        "kinds": settings.kind_weight * _cross_entropy(logits.kinds, lot.kinds, settings.smoothing),
    }


def _cross_entropy(logits: "torch.Tensor", wanted: "NDArray[np.int64]", smoothing: float) -> "torch.Tensor":
    import torch
    from torch.nn import functional

    known = torch.from_numpy(wanted != IGNORED).reshape(-1)
    if not bool(known.any()):
        return logits.sum() * 0.0
    chosen = logits.reshape(-1, logits.shape[-1])[known]
    target = torch.from_numpy(wanted).reshape(-1)[known]
    return functional.cross_entropy(chosen, target, label_smoothing=smoothing)
