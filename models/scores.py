"""What the network says of a document."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from models.label_scheme import KINDS, SPANS, TAGS
from pipeline.domain.vocabulary import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Scores:
    """The words of all pages in order, and what each is.

    `tags` [words, TAGS] are chances, `row_begins` [words] is the word that most likely begins each word's row, and
    `row_chances` [words] how likely that is; `kinds` [KINDS] are chances.
    """

    tags: "NDArray[np.float32]"
    row_begins: "NDArray[np.int64]"
    row_chances: "NDArray[np.float32]"
    kinds: "NDArray[np.float32]"

    @cached_property
    def spans(self) -> "NDArray[np.float32]":
        """The chance of every word to be of each span, whether it begins it or goes on with it, [words, SPANS]."""
        inside: NDArray[np.float32] = self.tags[:, 1:].reshape(len(self.tags), len(SPANS), 2).sum(2)
        return inside

    @property
    def kind(self) -> tuple[Kind, float]:
        """The likeliest kind and its chance."""
        best = int(self.kinds.argmax())
        return KINDS[best], float(self.kinds[best])

    @classmethod
    def none(cls, words: int) -> "Scores":
        """Return scores that know nothing: every word is outside, no kind likelier than another."""
        tags = np.zeros((words, len(TAGS)), dtype=np.float32)
        tags[:, 0] = 1.0
        return cls(
            tags,
            np.arange(words, dtype=np.int64),
            np.zeros(words, dtype=np.float32),
            np.full(len(KINDS), 1 / len(KINDS), dtype=np.float32),
        )
