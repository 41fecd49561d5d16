"""When a predicted value says the same as a label: amounts as numbers, names without legal forms, texts nearly."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

from pipeline.domain.folding import fold
from pipeline.domain.legal_forms import company_core
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, NUMERIC_COLUMNS, HeaderField, LineColumn

SIMILAR = 80.0
"""Two texts are the same from this rapidfuzz ratio on (0 to 100), after folding case, accents and punctuation."""

_NAMES = frozenset({HeaderField.SELLER_NAME, HeaderField.BUYER_NAME})
_TEXTS = frozenset(
    {
        HeaderField.SELLER_ADDRESS,
        HeaderField.BUYER_ADDRESS,
        HeaderField.DELIVERY_ADDRESS,
        HeaderField.PAYMENT_TERMS,
        LineColumn.DESCRIPTION,
    }
)


def same_value(name: str, labelled: str, predicted: str, *, any_sign: bool = False) -> bool:
    """Say whether a predicted value of the field or column `name` says what the label says.

    `any_sign` compares numbers by magnitude, for credit notes.
    """
    if name in AMOUNT_FIELDS or name in NUMERIC_COLUMNS:
        return _same_number(labelled, predicted, any_sign=any_sign)
    return _comparison(name)(labelled, predicted)


def _comparison(name: str) -> Callable[[str, str], bool]:
    if name in DATE_FIELDS:
        return lambda a, b: a.strip() == b.strip()
    if name in _NAMES:
        return lambda a, b: company_core(a) == company_core(b)
    if name in _TEXTS:
        return same_text
    return lambda a, b: identifier(a) == identifier(b)


def _same_number(labelled: str, predicted: str, *, any_sign: bool) -> bool:
    try:
        expected, found = Decimal(labelled), Decimal(predicted)
    except InvalidOperation:
        return False
    return abs(expected) == abs(found) if any_sign else expected == found


def identifier(text: str) -> str:
    """Return letters and digits only, without case: "NL8204.71.616.B.02" is "nl820471616b02"."""
    return re.sub(r"[\W_]", "", fold(text))


def same_text(labelled: str, predicted: str) -> bool:
    """Say whether two texts are nearly the same, or the labelled one stands whole in one at most twice as long."""
    expected, found = (re.sub(r"[\W_]+", " ", fold(t)).strip() for t in (labelled, predicted))
    if max(fuzz.ratio(expected, found), fuzz.token_sort_ratio(expected, found)) >= SIMILAR:
        return True
    return bool(expected) and f" {expected} " in f" {found} " and len(found) <= 2 * len(expected)
