"""The most alike of many texts, for words with a slip or misread letters."""

from collections.abc import Iterable

import numpy as np
from rapidfuzz import fuzz, process

_BITS = 64
_ROUNDING = 1e-6


class Likeness:
    """Finds the text that another one resembles most, among texts that are known beforehand.

    Two texts differ in at least as many letters as only one of them has. That bound is taken of all texts at once, by
    a bit for every letter; few pass it and are compared letter by letter.
    """

    def __init__(self, texts: Iterable[str], cutoff: float) -> None:
        """`cutoff` is the least likeness, by `rapidfuzz.fuzz.ratio` (0 to 100), that counts."""
        self._texts = tuple(texts)
        self._cutoff = cutoff
        self._differing = 1 - cutoff / 100
        self._letters = np.array([_letters(text) for text in self._texts], dtype=np.uint64)
        self._may_differ = np.array([len(text) * self._differing for text in self._texts]) + _ROUNDING

    def nearest(self, text: str) -> tuple[str, float] | None:
        """Return the most alike text, the first of several, and how alike it is; None where none is alike enough."""
        only_one_has = np.bitwise_count(self._letters ^ np.uint64(_letters(text)))
        may_be_alike = only_one_has <= self._may_differ + len(text) * self._differing
        near = [self._texts[i] for i in may_be_alike.nonzero()[0].tolist()]
        match = process.extractOne(text, near, scorer=fuzz.ratio, score_cutoff=self._cutoff) if near else None
        return (match[0], match[1]) if match else None


def _letters(text: str) -> int:
    """Return the letters of a text as bits; letters that share a bit only make the bound looser."""
    bits = 0
    for letter in set(text):
        bits |= 1 << ord(letter) % _BITS
    return bits
