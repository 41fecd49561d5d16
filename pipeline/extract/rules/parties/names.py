"""Names of companies and people as printed: what may be one, and where it ends."""

import re
from functools import lru_cache

from pipeline.domain.legal_forms import has_legal_form, is_legal_form
from pipeline.extract.rules.amounts.captions import amount_role
from pipeline.extract.rules.labels.labels import wording_roles
from pipeline.extract.rules.labels.roles import Role
from pipeline.extract.rules.page.layout import canonical_tokens
from pipeline.extract.rules.parties.blocks import Line, has_place, is_street, parts_of
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.currency import CODES
from pipeline.extract.rules.writing.folding import fold_words

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
_COPYRIGHT = re.compile(r"^(?:copyright\b\s*)?(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?\s+)?(?:by\s+)?", re.I)
_RIGHTS = re.compile(
    r"[\s.,·|–-]*\b(?:all rights reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s|alle retti\w+ forbehold\w*"
    r"|med enerett|alla rättigheter \w+|kaikki oikeudet \w+|alle rechten voorbehouden|todos los derechos reservados"
    r"|todos os direitos reservados|tutti i diritti (?:sono )?riservati|wszelkie prawa zastrze[żz]one)\b.*$",
    re.I,
)
_HASH_NUMBER = re.compile(r"#\s?[A-Z]{0,3}-?\d")  # "Order #1024"
_LOGO = re.compile(r"^logo\b[\s:.-]*(?=\w)", re.I)  # the text that stands in for a picture
_ATTENTION = re.compile(r"^att(?:n|ention|\.)?\s*[:.]?\s+", re.I)
_PROPER_NAMES = frozenset({Role.SELLER_ORDER, Role.REFERENCE})  # words of these may as well be a name


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """Return the name at the beginning of a text: what follows a separator, an id or the legal form is dropped."""
    if text.startswith(("©", "(c)", "(C)", "Copyright")) or _RIGHTS.search(text):
        text = _RIGHTS.sub("", _COPYRIGHT.sub("", text))
    name = _LOGO.sub("", parts_of(text.strip(" ,;:|·•*-–"))[0])
    if has_legal_form(name):
        name = _ATTENTION.sub("", name)
    if "," in name and has_place(name.partition(",")[2]):
        name = _before_address(name)
    if (has_digit(name) or ":" in name) and (has_legal_form(name) or len(name.split()) > 2):
        name = _ID_BEHIND.sub("", name)
    words = name.split()
    forms = [i for i, w in enumerate(words) if i and is_legal_form(w)]
    if forms and words[forms[-1] + 1 :] and all(fold_words(w) in _TITLE_WORDS for w in words[forms[-1] + 1 :]):
        words = words[: forms[-1] + 1]
    if (forms and words[forms[-1]].endswith(",")) or (forms and any(has_digit(w) for w in words[forms[-1] + 1 :])):
        words = words[: forms[-1] + 1]
    return " ".join(words).strip(" ,;:|·•*-–#")


def _before_address(text: str) -> str:
    """Return what stands before the street or town: "Flynn, Boyd & Partners Ltd, 3 High Street, …" keeps its comma."""
    parts = text.split(",")
    for i in range(1, len(parts)):
        if is_street(parts[i].strip()) or has_place(parts[i]):
            name = ",".join(parts[:i])
            return name if sum(c.isalpha() for c in name) >= 2 else text
    return text


@lru_cache(maxsize=8192)
def may_be_name(text: str) -> bool:
    """Say whether a text may be a party's name: letters, not a title, a sentence, a date or an address."""
    words = fold_words(text).split()
    if not words or len(words) > 9 or sum(c.isalpha() for c in text) < 2 or len(text) > 70:
        return False
    if ":" in text or "@" in text or text.rstrip().endswith("?") or "www." in text.lower():
        return False
    if _SENTENCE.search(text) and not has_legal_form(text):
        return False
    if all(is_legal_form(w) or not any(c.isalnum() for c in w) for w in text.split()):
        return False
    digits = sum(c.isdigit() for c in text)
    if text.startswith("(") or _HASH_NUMBER.search(text):
        return False
    if digits > len(text) * 0.4 or (digits and re.match(r"^[#\d]", text) and not has_legal_form(text)):
        return False
    if all(w in _TITLE_WORDS or w.isdigit() or len(w) == 1 for w in words) or is_label_text(text):
        return False
    short = sum(w.upper() not in CODES for w in words) <= 2
    return not (short and not has_legal_form(text) and amount_role(text))


def is_label_text(text: str) -> bool:
    """Say whether the whole text is a label."""
    return "_" not in text and "".join(canonical_tokens(text)) in _label_keys()


@lru_cache(maxsize=1)
def _label_keys() -> frozenset[str]:
    return frozenset(key for key, roles in wording_roles().items() if not roles <= _PROPER_NAMES)


def name_in(line: Line) -> str | None:
    """Return the name that a line states, or None where it states none."""
    name = clean_name(line.text)
    return name if may_be_name(name) and not (line.is_contact and not has_legal_form(name)) else None
