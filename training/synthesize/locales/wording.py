"""The words of a language, as its TOML file lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "da", "sv", "nb", "fi", "de", "fr", "nl", "es", "it", "pt", "pl")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: alternatives for each title, label, unit and phrase, and the parts of goods and company names.

    In `numbers` stand the ways to write "number" that replace "~" in labels.
    """

    language: str
    titles: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    goods: Mapping[str, tuple[str, ...]]
    company: Mapping[str, tuple[str, ...]]
    bilingual: tuple[str, ...]


@cache
def wording(language: str) -> Wording:
    """Return the words of a language of `LANGUAGES`."""
    data = tomllib.loads(files("training.synthesize.locales").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    numbers = tuple(data["number"].split("|"))
    return Wording(
        language,
        _alternatives(data["titles"]),
        {key: _with_numbers(ways, numbers) for key, ways in _alternatives(data["labels"]).items()},
        _alternatives(data["units"]),
        _alternatives(data["phrases"]),
        _alternatives(data["goods"]),
        _alternatives(data["company"]),
        tuple(data["bilingual"].split()),
    )


def _alternatives(section: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(way.strip() for way in ways.split(" | "))) for key, ways in section.items()}


def _with_numbers(ways: tuple[str, ...], numbers: tuple[str, ...]) -> tuple[str, ...]:
    """Replace "~"; a "number" that begins with a blank is written apart, another is glued to the word."""
    made: list[str] = []
    for way in ways:
        made += [way.replace("~", number.rstrip()) for number in numbers] if "~" in way else [way]
    return tuple(dict.fromkeys(made))
