"""What looks like noise, and which band words fall into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.words.quality import is_noise, measure, why_broken
from pipeline.domain.document import Box, QualityBand, Word

BOX = Box(0.0, 0.0, 0.1, 0.1)


PRINTED = """
Faktura 2024-00817 1.234,50 DK13585628 A/S æske Größe Straße, (25%) ---- .... ____ € • ● ✉ Nr. zzgl. GmbH
faktura@papirhuset.example www.x.example PayPal iPhone DeLonghi [%] (+) +/- 5x XXXXX ООО 日本 Łódź SÃO
"""
ACCIDENTS = "fÃ¸lger â‚¬12 (cid:17)(cid:4) \ufffd\ufffd \ue001\ue002 brkqtz iNvOiCeNr |;.,' a\x07b"


@pytest.mark.parametrize("text", PRINTED.split())
def test_what_people_print_is_no_noise(text: str) -> None:
    assert not is_noise(text)


@pytest.mark.parametrize("text", ACCIDENTS.split())
def test_accidents_are_noise(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize(
    ("confidence", "band"), [(0.99, QualityBand.CLEAN), (0.85, QualityBand.FAIR), (0.6, QualityBand.POOR)]
)
def test_the_band_follows_confidence(confidence: float, band: QualityBand) -> None:
    assert measure([Word("faktura", BOX, confidence)] * 10).band is band


def test_the_band_follows_noise() -> None:
    good, bad = Word("faktura", BOX), Word("\ufffd\ufffd", BOX)
    assert measure([good] * 95 + [bad] * 5).band is QualityBand.FAIR
    quality = measure([good] * 50 + [bad] * 50)
    assert quality.band is QualityBand.POOR
    assert quality.noise_share == 0.5


def test_no_words_are_of_no_quality() -> None:
    assert measure([]).band is QualityBand.POOR


def test_long_words_weigh_more() -> None:
    assert measure([Word("a", BOX, 0.0), Word("b" * 9, BOX, 1.0)]).mean_confidence == 0.9


def test_a_list_of_codes_is_not_broken() -> None:
    assert why_broken([f"BND-{n}" for n in range(40)], 0) is None
    assert why_broken(["10", "20", "30", "A", "B"] * 20, 0) is None


def test_letters_without_unicode_are_broken() -> None:
    assert why_broken(["faktura"] * 10, 3) == "is garbled"


@given(st.text(min_size=1))
def test_every_text_can_be_judged(text: str) -> None:
    assert is_noise(text) in (True, False)


@given(st.lists(st.tuples(st.text(min_size=1), st.floats(0, 1))))
def test_measures_stay_in_their_range(words: list[tuple[str, float]]) -> None:
    quality = measure([Word(text, BOX, confidence) for text, confidence in words])
    assert 0 <= quality.mean_confidence <= 1
    assert 0 <= quality.noise_share <= 1
