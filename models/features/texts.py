"""What the model knows of every distinct word, whatever page it stands on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from models.architecture import Architecture
from models.features.lexicon import Lexicon
from models.features.words import FACTS, facts, grams, shape

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(slots=True)
class Ragged:
    """Lists of numbers of any length, one after another: row `i` is `values[starts[i] : starts[i + 1]]`."""

    values: "NDArray[np.int32]"
    starts: "NDArray[np.int64]"

    def take(self, rows: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Return the values of some rows one after another, and where each row begins among them."""
        first = self.starts[rows]
        sizes = self.starts[rows + 1] - first
        begins = np.cumsum(sizes) - sizes
        at = np.arange(int(sizes.sum())) + np.repeat(first - begins, sizes)
        return self.values[at].astype(np.int64), begins


@dataclass(slots=True)
class Texts:
    """Distinct words as numbers: row `i` of each table belongs to the `i`th word that was added."""

    pieces: Ragged
    grams: Ragged
    shapes: "NDArray[np.int32]"
    facts: "NDArray[np.float32]"

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(slots=True)
class Vocabulary:
    """Numbers the distinct words of many documents."""

    ids: dict[str, int] = field(default_factory=dict)

    def number(self, texts: Iterable[str]) -> "NDArray[np.int32]":
        """Return the number of each word; new ones are added."""
        ids = self.ids
        return np.fromiter((ids.setdefault(text, len(ids)) for text in texts), dtype=np.int32)

    def texts(self, lexicon: Lexicon, sizes: Architecture) -> Texts:
        """Return what is known of every word so far."""
        return texts_of(list(self.ids), lexicon, sizes)


def texts_of(words: list[str], lexicon: Lexicon, sizes: Architecture) -> Texts:
    """Return what is known of some words."""
    return Texts(
        pieces=_ragged(lexicon.pieces(words)),
        grams=_ragged([np.asarray(grams(word, sizes.grams), dtype=np.int32) for word in words]),
        shapes=np.fromiter((shape(word, sizes.shapes) for word in words), dtype=np.int32, count=len(words)),
        facts=np.array([facts(word) for word in words], dtype=np.float32).reshape(-1, FACTS),
    )


def _ragged(rows: "list[NDArray[np.int32]]") -> Ragged:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return Ragged(np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32), starts)
