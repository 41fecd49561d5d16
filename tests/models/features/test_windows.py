"""Long documents in windows: no word unscored, every word owned once, the overlap held."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.features.windows import owners, windows


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.integers(1, 200), st.data())
def test_no_word_is_unscored(count: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    ranges = windows(count, size, overlap)
    covered = [0] * count
    for start, end in ranges:
        assert 0 <= start < end <= count
        assert end - start == min(size, count)
        for word in range(start, end):
            covered[word] += 1
    assert all(covered)
    assert all(earlier[1] - later[0] >= min(overlap, count) for earlier, later in pairwise(ranges))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.integers(1, 200), st.data())
def test_every_word_is_owned_by_one_window_that_holds_it(count: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    ranges = windows(count, size, overlap)
    chosen = owners(count, ranges)
    assert len(chosen) == count
    assert all(ranges[owner][0] <= word < ranges[owner][1] for word, owner in enumerate(chosen))
    assert all(earlier <= later for earlier, later in pairwise(chosen))
    for word, owner in enumerate(chosen):
        start, end = ranges[owner]
        if start:
            assert word - start >= overlap // 2
        if end < count:
            assert end - word >= overlap // 2


def test_a_word_is_scored_where_it_stands_most_inside() -> None:
    ranges = windows(896, 512, 128)
    chosen = owners(896, ranges)
    assert ranges == [(0, 512), (384, 896)]
    assert [chosen[word] for word in (0, 384, 511, 895)] == [0, 0, 1, 1]


def test_no_more_windows_than_needed() -> None:
    assert windows(0, 510, 128) == []
    assert windows(510, 510, 128) == [(0, 510)]
    assert len(windows(511, 510, 128)) == 2
    assert len(windows(510 + 382, 510, 128)) == 2
    assert len(windows(510 + 383, 510, 128)) == 3


@pytest.mark.parametrize("overlap", [128, 129, -1])
def test_windows_that_cannot_advance_are_refused(overlap: int) -> None:
    with pytest.raises(ValueError, match="cannot overlap"):
        windows(1000, 128, overlap)
