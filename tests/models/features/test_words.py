"""What the letters of a word tell: digits are alike, outlines and plain facts are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.features.words import FACTS, facts, grams, shape, without_digits

PRINTED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
FACT = {
    "amount": 0,
    "cents": 1,
    "whole": 2,
    "negative": 3,
    "small": 4,
    "date": 5,
    "month": 6,
    "percent": 7,
    "sign": 8,
    "code": 9,
    "at": 10,
    "colon": 11,
    "comma": 12,
    "vat": 13,
    "iban": 14,
    "capitals": 15,
    "capital": 16,
    "digits": 17,
}
"""The places of facts that are 0 or 1: weights are learnt for places, so they stay."""


def test_digits_and_accents_do_not_matter_but_shape_does() -> None:
    assert grams("4711", 1000) == grams("9053", 1000)
    assert grams("Fälligkeit", 1000) == grams("falligkeit", 1000)
    assert shape("4711", 1000) == shape("9053", 1000)
    assert shape("4711", 1000) != shape("47-11", 1000)
    assert shape("Nr.4711/A", 1000) == shape("Abcd.9053/Z", 1000)
    assert without_digits("R-4711/ab") == "R-0000/ab"


def test_a_word_shares_pieces_with_its_compounds() -> None:
    number, compound, other = (set(grams(word, 30_000)) for word in ("nummer", "Rechnungsnummer", "Lieferant"))
    assert len(number & compound) >= 4
    assert len(number & compound) > len(number & other)


@given(PRINTED, st.integers(2, 5000))
def test_every_word_has_pieces_and_an_outline_in_their_tables(text: str, buckets: int) -> None:
    pieces = grams(text, buckets)
    assert pieces
    assert all(0 < piece < buckets for piece in (*pieces, shape(text, buckets)))


@given(PRINTED)
def test_facts_are_finite_small_numbers(text: str) -> None:
    told = facts(text)
    assert len(told) == FACTS
    assert all(0 <= number <= 1.5 for number in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", set()),
        ("1.234,50", {"amount", "cents"}),
        ("-7", {"amount", "whole", "negative", "small"}),
        ("24.12.2026", {"date"}),
        ("Dezember", {"month", "capital"}),
        ("25%", {"percent"}),
        ("€", {"sign"}),
        ("EUR", {"code", "capitals", "capital"}),
        ("Datum:", {"colon", "capital"}),
        ("Aarhus,", {"comma", "capital"}),
        ("DK88742524", {"vat", "iban", "capitals", "capital"}),
        ("a.lund@vesterlund.example", {"at"}),
        ("4711", {"amount", "whole", "digits"}),
    ],
)
def test_facts_tell_what_a_word_plainly_is(text: str, told: set[str]) -> None:
    numbers = facts(text)
    assert {name for name, place in FACT.items() if numbers[place]} == told
