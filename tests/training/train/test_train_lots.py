"""Lots: every window in its turn, alike for the same seed, moved within the page, targets only where there are any."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.architecture import Architecture
from models.features.texts import Vocabulary
from tests.models.papers import Paper
from tests.training.train.papers import invoice, labelled
from training.dataset.record import LabelledDocument
from training.train.examples import IGNORED, examples_of
from training.train.lots import Lot, Piece, endless, lot_of, pieces_of, plan
from training.train.settings import TrainSettings

SIZES = Architecture(window=12, overlap=4)
SETTINGS = TrainSettings(words_a_step=60, seed=3)


def long_table(rows: int) -> LabelledDocument:
    """Return a table whose rows have two lines each, so that windows part some of them."""
    paper = Paper()
    for row in range(rows):
        paper.put(0.1, 0.02 * row, f"Article {row}", "line.description", row).put(0.8, 0.02 * row, "1.00")
        paper.put(0.1, 0.02 * row + 0.01, "in blue", "line.description", row)
    return labelled(paper, "table")


def pieces() -> list[Piece]:
    short = labelled(Paper().put(0.1, 0.1, "Total").put(0.8, 0.1, "5.00", "gross_total"), "short")
    documents = [*(invoice(number) for number in range(5)), long_table(9), short]
    return pieces_of(examples_of(documents, Vocabulary()), SIZES)


def same(one: Lot, other: Lot) -> bool:
    names = ("words", "boxes", "pages", "neighbours", "standing", "there")
    alike = all(np.array_equal(getattr(one.batch, name), getattr(other.batch, name)) for name in names)
    rest = ("hidden", "tags", "begins", "kinds")
    return alike and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in rest)


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.integers(1, 510), min_size=1, max_size=60), most=st.integers(1, 2400), seed=st.integers(0, 9)
)
def test_a_round_takes_every_window_once_and_no_step_too_many_words(lengths: list[int], most: int, seed: int) -> None:
    groups = plan(np.array(lengths), most, np.random.default_rng(seed))
    assert sorted(index for group in groups for index in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or max(lengths[i] for i in group) * len(group) <= most


def test_the_same_seed_gives_the_same_order_and_another_another() -> None:
    own = pieces()

    def index(seed: int) -> list[list[int]]:
        where = {id(piece): number for number, piece in enumerate(own)}
        return [[where[id(p)] for p in group] for _, group in islice(endless(own, replace(SETTINGS, seed=seed)), 12)]

    assert index(1) == index(1)
    assert index(1) != index(2)


def test_going_on_from_a_number_gives_what_would_have_come() -> None:
    own = pieces()
    whole = [(n, [id(p) for p in group]) for n, group in islice(endless(own, SETTINGS), 20)]
    rest = [(n, [id(p) for p in group]) for n, group in islice(endless(own, SETTINGS, 7), 13)]
    assert rest == whole[7:]


def test_the_same_chance_gives_the_same_lot() -> None:
    def made(seed: int) -> Lot:
        return lot_of(pieces()[:4], SETTINGS, np.random.default_rng(seed))

    assert same(made(1), made(1))
    assert not same(made(1), made(2))


@pytest.mark.parametrize("moved", [0.04, 0.5, 3.0])
def test_a_moved_page_keeps_its_boxes_inside_and_the_right_way_round(moved: float) -> None:
    own = pieces()
    still = lot_of(own, SETTINGS).batch.boxes
    boxes = lot_of(own, replace(SETTINGS, moved=moved), np.random.default_rng(1)).batch.boxes
    assert boxes.dtype == np.float32
    assert boxes.min() >= 0
    assert boxes.max() <= 1
    if moved < 1:  # beyond, a page may be turned over
        assert (boxes[..., :2] <= boxes[..., 2:]).all()
    assert not np.allclose(boxes, still)


def test_words_of_one_window_move_together() -> None:
    own = [piece for piece in pieces() if len(piece) == 12][:3]
    still = lot_of(own, SETTINGS).batch.boxes.astype(float)
    boxes = lot_of(own, SETTINGS, np.random.default_rng(5)).batch.boxes.astype(float)
    for before, after in zip(still, boxes, strict=True):
        for axis in range(4):
            inside = (after[:, axis] > 0) & (after[:, axis] < 1)
            slope, shift = (
                np.polyfit(before[inside, axis], after[inside, axis], 1) if np.ptp(before[:, axis]) else (1, 0)
            )
            assert abs(slope - 1) <= SETTINGS.moved + 1e-3
            assert abs(shift) <= SETTINGS.moved + 1e-3


def test_without_chance_nothing_is_moved_or_hidden() -> None:
    own = pieces()[:3]
    lot = lot_of(own, SETTINGS)
    assert not lot.hidden.any()
    for row, piece in enumerate(own):
        part = slice(piece.window.start, piece.window.end)
        assert np.array_equal(lot.batch.boxes[row, : len(piece)], piece.example.features.boxes[part])


def test_as_many_words_are_hidden_as_asked_for() -> None:
    own = pieces() * 20
    lot = lot_of(own, replace(SETTINGS, hidden=0.3), np.random.default_rng(1))
    assert lot.hidden.mean() == pytest.approx(0.3, abs=0.03)


def test_nothing_is_to_be_learnt_outside_the_window() -> None:
    own = pieces()
    assert {len(piece) for piece in own} == {12, 2}  # one is padded
    lot = lot_of(own, SETTINGS)
    parted = 0
    for row, piece in enumerate(own):
        start, end, count = piece.window.start, piece.window.end, len(piece)
        assert (lot.tags[row, count:] == IGNORED).all()
        assert (lot.begins[row, count:] == IGNORED).all()
        assert lot.tags[row, :count].tolist() == piece.example.tags[start:end].tolist()
        for word, begin in zip(lot.begins[row, :count], piece.example.begins[start:end], strict=True):
            if start <= begin < end:
                assert word == begin - start
            else:
                assert word == IGNORED
                parted += begin != IGNORED
        assert lot.kinds[row] == piece.example.kind
    assert parted  # rows that begin in the window before
