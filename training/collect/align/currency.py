"""Finds the words that state the currency: its code or sign beside the amounts, or behind a label of its own."""

from collections.abc import Iterable, Iterator, Set

from pipeline.domain.folding import fold
from pipeline.extract.rules.writing.currency import CODES
from training.collect.align.paper import Paper

_SIGNS = {
    "EUR": {"€"},
    "GBP": {"£"},
    "USD": {"$", "us$"},
    "JPY": {"¥"},
    "INR": {"₹", "rs", "rs."},
    "CHF": {"fr.", "sfr.", "fr"},
    "PLN": {"zł", "zl"},
    "CZK": {"kč", "kc"},
    "HUF": {"ft"},
}
_CROWNS = frozenset({"DKK", "SEK", "NOK"})
_BESIDE = 2.0  # line heights between a currency and its amount


def currency_words(paper: Paper, code: str, amounts: Set[int]) -> list[int]:
    """Return the words that state `code` next to words in `amounts`; where there are none, those behind a label."""
    found = [(row, i) for row, i in _stated(paper, code)]
    beside = [paper.place(row, i) for row, i in found if _is_beside(paper, row, i, amounts)]
    if beside:
        return sorted(beside)
    labelled = [paper.place(row, i) for row, i in found if i and paper.rows[row].words[i - 1].text.endswith(":")]
    return labelled[:1]


def any_currency(paper: Paper) -> Iterator[int]:
    """Yield every word that is a currency's code or sign."""
    signs = {sign for known in _SIGNS.values() for sign in known} | {"kr", "kr.", "euro"}
    for row in paper.rows:
        for i, word in enumerate(row.words):
            bare = word.text.strip("()[]:,;.")
            if (bare.upper() in CODES and bare.isupper()) or fold(word.text).strip("()[]:,;") in signs or bare in signs:
                yield paper.place(row.index, i)


def _stated(paper: Paper, code: str) -> Iterable[tuple[int, int]]:
    signs = _SIGNS.get(code, set()) | ({"kr", "kr."} if code in _CROWNS else set())
    for row in paper.rows:
        for i, word in enumerate(row.words):
            bare = word.text.strip("()[]:,;")
            if bare.upper().rstrip(".") == code or bare in signs or bare.lower() in signs:
                yield row.index, i


def _is_beside(paper: Paper, row: int, i: int, amounts: Set[int]) -> bool:
    words = paper.rows[row]
    before = i > 0 and words.gap(i) < _BESIDE and paper.place(row, i - 1) in amounts
    behind = i + 1 < len(words.words) and words.gap(i + 1) < _BESIDE and paper.place(row, i + 1) in amounts
    return before or behind
