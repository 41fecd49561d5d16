"""Words grouped into lines and segments."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.document import Box, Page, Word
from pipeline.extract.textlines import enclosing, text_lines


def _word(text: str, x: float, y: float, width: float = 0.05, height: float = 0.012) -> Word:
    return Word(text, Box(x, y, x + width, y + height))


def _page(*words: Word) -> Page:
    return Page(1, 595.0, 842.0, words)


def test_words_of_one_height_make_a_line_from_left_to_right() -> None:
    lines = text_lines(_page(_word("two", 0.16, 0.1), _word("one", 0.1, 0.101), _word("below", 0.1, 0.13)))
    assert [line.text for line in lines] == ["one two", "below"]


def test_a_wide_gap_parts_segments() -> None:
    (line,) = text_lines(_page(_word("label", 0.1, 0.1), _word("value", 0.5, 0.1)))
    assert [s.text for s in line.segments] == ["label", "value"]


def test_a_line_may_drift_on_a_page_that_is_not_straight() -> None:
    words = [_word(str(i), 0.05 + i * 0.06, 0.1 + i * 0.002) for i in range(12)]
    assert len(text_lines(_page(*words))) == 1


@given(
    st.lists(
        st.tuples(st.floats(0, 0.9), st.floats(0, 0.95), st.floats(0.01, 0.1), st.floats(0.005, 0.03)), max_size=40
    )
)
def test_every_word_is_in_exactly_one_line(boxes: list[tuple[float, float, float, float]]) -> None:
    words = [Word(str(i), Box(x, y, x + w, y + h)) for i, (x, y, w, h) in enumerate(boxes)]
    lines = text_lines(_page(*words))
    assert sorted(w.text for line in lines for w in line.words) == sorted(w.text for w in words)


def test_the_enclosing_box_holds_all() -> None:
    assert enclosing([Box(0.1, 0.2, 0.3, 0.4), Box(0.0, 0.3, 0.2, 0.5)]) == Box(0.0, 0.2, 0.3, 0.5)


def test_a_number_beside_two_lines_does_not_weave_them_into_one() -> None:
    page = Page(
        1,
        595,
        842,
        (
            Word("Web", Box(0.3, 0.415, 0.34, 0.432)),
            Word("design", Box(0.35, 0.415, 0.42, 0.432)),
            Word("85.00", Box(0.8, 0.418, 0.86, 0.437)),
            Word("A", Box(0.3, 0.428, 0.31, 0.442)),
            Word("sample", Box(0.33, 0.428, 0.39, 0.442)),
        ),
    )
    assert [line.text for line in text_lines(page)] == ["Web design 85.00", "A sample"]
