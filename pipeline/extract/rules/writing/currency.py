"""Which currency a document counts in: codes and signs on the page, the country where a sign is shared by several."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.document import Page, Word
from pipeline.domain.folding import fold

_CODE_LIST = (
    "EUR USD GBP DKK SEK NOK CHF PLN CZK HUF RON BGN ISK CAD AUD NZD JPY CNY INR SGD HKD ZAR TRY AED MXN BRL ILS KRW "
    "THB MYR IDR PHP SAR UAH RUB"
)
CODES = frozenset(_CODE_LIST.split())
_SIGNS: dict[str, str] = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "₽": "RUB",
    "₩": "KRW",
}
_DOLLARS = {"us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD"}
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_KRONER = {"da": "DKK", "sv": "SEK", "no": "NOK"}
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "dollars": "USD",
    "kroner": "kr",
    "kronor": "SEK",
    "rupees": "INR",
    "franken": "CHF",
    "pounds": "GBP",
    "sterling": "GBP",
}
_DOLLAR_COUNTRIES = (
    (re.compile(r"\b(?:australia|abn|nsw|queensland)\b"), "AUD"),
    (re.compile(r"\b(?:canada|ontario|quebec|hst|gst/hst|pst|alberta|british columbia)\b"), "CAD"),
    (re.compile(r"\b(?:new zealand|nzbn)\b"), "NZD"),
    (re.compile(r"\bsingapore\b"), "SGD"),
    (re.compile(r"\bhong kong\b"), "HKD"),
)
_COUNTRY_CURRENCY = {
    "DK": "DKK",
    "SE": "SEK",
    "NO": "NOK",
    "GB": "GBP",
    "CH": "CHF",
    "PL": "PLN",
    "IN": "INR",
} | dict.fromkeys(("DE", "FR", "NL", "ES", "IT", "BE", "AT", "FI", "IE", "PT", "LU"), "EUR")
_LANGUAGE_CURRENCY = _KRONER | dict.fromkeys(("de", "fr", "nl", "es", "it", "pt", "fi"), "EUR") | {"pl": "PLN"}


@dataclass(frozen=True, slots=True)
class CurrencyGuess:
    """A currency, the word that shows it (None where only the country or language speaks), and how sure (0 to 1)."""

    code: str
    confidence: float
    page: int | None = None
    word: Word | None = None


def currency_of(pages: Iterable[Page], language: str | None, countries: Iterable[str] = ()) -> CurrencyGuess | None:
    """Return the currency most signs and codes name; `countries` are those of VAT ids and IBANs, as weak evidence."""
    votes: Counter[str] = Counter()
    shown: dict[str, tuple[int, Word]] = {}
    text: list[str] = []
    for page in pages:
        for word in page.words:
            text.append(word.text)
            for code, weight in _signs_in(word.text, language):
                votes[code] += weight
                shown.setdefault(code, (page.number, word))
    if "$" in votes:
        dollar = _dollar(fold(" ".join(text)), votes)
        votes[dollar] += votes.pop("$")
        shown.setdefault(dollar, shown.pop("$"))
    if "kr" in votes:
        krone = _krone(countries, votes)
        votes.pop("kr")
        if krone:
            votes[krone] += 2
            shown.setdefault(krone, shown.pop("kr"))
    if not votes:
        return _unsigned(language, countries)
    (code, count), *others = votes.most_common()
    share = count / (count + (others[0][1] if others else 0))
    page_number, word = shown[code]
    return CurrencyGuess(code, (0.95 if count >= 2 else 0.85) * (0.5 + share / 2), page_number, word)


@lru_cache(maxsize=16_384)
def _signs_in(text: str, language: str | None) -> tuple[tuple[str, int], ...]:
    """Return the currencies that one word names, with their weight; "$" and "kr" stand for those not settled yet."""
    return tuple(_named_in(text, language))


def _named_in(text: str, language: str | None) -> Iterable[tuple[str, int]]:
    if text.isalpha() and text.islower():
        yield from _words_in(text, language)
        return
    for match in _CODE.finditer(text):
        if match.group(1) in CODES:
            yield match.group(1), 2
    lowered = text.lower()
    dollars = "$" in text and [
        code for sign, code in _DOLLARS.items() if re.search(rf"(?<![a-z]){re.escape(sign)}", lowered)
    ]
    if dollars:
        yield dollars[0], 2
    elif "$" in text:
        yield "$", 2
    yield from ((_SIGNS[sign], 2) for sign in "€£₹₽₩" if sign in text)
    yield from _words_in(lowered.strip(".,:;()[]-0123456789 "), language)


def _words_in(bare: str, language: str | None) -> Iterable[tuple[str, int]]:
    """Yield the currency that a word without its digits names."""
    if bare in ("zł", "kč"):
        yield _SIGNS[bare], 2
    elif bare == "kr":
        yield _KRONER.get(language or "", "kr"), 2
    elif bare == "rs":
        yield "INR", 2
    elif bare in ("sfr", "chf"):
        yield "CHF", 1
    elif bare in _NAMES:
        yield _KRONER.get(language or "", "kr") if _NAMES[bare] == "kr" else _NAMES[bare], 1


def _dollar(folded: str, votes: Counter[str]) -> str:
    named = [code for code in votes if code in ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")]
    if named:
        return max(named, key=lambda c: votes[c])
    return next((code for pattern, code in _DOLLAR_COUNTRIES if pattern.search(folded)), "USD")


def _krone(countries: Iterable[str], votes: Counter[str]) -> str | None:
    named = [code for code in votes if code in ("DKK", "SEK", "NOK", "ISK")]
    if named:
        return max(named, key=lambda c: votes[c])
    return next((_COUNTRY_CURRENCY[c] for c in countries if c in ("DK", "SE", "NO")), None)


def _unsigned(language: str | None, countries: Iterable[str]) -> CurrencyGuess | None:
    """Without a sign the country's currency is likely, the language's a guess."""
    counted = Counter(_COUNTRY_CURRENCY[c] for c in countries if c in _COUNTRY_CURRENCY)
    if counted:
        return CurrencyGuess(counted.most_common(1)[0][0], 0.75)
    code = _LANGUAGE_CURRENCY.get(language or "")
    return CurrencyGuess(code, 0.6) if code else None
