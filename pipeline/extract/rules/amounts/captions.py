"""What an amount is, told by the words that stand before it: "Total ekskl. moms", "Nettobetrag", "Net à payer"."""

import re
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.extract.rules.amounts import caption_words as words
from pipeline.extract.rules.writing.folding import fold_words


class AmountRole(StrEnum):
    """What an amount among the totals stands for."""

    NET = "net"
    SUBTOTAL = "subtotal"
    TAX = "tax"
    TAX_RATE = "tax_rate"
    GROSS = "gross"
    TOTAL = "total"
    DUE = "due"
    PREPAID = "prepaid"
    DISCOUNT = "discount"
    CHARGE = "charge"
    ROUNDING = "rounding"


def _compiled(alternatives: str) -> re.Pattern[str]:
    """Compile alternatives as whole words; see `caption_words` for how they are written."""
    pattern = "|".join(part.strip() for part in alternatives.split("|"))
    for name, meaning in (("VAT", words.TAX), ("EXCL", words.EXCL), ("INCL", words.INCL)):
        pattern = pattern.replace(name, "(?:" + "|".join(part.strip() for part in meaning.split("|")) + ")")
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")


_HAS_TAX = _compiled(words.TAX)
_EXCLUDING = _compiled(words.EXCLUDING)
_INCLUDING = _compiled(words.INCLUDING)
_BASE = _compiled(words.BASE)
_EXEMPT = _compiled(words.EXEMPT)
_NET = _compiled(words.NET)
_GROSS = _compiled(words.GROSS)
_SUBTOTAL = _compiled(words.SUBTOTAL)
_TOTAL = _compiled(words.TOTAL)
_DUE = _compiled(words.DUE)
_PREPAID = _compiled(words.PREPAID)
_DISCOUNT = _compiled(words.DISCOUNT)
_CHARGE = _compiled(words.CHARGE)
_ROUNDING = _compiled(words.ROUNDING)
_RATE = _compiled(words.RATE)
_TAX_TOTAL = _compiled(words.TAX_TOTAL)
_TAX_DUE = _compiled(words.TAX_DUE)
_NOT_A_CAPTION = _compiled(words.NOT_A_CAPTION)
_USUAL = tuple(words.USUAL.split())
_BARE = re.compile(r"incl|inkl|excl|exkl|ekskl")
_SPELLED = re.compile(r"\b[a-z](?: [a-z]){1,3}\b")  # "I.V.A.", "T.T.C.", "H.T."


@lru_cache(maxsize=8192)
def amount_role(caption: str) -> tuple[AmountRole, float] | None:
    """Return what the amount behind `caption` is and how plainly the words say so (0 to 1), None where they do not."""
    text = _SPELLED.sub(lambda m: m.group().replace(" ", ""), fold_words(caption))
    if not text or len(text) > 90:
        return None
    if _ROUNDING.search(text):
        return AmountRole.ROUNDING, 0.9
    if _TAX_DUE.fullmatch(text):
        return AmountRole.TAX, 0.9
    tax = _HAS_TAX.search(text)
    excluding, including = _said(_EXCLUDING, text, tax is not None), _said(_INCLUDING, text, tax is not None)
    if _DUE.search(text):
        return (AmountRole.NET, 0.6) if excluding else (AmountRole.DUE, 0.9)
    if _PREPAID.search(text) and not excluding:
        return AmountRole.PREPAID, 0.85
    if _DISCOUNT.search(text) and not _SUBTOTAL.search(text):
        return (
            (AmountRole.NET, 0.8)
            if re.match(r"(?:total )?(?:less|after|efter|nach|apres|dopo)", text)
            else (AmountRole.DISCOUNT, 0.85)
        )
    if excluding and not (including and not tax):
        return (AmountRole.NET, 0.85) if _SUBTOTAL.search(text) else (AmountRole.NET, 0.95)
    if including:
        return AmountRole.GROSS, 0.95
    if _CHARGE.search(text) and not re.search(r"net|brut|gross", text):
        return AmountRole.CHARGE, 0.8
    return _plain_role(text, tax is not None)


def _said(pattern: re.Pattern[str], text: str, tax: bool) -> re.Match[str] | None:
    """Find a word for "including" or "excluding"; where no tax is named, not a bare one that goes on with something
    else: an item's "Half-day shoot incl. retouching" is no total."""
    found = pattern.search(text)
    if found is None or tax or not _BARE.fullmatch(found.group()):
        return found
    rest = text[found.end() :]
    return None if any(len(w) > 3 and w.isalpha() for w in rest.split()) and not _TOTAL.search(rest) else found


def _plain_role(text: str, tax: bool) -> tuple[AmountRole, float] | None:
    """Classify captions that say neither "excluding" nor "including"."""
    if _EXEMPT.search(text):
        return None
    if _BASE.search(text):
        return AmountRole.NET, 0.88
    if _NET.search(text) and not _TAX_TOTAL.search(text):
        return AmountRole.NET, 0.9
    if _GROSS.search(text):
        return AmountRole.GROSS, 0.9
    if _SUBTOTAL.search(text):
        return AmountRole.SUBTOTAL, 0.8
    if tax:
        if _RATE.search(text) and not _TAX_TOTAL.search(text) and "%" not in text:
            return AmountRole.TAX_RATE, 0.9
        return AmountRole.TAX, 0.95 if _TAX_TOTAL.search(text) else 0.85
    if _TOTAL.search(text):
        weak = re.fullmatch(r"(?:amount|belob|belopp|belop|bedrag|betrag|montant|importe|importo|charges)", text)
        grand = re.search(r"grand|invoice|rechnung|faktur|factuur|end(?:betrag|summe)|general|final|gesamt", text)
        return AmountRole.TOTAL, 0.5 if weak else 0.9 if grand else 0.8
    return None


@lru_cache(maxsize=2048)
def misread_role(caption: str) -> tuple[AmountRole, float] | None:
    """As `amount_role`, but words that are nearly one of the usual ones are taken for it, for OCR text."""
    if (plain := amount_role(caption)) and plain[0] is not AmountRole.TOTAL:
        return plain
    read = fold_words(caption).split()
    mended = [_mended(w) if len(w) >= 5 else w for w in read]
    found = amount_role(" ".join(mended)) if mended != read else None
    return (found[0], found[1] * 0.9) if found else amount_role(caption)


def _mended(word: str) -> str:
    match = process.extractOne(word, _USUAL, scorer=fuzz.ratio, score_cutoff=82)
    return match[0] if match else word


@lru_cache(maxsize=8192)
def is_caption(text: str) -> bool:
    """Say whether a text may caption an amount of the totals at all."""
    return not _NOT_A_CAPTION.search(fold_words(text))
