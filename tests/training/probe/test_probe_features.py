"""What the probe sees: windows that cover every word, neighbours, features that do not depend on digits."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.document import Box, Page, Word
from training.probe.model.features import features_of
from models.features.neighbours import neighbours
from models.features.windows import owners, windows
from models.features.words import FACTS, facts, grams, shape
from training.probe.settings import ProbeSettings


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 900), st.integers(8, 200), st.data())
def test_no_word_is_unscored(count: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    ranges = windows(count, size, overlap)
    covered = [0] * count
    for start, end in ranges:
        assert 0 <= start < end <= count
        assert end - start <= size
        for word in range(start, end):
            covered[word] += 1
    assert all(covered)
    assert all(earlier[1] - later[0] >= min(overlap, count) for earlier, later in pairwise(ranges))
    assert all(ranges[w][0] <= word < ranges[w][1] for word, w in enumerate(owners(count, ranges)))


def test_a_word_is_scored_where_it_stands_most_inside() -> None:
    ranges = windows(896, 512, 128)
    chosen = owners(896, ranges)
    assert ranges == [(0, 512), (384, 896)]
    assert chosen[384] == 0
    assert chosen[511] == 1
    assert chosen[0] == 0
    assert chosen[895] == 1


def test_windows_that_cannot_advance_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot overlap"):
        windows(1000, 128, 128)


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
    assert gaps[0, 1] == pytest.approx(0.1, abs=1e-5)
    assert gaps[2, 2] == pytest.approx(0.09, abs=1e-5)
    assert gaps[0, 0] == 1


def test_digits_and_accents_do_not_matter_but_shape_does() -> None:
    assert grams("4711", 1000) == grams("9053", 1000)
    assert grams("Fälligkeit", 1000) == grams("falligkeit", 1000)
    assert shape("4711", 1000) == shape("9053", 1000)
    assert shape("4711", 1000) != shape("47-11", 1000)
    assert all(0 < g < 1000 for g in grams("Rechnungsnummer", 1000))


def test_facts_tell_amounts_dates_and_codes() -> None:
    assert len(facts("x")) == FACTS
    assert facts("1.234,50")[0] == 1
    assert facts("24.12.2026")[5] == 1
    assert facts("EUR")[9] == 1
    assert facts("Datum:")[11] == 1


def test_neighbours_never_cross_pages() -> None:
    word = Word("same", Box(0.1, 0.1, 0.2, 0.11))
    below = Word("place", Box(0.1, 0.2, 0.2, 0.21))
    pages = [Page(n, 595, 842, (word, below)) for n in (1, 2)]
    features = features_of(pages, ProbeSettings())
    assert features.neighbours[:, 3].tolist() == [1, -1, 3, -1]
    assert features.pages.tolist() == [0, 0, 1, 1]
    assert len(features) == 4


def test_a_page_without_words_has_features_too() -> None:
    assert len(features_of([Page(1, 595, 842, ())], ProbeSettings())) == 0
