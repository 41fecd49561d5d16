"""What is learnt of a page without labels: which words are hidden, and where displaced ones stand.

There is no vocabulary to choose a word from. A hidden word's pretrained vector is guessed instead, and has to be nearer
to the guess than those of the other hidden words of the step (InfoNCE, van den Oord et al. 2018, arXiv:1807.03748).
Numbers are alike in these vectors; their outline and what they plainly are tell them apart. Guessing places is the
masked position modelling of LayoutMask (Tu et al. 2023, arXiv:2305.18721).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.features.batches import batch_of
from models.features.texts import Texts
from training.pretrain.heads import heads_of, place_of
from training.pretrain.masking import masked
from training.pretrain.settings import PretrainSettings
from training.train.lots import Piece, moved

if TYPE_CHECKING:
    import torch
    from numpy.random import Generator
    from numpy.typing import NDArray

    from models.network.model import LayoutModel

_NEAR = 0.05
"""A place that is so near, in parts of the page, is nearly right: from there on its error counts squared."""


class MaskedPages:
    """Learns to guess hidden words and the places of displaced ones."""

    def __init__(self, model: "LayoutModel", texts: Texts, settings: PretrainSettings) -> None:
        self.heads = heads_of(model.network.width, model.sizes)
        self._model, self._texts, self._settings = model, texts, settings

    def losses(self, pieces: Sequence[Piece], chance: "Generator") -> "dict[str, torch.Tensor]":
        """Return the weighted losses of some windows, with pages moved."""
        import torch
        from torch.nn import functional

        settings, model = self._settings, self._model
        batch = batch_of([piece.window for piece in pieces])
        batch = replace(batch, boxes=moved(batch, settings.moved, chance))
        shown = masked(batch, settings, chance, layout=model.sizes.layout)
        states = model.network.states(model.seen(self._texts, shown.batch, shown.hidden))
        unseen = states[torch.from_numpy(shown.hidden)]
        words = batch.words[shown.hidden]
        losses = {
            "letters": self._letters(unseen, words),
            "outline": settings.outline_weight * self._outline(unseen, words),
            "facts": settings.fact_weight * self._facts(unseen, words),
        }
        if shown.displaced.any():
            lost = states[torch.from_numpy(shown.displaced)]
            boxes = torch.from_numpy(batch.boxes[shown.displaced])
            losses["places"] = settings.place_weight * functional.smooth_l1_loss(
                self.heads["place"](lost), place_of(boxes), beta=_NEAR
            )
        return losses

    def _letters(self, unseen: "torch.Tensor", words: "NDArray[np.int64]") -> "torch.Tensor":
        """Return how hard each word's pretrained vector is to tell from those of the other hidden words."""
        import torch
        from torch.nn import functional

        firsts, which = distinct(self._texts, words)
        pieces, begins = self._texts.pieces.take(firsts)
        with torch.no_grad():
            vectors = self._model.words.lexicon(torch.from_numpy(pieces), torch.from_numpy(begins))
        guesses = functional.normalize(self.heads["letters"](unseen), dim=-1)
        nearness = guesses @ functional.normalize(vectors, dim=-1).T
        return functional.cross_entropy(nearness / self._settings.temperature, torch.from_numpy(which))

    def _outline(self, unseen: "torch.Tensor", words: "NDArray[np.int64]") -> "torch.Tensor":
        import torch
        from torch.nn import functional

        outlines = torch.from_numpy(self._texts.shapes[words].astype(np.int64))
        return functional.cross_entropy(self.heads["outline"](unseen), outlines)

    def _facts(self, unseen: "torch.Tensor", words: "NDArray[np.int64]") -> "torch.Tensor":
        import torch
        from torch.nn import functional

        facts = torch.from_numpy(np.clip(self._texts.facts[words], 0.0, 1.0))
        return functional.binary_cross_entropy_with_logits(self.heads["facts"](unseen), facts)


def distinct(texts: Texts, words: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Return one word for every distinct run of sub-words among some, and which of them each is.

    Words that differ only in digits or case have the same sub-words, and so the same vector.
    """
    values, starts = texts.pieces.values, texts.pieces.starts
    numbers: dict[bytes, int] = {}
    firsts: list[int] = []
    which = np.empty(len(words), dtype=np.int64)
    for place, word in enumerate(words.tolist()):
        run = values[starts[word] : starts[word + 1]].tobytes()
        which[place] = numbers.setdefault(run, len(firsts))
        if which[place] == len(firsts):
            firsts.append(word)
    return np.array(firsts, dtype=np.int64), which
