"""Names of companies and goods, made comparable: case, accents, punctuation and legal forms do not matter."""

import re

from rapidfuzz import fuzz

from pipeline.domain.folding import folded_words
from pipeline.domain.legal_forms import company_core


def company_similarity(one: str, other: str) -> float:
    """Return how alike two company names are, 0 to 100, legal forms, word order and blanks aside."""
    a, b = company_core(one), company_core(other)
    if not a or not b:
        return 0.0
    return max(fuzz.token_sort_ratio(a, b), fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")))


def contains_company(text: str, name: str) -> bool:
    """Say whether a printed addressee, perhaps with department or contact, contains the company's name."""
    core, printed = company_core(name), folded_words(text)
    return bool(core) and bool(printed) and fuzz.partial_ratio(core, printed) >= 90 and len(printed) >= 0.8 * len(core)


def description_similarity(one: str, other: str) -> float:
    """Return how alike two descriptions of goods are, 0 to 1; words that only one of them has count little."""
    a, b = folded_words(one), folded_words(other)
    if not a or not b:
        return 0.0
    return max(float(fuzz.token_sort_ratio(a, b)), 0.95 * float(fuzz.token_set_ratio(a, b))) / 100


def code_of(text: str) -> str:
    """Return an item code, identifier or document number reduced to its letters and digits, upper case."""
    return re.sub(r"[\W_]+", "", text).upper()
