"""What characters words have."""

import pytest

from pipeline.extract.rules.writing.characters import has_digit, has_letter, has_letter_or_digit


@pytest.mark.parametrize(
    ("text", "digit", "letter"),
    [("Nr.", False, True), ("4x40", True, True), ("1.234,50", True, False), ("m²", True, True), ("—", False, False)],
)
def test_digits_and_letters_are_told_wherever_they_stand(text: str, digit: bool, letter: bool) -> None:
    assert (has_digit(text), has_letter(text), has_letter_or_digit(text)) == (digit, letter, digit or letter)
