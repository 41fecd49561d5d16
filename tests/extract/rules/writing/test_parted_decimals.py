"""Decimals that stand a thin blank behind their mark."""

import pytest

from pipeline.extract.rules.writing.parted_decimals import closed, is_parted


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("416,", "50", True), ("2.834,", "58€", True), ("€7.", "00", True), ("416", "50", False), ("8,", "500", False)],
)
def test_two_words_that_may_be_one_amount(first: str, second: str, expected: bool) -> None:
    assert is_parted(first, second) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2 834, 58 €", "2 834,58 €"), ("7. 00", "7.00"), ("12, 500", "12, 500"), ("12,50", "12,50")]
)
def test_the_blank_behind_the_mark_is_closed(text: str, expected: str) -> None:
    assert closed(text) == expected
