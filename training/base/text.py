"""A text encoder of BERT's build, whatever file it came from."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = "embeddings.word_embeddings.weight"
POSITIONS = "embeddings.position_embeddings.weight"
TYPES = "embeddings.token_type_embeddings.weight"
POOLER = "pooler.dense"

BLOCKS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The parts of a layer: their short names in files of 4-bit weights, and transformers' names in `BertModel`."""


@dataclass(frozen=True, slots=True)
class TextEncoder:
    """Weights under the names of transformers' `BertModel`, without a prefix, as 32-bit floats.

    `first_position` is the row of the position table that the first token of a text uses: 0 in BERT, pad + 1 in RoBERTa
    and XLM-R, which leave the rows before it unused.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float
    pad: int
    activation: str = "gelu"
    first_position: int = 0
    weights: "dict[str, NDArray[np.float32]]" = field(default_factory=dict)


def layer_name(number: int, part: str) -> str:
    """Return the name of a part of a layer, such as `encoder.layer.0.attention.self.query`."""
    return f"encoder.layer.{number}.{part}"
