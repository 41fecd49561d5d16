"""Countries: language, currency, tax rates and names, number and date formats, addresses, legal forms."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale

# How often a language's documents come from which country.
HOMES: dict[str, dict[str, float]] = {
    "en": {"GB": 5, "US": 5, "IE": 0.7, "CA": 0.6, "AU": 0.7},
    "da": {"DK": 1},
    "sv": {"SE": 9, "FI": 1},
    "nb": {"NO": 1},
    "fi": {"FI": 1},
    "de": {"DE": 8, "AT": 1, "CH": 1},
    "fr": {"FR": 8, "BE": 1, "CH": 0.6, "CA": 0.4},
    "nl": {"NL": 8, "BE": 2},
    "es": {"ES": 1},
    "it": {"IT": 9, "CH": 0.5},
    "pt": {"PT": 1},
    "pl": {"PL": 1},
}


@dataclass(frozen=True, slots=True)
class Country:
    """How a country writes and taxes.

    `rates` are tax rates in percent, the standard one first and as often as it is likely. `numbers` lists group and
    decimal marks, as in ".," for "1.234,00"; `dates` lists babel patterns, the likelier first. `sign_before` says that
    the currency sign precedes amounts. `faker` is the locale of names and places. In `postal` and `phone` (ways parted
    by "|") "#" is a digit and "@" a capital; `address` has its lines parted by "|".
    """

    code: str
    languages: tuple[str, ...]
    currency: str
    signs: tuple[str, ...]
    rates: tuple[str, ...]
    taxes: tuple[str, ...]
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    faker: str
    postal: str
    address: str
    legal: tuple[str, ...]
    phone: str
    paper: str = "a4"
    sign_before: bool = False


def country_of(code: str) -> Country:
    """Return a country by its ISO 3166 code."""
    return countries()[code]


@cache
def countries() -> Mapping[str, Country]:
    """Return all countries by their code."""
    text = files("training.synthesize.locales").joinpath("countries.toml").read_text(encoding="utf-8")
    return {code: _country(code, values) for code, values in tomllib.loads(text).items()}


def _country(code: str, values: Mapping[str, Any]) -> Country:
    fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    return Country(code, **fields)


@cache
def country_name(code: str, language: str) -> str:
    """Return a country's name in a language."""
    return str(Locale.parse(language).territories[code])
