"""Compares words as printed with values as normalised."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.domain.folding import fold
from pipeline.domain.legal_forms import is_legal_form
from pipeline.extract.rules.writing.folding import fold_words

_NEAR = 80.0  # rapidfuzz ratio from which two words of OCR text are taken for the same
_NEAR_FROM = 4


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """Return the letters and digits of an identifier, folded: "NL8204.71.616.B.02" is "nl820471616b02"."""
    return re.sub(r"[\W_]", "", fold(text))


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(re.sub(r"[%+]", " ", fold_words(text)).split())


def number(value: str) -> Decimal | None:
    """Return a normalised number, None where it is none."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def name_tokens(name: str) -> tuple[str, ...]:
    """Return a party's name as tokens, its legal forms dropped; all of them where nothing would be left."""
    kept = [word for i, word in enumerate(name.split()) if i == 0 or not is_legal_form(word)]
    return tokens(" ".join(kept)) or tokens(name)


def same_token(printed: str, stated: str, *, tolerant: bool) -> bool:
    """Say whether two folded words are the same; `tolerant` allows for a misread letter in longer ones."""
    if printed == stated:
        return True
    return tolerant and min(len(printed), len(stated)) >= _NEAR_FROM and fuzz.ratio(printed, stated) >= _NEAR


def covered(printed: Sequence[str], stated: Sequence[str]) -> float:
    """Return how much of the stated tokens, by letters, the printed ones hold; each counts once (0 to 1)."""
    rest = list(printed)
    total = sum(map(len, stated))
    if not total:
        return 0.0
    found = 0
    for token in stated:
        if token in rest:
            rest.remove(token)
            found += len(token)
    return found / total


def is_telling(value: str) -> bool:
    """Say whether a value is unlikely to stand on a page by chance: four letters or digits, or more."""
    return len(key(value)) >= 4
