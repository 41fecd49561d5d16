"""Typed candidates over the words: every date, amount, identifier and address that could be a field's value."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.domain.dates import is_month_name
from pipeline.domain.dates import readings as date_readings
from pipeline.domain.document import Box
from pipeline.domain.folding import fold
from pipeline.domain.money import readings as amount_readings
from pipeline.domain.money import to_plain
from pipeline.extract.rules.page.identifiers import bic_at, iban_at, may_begin, vat_id_at
from pipeline.extract.rules.page.layout import Layout, Row
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.conventions import Conventions
from pipeline.extract.rules.writing.currency import CODES
from pipeline.extract.rules.writing.parted_decimals import closed, is_parted


class CandidateType(StrEnum):
    """What kind of value a candidate is."""

    DATE = "date"
    PERIOD = "period"
    AMOUNT = "amount"
    PERCENT = "percent"
    VAT_ID = "vat_id"
    IBAN = "iban"
    BIC = "bic"
    EMAIL = "email"
    CODE = "code"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value on the page: words `start` to `end` of a row.

    `value` is normalised, `others` are further readings of the same words. `proven` says that a checksum holds or that
    no other reading exists. `marked` says that a currency stands with an amount.
    """

    type: CandidateType
    value: str
    text: str
    page: int
    box: Box
    row: int
    start: int
    end: int
    proven: bool
    others: tuple[str, ...] = ()
    marked: bool = False
    decimals: int = 0


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_ONE_WORD_DATE = re.compile(
    r"^[(\[]?(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:T[\d:.]+Z?)?|20\d{6}"
    r"|\d{1,2}[-./]?[^\W\d_]{3,9}[-./,]?'?(?:\d{4}|\d{2})|[^\W\d_]{3,9}[-./]\d{1,2}[-./,]\d{2,4})[)\],;.:]*$"
)
_DATE_START = re.compile(r"^[(]?(?:\d{1,2}(?:st|nd|rd|th|er|ème|º)?[.,/-]?|\d{4}[./-]|[^\W\d_]{3,10}[.,]?)$", re.I)
_DATE_END = re.compile(r"^'?(?:\d{4}|\d{2})[),.;:]*$|^[^\W\d_]{3,10}[.,]?'?\d{2,4}[,.;]?$|^\d{1,2}[,.]\d{4}$")
_RANGE = frozenset(
    {"-", "–", "—", "bis", "to", "til", "till", "au", "tot", "al", "a", "through", "t/m", "until", "fino"}
)
_SIGN = re.compile(r"^(?:[€$£₹¥]|kr\.?|rs\.?|[A-Z]{3}:?|us\$|fr\.)$", re.I)
_NUMBERISH = re.compile(
    r"^[(\-−–+]?(?:[A-Z]{3}|[€$£₹¥]|kr\.?|rs\.?|us\$|[A-Z]{0,2}\$)?[\s:]?[-−–]?\.?\d[\d.,'’´`]*(?:[-−–]{0,2}|,--?|\.--?)?(?:[€$£₹¥]|kr\.?|[A-Z]{3}|\*|CR)?[)\-−–]?$",
    re.I,
)
_GROUP = re.compile(r"^\d{3}(?:[.,]\d{1,4})?[)\-−–€$£]*$")
_GROUP_START = re.compile(r"^[(\-−–]?(?:[€$£₹¥]|kr\.?|rs\.?|us\$|[A-Z]{3})?[\-−–]?(?P<digits>[1-9]\d{0,2})$", re.I)
_MINUS_SIGN = re.compile(r"^[-−–](?:[€$£₹¥]|kr\.?|[A-Z]{3})?$", re.I)
_TIGHT = 0.62  # blanks inside a number are narrower than this many line heights
_WIDEST_TIGHT = 0.9  # and those as wide as the blank before its currency narrower than this
_SAME = 0.03  # line heights by which blanks of one width differ
_THIN = 0.75  # of the usual blank: what parts decimals from their mark is thinner
_PERCENT = re.compile(r"^[(]?\d{1,3}(?:[.,]\d{1,3})?\s?%[),:;.]*$")


def candidates_of(layout: Layout, conventions: Conventions) -> list[Candidate]:
    """Return all typed candidates of a document in reading order; candidates of one row may overlap."""
    found: list[Candidate] = []
    tight = max(_TIGHT, 1.25 * layout.blank)
    for row in layout.rows:
        dates = list(_dates(row, conventions))
        taken = {i for c in dates for i in range(c.start, c.end) if not re.fullmatch(r"20\d{6}", c.text)}
        found += dates
        found += _identifiers(row)
        found += _amounts(row, conventions, taken, tight, _THIN * layout.blank)
    return found


def identifiers_of(layout: Layout) -> list[Candidate]:
    """Return the e-mail addresses, VAT ids, IBANs and BICs of a document in reading order."""
    return [candidate for row in layout.rows for candidate in _identifiers(row)]


def _candidate(
    row: Row, type_: CandidateType, value: str, start: int, end: int, proven: bool, **more: object
) -> Candidate:
    return Candidate(
        type_,
        value,
        row.span_text(start, end),
        row.page,
        row.span_box(start, end),
        row.index,
        start,
        end,
        proven,
        **more,  # type: ignore[arg-type]
    )


def _dates(row: Row, conventions: Conventions) -> Iterator[Candidate]:
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(row.texts):
        end = _date_end(row, i) if _may_begin_date(row.texts[i]) else None
        if end:
            spans.append((i, end))
        i = end or i + 1
    periods = {s for (s, e), (s2, _) in itertools.pairwise(spans) if _is_range(row, e, s2) for s in (s, s2)}
    for start, end in spans:
        text = row.span_text(start, end)
        found = date_readings(text)
        likely = [r for r in found if r.order in (None, conventions.order)] or list(found)
        type_ = CandidateType.PERIOD if start in periods else CandidateType.DATE
        others = tuple(r.value.isoformat() for r in found if r is not likely[0])
        # Only English papers put the month first, and none does with points.
        proven = (
            len(found) == 1
            or conventions.day_order is not None
            or "." in text
            or conventions.language not in (None, "en")
        )
        yield _candidate(row, type_, likely[0].value.isoformat(), start, end, proven, others=others)


@lru_cache(maxsize=16_384)
def _may_begin_date(text: str) -> bool:
    """Say whether a word is a date or may begin one: most words do not, and need no further look."""
    if text.isalpha():
        return 3 <= len(text) <= 10 and is_month_name(text)
    if _ONE_WORD_DATE.match(text):
        return bool(date_readings(text))
    return _DATE_START.match(text) is not None and (not text[0].isalpha() or is_month_name(text))


def _date_end(row: Row, start: int) -> int | None:
    """Return where a date that may start at a word ends, None where none starts."""
    if _ONE_WORD_DATE.match(row.texts[start]):
        return start + 1
    for end in range(start + 2, min(start + 6, len(row.words) + 1)):
        if row.gap(end - 1) > 1.2:
            return None
        if _DATE_END.match(row.texts[end - 1]) and date_readings(row.span_text(start, end)):
            return end
    return None


def _is_range(row: Row, end: int, start: int) -> bool:
    between = [fold(w.text).strip(".,:") for w in row.words[end:start]]
    return bool(between) and len(between) <= 2 and all(b in _RANGE for b in between)


def _identifiers(row: Row) -> Iterator[Candidate]:
    i = 0
    while i < len(row.words):
        text = row.texts[i]
        if "@" in text and (match := _EMAIL.search(text)):
            yield _candidate(row, CandidateType.EMAIL, match.group().rstrip(".").lower(), i, i + 1, True)
        if not may_begin(text):
            i += 1
            continue
        texts = row.texts[i : i + 10]
        if iban := iban_at(texts):
            yield _candidate(row, CandidateType.IBAN, iban.value, i, i + iban.words, iban.proven)
            i += iban.words
            continue
        if vat := vat_id_at(texts):
            yield _candidate(row, CandidateType.VAT_ID, vat.value, i, i + vat.words, vat.proven)
            i += vat.words
            continue
        if bic := bic_at(texts):
            yield _candidate(row, CandidateType.BIC, bic.value, i, i + bic.words, bic.proven)
        i += 1


def _amounts(row: Row, conventions: Conventions, taken: set[int], tight: float, thin: float) -> Iterator[Candidate]:
    i = 0
    while i < len(row.words):
        text = row.texts[i]
        if i in taken or not has_digit(text):
            i += 1
            continue
        if _is_percent(row, i):
            digits = re.search(r"\d+(?:[.,]\d+)?", text)
            if digits:
                yield _candidate(row, CandidateType.PERCENT, digits.group().replace(",", "."), i, i + 1, True)
            i += 1
            continue
        end = _number_end(row, i, taken, tight, thin)
        if end is None:
            i += 1
            continue
        if amount := _amount(row, i, end, conventions):
            yield amount
        if end > i + 1 and (last := _amount(row, end - 1, end, conventions)) and last.decimals == 2:
            yield last  # "2 500,00" may be a quantity and a price
        i = end


def _is_percent(row: Row, i: int) -> bool:
    text = row.texts[i]
    if _PERCENT.match(text):
        return True
    follows = row.texts[i + 1] if i + 1 < len(row.words) else ""
    return follows[:1] == "%" and row.gap(i + 1) < 1.0


def _number_end(row: Row, i: int, taken: set[int], tight: float, thin: float) -> int | None:
    """Return where the number that starts at a word ends: "1 234 567,00" may be three words, "7, 00" two."""
    text = row.texts[i]
    if not _NUMBERISH.match(text):
        return None
    end = i + 1
    if _GROUP_START.match(text):
        while end < len(row.words) and end not in taken and _is_group(row, end, tight, thin):
            end += 1
            if re.search(r"[.,]", row.texts[end - 1]):
                break
    return end + 1 if end not in taken and _has_cents_apart(row, end, thin) else end


def _is_group(row: Row, i: int, tight: float, thin: float) -> bool:
    """Say whether a word goes on with the number before it: three digits behind a narrow blank."""
    text = row.words[i].text
    if not _GROUP.match(text) and not (_GROUP.match(text[:-1]) and _has_cents_apart(row, i + 1, thin)):
        return False
    return row.gap(i) < tight or _is_blank_of_amounts(row, i)


def _is_blank_of_amounts(row: Row, i: int) -> bool:
    """Say whether the blank before a word is as wide as the one before the currency that follows: both are the
    no-break space of a typeface that has a wide one."""
    if i + 1 >= len(row.words) or row.gap(i) >= _WIDEST_TIGHT or abs(row.gap(i) - row.gap(i + 1)) > _SAME:
        return False
    following = row.words[i + 1].text
    return _is_currency(following) or (_GROUP.match(following) is not None and _is_blank_of_amounts(row, i + 1))


def _has_cents_apart(row: Row, i: int, thin: float) -> bool:
    """Say whether a word holds the decimals of the number before it, parted from it by less than a usual blank."""
    return i < len(row.words) and row.gap(i) < thin and is_parted(row.words[i - 1].text, row.words[i].text)


def _amount(row: Row, start: int, end: int, conventions: Conventions) -> Candidate | None:
    text = closed(row.span_text(start, end).replace("*", ""))
    before = row.texts[start - 1] if start and row.gap(start) < 6 else ""
    after = row.texts[end] if end < len(row.words) and row.gap(end) < 2 else ""
    found = amount_readings(text)
    if not found:
        return None
    if _MINUS_SIGN.match(before) or (after in ("-", "−", "–") and row.gap(end) < 0.5):
        found = tuple(type(r)(-abs(r.value), r.mark, r.decimals) for r in found)
    likely = [r for r in found if r.mark in (None, conventions.mark)] or list(found)
    marked = _is_currency(before) or _is_currency(after) or bool(re.search(r"[€$£₹¥]|kr|[A-Z]{3}", text))
    return _candidate(
        row,
        CandidateType.AMOUNT,
        to_plain(likely[0].value),
        start,
        end,
        len(found) == 1 or conventions.decimal_mark is not None,
        others=tuple(to_plain(r.value) for r in found if r is not likely[0]),
        marked=marked,
        decimals=likely[0].decimals,
    )


def _is_currency(text: str) -> bool:
    bare = text.strip("():.")
    return bool(_SIGN.match(text)) and (not bare.isalpha() or bare.upper() in CODES or fold(bare) in ("kr", "rs", "fr"))
