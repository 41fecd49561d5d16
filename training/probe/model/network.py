"""The model: a small transformer over words that knows where they stand, with no weights but its own.

A word is the mean of its hashed pieces beside its shape, its facts and its box. Every layer first looks at the four
neighbours, every other one then at all words of the window, by attention whose queries and keys are turned by the
word's place in both directions (rotary embedding), so that only distances count.
"""

from collections.abc import Iterator
from math import pi
from typing import TYPE_CHECKING

from models.features.neighbours import SIDES
from models.label_scheme import TAGS
from pipeline.domain.vocabulary import Kind
from training.probe.model.batches import Batch
from training.probe.model.features import EXTRA
from training.probe.settings import ProbeSettings

if TYPE_CHECKING:
    import torch
    from torch import nn

KINDS: tuple[Kind, ...] = tuple(Kind)
_BOX_WAVES = (1, 2, 4, 8, 16, 32, 64)  # half turns over the page, by which a box's edges are told
_PAGE_APART = 1.5  # how far the next page lies below, in pages
_LOOKS = 4  # in how many ways the words of a window are weighed to tell its kind
_SLOWEST, _FASTEST = 0.5, 64.0  # turns over the page of rotary embedding


class Network:
    """The model. `parts` are its weights; calling `tag` gives logits for words and for the kind of each window."""

    def __init__(self, settings: ProbeSettings) -> None:
        import torch
        from torch import nn

        self.settings = settings
        width = settings.width
        told = settings.gram_width + settings.shape_width + EXTRA + 4 * (1 + 2 * len(_BOX_WAVES)) + 2
        self.parts = nn.ModuleDict(
            {
                "grams": nn.EmbeddingBag(settings.gram_buckets, settings.gram_width, mode="mean"),
                "shapes": nn.Embedding(settings.shape_buckets, settings.shape_width),
                "enter": nn.Sequential(nn.Linear(told, 2 * width), nn.GELU(), nn.Linear(2 * width, width)),
                "layers": nn.ModuleList(
                    _layer(settings, attends=(n + 1) % settings.attend_every == 0) for n in range(settings.layers)
                ),
                "leave": nn.LayerNorm(width),
                "tags": nn.Linear(width, len(TAGS)),
                "look": nn.Linear(width, _LOOKS),
                "kinds": nn.Sequential(nn.Linear(_LOOKS * width, width), nn.GELU(), nn.Linear(width, len(KINDS))),
            }
        )
        for name in ("grams", "shapes"):
            for weight in self.parts[name].parameters():
                nn.init.normal_(weight, std=0.3)
        pairs = width // settings.heads // 4
        self._turns = 2 * pi * torch.logspace(0, 1, pairs, base=_FASTEST / _SLOWEST) * _SLOWEST

    def tag(self, batch: Batch) -> "tuple[torch.Tensor, torch.Tensor]":
        """Return tag logits (words × tags) and kind logits (windows × kinds)."""
        import torch

        parts = self.parts
        words = torch.cat(
            [
                parts["grams"](batch.grams, batch.starts),
                parts["shapes"](batch.shapes),
                batch.extra,
                _place(batch.boxes),
            ],
            dim=1,
        )
        state = parts["enter"](words)
        turning = self._turning(batch)
        for layer in self._layers():
            state = state + self._beside(layer, state, batch)
            if "around" in layer:
                state = state + self._around(layer, state, batch, turning)
            state = state + layer["think"](state)
        state = parts["leave"](state)
        return parts["tags"](state), parts["kinds"](self._gathered(state, batch))

    def _layers(self) -> "Iterator[nn.ModuleDict]":
        yield from self.parts["layers"].children()  # type: ignore[misc]

    def _beside(self, layer: "nn.ModuleDict", state: "torch.Tensor", batch: Batch) -> "torch.Tensor":
        """Return what the four neighbours add."""
        padded = _padded(layer["beside_norm"](state), batch, extra=1)
        seen: torch.Tensor = layer["beside"](padded[batch.neighbours].flatten(1))
        return seen

    def _around(
        self,
        layer: "nn.ModuleDict",
        state: "torch.Tensor",
        batch: Batch,
        turning: "tuple[torch.Tensor, torch.Tensor]",
    ) -> "torch.Tensor":
        """Return what attention to the whole window adds."""
        from torch.nn import functional

        heads, rows, length = self.settings.heads, batch.rows, batch.length
        asked = _padded(layer["query_key_value"](layer["around_norm"](state)), batch)
        query, key, value = asked.view(rows, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(
            _turned(query, turning), _turned(key, turning), value, attn_mask=_there(batch)
        )
        flat = seen.transpose(1, 2).reshape(rows * length, -1)[batch.slots]
        out: torch.Tensor = layer["around"](flat)
        return out

    def _turning(self, batch: Batch) -> "tuple[torch.Tensor, torch.Tensor]":
        """Return sine and cosine of every word's turns: half of the heads see left edges, the others right edges."""
        import torch

        x0, y0, x1, y1 = batch.boxes.unbind(1)
        down = (y0 + y1) / 2 + batch.pages * _PAGE_APART
        left = torch.cat([x0[:, None] * self._turns, down[:, None] * self._turns], dim=1)
        right = torch.cat([x1[:, None] * self._turns, down[:, None] * self._turns], dim=1)
        heads = torch.stack([left if head % 2 else right for head in range(self.settings.heads)], dim=1)
        angles = _padded(heads.flatten(1), batch).view(batch.rows, batch.length, self.settings.heads, -1)
        angles = angles.transpose(1, 2)
        return angles.sin(), angles.cos()

    def _gathered(self, state: "torch.Tensor", batch: Batch) -> "torch.Tensor":
        """Return one vector a window: its words, weighed in several ways by how telling they are."""
        there = _there(batch)[:, 0, 0, :, None]
        weight = _padded(self.parts["look"](state), batch).view(batch.rows, batch.length, _LOOKS)
        weight = weight.float().masked_fill(~there, -1e4).softmax(1).to(state.dtype)
        padded = _padded(state, batch).view(batch.rows, batch.length, -1)
        return (weight.transpose(1, 2) @ padded).flatten(1)


def _layer(settings: ProbeSettings, *, attends: bool) -> "nn.ModuleDict":
    from torch import nn

    width = settings.width
    attention = {
        "around_norm": nn.LayerNorm(width),
        "query_key_value": nn.Linear(width, 3 * width),
        "around": nn.Linear(width, width),
    }
    return nn.ModuleDict(
        {
            "beside_norm": nn.LayerNorm(width),
            "beside": nn.Sequential(nn.Linear(SIDES * width, width), nn.GELU(), nn.Linear(width, width)),
            **(attention if attends else {}),
            "think": nn.Sequential(
                nn.LayerNorm(width),
                nn.Linear(width, 3 * width),
                nn.GELU(),
                nn.Linear(3 * width, width),
                nn.Dropout(settings.dropout),
            ),
        }
    )


def _place(boxes: "torch.Tensor") -> "torch.Tensor":
    """Return the edges of boxes as waves over the page, with width and height."""
    import torch

    waves = boxes[:, :, None] * (pi * torch.tensor(_BOX_WAVES))
    size = torch.stack([boxes[:, 2] - boxes[:, 0], (boxes[:, 3] - boxes[:, 1]) * 20], dim=1)
    return torch.cat([boxes, waves.sin().flatten(1), waves.cos().flatten(1), size], dim=1)


def _padded(state: "torch.Tensor", batch: Batch, extra: int = 0) -> "torch.Tensor":
    """Return words put into their slots, zeros elsewhere, and `extra` rows of zeros behind."""
    return state.new_zeros(batch.rows * batch.length + extra, state.shape[1]).index_copy(0, batch.slots, state)


def _there(batch: Batch) -> "torch.Tensor":
    """Return which slots hold words, shaped for attention."""
    import torch

    there = torch.zeros(batch.rows * batch.length, dtype=torch.bool)
    there[batch.slots] = True
    return there.view(batch.rows, 1, 1, batch.length)


def _turned(vectors: "torch.Tensor", turning: "tuple[torch.Tensor, torch.Tensor]") -> "torch.Tensor":
    """Return vectors turned pair by pair, as rotary embedding does."""
    import torch

    sine, cosine = turning
    sine, cosine = sine.to(vectors.dtype), cosine.to(vectors.dtype)
    one, other = vectors.chunk(2, dim=-1)
    return torch.cat([one * cosine - other * sine, one * sine + other * cosine], dim=-1)
