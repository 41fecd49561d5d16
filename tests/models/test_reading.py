"""Whole documents: every word of long ones gets its own score, rows begin at words of the document."""

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.architecture import Architecture
from models.features.batches import Batch
from models.features.features import features_of
from models.label_scheme import KINDS, TAGS
from models.reading import Run, scores_of
from models.scores import Scores
from pipeline.domain.document import Box, Page, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROW = 4
"""Words of one row in the documents below."""
NOISE = 90.0
"""What stands in the places of no words; it would win everywhere, if it were looked at."""


def pages_of(words: int, per_page: int) -> list[Page]:
    """Return pages full of words, each saying which it is."""
    made: list[Page] = []
    numbers = count()
    while words > 0:
        here = [next(numbers) for _ in range(min(words, per_page))]
        words -= len(here)
        places = [(0.1 + 0.2 * (i % ROW), (i // ROW) / (per_page // ROW + 1)) for i in range(len(here))]
        boxes = [Box(x, y, x + 0.1, y + 0.5 / per_page) for x, y in places]
        made.append(Page(len(made) + 1, 595, 842, tuple(map(Word, map(str, here), boxes))))
    return made


def told(word: int) -> "NDArray[np.float32]":
    """Return the tag logits of a word: no two words have the same."""
    logits = np.zeros(len(TAGS), dtype=np.float32)
    logits[word % len(TAGS)] = 4 + (word // len(TAGS)) / 64
    return logits


def begin_of(word: int) -> int:
    """Return which word begins a word's row."""
    return word - word % ROW


class Fake:
    """Stands for the network: says of every word what `told` and `begin_of` do, whatever window it is in."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, int]] = []

    def __call__(self, batch: Batch) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]":
        windows, length = batch.words.shape
        self.shapes.append((windows, length))
        tags = np.full((windows, length, len(TAGS)), NOISE, dtype=np.float32)
        rows = np.full((windows, length, length), NOISE, dtype=np.float32)
        kinds = np.zeros((windows, len(KINDS)), dtype=np.float32)
        for window in range(windows):
            words = batch.words[window, batch.there[window]]
            tags[window, : len(words)] = [told(int(word)) for word in words]
            begins = np.array([begin_of(int(word)) for word in words])
            rows[window, : len(words), : len(words)] = 9.0 * (words[None, :] == begins[:, None])
            kinds[window, 3 if words[0] == 0 else 5] = 2.0
        return tags, rows, kinds


def read(pages: list[Page], run: Run, sizes: Architecture) -> Scores:
    total = sum(len(page.words) for page in pages)
    return scores_of(features_of(pages, np.arange(total, dtype=np.int32)), run, sizes)


def assert_every_word_has_its_own(scores: Scores, words: int) -> None:
    raised = np.exp(np.stack([told(word) for word in range(words)]).astype(np.float64))
    assert scores.tags.shape == (words, len(TAGS))
    assert np.allclose(scores.tags, raised / raised.sum(1, keepdims=True), rtol=1e-4, atol=1e-7)
    assert scores.row_begins.tolist() == [begin_of(word) for word in range(words)]
    assert ((scores.row_chances > 0.5) & (scores.row_chances <= 1)).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 400), st.integers(4, 90), st.integers(2 * ROW, 60), st.data())
def test_every_word_of_any_document_gets_its_own_score(
    words: int, per_page: int, window: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(2 * ROW - 1, window - 1))
    scores = read(pages_of(words, per_page), Fake(), Architecture(window=window, overlap=overlap))
    assert_every_word_has_its_own(scores, words)
    assert scores.kind[0] is KINDS[3]


def test_a_long_document_of_many_pages_is_read_in_several_calls() -> None:
    run, sizes = Fake(), Architecture()
    assert_every_word_has_its_own(read(pages_of(6001, 700), run, sizes), 6001)
    assert len(run.shapes) > 1
    assert all(windows * length <= 4096 and length <= sizes.window for windows, length in run.shapes)
    assert sum(windows for windows, _ in run.shapes) == 16


def test_a_window_larger_than_a_call_is_read_alone() -> None:
    run, sizes = Fake(), Architecture(window=5000, overlap=100)
    assert_every_word_has_its_own(read(pages_of(5200, 5200), run, sizes), 5200)
    assert run.shapes == [(1, 5000), (1, 5000)]


@pytest.mark.parametrize("pages", [[], [Page(1, 595, 842, ())]])
def test_without_words_the_network_is_not_asked(pages: list[Page]) -> None:
    def run(_: Batch) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]":
        raise AssertionError

    scores = read(pages, run, Architecture())
    assert len(scores.tags) == len(scores.row_begins) == 0
    assert scores.kinds.sum() == pytest.approx(1)


def test_chances_are_chances_for_logits_of_any_size() -> None:
    """Large logits overflow no exponent."""

    def scaled(by: float) -> Callable[[Batch], "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]"]:
        def run(batch: Batch) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]":
            tags, rows, kinds = Fake()(batch)
            return tags * np.float32(by), rows * np.float32(by), kinds * np.float32(by)

        return run

    for by in (-1e4, 0.0, 1e4):
        scores = read(pages_of(30, 15), scaled(by), Architecture(window=12, overlap=4))
        assert np.allclose(scores.tags.sum(1), 1)
        assert np.isclose(scores.kinds.sum(), 1)
        assert np.isfinite(scores.row_chances).all()
