"""Where the words of a document stand, page by page."""

import numpy as np
import pytest

from models.features.features import STANDING, Features, features_of
from models.features.neighbours import SIDES
from pipeline.domain.document import Box, Page, Word
from tests.models.papers import Paper

HEIGHT, FIRST, LAST, SEVERAL, WIDE = range(SIDES, STANDING)


def seen(*pages: Page) -> Features:
    return features_of(pages, np.arange(sum(len(page.words) for page in pages), dtype=np.int32))


def test_neighbours_never_cross_pages() -> None:
    word = Word("same", Box(0.1, 0.1, 0.2, 0.11))
    below = Word("place", Box(0.1, 0.2, 0.2, 0.21))
    features = seen(*(Page(n, 595, 842, (word, below)) for n in (1, 2)))
    assert features.neighbours[:, 3].tolist() == [1, -1, 3, -1]
    assert features.pages.tolist() == [0, 0, 1, 1]
    assert len(features) == 4


def test_a_word_knows_its_page_and_its_size() -> None:
    small, large = Word("12.00", Box(0.1, 0.5, 0.2, 0.51)), Word("INVOICE", Box(0.1, 0.1, 0.4, 0.12))
    pages = [Page(1, 595, 842, (large, small, small, small)), Page(2, 842, 595, (small,)), Page(3, 595, 842, (small,))]
    standing = seen(*pages).standing
    assert standing.shape == (6, STANDING)
    assert standing[:, HEIGHT].tolist() == pytest.approx([1.0, 0.5, 0.5, 0.5, 0.5, 0.5])
    assert standing[:, FIRST].tolist() == [1, 1, 1, 1, 0, 0]
    assert standing[:, LAST].tolist() == [0, 0, 0, 0, 0, 1]
    assert standing[:, SEVERAL].tolist() == [1] * 6
    assert standing[:, WIDE].tolist() == [0, 0, 0, 0, 1, 0]
    assert seen(pages[0]).standing[0, SEVERAL] == 0


def test_near_neighbours_have_small_gaps() -> None:
    features = seen(*Paper().put(0.1, 0.1, "Total:").put(0.16, 0.1, "12.00").put(0.8, 0.1, "EUR").pages)
    right = features.standing[:, 1]
    assert right[0] < right[1] < right[2] == 1


def test_words_keep_the_numbers_they_are_given() -> None:
    numbers = np.array([7, 3, 7], dtype=np.int32)
    assert features_of(Paper().put(0.1, 0.1, "a b a").pages, numbers).words.tolist() == [7, 3, 7]


def test_boxes_that_stick_out_are_cut_at_the_edge() -> None:
    features = seen(Page(1, 595, 842, (Word("edge", Box(-0.01, 0.99, 0.1, 1.02)),)))
    assert features.boxes.tolist() == [pytest.approx([0, 0.99, 0.1, 1])]


@pytest.mark.parametrize("pages", [(), (Page(1, 595, 842, ()),), (Page(1, 595, 842, ()), Page(2, 595, 842, ()))])
def test_pages_without_words_have_features_too(pages: tuple[Page, ...]) -> None:
    features = seen(*pages)
    assert len(features) == 0
    assert features.boxes.shape == (0, 4)
    assert features.standing.shape == (0, STANDING)


def test_a_page_without_words_counts_as_a_page() -> None:
    paper = Paper().put(0.1, 0.1, "first").turn().turn().put(0.1, 0.1, "third")
    assert seen(*paper.pages).pages.tolist() == [0, 2]
