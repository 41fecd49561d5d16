"""What is hidden stays on the page, in runs; what is taken from its place leaves no trace of where it stood."""

from dataclasses import replace

import numpy as np
import pytest

from models.features.batches import BELOW, LEFT, RIGHT, Batch, batch_of, windows_of
from models.features.features import features_of
from models.features.neighbours import SIDES
from tests.models.papers import Paper
from training.pretrain.masking import WHOLE_PAGE, hidden_runs, masked, without_place
from training.pretrain.settings import PretrainSettings

SETTINGS = PretrainSettings()


def table(shift: float = 0.0) -> Batch:
    """Return a table of 12 × 5 words in one window and a line of 7 words in another."""
    paper, line = Paper(), Paper().put(0.1, 0.1, "one two three four five six seven")
    for row in range(12):
        for column in range(5):
            paper.put(0.1 + 0.15 * column + shift * (row == 3 and column == 2), 0.1 + 0.03 * row, f"w{row}{column}")
    cut = []
    for pages in (paper.pages, line.pages):
        numbers = np.arange(sum(len(page.words) for page in pages), dtype=np.int32)
        cut += windows_of(features_of(pages, numbers), 100, 10)
    return batch_of(cut)


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.16, 0.5, 1.0])
def test_about_the_share_is_hidden_in_every_window_and_only_words_are(share: float) -> None:
    batch = table()
    hidden = hidden_runs(batch, replace(SETTINGS, hidden=share), chance())
    assert not hidden[~batch.there].any()
    for row, count in zip(hidden, (60, 7), strict=True):
        wanted = max(1, round(share * count))
        assert wanted <= row.sum() <= wanted + 20  # the last run may be long


@pytest.mark.parametrize(("below", "side"), [(0.0, RIGHT), (1.0, BELOW)])
def test_most_hidden_words_stand_in_runs(below: float, side: int) -> None:
    batch = table()
    beside = 0
    settings = replace(SETTINGS, below=below)
    for seed in range(20):
        hidden = hidden_runs(batch, settings, chance(seed))[0]
        after = batch.neighbours[0, hidden, side]
        beside += int(hidden[after[after < 60]].sum())
    apart = 20 * 10 * 0.16  # what one would find with words hidden one by one
    assert beside > 2 * apart


def test_hidden_words_keep_place_and_neighbours() -> None:
    batch = table()
    shown = masked(batch, replace(SETTINGS, displaced=0.0), chance())
    assert shown.hidden.any()
    assert not shown.displaced.any()
    for name in ("words", "boxes", "pages", "neighbours", "standing", "there"):
        assert np.array_equal(getattr(shown.batch, name), getattr(batch, name))


def test_no_word_is_both_and_padding_is_neither() -> None:
    batch = table()
    shown = masked(batch, replace(SETTINGS, displaced=0.5), chance())
    assert shown.displaced.sum() > 10
    assert not (shown.displaced & (shown.hidden | ~batch.there)).any()
    assert not masked(batch, replace(SETTINGS, displaced=0.5), chance(), layout=False).displaced.any()


def test_a_displaced_word_shows_the_same_wherever_it_stood() -> None:
    """Word 17 stands elsewhere in the second batch; with its place taken nothing of the batch tells."""
    batch, other = table(), table(shift=0.01)
    displaced = np.zeros(batch.there.shape, dtype=np.bool_)
    displaced[0, 17] = True
    assert not np.array_equal(batch.boxes, other.boxes)
    assert not np.array_equal(batch.standing, other.standing)
    shown, also = without_place(batch, displaced), without_place(other, displaced)
    for name in ("words", "boxes", "pages", "neighbours", "standing", "there"):
        assert np.array_equal(getattr(shown, name), getattr(also, name)), name
    assert shown.boxes[0, 17].tolist() == list(WHOLE_PAGE)
    length = batch.there.shape[1]
    assert shown.neighbours[0, 17].tolist() == [length] * SIDES
    assert not (shown.neighbours[0] == 17).any()
    assert shown.neighbours[0, 16, LEFT] == 15  # what stands between others stays
    assert batch.neighbours[0, 16, RIGHT] == 17  # and the batch that was given is as it was
