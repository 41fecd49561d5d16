"""What a word's letters tell, as vectors: the mean of its pretrained sub-words, and what is learnt of its outline."""

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from models.architecture import Architecture
from models.features.texts import Texts
from models.features.words import FACTS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def told_width(sizes: Architecture) -> int:
    """Return the width of what `WordEmbedding.told` gives."""
    return sizes.gram_width + sizes.shape_width + FACTS


class WordEmbedding(nn.Module):
    """Vectors of distinct words. The table of sub-words is the base's own and stays as it is; the others are learnt."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        self.lexicon = nn.EmbeddingBag(sizes.pieces, sizes.lexicon_width, mode="mean")
        self.lexicon.weight.requires_grad_(False)
        self.grams = nn.EmbeddingBag(sizes.grams, sizes.gram_width, mode="mean")
        self.shapes = nn.Embedding(sizes.shapes, sizes.shape_width)
        for table in (self.grams, self.shapes):
            nn.init.normal_(table.weight, std=0.3)

    def forward(
        self, texts: Texts, rows: "NDArray[np.int64]", hidden: "NDArray[np.bool_] | None" = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return for some rows of a table of texts the pretrained vectors, and what else is told of each word.

        The letters of `hidden` words are not seen: they have vectors of zero.
        """
        pieces, piece_begins = texts.pieces.take(rows)
        grams, gram_begins = texts.grams.take(rows)
        pretrained = self.lexicon(torch.from_numpy(pieces), torch.from_numpy(piece_begins))
        learnt = self.grams(torch.from_numpy(grams), torch.from_numpy(gram_begins))
        shapes = self.shapes(torch.from_numpy(texts.shapes[rows].astype(np.int64)))
        told = torch.cat([learnt, shapes, torch.from_numpy(texts.facts[rows])], dim=1)
        if hidden is not None:
            seen = torch.from_numpy(~hidden)[:, None].to(told.dtype)
            pretrained, told = pretrained * seen, told * seen
        return pretrained, told
