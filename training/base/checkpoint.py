"""Reading a text encoder from a Hugging Face checkpoint: BERT, RoBERTa, XLM-R."""

from collections.abc import Mapping
from typing import Any

from pipeline.errors import ConfigurationError
from training.base.text import TextEncoder

_PREFIXES = {"bert": "bert.", "roberta": "roberta.", "xlm-roberta": "roberta."}
_SHIFTED = ("roberta", "xlm-roberta")
_BELONGS = ("embeddings.", "encoder.", "pooler.")


def text_encoder(config: Mapping[str, Any], safetensors: bytes) -> TextEncoder:
    """Return the encoder of a checkpoint's `config.json` and `model.safetensors`; heads of any task are left out.

    Raises ConfigurationError for other architectures, and for BERT with other than absolute positions.
    """
    import numpy as np
    from safetensors.numpy import load

    kind = config.get("model_type", "")
    if kind not in _PREFIXES:
        raise ConfigurationError(
            f"A text encoder of type {kind!r} cannot be made a LayoutLM: {', '.join(_PREFIXES)} can."
        )
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise ConfigurationError("Only absolute positions can be copied into LayoutLM's table.")
    pad = int(config.get("pad_token_id", 0))
    named = {name.removeprefix(_PREFIXES[kind]): value for name, value in load(safetensors).items()}
    weights = {
        name: value.astype(np.float32)
        for name, value in named.items()
        if name.startswith(_BELONGS) and not name.endswith("position_ids")
    }
    return TextEncoder(
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        feed_forward=config["intermediate_size"],
        epsilon=config["layer_norm_eps"],
        pad=pad,
        activation=config.get("hidden_act", "gelu"),
        first_position=pad + 1 if kind in _SHIFTED else 0,
        weights=weights,
    )
