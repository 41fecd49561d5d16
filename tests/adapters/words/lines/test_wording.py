"""Lines are parted into words at blanks and at wide gaps."""

import pytest

from pipeline.adapters.words.lines.reading import Line
from pipeline.adapters.words.lines.strip import Strip
from pipeline.adapters.words.lines.wording import words_of
from pipeline.domain.document import Word

STRIP = Strip(70, 20, 140, 20, 0)  # of a page of 200 by 100 pixels


def words(text: str, *middles: float) -> list[Word]:
    return list(words_of(Line(text, 0.87654, tuple(middle / 140 for middle in middles)), STRIP, (200, 100)))


def test_lines_are_parted_at_blanks_and_gaps() -> None:
    found = words("abc defg", 5, 15, 25, 35, 45, 55, 125, 135)
    assert [word.text for word in found] == ["abc", "de", "fg"]
    assert all(word.confidence == 0.8765 for word in found)


def test_a_letter_is_as_wide_as_letters_lie_apart() -> None:
    (first, second) = words("abc de", 5, 15, 25, 35, 45, 55)
    assert first.box == pytest.approx((0.0, 0.1, 0.15, 0.3))
    assert second.box == pytest.approx((0.2, 0.1, 0.3, 0.3))


def test_words_stay_on_the_line() -> None:
    (only,) = words("MW", 1, 139 - 120)
    assert only.box.x0 == pytest.approx(0)
    assert next(iter(words("I", 139))).box.x1 == pytest.approx(0.7)


@pytest.mark.parametrize("text", ["", " ", "  "])
def test_blanks_are_no_words(text: str) -> None:
    assert words(text, *range(len(text))) == []


def test_blanks_at_the_ends_are_left_out() -> None:
    assert [word.text for word in words(" ab ", 0, 10, 20, 30)] == ["ab"]
