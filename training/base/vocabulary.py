"""Pruning a unigram tokenizer to the script of the documents: fewer rows in the largest table of the model.

Kept are the special tokens, every single character of ASCII, Latin-1, Latin Extended-A, the currency signs and the
typographic punctuation that the vocabulary has, and of the other pieces in Latin letters, digits and signs those with
the highest score (log probability in the text the tokenizer was made of).
"""

import json
import unicodedata
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPACE = "▁"
"""What stands for the blank before a word in a piece."""
_LAST_LATIN = 0x024F  # end of Latin Extended-B: signs before it are those of Latin script
_SIGNS = range(0x2000, 0x2C00)  # general punctuation to miscellaneous arrows: used with any script
_CURRENCIES = range(0x20A0, 0x20D0)
_PUNCTUATION = range(0x2010, 0x205F)
_ALWAYS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *_CURRENCIES, *_PUNCTUATION)


@dataclass(frozen=True, slots=True)
class Pruned:
    """A smaller tokenizer, as its JSON; piece `i` of it was piece `kept[i]` before."""

    tokenizer: dict[str, Any]
    kept: "NDArray[np.int64]"


def prune(tokenizer: dict[str, Any], most: int) -> Pruned:
    """Return the unigram tokenizer with at most `most` pieces, all in Latin script, in their old order.

    Raises ConfigurationError for other kinds of tokenizers and where `most` does not hold what must be kept.
    """
    if tokenizer["model"].get("type") != "Unigram":
        raise ConfigurationError("Only a unigram tokenizer can be pruned: others have no score to go by.")
    vocabulary: list[tuple[str, float]] = tokenizer["model"]["vocab"]
    always = _must_keep(tokenizer, vocabulary)
    if most < len(always):
        raise ConfigurationError(f"{most} pieces are too few: {len(always)} are special or single characters.")
    others = [i for i, (piece, _) in enumerate(vocabulary) if i not in always and is_latin(piece)]
    others.sort(key=lambda i: -vocabulary[i][1])  # stable: of equal scores the one that comes first
    kept = sorted(always | set(others[: most - len(always)]))
    return Pruned(_renumbered(tokenizer, kept), np.asarray(kept, np.int64))


def is_latin(piece: str) -> bool:
    """Say whether a piece is made of Latin letters, digits, and signs that Latin texts use."""
    return bool(piece) and all(_is_latin_character(character) for character in piece)


@cache
def _is_latin_character(character: str) -> bool:
    code, category = ord(character), unicodedata.category(character)
    if category[0] == "L":
        return unicodedata.name(character, "").startswith("LATIN") or character in "ªº"
    if category == "Mn":  # an accent by itself
        return 0x0300 <= code <= 0x036F
    return category[0] in "NPSZ" and (code <= _LAST_LATIN or code in _SIGNS)


def _must_keep(tokenizer: dict[str, Any], vocabulary: list[tuple[str, float]]) -> set[int]:
    characters = _as_the_tokenizer_sees_them(tokenizer, "".join(map(chr, _ALWAYS))) | {SPACE}
    single = {i for i, (piece, _) in enumerate(vocabulary) if len(piece) == 1 and piece in characters}
    special = {token["id"] for token in tokenizer["added_tokens"]} | {tokenizer["model"]["unk_id"]}
    if max(special) >= len(vocabulary):
        raise ConfigurationError("A special token of this tokenizer stands outside its vocabulary.")
    return single | special


def _as_the_tokenizer_sees_them(tokenizer: dict[str, Any], characters: str) -> set[str]:
    """Return the characters after normalisation: µ becomes a Greek letter, ™ two Latin ones, and so on."""
    from tokenizers import Tokenizer

    normalizer = Tokenizer.from_str(json.dumps(tokenizer)).normalizer
    if normalizer is None:
        return set(characters)
    return {seen for character in characters for seen in normalizer.normalize_str(character)}


def _renumbered(tokenizer: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    new_id = {old: new for new, old in enumerate(kept)}
    vocabulary = tokenizer["model"]["vocab"]
    shell = {key: value for key, value in tokenizer.items() if key != "model"}
    made = deepcopy(shell)
    made["model"] = {**tokenizer["model"], "vocab": [vocabulary[i] for i in kept]}
    made["model"]["unk_id"] = new_id[tokenizer["model"]["unk_id"]]
    for token in made["added_tokens"]:
        token["id"] = new_id[token["id"]]
    processor = made.get("post_processor")
    if processor is not None:
        if processor["type"] != "TemplateProcessing":
            raise ConfigurationError(f"A post-processor of type {processor['type']} holds ids that are not renumbered.")
        for token in processor["special_tokens"].values():
            token["ids"] = [new_id[old] for old in token["ids"]]
    return made
