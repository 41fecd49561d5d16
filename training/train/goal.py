"""What the loop asks of that which is learnt: losses of some windows, and heads that only training has."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from training.train.lots import Piece

if TYPE_CHECKING:
    import torch
    from numpy.random import Generator
    from torch import nn


class Goal(Protocol):
    """Turns windows into what is to become small."""

    @property
    def heads(self) -> "nn.Module | None":
        """What is trained beside the model and thrown away with the last checkpoint."""

    def losses(self, pieces: Sequence[Piece], chance: "Generator") -> "Mapping[str, torch.Tensor]":
        """Return the parts of the loss by name; their sum is the loss."""
