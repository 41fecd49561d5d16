"""The whole model: vectors of words and the network over them, made from a base or read from its start."""

from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from models.architecture import Architecture
from models.features.batches import Batch
from models.features.texts import Texts
from models.network.embedding import WordEmbedding
from models.network.network import LayoutNetwork, Logits, Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


LAYOUTLM, PAGE = "layoutlm", "page"
"""The layers that a model may have."""


class LayoutModel(nn.Module):
    """Texts and batches in, logits out."""

    def __init__(self, sizes: Architecture, encoder: Any | None = None) -> None:
        super().__init__()
        self.sizes = sizes
        self.words = WordEmbedding(sizes)
        self.network = LayoutNetwork(sizes, encoder)

    @property
    def encoder_config(self) -> dict[str, Any] | None:
        """The configuration of its LayoutLM, None where its layers are our own."""
        encoder = self.network.encoder
        return None if encoder is None else dict(encoder.config.to_dict())

    def forward(self, texts: Texts, batch: Batch, hidden: "NDArray[np.bool_] | None" = None) -> Logits:
        """Return the logits of a batch; the letters of `hidden` words, [windows, words], are not seen."""
        logits: Logits = self.network(self.seen(texts, batch, hidden))
        return logits

    def seen(self, texts: Texts, batch: Batch, hidden: "NDArray[np.bool_] | None" = None) -> Seen:
        """Return a batch as the network takes it."""
        windows, length = batch.words.shape
        flat = None if hidden is None else hidden.reshape(-1)
        pretrained, told = self.words(texts, batch.words.reshape(-1), flat)
        return Seen(
            pretrained.view(windows, length, -1),
            told.view(windows, length, -1),
            torch.from_numpy(batch.boxes),
            torch.from_numpy(batch.pages),
            torch.from_numpy(batch.neighbours),
            torch.from_numpy(batch.standing),
            torch.from_numpy(batch.there),
        )


def model_from_base(encoder: Any, sizes: Architecture) -> LayoutModel:
    """Return a new model with the sub-words of a transformers `LayoutLMModel`, and its layers where the sizes ask so.

    The encoder's own table of sub-words goes over to the model: its tokens are words.
    """
    table = encoder.embeddings.word_embeddings.weight.detach().clone()
    model = LayoutModel(sizes, without_words(encoder) if sizes.encoder == LAYOUTLM else None)
    model.words.lexicon.weight.data.copy_(table)
    return model


def empty_model(sizes: Architecture, config: dict[str, Any] | None) -> LayoutModel:
    """Return a model with random weights; `config` is its encoder's where that is a LayoutLM."""
    return LayoutModel(sizes, empty_encoder(config) if config else None)


def without_words(encoder: Any) -> Any:
    """Return the encoder with a table of one sub-word and no pooler, which nothing asks."""
    width = encoder.config.hidden_size
    encoder.config.vocab_size, encoder.config.pad_token_id = 1, 0
    encoder.embeddings.word_embeddings = nn.Embedding(1, width)
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    encoder.pooler = None
    return encoder


def empty_encoder(config: dict[str, Any]) -> Any:
    """Return an encoder of a `config.json` with random weights, as `without_words` leaves it."""
    from transformers import LayoutLMConfig, LayoutLMModel

    return without_words(LayoutLMModel(LayoutLMConfig(**{**config, "vocab_size": 1, "pad_token_id": 0})))
