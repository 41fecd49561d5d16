"""The sub-words of a pretrained vocabulary: which pieces a word is cut into."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.features.words import without_digits

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MOST_PIECES = 10
"""Of a longer word the first ones count."""


class Lexicon:
    """Cuts words into the pieces of a tokenizer (of the library `tokenizers`), digits taken as alike, in small letters.

    A word that stands in capitals on one page and in small letters on another is one word to a small table.
    """

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id("<unk>") or tokenizer.token_to_id("[UNK]") or 0
        self.size: int = tokenizer.get_vocab_size()

    @classmethod
    def from_file(cls, path: Path) -> "Lexicon":
        """Read a `tokenizer.json`."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def pieces(self, texts: Sequence[str]) -> "list[NDArray[np.int32]]":
        """Return the ids of each word's pieces, at least one and at most `MOST_PIECES`."""
        bare = [without_digits(text.lower()) or text for text in texts]
        found = self._tokenizer.encode_batch_fast(bare, add_special_tokens=False)
        return [np.asarray(one.ids[:MOST_PIECES] or [self._unknown], dtype=np.int32) for one in found]
