"""The network: words and their places in, a tag for every word, the first word of its row, the kind of the document.

A word enters as the mean of its sub-words' pretrained vectors beside what its outline, its facts and its place tell.
The layers are our own (`models.network.layers`), or those of a LayoutLM (Xu et al. 2020, arXiv:1912.13318) that was
made from a text encoder; its attention is told how far apart words are, as LayoutLMv2 does (Xu et al. 2021,
arXiv:2012.14740), here as waves whose weights are learnt: cos(w(a - b)) = cos(wa)cos(wb) + sin(wa)sin(wb), so that a
product of two thin matrices gives all distances.
"""

from dataclasses import dataclass
from math import pi
from typing import Any

import torch
from torch import nn

from models.architecture import Architecture
from models.features.features import STANDING
from models.features.neighbours import SIDES
from models.label_scheme import KINDS, TAGS
from models.network.embedding import told_width
from models.network.layers import PageLayers, gathered, rows_beside

_BOX_WAVES = (1, 2, 4, 8, 16, 32, 64)
"""Half turns over the page, by which a box's edges are told."""
_TURNS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""Turns over the page, by which distances are told."""
_AXES = 3
"""Left edge, right edge, middle from top to bottom."""
_PAGE_APART = 1.5
"""How far the next page lies below, in pages."""
_NEVER = -1e4
_COORDINATES = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """One batch as tensors, [windows, words, …]: `pretrained` and `told` are `WordEmbedding`'s, others `Batch`'s."""

    pretrained: torch.Tensor
    told: torch.Tensor
    boxes: torch.Tensor
    pages: torch.Tensor
    neighbours: torch.Tensor
    standing: torch.Tensor
    there: torch.Tensor


@dataclass(frozen=True, slots=True)
class Logits:
    """`tags` [windows, words, tags], `rows` [windows, words, words] (which word begins the row), `kinds`."""

    tags: torch.Tensor
    rows: torch.Tensor
    kinds: torch.Tensor


class LayoutNetwork(nn.Module):
    """Entry, layers and heads; `encoder` is a transformers `LayoutLMModel` where the sizes ask for one."""

    def __init__(self, sizes: Architecture, encoder: Any | None = None) -> None:
        super().__init__()
        self.sizes = sizes
        width = sizes.width if encoder is None else encoder.config.hidden_size
        own = told_width(sizes) + STANDING + 4 * (1 + 2 * len(_BOX_WAVES)) + 2
        self.encoder = encoder
        if encoder is None:
            told = sizes.lexicon_width + own
            self.enter = nn.Sequential(nn.Linear(told, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
            self.page = PageLayers(sizes)
        else:
            self.own = nn.Linear(own, width)
            self.near = nn.Linear(sizes.lexicon_width + own, sizes.beside_width)
            self.beside = _mixing(sizes.beside_width, width)
            nn.init.normal_(self.own.weight, std=0.02)
        heads = 0 if encoder is None else encoder.config.num_attention_heads
        self.apart = nn.Parameter(torch.zeros(heads + 1, 2 * _AXES * len(_TURNS)))
        self.tags = nn.Linear(width, len(TAGS))
        self.row_of = nn.Linear(width, sizes.row_width)
        self.row_begin = nn.Linear(width, sizes.row_width)
        self.look = nn.Linear(width, sizes.looks)
        self.kinds = nn.Sequential(nn.Linear(sizes.looks * width, width), nn.GELU(), nn.Linear(width, len(KINDS)))
        self.turns: torch.Tensor
        self.waves: torch.Tensor
        self.register_buffer("turns", 2 * pi * torch.tensor(_TURNS), persistent=False)
        self.register_buffer("waves", pi * torch.tensor(_BOX_WAVES, dtype=torch.float32), persistent=False)

    def forward(self, seen: Seen) -> Logits:
        """Return the logits of every word and window."""
        absent, apart = self._absent(seen), self._apart(seen)
        entry, state = self._through(seen, absent, apart)
        rows = self.row_of(state) @ self.row_begin(state).transpose(1, 2) / self.sizes.row_width**0.5
        return Logits(
            tags=self.tags(state),
            rows=rows + apart[:, -1] + absent[:, 0],
            kinds=self.kinds(self._gathered(entry, state, absent[:, 0, 0])),
        )

    def states(self, seen: Seen) -> torch.Tensor:
        """Return what the layers make of every word, [windows, words, width], before any head."""
        return self._through(seen, self._absent(seen), self._apart(seen))[1]

    @property
    def width(self) -> int:
        """How wide `states` are."""
        return self.tags.in_features

    def _through(self, seen: Seen, absent: torch.Tensor, apart: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return words as they enter the layers, and as they leave them."""
        own = torch.cat([seen.told, seen.standing, self._place(seen.boxes)], dim=-1)
        if self.encoder is None:
            entry = self.enter(torch.cat([seen.pretrained, own], dim=-1))
            return entry, self.page(entry, seen.boxes, seen.pages, seen.neighbours, absent)
        entry = seen.pretrained + self.own(own)
        return entry, self._through_layoutlm(seen, entry, own, apart[:, :-1] + absent)

    @staticmethod
    def _absent(seen: Seen) -> torch.Tensor:
        """Return what keeps attention from places without a word, [windows, 1, 1, words]."""
        return (1.0 - seen.there.to(seen.boxes.dtype))[:, None, None, :] * _NEVER

    def _through_layoutlm(
        self, seen: Seen, entry: torch.Tensor, own: torch.Tensor, apart: torch.Tensor
    ) -> torch.Tensor:
        """Return what the layers of a LayoutLM make of the words."""
        assert self.encoder is not None
        near = nn.functional.gelu(self.near(torch.cat([seen.pretrained, own], dim=-1)))
        beside = self.beside(torch.cat([near, gathered(near, rows_beside(seen.neighbours))], dim=-1))
        thousandths = (seen.boxes * _COORDINATES).round().long()
        state = self.encoder.embeddings(inputs_embeds=entry + beside, bbox=thousandths)
        last: torch.Tensor = self.encoder.encoder(state, apart).last_hidden_state
        return last

    def _apart(self, seen: Seen) -> torch.Tensor:
        """Return what distance adds to attention, [windows, heads + 1, words, words]; the last is for rows."""
        x0, y0, x1, y1 = seen.boxes.unbind(-1)
        edges = torch.stack([x0, x1, (y0 + y1) / 2 + seen.pages * _PAGE_APART], dim=-1)
        angles = (edges[..., None] * self.turns).flatten(2)
        sine, cosine = angles.sin(), angles.cos()
        alike, ahead = self.apart.chunk(2, dim=1)
        # weights a and b give a cos(w(i - j)) + b sin(w(i - j)); queries carry the weights, keys the bare waves
        asking = torch.cat(
            [
                alike[None, :, None] * cosine[:, None] + ahead[None, :, None] * sine[:, None],
                alike[None, :, None] * sine[:, None] - ahead[None, :, None] * cosine[:, None],
            ],
            dim=-1,
        )
        answering = torch.cat([cosine, sine], dim=-1)[:, None]
        return asking @ answering.transpose(2, 3)

    def _place(self, boxes: torch.Tensor) -> torch.Tensor:
        """Return the edges of boxes as waves over the page, with width and height."""
        waves = (boxes[..., None] * self.waves).flatten(2)
        size = torch.stack([boxes[..., 2] - boxes[..., 0], (boxes[..., 3] - boxes[..., 1]) * 20], dim=-1)
        return torch.cat([boxes, waves.sin(), waves.cos(), size], dim=-1)

    def _gathered(self, entry: torch.Tensor, state: torch.Tensor, absent: torch.Tensor) -> torch.Tensor:
        """Return one vector a window: its words, weighed in several ways by how telling they are.

        Which words tell the kind is seen from all of the page, what they tell from their own letters: a page that looks
        like an invoice and is headed "Credit note" is none.
        """
        weight = (self.look(state) + absent[..., None]).softmax(1)
        gathered_words: torch.Tensor = (weight.transpose(1, 2) @ entry).flatten(1)
        return gathered_words


def _mixing(beside: int, width: int) -> nn.Sequential:
    """Return what mixes a word with its neighbours before a LayoutLM's layers; at first it adds almost nothing."""
    last = nn.Linear(width, width)
    nn.init.normal_(last.weight, std=0.02)
    nn.init.zeros_(last.bias)
    return nn.Sequential(nn.Linear((SIDES + 1) * beside, width), nn.GELU(), last)
