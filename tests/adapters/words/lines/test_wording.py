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
    assert (first.box.x0, first.box.x1) == pytest.approx((0.0, 0.15))
    assert (second.box.x0, second.box.x1) == pytest.approx((0.2, 0.3))


def test_the_room_around_a_line_is_no_part_of_its_words() -> None:
    (word,) = words("abc", 5, 15, 25)
    assert (word.box.y0, word.box.y1) == pytest.approx((0.2 - 0.067, 0.2 + 0.067))


def test_words_of_lines_that_stand_are_made_narrower() -> None:
    (word,) = words_of(Line("abc", 0.9, (0.1, 0.5, 0.9)), Strip(70, 50, 20, 60, 0), (200, 100))
    assert (word.box.x0, word.box.x1) == pytest.approx((0.35 - 0.0335, 0.35 + 0.0335))


def test_words_stay_on_the_line() -> None:
    (only,) = words("MW", 1, 139 - 120)
    assert only.box.x0 == pytest.approx(0)
    assert next(iter(words("I", 139))).box.x1 == pytest.approx(0.7)


@pytest.mark.parametrize("text", ["", " ", "  "])
def test_blanks_are_no_words(text: str) -> None:
    assert words(text, *range(len(text))) == []


def test_blanks_at_the_ends_are_left_out() -> None:
    assert [word.text for word in words(" ab ", 0, 10, 20, 30)] == ["ab"]
