"""When a predicted value says the same as a label: amounts as numbers, names without legal forms, texts nearly."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, NUMERIC_COLUMNS, HeaderField, LineColumn

SIMILAR = 80.0
"""Two texts are the same from this rapidfuzz ratio on (0 to 100), after folding case, accents and punctuation."""

_LEGAL_FORM_WORDS = (
    "ab ag aps as asa bv bvba co company corp corporation cv ehf ek eg eirl eurl gbr ges gesmbh ggmbh gmbh hb hf inc "
    "incorporated ivs kft kg kgaa ks kb limited llc llp lp ltd ltda mbh nv ohg oy oyj oue plc pte pty pvt private "
    "sa sarl sas sasu sca sc scs sl slu snc spa spzoo srl sro sprl ug vof zoo"
)
_LEGAL_FORMS = frozenset(_LEGAL_FORM_WORDS.split())
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
        return lambda a, b: bare_name(a) == bare_name(b)
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
    return re.sub(r"[\W_]", "", folded(text))


def bare_name(text: str) -> str:
    """Return a company's name without case, accents, punctuation and legal forms: "Au bon moulin SARL" as without."""
    joined = re.sub(r"(?<=\w)[./'’](?=\w\b)|(?<=\b\w)[./]", "", folded(text))  # "a/s", "s.a.r.l." are one word
    tokens = re.sub(r"[\W_]+", " ", joined).split()
    kept = [t for t in tokens if t not in _LEGAL_FORMS]
    return " ".join(kept or tokens)


def same_text(labelled: str, predicted: str) -> bool:
    """Say whether two texts are nearly the same, or the labelled one stands whole in one at most twice as long."""
    expected, found = (re.sub(r"[\W_]+", " ", folded(t)).strip() for t in (labelled, predicted))
    if max(fuzz.ratio(expected, found), fuzz.token_sort_ratio(expected, found)) >= SIMILAR:
        return True
    return bool(expected) and f" {expected} " in f" {found} " and len(found) <= 2 * len(expected)


def folded(text: str) -> str:
    """Return the text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
