"""Printed numbers: every plausible reading, the document's own convention as evidence, never a guess.

"1.234,50" can only be read one way; "1.234" is one thousand two hundred thirty-four or one and a bit. Such a number
is left uncertain until other numbers of the same document, or arithmetic, say which mark is the decimal one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

_SPACES = "  \u00a0\u2007\u2009\u202f"
_APOSTROPHES = "'’‘´`"
_MINUS = "-−–‐‑"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)
_DIGIT = re.compile(r"\d")
_CORE = re.compile(rf"\d[\d.,{_SPACES}{_APOSTROPHES}]*\d|\d|[.,]\d+")
_BLANK_BEFORE_MARK = re.compile(rf"(?<=\d)[{_SPACES}]([.,]\d{{2}})(?!\d)")  # "1 234 ,50", as OCR reads it
_NO_CENTS = re.compile(rf"([.,])[{_MINUS}]{{1,2}}")  # "1.234,-": whole crowns or francs
# ISO 4217 codes in use, and the words printed for currencies; other letters beside a number make it no amount.
_CODE_LIST = (
    "aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf "
    "chf clp cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd "
    "hnl htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd "
    "mad mdl mga mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln "
    "pyg qar ron rsd rub rwf sar sbd scr sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try "
    "ttd twd tzs uah ugx usd uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwl dem frf nlg esp itl"
)
_CODES = frozenset(_CODE_LIST.split())
_WORD_LIST = (
    "kr dkr nkr skr ikr kroner kronor euro euros rs r fr sfr francs franken us gb ca au nz hk lei zł kč ft лв cr rm"
)
_WORDS = frozenset(_WORD_LIST.split())
_DOLLARS = re.compile(r"(?i)(?<![^\W\d_])(?:a|c|s|nt|mx)\$")  # "A$5.00": whose dollars
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\D\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_NO_DECORATION = re.compile(r"[/\\:;@#=&%‰]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONE_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]$")
_CREDIT = re.compile(r"(?i)\W*cr\.?")
_BLANKS = re.compile(rf"[{_SPACES}]+")
_APOSTROPHE = re.compile(rf"[{_APOSTROPHES}]")
_NOT_DIGIT = re.compile(r"\D")
_TAIL = re.compile(r"([.,])(\d+)$")


class DecimalMark(StrEnum):
    """The mark before the decimals."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True)
class AmountReading:
    """One way to read a printed number; `mark` is the convention it supposes, None where both give this value.

    `decimals` counts the digits after the mark, as printed.
    """

    value: Decimal
    mark: DecimalMark | None
    decimals: int


@lru_cache(maxsize=16_384)
def readings(text: str) -> tuple[AmountReading, ...]:
    """Return every plausible reading of a printed number, the likelier first; empty where it is none.

    Currency signs, codes, blanks and a trailing minus, parentheses or "CR" for negatives are understood. A number with
    letters inside, or two numbers, is none.
    """
    if _DIGIT.search(text) is None:
        return ()
    cleaned = _BLANK_BEFORE_MARK.sub(r"\1", text.translate(_DIGITS).strip())
    match = _CORE.search(cleaned)
    if match is None:
        return ()
    before, core, after = cleaned[: match.start()], match.group(), cleaned[match.end() :]
    dash = _NO_CENTS.match(after)
    after = after[dash.end() :] if dash else after
    if not (_is_decoration(before) and _is_decoration(after)) or _is_code(before):
        return ()
    sign = -1 if _is_negative(before, after) else 1
    found = _unsigned_readings(core)
    if dash:
        found = [AmountReading(r.value, DecimalMark(dash.group(1)), 0) for r in found if r.decimals == 0]
    return tuple(AmountReading(sign * r.value, r.mark, r.decimals) for r in found)


def parse_amount(text: str, mark: DecimalMark | None = None) -> Decimal | None:
    """Return the number that `text` prints under the convention `mark`; None where it is none or stays ambiguous."""
    found = [r for r in readings(text) if mark is None or r.mark in (None, mark)]
    values = {r.value for r in found}
    return values.pop() if len(values) == 1 else None


def decimal_mark_of(texts: Iterable[str]) -> DecimalMark | None:
    """Return the decimal mark that a document's numbers prove, or None where they prove none or contradict each other.

    Numbers that can be read only one way vote; a majority of at least three to one decides.
    """
    votes = {DecimalMark.POINT: 0, DecimalMark.COMMA: 0}
    for text in texts:
        marks = {r.mark for r in readings(text)}
        if len(marks) == 1 and (mark := marks.pop()) is not None:
            votes[mark] += 1
    winner, loser = sorted(votes, key=lambda m: votes[m], reverse=True)
    return winner if votes[winner] and votes[winner] >= 3 * votes[loser] else None


def to_plain(value: Decimal) -> str:
    """Return the canonical decimal string: no exponent, no superfluous zeros, no "-0"."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_decoration(text: str) -> bool:
    """Say whether what stands around a number may: signs, brackets, currency words, but no percent sign."""
    if not text:
        return True
    if len(text) > 12 or _NO_DECORATION.search(text) or any(c.isdigit() for c in text):
        return False
    return all(_is_currency(word) for word in _LETTERS.findall(_DOLLARS.sub("$", text)))


def _is_code(before: str) -> bool:
    """Say whether a lone letter touches the digits, as in "R12"."""
    return _LONE_LETTER.search(before) is not None


def _is_currency(word: str) -> bool:
    return word.lower() in _CODES or word.lower() in _WORDS


def _is_negative(before: str, after: str) -> bool:
    if any(c in _MINUS for c in before):
        return True
    tail = after.strip()
    return (bool(tail) and tail[0] in _MINUS) or ("(" in before and ")" in after) or _CREDIT.fullmatch(tail) is not None


def _unsigned_readings(core: str) -> list[AmountReading]:
    """Read digits with separators. Groups must be of three digits (or Indian: two, then three)."""
    core = _APOSTROPHE.sub("'", _BLANKS.sub(" ", core))
    found: list[AmountReading] = []
    for mark in _likely_order(core):
        whole, _, fraction = core.rpartition(mark) if mark in core else (core, "", "")
        if mark in whole or (fraction and not fraction.isdigit()):
            continue
        if mark in core and not fraction:
            continue
        groups = "." if mark is DecimalMark.COMMA else ","
        if not _is_whole(whole, groups):
            continue
        value = Decimal((_NOT_DIGIT.sub("", whole) or "0") + (f".{fraction}" if fraction else ""))
        both = not ("." in core or "," in core)
        found.append(AmountReading(value, None if both else mark, len(fraction)))
        if both:
            break
    return found


def _likely_order(core: str) -> tuple[DecimalMark, DecimalMark]:
    """Put first the mark that makes the likelier reading: three digits behind a single mark are likelier a group."""
    tail = _TAIL.search(core)
    if tail is None:
        return DecimalMark.POINT, DecimalMark.COMMA
    mark = DecimalMark(tail.group(1))
    other = DecimalMark.COMMA if mark is DecimalMark.POINT else DecimalMark.POINT
    return (other, mark) if len(tail.group(2)) == 3 and core.count(mark) == 1 else (mark, other)


def _is_whole(whole: str, groups: str) -> bool:
    """Say whether the part before the decimal mark is a whole number with one kind of well-formed grouping."""
    if whole == "" or whole.isdigit():
        return True
    separators = set(_DIGIT.sub("", whole))
    if len(separators) != 1:
        return False
    separator = separators.pop()
    if separator not in (groups, " ", "'"):
        return False
    return _GROUPED.fullmatch(whole) is not None or (separator == "," and _INDIAN.fullmatch(whole) is not None)
