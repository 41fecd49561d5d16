"""Read words find their true words: exact cases, and the promise that every word is paired once."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.document import Box, Word
from training.synthesize.paper.reading.align import Pairing, align


def _word(text: str, x: float, y: float = 0.1, width: float | None = None) -> Word:
    return Word(text, Box(x, y, x + (0.01 * len(text) if width is None else width), y + 0.012))


def test_words_that_lie_together_are_one() -> None:
    true = [_word("Total", 0.1), _word("12,50", 0.3)]
    read = [_word("12.50", 0.301), _word("Tota1", 0.098)]
    assert align(true, read) == [Pairing((0,), (1,)), Pairing((1,), (0,))]


def test_merged_and_split_words() -> None:
    true = [_word("IBAN", 0.1), _word("DK50", 0.145), _word("invoicenumber", 0.3)]
    read = [_word("IBANDK50", 0.1, width=0.085), _word("invoice", 0.3), _word("number", 0.37)]
    assert set(align(true, read)) == {Pairing((0, 1), (0,)), Pairing((2,), (1, 2))}


def test_lost_and_made_up_words() -> None:
    true = [_word("Total", 0.1), _word("12,50", 0.3)]
    read = [_word("PAID", 0.6, 0.4), _word("Total", 0.1)]
    assert set(align(true, read)) == {Pairing((0,), (1,)), Pairing((1,), ()), Pairing((), (0,))}


def test_text_decides_where_places_leave_a_choice() -> None:
    true = [_word("2", 0.1), _word("pcs", 0.115), _word("8.25", 0.15)]
    read = [_word("2", 0.1, width=0.03), _word("pcs", 0.11, width=0.035), _word("8.25", 0.14, width=0.05)]
    assert align(true, read) == [Pairing((0,), (0,)), Pairing((1,), (1,)), Pairing((2,), (2,))]


def test_a_tall_box_does_not_swallow_the_line_below() -> None:
    true = [_word("Street", 0.1, 0.1), _word("City", 0.1, 0.113)]
    read = [Word("Street", Box(0.1, 0.098, 0.16, 0.118)), Word("City", Box(0.1, 0.112, 0.14, 0.13))]
    assert align(true, read) == [Pairing((0,), (0,)), Pairing((1,), (1,))]


_BOXES = st.builds(
    lambda text, x, y, wide, high: Word(text, Box(x, y, x + wide, y + high)),
    st.text("ab1", min_size=1, max_size=5),
    st.floats(0, 0.2),
    st.floats(0, 0.05),
    st.floats(0.005, 0.1),
    st.floats(0.005, 0.03),
)


@given(st.lists(_BOXES, max_size=8), st.lists(_BOXES, max_size=8))
def test_every_word_is_paired_once(true: list[Word], read: list[Word]) -> None:
    pairings = align(true, read)
    assert sorted(i for p in pairings for i in p.true) == list(range(len(true)))
    assert sorted(j for p in pairings for j in p.read) == list(range(len(read)))
