"""Labels survive what happens to words."""

from pipeline.domain.document import Box, Word
from training.dataset.record import LabelledDocument
from training.synthesize.paper.reading.align import Pairing
from training.synthesize.paper.reading.labels import (
    NOTHING,
    UNKNOWN,
    Label,
    labels_by_page,
    merged,
    tags_and_rows,
    transfer,
)

_NUMBER = Label("invoice_number", -1, 1)
_LINE = Label("line.description", 2, 2)


def _words(*texts: str) -> list[Word]:
    return [Word(text, Box(0.1 * i, 0.1, 0.1 * i + 0.08, 0.12)) for i, text in enumerate(texts)]


def test_labels_give_back_the_tags_they_came_from(bars: LabelledDocument) -> None:
    assert tags_and_rows(labels_by_page(bars)) == (bars.tags, bars.rows)


def test_the_first_word_left_of_a_value_begins_it() -> None:
    assert tags_and_rows([[_LINE, NOTHING, _LINE, _NUMBER]]) == (
        ("B-line.description", "O", "I-line.description", "B-invoice_number"),
        (2, -1, 2, -1),
    )


def test_two_printings_of_one_value_stay_apart() -> None:
    again = _NUMBER._replace(value=7)
    tags, _ = tags_and_rows([[_NUMBER, again, _NUMBER]])
    assert tags == ("B-invoice_number", "B-invoice_number", "I-invoice_number")


def test_a_mixture_is_unknown_unless_nearly_all_is_one_value() -> None:
    assert merged([(_NUMBER, 9), (NOTHING, 1)]) == _NUMBER
    assert merged([(_NUMBER, 4), (NOTHING, 15)]).span == UNKNOWN.span
    assert merged([(_NUMBER, 5), (_LINE, 5)]).span == UNKNOWN.span
    assert merged([(NOTHING, 5), (NOTHING, 3)]) == NOTHING
    assert merged([(_LINE, 2), (Label("line.quantity", 2, 3), 2)]) == Label(UNKNOWN.span, 2)


def test_pieces_of_a_split_word_share_its_value() -> None:
    read = _words("2024", "-17")
    labels = transfer(_words("2024-17"), [_NUMBER], read, [Pairing((0,), (0, 1))])
    assert tags_and_rows([labels])[0] == ("B-invoice_number", "I-invoice_number")


def test_a_word_that_reads_as_another_is_unknown() -> None:
    labels = transfer(_words("2024-17"), [_NUMBER], _words("BETALT"), [Pairing((0,), (0,))])
    assert tags_and_rows([labels]) == ((None,), (-1,))


def test_a_stamp_is_outside_but_not_where_it_hides_a_value() -> None:
    true, read = _words("12,50"), [*_words("PAID"), Word("PAID", Box(0.6, 0.6, 0.7, 0.65))]
    labels = transfer(true, [_NUMBER], read, [Pairing((0,), ()), Pairing((), (0,)), Pairing((), (1,))])
    assert [label.span for label in labels] == [UNKNOWN.span, "O"]
