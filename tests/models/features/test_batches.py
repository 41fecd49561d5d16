"""Windows side by side, padded."""

from dataclasses import replace

import numpy as np
import pytest

from models.features.batches import ABOVE, BELOW, LEFT, RIGHT, Batch, batch_of, windows_of
from models.features.features import Features, features_of
from models.features.neighbours import SIDES, neighbours
from tests.models.papers import Paper


@pytest.fixture
def features() -> Features:
    """Thirty words in six rows on each of two pages; a word's number is ten times its place."""
    paper = Paper()
    for _ in range(2):
        for row in range(6):
            paper.put(0.1, 0.1 + 0.03 * row, "one two three four five")
        paper.turn()
    return features_of(paper.pages, np.arange(0, 600, 10, dtype=np.int32))


@pytest.fixture
def batch(features: Features) -> Batch:
    """Its windows of 25 words, and the whole of another document of eight."""
    short = features_of(Paper().put(0.1, 0.1, "a b c d e f g h").pages, np.arange(900, 908, dtype=np.int32))
    return batch_of([*windows_of(features, 25, 5), *windows_of(short, 25, 5)])


def test_every_window_holds_its_words_and_nothing_more(features: Features, batch: Batch) -> None:
    cut = windows_of(features, 25, 5)
    assert [(w.start, w.end) for w in cut] == [(0, 25), (18, 43), (35, 60)]
    assert batch.there.sum(1).tolist() == [25, 25, 25, 8]
    for row, window in enumerate(cut):
        assert batch.words[row].tolist() == features.words[window.start : window.end].tolist()
        assert np.array_equal(batch.boxes[row], features.boxes[window.start : window.end])
        assert np.array_equal(batch.standing[row], features.standing[window.start : window.end])
    assert batch.words[3].tolist() == [*range(900, 908), *[0] * 17]
    assert not batch.boxes[3, 8:].any()


def test_pages_count_from_the_first_of_the_window(batch: Batch) -> None:
    assert batch.pages[0].tolist() == [0] * 25
    assert batch.pages[1].tolist() == [0] * 12 + [1] * 13
    assert batch.pages[2].tolist() == [0] * 25


def test_neighbours_are_places_of_the_window_or_its_length(features: Features, batch: Batch) -> None:
    length = batch.words.shape[1]
    for row, window in enumerate(windows_of(features, 25, 5)):
        for place in range(len(window)):
            for side in range(SIDES):
                beside, found = features.neighbours[window.start + place, side], batch.neighbours[row, place, side]
                inside = window.start <= beside < window.end
                assert found == (beside - window.start if inside else length)
    assert (batch.neighbours[3, 8:] == length).all()
    assert batch.neighbours[3, 0].tolist() == [length, 1, length, length]


def test_sides_are_called_what_they_are() -> None:
    """The word in the middle of a cross."""
    cross = [(0.4, 0.4), (0.2, 0.4), (0.6, 0.4), (0.4, 0.2), (0.4, 0.6)]
    found, _ = neighbours(np.array([(x, y, x + 0.1, y + 0.1) for x, y in cross], dtype=np.float32))
    assert [int(found[0, side]) for side in (LEFT, RIGHT, ABOVE, BELOW)] == [1, 2, 3, 4]


def test_types_are_those_of_the_graph(batch: Batch) -> None:
    """An ONNX graph takes no other ones."""
    assert {batch.words.dtype, batch.neighbours.dtype} == {np.dtype(np.int64)}
    assert {batch.boxes.dtype, batch.pages.dtype, batch.standing.dtype} == {np.dtype(np.float32)}
    assert batch.there.dtype == np.bool_


def test_without_layout_only_the_order_of_words_is_seen(features: Features) -> None:
    """Words that stand elsewhere, on other pages, with other neighbours give the same batch."""
    other = replace(
        features,
        boxes=features.boxes[::-1] * 0.5,
        pages=np.zeros_like(features.pages),
        neighbours=np.full_like(features.neighbours, -1),
        standing=features.standing + 0.3,
    )
    own, also = (batch_of(windows_of(one, 25, 5, layout=False)) for one in (features, other))
    for name in ("words", "boxes", "pages", "neighbours", "standing", "there"):
        assert np.array_equal(getattr(own, name), getattr(also, name)), name
        assert getattr(own, name).dtype == getattr(batch_of(windows_of(features, 25, 5)), name).dtype
    assert not np.array_equal(batch_of(windows_of(features, 25, 5)).boxes, batch_of(windows_of(other, 25, 5)).boxes)


def test_without_layout_words_stand_on_one_line_in_order(features: Features) -> None:
    short = features_of(Paper().put(0.1, 0.1, "a b c d e f g h").pages, np.arange(900, 908, dtype=np.int32))
    cut = [*windows_of(features, 25, 5, layout=False), *windows_of(short, 25, 5, layout=False)]
    batch, length = batch_of(cut), 25
    assert batch.there.sum(1).tolist() == [25, 25, 25, 8]
    for row, count in enumerate([25, 25, 25, 8]):
        assert batch.words[row, :count].tolist() == cut[row].features.words[cut[row].start : cut[row].end].tolist()
        x0, y0, x1, y1 = batch.boxes[row, :count].T
        assert np.allclose(x0[1:], x1[:-1])
        assert ((x0 >= 0.1) & (x1 <= 0.9001) & (x0 < x1)).all()
        assert len({*y0.tolist()}) == len({*y1.tolist()}) == 1
        assert batch.neighbours[row, :count, LEFT].tolist() == [length, *range(count - 1)]
        assert batch.neighbours[row, :count, RIGHT].tolist() == [*range(1, count), length]
        assert (batch.neighbours[row, :, [ABOVE, BELOW]] == length).all()
    assert not batch.standing.any()
    assert not batch.boxes[3, 8:].any()
    assert (batch.neighbours[3, 8:] == length).all()
    assert np.array_equal(batch.boxes[3, :8], batch.boxes[0, :8])  # whatever the length
