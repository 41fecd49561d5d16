"""Printed dates: every plausible reading, with the document's own day and month order as evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from pipeline.domain.folding import fold

# Month names and abbreviations as printed in en, da, sv, nb, fi, de, fr, nl, es, it, pt, pl; accents are folded.
_MONTHS: tuple[str, ...] = (
    "january jan januar jaenner janner januari janvier janv tammikuu tammikuuta enero ene gennaio gen janeiro stycznia",
    "february feb februar februari fevrier fevr fev helmikuu helmikuuta febrero febbraio febb fevereiro lutego lut",
    "march mar marts marz maerz mrz mars maart mrt maaliskuu maaliskuuta marzo marco marzec marca",
    "april apr avril avr huhtikuu huhtikuuta abril abr aprile kwiecien kwietnia kwi",
    "may maj mai mei toukokuu toukokuuta mayo maggio mag maio maja",
    "june jun juni juin kesakuu kesakuuta junio giugno giu junho czerwiec czerwca cze",
    "july jul juli juillet juil heinakuu heinakuuta julio luglio lug julho lipiec lipca lip",
    "august aug august augustus augusti aout elokuu elokuuta agosto ago ag sierpien sierpnia sie",
    "september sep sept septembre syyskuu syyskuuta septiembre settembre set sett setembro wrzesien wrzesnia wrz",
    "october oct okt oktober octobre lokakuu lokakuuta octubre ottobre ott outubro out pazdziernik pazdziernika paz",
    "november nov novembre marraskuu marraskuuta noviembre novembro listopad listopada lis",
    "december dec dez dezember decembre joulukuu joulukuuta diciembre dic dicembre dezembro grudnia gru des desember",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T[\d:.]+Z?)?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?!\d)")
_DAY_NAME_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})\s{0,5}(?:(?:st|nd|rd|th|er|º|°)(?![^\W\d_]))?[.\-/\s]{0,5}(?:de\s+|of\s+|den\s+)?([^\W\d_]{3,12})\.?[,.\-/\s]*(?:de\s+)?['’]?(\d{4}|\d{2})(?!\d)"
)
_NAME_DAY_YEAR = re.compile(r"([^\W\d_]{3,12})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?[,.\s\-/]+['’]?(\d{4}|\d{2})(?!\d)")


class DayOrder(StrEnum):
    """Whether numeric dates put the day or the month first."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class DateReading:
    """One way to read a printed date; `order` is the convention it supposes, None where no other reading exists."""

    value: date
    order: DayOrder | None


@lru_cache(maxsize=16_384)
def readings(text: str) -> tuple[DateReading, ...]:
    """Return every plausible reading of the first date printed in `text`, day first before month first; empty if none.

    Two-digit years are taken to lie in 1970 to 2069.
    """
    folded = fold(text)
    if _DIGIT.search(folded) is None:
        return ()
    if found := _ISO.search(folded) or _COMPACT.search(folded):
        year, month, day = (int(g) for g in found.groups())
        return _single(year, month, day)
    if (found := _DAY_NAME_YEAR.search(folded)) and (number := _MONTH_OF.get(found.group(2))) is not None:
        return _single(_year(found.group(3)), number, int(found.group(1)))
    if (found := _NAME_DAY_YEAR.search(folded)) and (number := _MONTH_OF.get(found.group(1))) is not None:
        return _single(_year(found.group(3)), number, int(found.group(2)))
    if found := _NUMERIC.search(folded):
        first, second, year = int(found.group(1)), int(found.group(2)), _year(found.group(3))
        return _numeric(first, second, year)
    return ()


def parse_date(text: str, order: DayOrder | None = None) -> date | None:
    """Return the date that `text` prints under the convention `order`, or None where it is none or stays ambiguous."""
    values = {r.value for r in readings(text) if order is None or r.order in (None, order)}
    return values.pop() if len(values) == 1 else None


def is_month_name(text: str) -> bool:
    """Say whether a word is the name of a month or its abbreviation in one of the languages read."""
    return fold(text).strip(".,") in _MONTH_OF


def day_order_of(texts: Iterable[str]) -> DayOrder | None:
    """Return the order that a document's numeric dates prove (a part above 12); None where they prove none or both."""
    proven = {order for text in texts if (order := _proven_order(text)) is not None}
    return proven.pop() if len(proven) == 1 else None


def _proven_order(text: str) -> DayOrder | None:
    folded = fold(text)
    if _DIGIT.search(folded) is None or _ISO.search(folded) or (found := _NUMERIC.search(folded)) is None:
        return None
    first, second = int(found.group(1)), int(found.group(2))
    if first > 12 >= second:
        return DayOrder.DAY_FIRST
    if second > 12 >= first:
        return DayOrder.MONTH_FIRST
    return None


def _numeric(first: int, second: int, year: int) -> tuple[DateReading, ...]:
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if day_first == month_first or month_first is None:
        return (DateReading(day_first, None),) if day_first else ()
    if day_first is None:
        return (DateReading(month_first, None),)
    return DateReading(day_first, DayOrder.DAY_FIRST), DateReading(month_first, DayOrder.MONTH_FIRST)


def _single(year: int, month: int, day: int) -> tuple[DateReading, ...]:
    value = _date(year, month, day)
    return (DateReading(value, None),) if value else ()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    number = int(text)
    if len(text) == 4:
        return number
    return 2000 + number if number < 70 else 1900 + number
