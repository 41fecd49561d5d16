"""Printed text becomes a value of the extraction contract, in the document's own ways; None where it is none."""

import re

from pipeline.domain.dates import parse_date
from pipeline.domain.money import parse_amount, to_plain
from pipeline.domain.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, NUMERIC_COLUMNS
from pipeline.extract.rules.writing.conventions import Conventions
from pipeline.extract.rules.writing.currency import CODES
from pipeline.extract.rules.writing.parted_decimals import closed

NUMBERS = frozenset({*AMOUNT_FIELDS, *(f"line.{column}" for column in NUMERIC_COLUMNS)})
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_VAT = re.compile(r"[A-Z]{2,3}U?\d[\dA-Z]{5,13}")
_NUMBER = re.compile(r"[-−(]?\s*\d[\d.,'’\s]*\d\)?-?|[-−]?\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "₹": "INR", "zł": "PLN", "kč": "CZK"}
_EDGES = " .,;:/|*#"
_LABELLED = re.compile(r"^[^\W\d_.]{2,}[^:]*:\s*(?=\S)")
_NUMBER_SIGN = re.compile(r"^N\.?[º°]\s?(?=\w)", re.IGNORECASE)
_NUMBERS_OF = frozenset(
    {"invoice_number", "order_number", "purchase_order_reference", "preceding_invoice_reference", "buyer_reference"}
)


def value_of(name: str, text: str, ways: Conventions) -> str | None:
    """Return the normalised value that `text` prints for the span `name`."""
    if name in DATE_FIELDS:
        found = parse_date(text, ways.order)
        return found.isoformat() if found else None
    if name in NUMBERS or name.startswith("tax."):
        return _number(text, ways)
    if name == "currency":
        return _currency(text, ways)
    if name == "iban":
        match = _IBAN.search(_joined(text))
        return match.group() if match else None
    if name.endswith("_vat_id"):
        match = _VAT.search(_joined(text))
        return match.group() if match else _joined(text.strip(_EDGES)) or None
    if name == "seller_email":
        match = _EMAIL.search(text)
        return match.group().lower() if match else None
    if name in _NUMBERS_OF:
        return _NUMBER_SIGN.sub("", _LABELLED.sub("", text.strip(_EDGES))).strip(_EDGES + "()[]") or None
    return text.strip(_EDGES.replace(".", "")) or None


def _number(text: str, ways: Conventions) -> str | None:
    """Return the amount; where more stands beside it than signs and codes, the one number within."""
    bare = closed(text.replace("%", " ")).strip(_EDGES.replace(".", "").replace(",", ""))
    for tried in (bare, *_NUMBER.findall(bare)):
        for mark in (ways.mark, None):
            amount = parse_amount(tried, mark)
            if amount is not None:
                return to_plain(amount)
    return None


def _currency(text: str, ways: Conventions) -> str | None:
    """Return the code that is printed; for a sign that several countries share, the document's currency."""
    bare = text.strip(_EDGES + "()")
    if bare.upper() in CODES:
        return bare.upper()
    if bare.lower().startswith("kr") or "$" in bare:
        return ways.currency
    return _SIGNS.get(bare.lower())


def currency_in(text: str, ways: Conventions) -> str | None:
    """Return the currency whose code or sign stands before or behind an amount."""
    for part in re.findall(r"[^\d\s.,()+-]+", text):
        if (code := _currency(part, ways)) is not None:
            return code
    return None


def _joined(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()
