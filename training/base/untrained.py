"""A base that nobody trained: layers drawn at random, and a vocabulary of the words that are at hand.

It knows no language. With it the whole line, from the base to a release, can be gone through where no registry is
reached; what is trained on it learns words from its own documents alone.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from models.features.words import without_digits
from training.base.about import About
from training.base.folder import Made
from training.base.layoutlm import SPREAD
from training.base.text import BLOCKS, POSITIONS, TYPES, WORDS, TextEncoder, layer_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME, LICENCE = "untrained", "CC0-1.0"
PIECES = 2_000
_POSITIONS = 512
_SPECIAL = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
_NOTICE = b"Drawn at random; nobody claims rights in these weights (CC0-1.0, no rights reserved).\n"


def untrained(
    words: Iterable[str], pieces: int = PIECES, width: int = 64, layers: int = 1, heads: int = 4, seed: int = 0
) -> Made:
    """Return a base whose vocabulary is every letter and the most frequent of `words`, at most `pieces` in all.

    The words stand in the tokenizer to be read: they must be free to publish where the base is to be. The same words
    and seed give the same base. Raises ValueError where `pieces` do not suffice for the letters.
    """
    tokenizer = _tokenizer(words, pieces)
    rows = len(tokenizer["model"]["vocab"])
    about = About(
        name=NAME,
        licence=LICENCE,
        family="layoutlm",
        source="drawn at random",
        settings={"pieces": rows, "layers": layers, "seed": seed},
    )
    return Made(
        _encoder(rows, width, layers, heads, seed), tokenizer, _SPECIAL, about, {"LICENSE": _NOTICE, "NOTICE": _NOTICE}
    )


def _tokenizer(words: Iterable[str], pieces: int) -> dict[str, Any]:
    """Return a WordPiece tokenizer: a word it does not have is cut into letters (Wu et al. 2016, arXiv:1609.08144)."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    cutting = pre_tokenizers.BertPreTokenizer()
    counted = Counter(
        part for word in words for part, _ in cutting.pre_tokenize_str(without_digits(word.lower()) or word)
    )
    letters = sorted({letter for word in counted for letter in word})
    needed = [*_SPECIAL.values(), *letters, *(f"##{letter}" for letter in letters)]
    if len(needed) > pieces:
        raise ValueError(f"{pieces} pieces do not suffice for {len(letters)} letters; {len(needed)} are needed.")
    frequent = sorted(counted, key=lambda word: (-counted[word], word))
    vocabulary = list(dict.fromkeys([*needed, *frequent]))[:pieces]
    numbered = {piece: number for number, piece in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(numbered, unk_token=_SPECIAL["unk_token"]))
    tokenizer.pre_tokenizer = cutting
    written: dict[str, Any] = json.loads(tokenizer.to_str())
    return written


def _encoder(pieces: int, width: int, layers: int, heads: int, seed: int) -> TextEncoder:
    chance = np.random.default_rng(seed)

    def drawn(*sizes: int) -> "NDArray[np.float32]":
        return chance.normal(0, SPREAD, sizes).astype(np.float32)

    feed_forward = 2 * width
    weights = {WORDS: drawn(pieces, width), POSITIONS: drawn(_POSITIONS, width), TYPES: drawn(2, width)}
    weights |= _norm("embeddings.LayerNorm", width)
    for layer in range(layers):
        for short, part in BLOCKS.items():
            name = layer_name(layer, part)
            if part.endswith("LayerNorm"):
                weights |= _norm(name, width)
                continue
            rows, columns = {"fi": (feed_forward, width), "fo": (width, feed_forward)}.get(short, (width, width))
            weights |= {f"{name}.weight": drawn(rows, columns), f"{name}.bias": np.zeros(rows, np.float32)}
    return TextEncoder(width, layers, heads, feed_forward, epsilon=1e-12, pad=1, weights=weights)


def _norm(name: str, width: int) -> "dict[str, NDArray[np.float32]]":
    return {f"{name}.weight": np.ones(width, np.float32), f"{name}.bias": np.zeros(width, np.float32)}
