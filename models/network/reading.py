"""Reads documents with the network in PyTorch, as training's judges do; the service reads with `models.runtime`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from models.features.batches import Batch
from models.features.features import features_of
from models.features.lexicon import Lexicon
from models.features.texts import Texts, Vocabulary
from models.network.model import LayoutModel
from models.reading import scores_of
from models.scores import Scores
from pipeline.domain.document import Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class TorchReader:
    """Scores documents with a model in memory."""

    def __init__(self, model: LayoutModel, lexicon: Lexicon) -> None:
        self._model = model.eval()
        self._lexicon = lexicon

    def scores(self, pages: Sequence[Page]) -> Scores:
        """Return the scores of every word of every page."""
        vocabulary = Vocabulary()
        numbers = vocabulary.number(word.text for page in pages for word in page.words)
        texts = vocabulary.texts(self._lexicon, self._model.sizes)
        return scores_of(features_of(pages, numbers), lambda batch: self._run(texts, batch), self._model.sizes)

    def _run(
        self, texts: Texts, batch: Batch
    ) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]":
        with torch.inference_mode():
            logits = self._model(texts, batch)
        return logits.tags.numpy(), logits.rows.numpy(), logits.kinds.numpy()
