"""What is known of distinct words, as tables of numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.features.texts import Ragged, Vocabulary, texts_of
from models.features.words import FACTS, facts, grams, shape
from tests.models.small_models import SIZES, small_lexicon


@given(st.lists(st.lists(st.integers(0, 99), max_size=5), max_size=12), st.data())
def test_rows_of_any_length_are_taken_as_they_are(rows: list[list[int]], data: st.DataObject) -> None:
    starts = np.cumsum([0, *map(len, rows)])
    ragged = Ragged(np.array([v for row in rows for v in row], dtype=np.int32), starts)
    taken = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20)) if rows else []
    values, begins = ragged.take(np.array(taken, dtype=np.int64))
    ends = [*begins, len(values)][1:]
    assert [values[begin:end].tolist() for begin, end in zip(begins, ends, strict=True)] == [rows[i] for i in taken]


def test_a_word_has_one_number_wherever_it_stands() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.number(["Total", "12.00", "Total"]).tolist() == [0, 1, 0]
    assert vocabulary.number(iter(["EUR", "12.00"])).tolist() == [2, 1]
    assert vocabulary.number([]).tolist() == []
    assert len(vocabulary.texts(small_lexicon(), SIZES)) == 3


def test_every_row_tells_of_its_own_word() -> None:
    words = ["Invoice", "R-4711", "1.234,50", "€"]
    lexicon = small_lexicon()
    texts = texts_of(words, lexicon, SIZES)
    for row, word in enumerate(words):
        alone = np.array([row])
        assert texts.pieces.take(alone)[0].tolist() == lexicon.pieces([word])[0].tolist()
        assert texts.grams.take(alone)[0].tolist() == list(grams(word, SIZES.grams))
        assert texts.shapes[row] == shape(word, SIZES.shapes)
        assert texts.facts[row].tolist() == np.asarray(facts(word), dtype=np.float32).tolist()


def test_no_words_are_an_empty_table() -> None:
    texts = texts_of([], small_lexicon(), SIZES)
    assert len(texts) == 0
    assert texts.facts.shape == (0, FACTS)
    assert len(texts.pieces.take(np.array([], dtype=np.int64))[0]) == 0
