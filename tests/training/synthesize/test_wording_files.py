"""Every language says everything, in at least eight ways."""

import pytest

from training.synthesize.locales.countries import HOMES, countries
from training.synthesize.locales.wording import LANGUAGES, wording

SECTIONS = ("titles", "labels", "units", "phrases", "goods", "company")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_what_english_says(language: str) -> None:
    for section in SECTIONS:
        assert set(getattr(wording(language), section)) == set(getattr(wording("en"), section)), section


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ["titles", "labels", "units"])
def test_there_are_eight_ways_to_say_each(language: str, section: str) -> None:
    few = {key: len(ways) for key, ways in getattr(wording(language), section).items() if len(ways) < 8}
    assert not few


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_known(language: str) -> None:
    known = {
        "tax": "t",
        "rate": "r",
        "section": "s",
        "page": "1",
        "pages": "2",
        "days": "8",
        "net": "30",
        "percent": "2 %",
        "amount": "1",
        "amount2": "2",
        "date": "d",
        "date2": "e",
        "number": "n",
        "seller": "S",
        "buyer": "B",
        "month": "1",
        "year": "2024",
        "country": "C",
        "tariff": "T",
        "title": "A",
        "currency": "EUR",
    }
    words = wording(language)
    for ways in (*words.labels.values(), *words.phrases.values()):
        for way in ways:
            way.format(**known)


def test_every_language_has_a_home() -> None:
    assert set(HOMES) == set(LANGUAGES)
    for language, homes in HOMES.items():
        assert all(language in countries()[code].languages for code in homes)
