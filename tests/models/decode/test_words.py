"""The words of a document by number and by place."""

import pytest

from models.decode.words import Words
from pipeline.domain.document import Box
from tests.models.papers import Paper


@pytest.fixture
def words() -> Words:
    paper = Paper().put(0.1, 0.1, "No.:4711 dated").put(0.1, 0.2, "Total", confidence=0.5)
    return paper.turn().put(0.1, 0.1, "Page two", confidence=0.8).words


def test_words_are_numbered_through_all_pages(words: Words) -> None:
    assert [word.text for word in words.words] == ["No.:4711", "dated", "Total", "Page", "two"]
    assert words.page_of == (1, 1, 1, 2, 2)


def test_a_box_holds_the_words_whose_middle_is_in_it(words: Words) -> None:
    assert words.inside(1, Box(0.0, 0.0, 1.0, 0.15)) == (0, 1)
    assert words.inside(1, Box(0.11, 0.101, 0.16, 0.109)) == (0,)
    assert words.inside(2, Box(0.0, 0.0, 1.0, 0.15)) == (3, 4)
    assert words.inside(1, Box(0.5, 0.5, 0.6, 0.6)) == ()


def test_a_box_around_some_words_holds_just_them(words: Words) -> None:
    for held in ((0,), (0, 1), (0, 1, 2)):
        assert words.inside(1, words.box(held)) == held


def test_a_part_of_a_word_is_taken_for_the_word(words: Words) -> None:
    """Of "No.:4711" the rules may take the number only, whose box ends where the word's middle is not."""
    assert words.inside(1, Box(0.14, 0.1, 0.164, 0.11)) == (0,)


@pytest.mark.parametrize(("page", "box"), [(None, Box(0, 0, 1, 1)), (1, None), (None, None), (7, Box(0, 0, 1, 1))])
def test_no_place_holds_no_words(words: Words, page: int | None, box: Box | None) -> None:
    assert words.inside(page, box) == ()


def test_text_and_confidence_are_those_of_the_words(words: Words) -> None:
    assert words.text((0, 2)) == "No.:4711 Total"
    assert words.reader((0, 2)) == 0.75
    assert words.reader(()) == 1.0
