"""Which word stands beside which."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.features.neighbours import SIDES, neighbours

LEFT, RIGHT, ABOVE, BELOW = range(SIDES)
PLACES = st.tuples(st.integers(0, 30), st.integers(0, 60), st.integers(1, 8))


def test_neighbours_are_the_nearest_in_row_and_column() -> None:
    boxes = np.array(
        [
            [0.1, 0.1, 0.2, 0.11],  # 0: label
            [0.3, 0.1, 0.4, 0.11],  # 1: value right of it
            [0.1, 0.2, 0.2, 0.21],  # 2: below the label
            [0.7, 0.1, 0.8, 0.11],  # 3: farther right
            [0.1, 0.3, 0.2, 0.31],  # 4: below 2
        ],
        dtype=np.float32,
    )
    found, gaps = neighbours(boxes)
    assert found.tolist() == [[-1, 1, -1, 2], [0, 3, -1, -1], [-1, -1, 0, 4], [1, -1, -1, -1], [-1, -1, 2, -1]]
    assert gaps[0, RIGHT] == pytest.approx(0.1, abs=1e-5)
    assert gaps[2, ABOVE] == pytest.approx(0.09, abs=1e-5)
    assert gaps[0, LEFT] == 1


def test_of_words_equally_far_below_the_one_under_the_middle_counts() -> None:
    boxes = np.array(
        [[0.4, 0.1, 0.6, 0.11], [0.38, 0.2, 0.41, 0.21], [0.48, 0.2, 0.52, 0.21], [0.59, 0.2, 0.62, 0.21]],
        dtype=np.float32,
    )
    found, _ = neighbours(boxes)
    assert found[0, BELOW] == 2


@pytest.mark.parametrize("count", [0, 1])
def test_a_word_alone_has_none(count: int) -> None:
    found, gaps = neighbours(np.full((count, 4), 0.5, dtype=np.float32))
    assert found.shape == gaps.shape == (count, SIDES)
    assert (found == -1).all()
    assert (gaps == 1).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=25, unique_by=lambda place: place[:2]))
def test_sides_are_what_they_say(places: list[tuple[int, int, int]]) -> None:
    boxes = np.array([[x / 40, y / 70, (x + w) / 40, (y + 1) / 70] for x, y, w in places], dtype=np.float32)
    found, gaps = neighbours(boxes)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    for word, (left, right, above, below) in enumerate(found.tolist()):
        assert word not in (left, right, above, below)
        assert left < 0 or x[left] < x[word]
        assert right < 0 or x[right] > x[word]
        assert above < 0 or y[above] < y[word]
        assert below < 0 or y[below] > y[word]
    assert ((gaps >= 0) & (gaps <= 1)).all()
    assert (gaps[found < 0] == 1).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=20, unique_by=lambda place: place[:2]), st.randoms())
def test_the_gaps_do_not_depend_on_the_order_of_words(places: list[tuple[int, int, int]], by_chance: object) -> None:
    order = list(range(len(places)))
    by_chance.shuffle(order)  # type: ignore[attr-defined]
    boxes = np.array([[x / 40, y / 70, (x + 1) / 40, (y + 1) / 70] for x, y, _ in places], dtype=np.float32)
    found, gaps = neighbours(boxes)
    again, again_gaps = neighbours(boxes[order])
    assert ((found[order] < 0) == (again < 0)).all()
    assert np.allclose(gaps[order][:, (LEFT, RIGHT)], again_gaps[:, (LEFT, RIGHT)], atol=1e-6)


def test_a_page_of_many_words_is_worked_through_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    from models.features import neighbours as module

    chance = np.random.default_rng(3)
    corners = chance.uniform(0, 0.9, (300, 2)).astype(np.float32)
    boxes = np.concatenate([corners, corners + chance.uniform(0.01, 0.1, (300, 2)).astype(np.float32)], axis=1)
    whole = neighbours(boxes)
    monkeypatch.setattr(module, "_AT_ONCE", 7)
    parts = neighbours(boxes)
    assert all(np.array_equal(a, b) for a, b in zip(whole, parts, strict=True))
