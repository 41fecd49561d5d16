"""What guesses hidden words and places; only pre-training has it."""

from typing import TYPE_CHECKING

from models.features.words import FACTS

if TYPE_CHECKING:
    import torch
    from torch import nn

    from models.architecture import Architecture

PLACE = 3
"""Middle from left to right, middle from top to bottom, width, in parts of the page."""


def heads_of(width: int, sizes: "Architecture") -> "nn.ModuleDict":
    """Return what leads from what the layers make of a word, `width` wide, to a guess.

    `letters` guesses its pretrained vector, `outline` the bucket of its outline, `facts` its facts, `place` its place.
    """
    from torch import nn

    return nn.ModuleDict(
        {
            "letters": _guess(width, sizes.lexicon_width),
            "outline": nn.Linear(width, sizes.shapes),
            "facts": nn.Linear(width, FACTS),
            "place": _guess(width, PLACE),
        }
    )


def place_of(boxes: "torch.Tensor") -> "torch.Tensor":
    """Return what is to be guessed of boxes, [words, PLACE]."""
    import torch

    x0, y0, x1, y1 = boxes.unbind(-1)
    return torch.stack([(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0], dim=-1)


def _guess(width: int, wide: int) -> "nn.Sequential":
    from torch import nn

    return nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, wide))
