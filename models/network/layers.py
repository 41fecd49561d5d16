"""Layers made for pages: a word looks at its four neighbours first, and at all words by where they stand.

What labels a value stands beside it or above it, so every layer begins by mixing a word with the words left, right,
above and below; every other layer then attends to the whole window. Queries and keys are turned by the word's place in
both directions (rotary embedding, Su et al. 2021, arXiv:2104.09864, in two dimensions), so that only distances count:
half of the heads see left edges, the others right edges.
"""

from math import pi

import torch
from torch import nn

from models.architecture import Architecture
from models.features.neighbours import SIDES

_PAGE_APART = 1.5
"""How far the next page lies below, in pages."""
_SLOWEST, _FASTEST = 0.5, 64.0
"""Turns over the page of rotary embedding."""
_ATTENDS_EVERY = 2


class PageLayers(nn.Module):
    """A transformer over the words of a page, normalised before each part, with neighbours."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        width, heads = sizes.width, sizes.heads
        self.heads = heads
        self.layers = nn.ModuleList(
            _PageLayer(width, heads, attends=(number + 1) % _ATTENDS_EVERY == 0) for number in range(sizes.layers)
        )
        self.leave = nn.LayerNorm(width)
        pairs = width // heads // 4
        turns = 2 * pi * torch.logspace(0, 1, pairs, base=_FASTEST / _SLOWEST) * _SLOWEST
        self.turns: torch.Tensor
        self.register_buffer("turns", turns, persistent=False)

    def forward(
        self,
        state: torch.Tensor,
        boxes: torch.Tensor,
        pages: torch.Tensor,
        neighbours: torch.Tensor,
        absent: torch.Tensor,
    ) -> torch.Tensor:
        """Return a vector for every word, [windows, words, width].

        `absent` is [windows, 1, 1, words], far below zero where there is no word.
        """
        turning = self._turning(boxes, pages)
        beside = rows_beside(neighbours)
        for layer in self.layers:
            state = layer(state, beside, turning, absent)
        left: torch.Tensor = self.leave(state)
        return left

    def _turning(self, boxes: torch.Tensor, pages: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return sine and cosine of every word's turns, [windows, heads, words, half a head]."""
        x0, y0, x1, y1 = boxes.unbind(-1)
        down = ((y0 + y1) / 2 + pages * _PAGE_APART)[..., None] * self.turns
        left = torch.cat([x0[..., None] * self.turns, down], dim=-1)
        right = torch.cat([x1[..., None] * self.turns, down], dim=-1)
        angles = torch.stack([left if head % 2 else right for head in range(self.heads)], dim=1)
        return angles.sin(), angles.cos()


class _PageLayer(nn.Module):
    """One layer: neighbours, perhaps attention, then each word by itself."""

    def __init__(self, width: int, heads: int, *, attends: bool) -> None:
        super().__init__()
        self.heads, self.width = heads, width
        self.beside_norm = nn.LayerNorm(width)
        self.beside = nn.Sequential(nn.Linear(SIDES * width, width), nn.GELU(), nn.Linear(width, width))
        self.attends = attends
        if attends:
            self.around_norm = nn.LayerNorm(width)
            self.query_key_value = nn.Linear(width, 3 * width)
            self.around = nn.Linear(width, width)
        self.think = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.GELU(), nn.Linear(3 * width, width)
        )

    def forward(
        self,
        state: torch.Tensor,
        beside: torch.Tensor,
        turning: tuple[torch.Tensor, torch.Tensor],
        absent: torch.Tensor,
    ) -> torch.Tensor:
        state = state + self.beside(gathered(self.beside_norm(state), beside))
        if self.attends:
            state = state + self._look_around(self.around_norm(state), turning, absent)
        thought: torch.Tensor = state + self.think(state)
        return thought

    def _look_around(
        self, state: torch.Tensor, turning: tuple[torch.Tensor, torch.Tensor], absent: torch.Tensor
    ) -> torch.Tensor:
        windows, length, _ = state.shape
        each = self.width // self.heads
        parts = self.query_key_value(state).view(windows, length, 3, self.heads, each)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        query, key = _turned(query * each**-0.5, turning), _turned(key, turning)
        weights = query @ key.transpose(2, 3) + absent
        seen = (weights.softmax(-1) @ value).transpose(1, 2).reshape(windows, length, self.width)
        around: torch.Tensor = self.around(seen)
        return around


def rows_beside(neighbours: torch.Tensor) -> torch.Tensor:
    """Return where the neighbours of all words are when the words of all windows, and one without letters at the end of
    each, are put one after another: [windows × words × SIDES], from `neighbours` [windows, words, SIDES]."""
    windows, length, _ = neighbours.shape
    begins = torch.arange(windows, device=neighbours.device) * (length + 1)
    return (neighbours + begins[:, None, None]).flatten()


def gathered(state: torch.Tensor, beside: torch.Tensor) -> torch.Tensor:
    """Return the vectors of each word's neighbours side by side, zeros where there is none.

    `state` is [windows, words, width], `beside` from `rows_beside`; the result is [windows, words, SIDES × width].
    """
    windows, length, width = state.shape
    with_none = nn.functional.pad(state, (0, 0, 0, 1)).view(-1, state.shape[2])
    return with_none.index_select(0, beside).view(windows, length, SIDES * width)


def _turned(vectors: torch.Tensor, turning: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Return vectors turned pair by pair."""
    sine, cosine = turning
    one, other = vectors.chunk(2, dim=-1)
    return torch.cat([one * cosine - other * sine, one * sine + other * cosine], dim=-1)
