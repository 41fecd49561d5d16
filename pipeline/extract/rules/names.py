"""Names of companies and people as printed: what may be one, and where it ends."""

import re
from functools import lru_cache

from pipeline.extract.rules.blocks import Line, has_place, parts_of
from pipeline.extract.rules.captions import amount_role
from pipeline.extract.rules.folding import fold_words
from pipeline.extract.rules.labels import wording_roles
from pipeline.extract.rules.layout import canonical_tokens
from pipeline.extract.rules.legal_forms import has_legal_form, is_legal_form
from pipeline.extract.rules.wordings import Role

_TITLE_LIST = """
    invoice faktura rechnung facture factuur factura fattura creditnota kreditnota gutschrift avoir credit note
    memo receipt kvittering quittung recu recibo ricevuta bestellung order purchase ordre orden pedido ordine
    commande bestilling bestalning bestelling statement page seite side sida pagina original copy kopi kopie copie
    logo tax proforma kreditfaktura indkobsordre kobsordre inkopsorder rykker handelsrechnung rechnungskorrektur
    bon bestelbon inkooporder ordrebekraeftelse paid betalt bezahlt paye betaald date datum dato fecha data total
    kontoudtog creditfactuur abono nota payment invoices bill retail commercial estimate kvitto
    rechnungs confirmation bestatigung auftragsbestatigung orderbekraftelse de di of nr bekraeftelse response
"""
_TITLE_WORDS = frozenset(_TITLE_LIST.split())
_SENTENCE = re.compile(
    r"[.!?]\s+[A-ZÆØÅÄÖÜ].*[.!?]$|\b(?:please|bitte|venligst|vänligen|merci|thank|vielen dank|tak for|takk|gracias"
    r"|grazie|bedankt|danke)\b",
    re.I,
)
_ID_BEHIND = re.compile(
    r"\s*(?:,|\(|[-–|·•])?\s*\b(?:cvr|vat|ust|uid|tva|btw|iva|moms|org|orgnr|siret|siren|kvk|tlf|tel|phone|iban|www|cif|nif|p\.?\s?iva|gln|ean|reg)\b\D{0,14}[:\d].*$",
    re.I,
)
_LABEL_ROLES = {
    Role.BUYER,
    Role.SELLER,
    Role.SHIP_TO,
    Role.TITLE_NUMBER,
    Role.COLUMN,
    Role.CONTACT,
    Role.INVOICE_NUMBER,
    Role.ISSUE_DATE,
    Role.DATE,
}


def clean_name(text: str) -> str:
    """Return the name at the beginning of a text: what follows a separator, an id or the legal form is dropped."""
    name = parts_of(text.strip(" ,;:|·•*-–"))[0]
    first, _, rest = name.partition(",")
    if rest and has_place(rest) and sum(c.isalpha() for c in first) >= 2:
        name = first
    name = _ID_BEHIND.sub("", name) if has_legal_form(name) or len(name.split()) > 2 else name
    words = name.split()
    forms = [i for i, w in enumerate(words) if i and is_legal_form(w)]
    if (forms and words[forms[-1]].endswith(",")) or (
        forms and any(any(c.isdigit() for c in w) for w in words[forms[-1] + 1 :])
    ):
        words = words[: forms[-1] + 1]
    return " ".join(words).strip(" ,;:|·•*-–#")


def may_be_name(text: str) -> bool:
    """Say whether a text may be a party's name: letters, not a title, a sentence, a date or an address."""
    words = fold_words(text).split()
    if not words or len(words) > 9 or sum(c.isalpha() for c in text) < 2 or len(text) > 70:
        return False
    if (_SENTENCE.search(text) and not has_legal_form(text)) or ":" in text:
        return False
    if text.rstrip().endswith((":", "?")) or "@" in text or "www." in text.lower():
        return False
    digits = sum(c.isdigit() for c in text)
    if digits > len(text) * 0.4 or (digits and re.match(r"^[#\d]", text) and not has_legal_form(text)):
        return False
    if len(words) <= 2 and amount_role(text) and not has_legal_form(text):
        return False
    return not all(w in _TITLE_WORDS or w.isdigit() or len(w) == 1 for w in words) and not is_label_text(text)


def is_label_text(text: str) -> bool:
    """Say whether the whole text is a label."""
    key = "".join(canonical_tokens(text))
    return key in _label_keys()


@lru_cache(maxsize=1)
def _label_keys() -> frozenset[str]:
    return frozenset(key for key, roles in wording_roles().items() if roles & _LABEL_ROLES)


def name_in(line: Line) -> str | None:
    """Return the name that a line states, or None where it states none."""
    name = clean_name(line.text)
    return name if may_be_name(name) and not (line.is_contact and not has_legal_form(name)) else None
