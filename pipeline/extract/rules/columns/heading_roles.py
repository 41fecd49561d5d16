"""What one column heading names, in twelve languages and with a few letters misread."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.rules.columns import heading_terms as terms
from pipeline.extract.rules.columns.heading_terms import ColumnRole
from pipeline.extract.rules.writing.folding import fold_words
from pipeline.extract.rules.writing.likeness import Likeness
from pipeline.extract.rules.writing.wordlists import phrases

_PHRASES: dict[str, ColumnRole] = {phrase: role for role, text in terms.PHRASES.items() for phrase in phrases(text)}
_TELLING = terms.TAX_WORDS.union(
    terms.PRICE_WORDS,
    terms.AMOUNT_WORDS,
    terms.QUANTITY_WORDS,
    terms.DISCOUNT_WORDS,
    terms.CODE_WORDS,
    terms.DESCRIPTION_WORDS,
    (phrase for phrase, role in _PHRASES.items() if role is ColumnRole.DESCRIPTION),
)
"""Words of which a heading that is in no list has one at least."""
_LONG_PHRASES = [p for p in _PHRASES if len(p) >= 5]
_LIKENESS = 84.0  # from which an unknown heading is taken for a misread one
_UNLIKE = (200 - _LIKENESS) / _LIKENESS  # phrases this many times as long as a text, or shorter, are never so like it
MISREAD_AT_MOST = 0.845  # how sure a misread heading can be: a slip in the longest one read costs that much
_SIGNS = re.compile(r"[€$£]|\((?:[^)]{0,8})\)")
_JOINTS = re.compile(r"[/|&+]")
PARTED = re.compile(r"(?<=\w)[-‐]\s")  # a word that goes on in the next line


@dataclass(frozen=True, slots=True)
class HeadingRole:
    """What a heading names and how surely; `also` is the second thing that a merged heading ("Qty/Unit") names."""

    role: ColumnRole
    certainty: float
    also: ColumnRole | None = None


@lru_cache(maxsize=8192)
def heading_role(text: str) -> HeadingRole | None:
    """Return what a column heading names, in twelve languages and with a few letters misread; None where nothing.

    "Qty/Unit" names a quantity and also a unit; "Net unit price (EUR)" a unit price.
    """
    if text.strip(" .:") == "#":
        return HeadingRole(ColumnRole.POSITION, 0.8)
    cleaned = _cleaned(text) or fold_words(text)
    if not cleaned:
        return None
    if len(cleaned) > 60:
        described = set(cleaned.split()) & terms.DESCRIPTION_WORDS and len(cleaned) < 200
        return HeadingRole(ColumnRole.DESCRIPTION, 0.5 + len(cleaned) / 400) if described else None
    return _plain(text) or _misread(cleaned)


@lru_cache(maxsize=8192)
def is_plain(text: str) -> bool:
    """Say whether what a heading names is told by its words as they stand; looking for misread ones takes long."""
    cleaned = _cleaned(text) or fold_words(text)
    return len(cleaned) < 5 or len(cleaned) > 60 or _plain(text) is not None


@lru_cache(maxsize=8192)
def _cleaned(text: str) -> str:
    return fold_words(_SIGNS.sub(" ", text) if _SIGNS.search(text) else text)


@lru_cache(maxsize=8192)
def _plain(text: str) -> HeadingRole | None:
    """Return what a heading names by its words as they stand."""
    cleaned = _cleaned(text) or fold_words(text)
    if found := _known(cleaned):
        return found
    if _JOINTS.search(text) and (merged := _merged(text)):
        return merged
    return _composed(cleaned)


def _known(cleaned: str) -> HeadingRole | None:
    if role := _PHRASES.get(cleaned):
        return HeadingRole(role, 1.0)
    words = cleaned.split()
    kept = [w for w in words if w not in terms.FILLERS]
    if kept and len(kept) < len(words) and (role := _PHRASES.get(" ".join(kept))):
        return HeadingRole(role, 0.95)
    joined = "".join(words)
    if len(words) > 1 and len(joined) >= 5 and (role := _PHRASES.get(joined)):
        return HeadingRole(role, 0.95)
    return None


def _merged(text: str) -> HeadingRole | None:
    """Read "Qty/Unit" part by part; parts that name one thing are one heading."""
    parts = [p for p in _JOINTS.split(text) if p.strip()]
    roles = [_known(_cleaned(p)) for p in parts]
    found = list(dict.fromkeys(r.role for r in roles if r))
    if len(parts) < 2 or not found or len(found) * 2 < len(parts):
        return None
    return HeadingRole(found[0], 0.9, found[1] if len(found) > 1 else None)


def _composed(cleaned: str) -> HeadingRole | None:
    """Put the meaning together from the words, for headings that are in no list."""
    words = set(cleaned.split())
    if len(words) > 7 or words.isdisjoint(_TELLING):
        return None
    taxed, excluding, including = (
        bool(words & terms.TAX_WORDS),
        bool(words & terms.EXCLUDING) or "w o" in cleaned,
        bool(words & terms.INCLUDING),
    )
    if words & terms.DISCOUNT_WORDS:
        return HeadingRole(ColumnRole.DISCOUNT, 0.8)
    if taxed and not (excluding or including):
        if words & terms.RATE_WORDS:
            return HeadingRole(ColumnRole.TAX_RATE, 0.8)
        return HeadingRole(ColumnRole.TAX_AMOUNT if words & terms.AMOUNT_WORDS else ColumnRole.TAX, 0.7)
    if taxed and len(words) <= 4 and not words & (terms.PRICE_WORDS | terms.AMOUNT_WORDS):
        return HeadingRole(ColumnRole.NET_AMOUNT if excluding else ColumnRole.GROSS_AMOUNT, 0.7)
    if words & terms.PRICE_WORDS and not words & terms.AMOUNT_WORDS:
        return HeadingRole(ColumnRole.UNIT_PRICE, 0.8)
    if words & terms.AMOUNT_WORDS:
        if excluding or including:
            return HeadingRole(ColumnRole.NET_AMOUNT if excluding else ColumnRole.GROSS_AMOUNT, 0.8)
        return HeadingRole(ColumnRole.AMOUNT, 0.7)
    if words & terms.QUANTITY_WORDS:
        return HeadingRole(ColumnRole.QUANTITY, 0.8, ColumnRole.UNIT if words & terms.UNIT_WORDS else None)
    alike = {_PHRASES.get(w) for w in words}
    if words & terms.DESCRIPTION_WORDS or alike == {ColumnRole.DESCRIPTION}:
        return HeadingRole(ColumnRole.DESCRIPTION, 0.8)
    if words & terms.CODE_WORDS:
        return HeadingRole(ColumnRole.ITEM_CODE, 0.7)
    return None


def _misread(cleaned: str) -> HeadingRole | None:
    if len(cleaned) < 5:
        return None
    best = _as_long(len(cleaned)).nearest(cleaned)
    return HeadingRole(_PHRASES[best[0]], best[1] / 100 * 0.85) if best else None


@lru_cache(maxsize=64)
def _as_long(length: int) -> Likeness:
    """Return the phrases that a text of some length can be like."""
    return Likeness((p for p in _LONG_PHRASES if length <= len(p) * _UNLIKE and len(p) <= length * _UNLIKE), _LIKENESS)


@lru_cache(maxsize=16_384)
def is_known(text: str, words: int) -> bool:
    """Say whether a text of so many words is a heading as it stands, or two words of one about tax."""
    if words == 1 and text.strip(" .:") == "#":
        return True
    cleaned = _cleaned(text)
    taxed = words == 2 and _composed(cleaned) is not None and bool(set(cleaned.split()) & terms.TAX_WORDS)
    return _known(cleaned) is not None or taxed or (words == 1 and "/" in text and _merged(text) is not None)
