"""Identifiers with checksums, also where print parts them with blanks: VAT ids, IBANs, BICs, registration numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stdnum import bic as stdnum_bic
from stdnum import get_cc_module, iban, luhn
from stdnum.exceptions import ValidationError

from pipeline.extract.rules.writing.characters import has_digit

_VAT_SHAPES: dict[str, str] = {
    "AT": r"U\d{8}",
    "BE": r"[01]?\d{9}",
    "BG": r"\d{9,10}",
    "CH": r"E\d{9}(?:MWST|TVA|IVA|VAT)?",
    "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}",
    "DE": r"\d{8,9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "EL": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}",
    "GB": r"(?:\d{9}(?:\d{3})?|GD\d{3}|HA\d{3})",
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])",
    "IT": r"\d{11}",
    "LT": r"(?:\d{9}|\d{12})",
    "LU": r"\d{8}",
    "LV": r"\d{11}",
    "MT": r"\d{8}",
    "NL": r"\d{9}B\d{2}",
    "NO": r"\d{9}(?:MVA)?",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
    "RO": r"\d{2,10}",
    "SE": r"\d{12}",
    "SI": r"\d{8}",
    "SK": r"\d{10}",
    "XI": r"\d{9}",
}
_VAT = {country: re.compile(country + shape) for country, shape in _VAT_SHAPES.items()}
_NORWEGIAN = re.compile(r"\d{9}MVA")  # an organisation number so ended is a VAT id, with or without its prefix
_SPANISH = re.compile(r"ES[A-Z]")
# The Indian GSTIN has no country prefix, but a shape that nothing else has: state, income tax number, entity, Z, check.
_INDIAN = re.compile(r"(?:[0-2]\d|3[0-8]|9[79])[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]")
_PUNCTUATION = re.compile(r"[\s.\-/,;:()*]")
_IBAN_START = re.compile(r"^[(]?[A-Z]{2}\d{2}")
_IBAN_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_DATE_OR_AMOUNT = re.compile(r"/|,\d|[€$£]|\d\.\d{2}$|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})$")
_BIC = re.compile(r"^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier without blanks, how many words it takes, and whether its checksum holds."""

    value: str
    words: int
    proven: bool


def compact(text: str) -> str:
    """Return an identifier without blanks and punctuation, in capitals."""
    return _PUNCTUATION.sub("", text).upper()


@lru_cache(maxsize=4096)
def is_vat_id(value: str) -> bool:
    """Say whether a compact VAT id with its country prefix has a valid checksum."""
    country = value[:2]
    if _INDIAN.fullmatch(value):
        return is_valid("in", "gstin", value)
    if country == "NO":
        return is_valid("no", "orgnr", re.sub(r"\D", "", value))
    if country == "CH":
        return is_valid("ch", "uid", value[:12])
    module = get_cc_module("gb" if country == "XI" else "gr" if country == "EL" else country.lower(), "vat")
    if module is None:
        return False
    try:
        module.validate("GB" + value[2:] if country == "XI" else value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=4096)
def is_valid(country: str, kind: str, value: str) -> bool:
    """Say whether a national number is valid by python-stdnum's module `country.kind`."""
    module = get_cc_module(country, kind)
    if module is None:
        return False
    try:
        module.validate(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=16_384)
def may_begin(text: str) -> bool:
    """Say whether a word may begin a VAT id, an IBAN or a BIC: most words do not, and need no further look."""
    if len(text) > 3 and text.isalpha() and not text.isupper():
        return False  # a plain word
    return _may_begin_vat_id(text) or _may_begin_iban(text) or bic_at([text]) is not None


def _may_begin_vat_id(text: str) -> bool:
    head = compact(text)
    if head[:2] == "NO" and not text.strip("(:,")[:2].isupper():
        return False  # "No.: 662318714"
    if _NORWEGIAN.fullmatch(head) or _INDIAN.fullmatch(head):
        return True
    plausible = head[:2] in _VAT and (len(head) == 2 or has_digit(head[2:]))
    return plausible or head in ("CHE", "ATU") or _SPANISH.fullmatch(head) is not None


def _may_begin_iban(text: str) -> bool:
    return has_digit(text) and _IBAN_START.match(text.upper()) is not None and text[:2].strip("(").isupper()


def vat_id_at(texts: Sequence[str]) -> Identifier | None:
    """Return the VAT id that the first of `texts` begins; a valid checksum beats a longer match."""
    if not _may_begin_vat_id(texts[0]):
        return None
    head = compact(texts[0])
    if _NORWEGIAN.fullmatch(head):
        return Identifier(f"NO{head}", 1, is_vat_id(f"NO{head}"))
    if _INDIAN.fullmatch(head):
        return Identifier(head, 1, is_vat_id(head))
    best: Identifier | None = None
    joined = ""
    for count, text in enumerate(texts[:6], start=1):
        if count > 1 and _DATE_OR_AMOUNT.search(text):
            break  # "de 01/01/2024", "de 120 000,00 €"
        joined += compact(text)
        if len(joined) > 16:
            break
        if _VAT[joined[:2]].fullmatch(joined) if joined[:2] in _VAT else False:
            value = re.sub(r"(?:MWST|TVA|IVA|VAT)$", "", joined) if joined.startswith("CHE") else joined
            proven = is_vat_id(value)
            if best is None or (proven and not best.proven) or (proven == best.proven and joined.startswith("NO")):
                best = Identifier(value, count, proven)
    if best and best.words > 1 and not best.proven and not re.fullmatch(r"[A-Z]{2}[A-Z]?", head):
        return best if re.fullmatch(r"[A-Z]{2}\w{0,4}", head) else None
    return best


def iban_at(texts: Sequence[str]) -> Identifier | None:
    """Return the IBAN that the first of `texts` begins, valid ones only unless it has the right length and shape."""
    if not _may_begin_iban(texts[0]):
        return None
    joined = ""
    shaped: Identifier | None = None
    for count, text in enumerate(texts, start=1):
        part = compact(text)
        bank_letters = len(joined) == 4 and len(part) == 4  # "NL91 ABNA 0417 …"
        if count > 1 and not bank_letters and (not part or not has_digit(part)):
            break
        joined += part
        if not 15 <= len(joined) <= 34 or not _IBAN_SHAPE.fullmatch(joined):
            continue
        if _is_iban(joined):
            return Identifier(joined, count, True)
        if len(joined) >= 18:
            shaped = Identifier(joined, count, False)
    return shaped


def _is_iban(value: str) -> bool:
    try:
        iban.validate(value)
    except ValidationError:
        return False
    return True


def bic_at(texts: Sequence[str]) -> Identifier | None:
    """Return the BIC that the first word is, if its country is one."""
    value = texts[0].strip(".,;:()").upper()
    if texts[0].strip(".,;:()") != value or not _BIC.match(value):
        return None
    try:
        stdnum_bic.validate(value)
    except ValidationError:
        return None
    return Identifier(value, 1, has_digit(value) or value.endswith("XXX"))


def is_creditor_reference(value: str) -> bool:
    """Say whether a number ends in the check digit of Danish FIK, Swedish OCR and Norwegian KID (modulus 10)."""
    return value.isdigit() and len(value) >= 4 and luhn.is_valid(value)
