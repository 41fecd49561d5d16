"""How one document writes numbers, money and dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date

from pipeline.domain.dates import DayOrder
from pipeline.domain.money import DecimalMark
from training.synthesize.chance import Dice
from training.synthesize.content.value import Value
from training.synthesize.locales.countries import Country

_BABEL = {"nb": "nb_NO", "pt": "pt_PT"}


@dataclass(frozen=True, slots=True)
class Convention:
    """One document's ways: group and decimal mark, date pattern, sign of the currency and where it stands.

    `money` is how an amount shows its currency: "code_before", "code_after", "sign_before", "sign_after" (apart by a
    blank), "glued" (the sign touches the digits) or "none". `negative` is "minus", "trailing" or "brackets".
    """

    language: str
    group: str
    mark: DecimalMark
    date_pattern: str
    currency: str
    sign: str
    money: str
    negative: str
    percent_blank: bool
    whole_as_dash: bool = False
    price_decimals: int = 2

    @property
    def day_order(self) -> DayOrder:
        months_first = self.date_pattern.startswith(("M/", "MM/", "MM-"))
        return DayOrder.MONTH_FIRST if months_first else DayOrder.DAY_FIRST

    def number(self, value: Decimal, decimals: int) -> str:
        """Return a number with exactly that many decimals."""
        digits = f"{abs(value):.{decimals}f}"
        whole, _, fraction = digits.partition(".")
        if self.group and len(whole) > 3:
            head = len(whole) % 3 or 3
            whole = self.group.join([whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3))])
        text = f"{whole}{self.mark}{fraction}" if fraction else whole
        if value >= 0:
            return text
        return {"minus": f"-{text}", "trailing": f"{text}-", "brackets": f"({text})"}[self.negative]

    def short(self, value: Decimal, most: int = 3) -> str:
        """Return a number without superfluous zeros."""
        decimals = min(most, max(0, -int(value.normalize().as_tuple().exponent)))
        return self.number(value, decimals)

    def amount(self, value: Decimal, decimals: int = 2) -> str:
        """Return an amount of money without its currency."""
        if self.whole_as_dash and decimals == 2 and value == value.to_integral_value() and value >= 0:
            return f"{self.number(value, 0)}{self.mark}-"
        return self.number(value, decimals)

    def percent(self, rate: Decimal) -> str:
        return f"{self.short(rate)}{' ' if self.percent_blank else ''}%"

    def date(self, value: date) -> Value:
        return Value(_formatted(value, self.date_pattern, self.language), value.isoformat())


@lru_cache(maxsize=65_536)
def _formatted(value: date, pattern: str, language: str) -> str:
    return str(format_date(value, pattern, locale=_BABEL.get(language, language)))


def convention(country: Country, language: str, currency: str, dice: Dice) -> Convention:
    """Return ways of writing that are usual in a country; `currency` may be a foreign one."""
    numbers = dice.pick(country.numbers)
    group, mark = numbers[:-1], DecimalMark(numbers[-1])
    if group == " ":
        group = dice.pick((" ", "\u00a0", "\u00a0", "\u202f"))
    elif mark is DecimalMark.COMMA and dice.maybe(0.05):
        group = dice.pick((" ", "\u00a0"))
    home = currency == country.currency
    sign = dice.pick(country.signs) if home else currency
    ways = {"none": 6.0, "code_before": 1.5, "code_after": 1.5}
    if home and country.sign_before:
        ways |= {"glued": 6.0, "sign_before": 2.0}
    elif home:
        ways |= {"sign_after": 3.0, "sign_before": 0.7}
    brackets = 1.5 if country.languages[0] == "en" else 0.4
    return Convention(
        language=language,
        group=group,
        mark=mark,
        date_pattern=_date_pattern(country, dice),
        currency=currency,
        sign=sign,
        money=dice.weighted(ways),
        negative=dice.weighted({"minus": 8.0, "trailing": 1.5, "brackets": brackets}),
        percent_blank=dice.maybe(0.4 if country.languages[0] == "en" else 0.55) and country.languages[0] != "en",
        whole_as_dash=country.code in ("DK", "NO", "SE") and dice.maybe(0.04),
        price_decimals=dice.weighted({2: 8.0, 3: 0.7, 4: 0.6}),
    )


def _date_pattern(country: Country, dice: Dice) -> str:
    weights = dict.fromkeys(country.dates, 0.0)
    for rank, pattern in enumerate(country.dates):
        weights[pattern] += 1 / (1 + 0.5 * rank)
    return dice.weighted(weights)
