"""Reads labelled words back, as one who knows nothing but the words and the document's convention."""

import re
from collections.abc import Sequence

from pipeline.domain.dates import parse_date
from pipeline.domain.money import parse_amount, to_plain
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, NUMERIC_COLUMNS
from training.synthesize.content.convention import Convention

_NUMBERS = frozenset({*AMOUNT_FIELDS, *(f"line.{column}" for column in NUMERIC_COLUMNS)})
_IDENTIFIERS = frozenset(
    {"iban", "bic", "account_number", "seller_vat_id", "buyer_vat_id", "seller_registration_id", "payment_reference"}
)


def says(span: str, words: Sequence[str], normal: str, ways: Convention) -> bool:
    """Say whether the words of one printed value mean `normal`."""
    text = _bare(" ".join(words))
    if span in DATE_FIELDS:
        read = parse_date(text, ways.day_order)
        return read is not None and read.isoformat() == normal
    if span == "line.quantity":
        text = re.sub(r"(?<=\d)(?:[^\W\d_][^\d\s]*|×)$", "", text)  # "12pcs", "12x", "12×"
    if span == "line.unit_price":
        text = re.sub(r"(?<=[\d,-])/.*$", "", text)  # "50.00/hr"
    if span in _NUMBERS or span.startswith("tax."):
        amount = parse_amount(text.replace("%", "").replace(ways.sign, ""), ways.mark)
        return amount is not None and to_plain(amount) == normal
    if span == "currency":
        return text in (ways.currency, _bare(ways.sign)) and normal == ways.currency
    if span in _IDENTIFIERS:
        printed, meant = _letters(text).upper(), _letters(normal).upper()
        return printed == meant or (span.endswith("_vat_id") and printed == meant[2:])  # without its country
    if span.endswith(("_address", "_name")):
        # Wrapped lines beside larger type may come in another order; logos write names in capitals.
        return sorted(_letters(text).casefold()) == sorted(_letters(normal).casefold())
    return re.sub(r"\s", "", text).lstrip("#") == re.sub(r"\s", "", _bare(normal)).lstrip("#")


def _bare(text: str) -> str:
    """Drop the punctuation that touches a value: "(25 %):", "[4711]", "GmbH,"."""
    text = text.rstrip(".,;:/ ").lstrip(",;: ")
    bracketed = text[:1] + text[-1:]
    return text[1:-1] if bracketed == "[]" or (bracketed == "()" and "%" in text) else text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
