"""Which words of a step are hidden, and which are taken from their place.

Words are hidden whole, mostly in runs of neighbours, for a single word of a phrase is told by the rest of it. Their
place is kept: what is to be learnt is which words stand where. Of other words the place is taken, and what tells it:
the box becomes the whole page, no word is beside them, and they are beside no word.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from models.features.batches import BELOW, RIGHT, Batch
from models.features.neighbours import SIDES

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from training.pretrain.settings import PretrainSettings

WHOLE_PAGE = (0.0, 0.0, 1.0, 1.0)
"""The box of a word without a place; no printed word has it."""
_NO_GAP = 1.0
"""How far away a word is that is not there, as `models.features` has it."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A batch as the network is shown it, and the words to guess, [windows, words]: their letters, their place."""

    batch: Batch
    hidden: "NDArray[np.bool_]"
    displaced: "NDArray[np.bool_]"


def masked(batch: Batch, settings: "PretrainSettings", chance: "Generator", *, layout: bool = True) -> Masked:
    """Return a batch with words hidden and displaced; without `layout` there is no place to guess."""
    hidden = hidden_runs(batch, settings, chance)
    drawn = chance.random(batch.there.shape) < settings.displaced
    displaced = drawn & batch.there & ~hidden if layout else np.zeros_like(hidden)
    return Masked(without_place(batch, displaced), hidden, displaced)


def hidden_runs(batch: Batch, settings: "PretrainSettings", chance: "Generator") -> "NDArray[np.bool_]":
    """Return which words are hidden: in every window at least one, and little more than their share."""
    windows, length = batch.there.shape
    hidden = np.zeros((windows, length), dtype=np.bool_)
    for window, count in enumerate(batch.there.sum(1).tolist()):
        wanted = max(1, round(settings.hidden * count))
        while hidden[window].sum() < wanted:
            word = int(chance.integers(count))
            side = BELOW if chance.random() < settings.below else RIGHT
            for _ in range(chance.geometric(1 / settings.run)):
                hidden[window, word] = True
                word = int(batch.neighbours[window, word, side])
                if word == length:
                    break
    return hidden


def without_place(batch: Batch, displaced: "NDArray[np.bool_]") -> Batch:
    """Return a batch in which nothing tells where some words stand but that they are on their page."""
    windows, length = displaced.shape
    ends = np.concatenate([displaced, np.zeros((windows, 1), dtype=np.bool_)], axis=1)
    to_one = ends[np.arange(windows)[:, None, None], batch.neighbours]
    cut = to_one | displaced[..., None]
    standing = batch.standing.copy()
    standing[..., :SIDES][cut] = _NO_GAP
    standing[..., SIDES][displaced] = 0.0  # how large it is beside others, which tells the height of the box
    return replace(
        batch,
        boxes=np.where(displaced[..., None], np.array(WHOLE_PAGE, dtype=np.float32), batch.boxes),
        neighbours=np.where(cut, length, batch.neighbours),
        standing=standing,
    )
