"""From a text encoder to LayoutLM (v1): the same layers, and new tables for where a word stands.

LayoutLM adds to each token six vectors looked up by its box (x0, x1 in one table, y0, y1 in another, height, width),
coordinates from 0 to 1000 (Xu et al. 2020, section 2.3).
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import ConfigurationError
from training.base.text import POOLER, POSITIONS, TYPES, WORDS, TextEncoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

COORDINATES = 1024
"""Rows of each table: 0 to 1000 are used, as in the released LayoutLM."""
SPREAD = 0.02
"""Standard deviation of what is new, the initialiser range of BERT."""
TABLES = tuple(f"embeddings.{axis}_position_embeddings.weight" for axis in "xyhw")


def keep_layers(encoder: TextEncoder, layers: int) -> TextEncoder:
    """Return the encoder with its first `layers` layers. Raises ConfigurationError where it has fewer."""
    if not 1 <= layers <= encoder.layers:
        raise ConfigurationError(f"{layers} layers are asked for; this encoder has 1 to {encoder.layers}.")
    dropped = tuple(f"encoder.layer.{number}." for number in range(layers, encoder.layers))
    weights = (
        {name: value for name, value in encoder.weights.items() if not name.startswith(dropped)} if dropped else {}
    )
    return replace(encoder, layers=layers, weights=weights or encoder.weights)


def layoutlm_weights(encoder: TextEncoder, seed: int = 0) -> "dict[str, NDArray[np.float32]]":
    """Return the weights of a `LayoutLMModel`; the same for the same seed.

    New are the tables for boxes and, where the text encoder has none, the pooler. LayoutLM counts positions from 0, so
    the rows of the position table before `first_position` are left out.
    """
    chance = np.random.default_rng(seed)
    weights = dict(encoder.weights)
    weights[POSITIONS] = np.ascontiguousarray(weights[POSITIONS][encoder.first_position :])
    for name in TABLES:
        weights[name] = _new(chance, COORDINATES, encoder.hidden)
    if f"{POOLER}.weight" not in weights:
        weights[f"{POOLER}.weight"] = _new(chance, encoder.hidden, encoder.hidden)
        weights[f"{POOLER}.bias"] = np.zeros(encoder.hidden, np.float32)
    return weights


def layoutlm_config(encoder: TextEncoder) -> dict[str, Any]:
    """Return the `config.json` of transformers' `LayoutLMModel` for this encoder."""
    return {
        "architectures": ["LayoutLMModel"],
        "model_type": "layoutlm",
        "vocab_size": len(encoder.weights[WORDS]),
        "hidden_size": encoder.hidden,
        "num_hidden_layers": encoder.layers,
        "num_attention_heads": encoder.heads,
        "intermediate_size": encoder.feed_forward,
        "hidden_act": encoder.activation,
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "max_position_embeddings": len(encoder.weights[POSITIONS]) - encoder.first_position,
        "max_2d_position_embeddings": COORDINATES,
        "type_vocab_size": len(encoder.weights[TYPES]),
        "layer_norm_eps": encoder.epsilon,
        "initializer_range": SPREAD,
        "pad_token_id": encoder.pad,
        "dtype": "float32",
    }


def _new(chance: np.random.Generator, rows: int, columns: int) -> "NDArray[np.float32]":
    drawn: NDArray[np.float32] = chance.normal(0, SPREAD, (rows, columns)).astype(np.float32)
    return drawn
