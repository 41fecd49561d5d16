"""How one document writes: its decimal mark, its order of day and month, its language and currency."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.domain.dates import DayOrder, day_order_of
from pipeline.domain.document import Document
from pipeline.domain.money import DecimalMark, decimal_mark_of, readings
from pipeline.extract.rules.writing.characters import has_digit
from pipeline.extract.rules.writing.currency import CurrencyGuess, currency_of
from pipeline.extract.rules.writing.language import language_of

_COMMA_LANGUAGES = frozenset({"da", "de", "fr", "nl", "sv", "no", "es", "it", "pt", "fi", "pl"})
_POINT_CURRENCIES = frozenset({"USD", "GBP", "CAD", "AUD", "NZD", "INR", "CHF", "SGD", "HKD", "JPY", "CNY"})
_COUNTRY = re.compile(r"^[(]?([A-Z]{2})\d{2,}")
_DATE_LIKE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")


@dataclass(frozen=True, slots=True)
class Conventions:
    """A document's habits; a field is None where nothing tells.

    `decimal_mark` and `day_order` are proven by numbers and dates that can be read one way only; `likely_mark` and
    `likely_order` are what language and currency make likely where nothing is proven, weaker by far.
    """

    decimal_mark: DecimalMark | None
    day_order: DayOrder | None
    language: str | None
    currency: str | None
    likely_mark: DecimalMark | None = None
    likely_order: DayOrder | None = None
    currency_guess: CurrencyGuess | None = None

    @property
    def mark(self) -> DecimalMark | None:
        """The mark to read by: the proven one, else the likely one."""
        return self.decimal_mark or self.likely_mark

    @property
    def order(self) -> DayOrder | None:
        """The order to read by: the proven one, else the likely one."""
        return self.day_order or self.likely_order


def conventions_of(document: Document) -> Conventions:
    """Gather the evidence of all words of a document."""
    texts = [w.text for p in document.pages for w in p.words]
    numbers = [t for t in texts if has_digit(t)]
    language = language_of(texts)
    countries = [m.group(1) for t in numbers if (m := _COUNTRY.match(t))]
    guess = currency_of(document.pages, language, countries)
    currency = guess.code if guess else None
    return Conventions(
        decimal_mark=_proven_mark(numbers),
        day_order=day_order_of(_with_neighbours(texts)),
        language=language,
        currency=currency,
        likely_mark=_likely_mark(language, currency),
        likely_order=_likely_order(language, currency),
        currency_guess=guess,
    )


def _proven_mark(texts: Sequence[str]) -> DecimalMark | None:
    """Numbers with two decimals are money and speak first; quantities, versions and clock times only where none do."""
    numbers = [t for t in texts if not _DATE_LIKE.search(t)]
    money = [t for t in numbers if (found := readings(t)) and len(found) == 1 and found[0].decimals == 2]
    return decimal_mark_of(money) or (decimal_mark_of(numbers) if not money else None)


def _with_neighbours(texts: Sequence[str]) -> Iterable[str]:
    """Yield every word that may be a date, and every three that may be one: "24. 12. 2026"."""
    yield from (t for t in texts if has_digit(t) or not t.isascii())
    for first, second, third in zip(texts, texts[1:], texts[2:], strict=False):
        if first.endswith((".", "/", "-")) and first[0].isdigit() and second[:1].isdigit() and third[:1].isdigit():
            yield f"{first} {second} {third}"


def _likely_mark(language: str | None, currency: str | None) -> DecimalMark | None:
    if language in _COMMA_LANGUAGES:
        return DecimalMark.POINT if currency == "CHF" else DecimalMark.COMMA
    return DecimalMark.POINT if language == "en" or currency in _POINT_CURRENCIES else None


def _likely_order(language: str | None, currency: str | None) -> DayOrder | None:
    """Only papers in English that count in US dollars are likely to put the month first."""
    if language == "en" and currency == "USD":
        return DayOrder.MONTH_FIRST
    return DayOrder.DAY_FIRST if language or currency else None
