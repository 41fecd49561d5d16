"""The cluster bootstrap: seeded, by groups, paired."""

import numpy as np
import pytest

from training.evaluate.bootstrap import Floats, Statistic, difference, draw, estimate
from training.evaluate.measures import f1, macro_f1, precision, recall
from training.evaluate.sample import Tallies


def shares(right: Floats) -> Statistic:
    return lambda weights: weights @ right / weights.sum(axis=1)


def test_draws_are_as_many_groups_as_there_are_and_the_same_every_time() -> None:
    drawn = draw(7, 500, seed=1)
    assert drawn.shape == (500, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert (draw(7, 500, seed=1) == drawn).all()
    assert (draw(7, 500, seed=2) != drawn).any()


def test_the_interval_holds_the_figure_and_is_as_wide_as_it_should_be() -> None:
    right = np.array([1.0] * 80 + [0.0] * 20)
    found = estimate(shares(right), draw(100, 4000))
    assert found.value == pytest.approx(0.8)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.8 < found.high
    # A mean of a hundred: 1.96 standard errors of sqrt(0.8 · 0.2 / 100) each way.
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.04, rel=0.1)


def test_one_group_has_no_interval() -> None:
    found = estimate(shares(np.array([0.5])), draw(1))
    assert (found.value, found.low, found.high) == (0.5, None, None)


def test_a_figure_of_nothing_is_none() -> None:
    nothing = Tallies(np.zeros(3), np.zeros(3), np.zeros(3))
    assert estimate(f1(nothing), draw(3)).value is None


def test_documents_of_one_layout_are_not_independent() -> None:
    # Ten layouts of ten documents, each layout all right or all wrong, against the same hundred on their own.
    by_layout = Tallies(np.array([10.0] * 8 + [0.0] * 2), np.zeros(10), np.array([0.0] * 8 + [10.0] * 2))
    alone = Tallies(np.array([1.0] * 80 + [0.0] * 20), np.zeros(100), np.array([0.0] * 80 + [1.0] * 20))
    wide, narrow = estimate(recall(by_layout), draw(10)), estimate(recall(alone), draw(100))
    assert wide.value == narrow.value == pytest.approx(0.8)
    assert None not in (wide.low, wide.high, narrow.low, narrow.high)
    assert (wide.high or 0) - (wide.low or 0) > 2 * ((narrow.high or 0) - (narrow.low or 0))


def test_a_difference_is_paired_and_has_a_sign() -> None:
    # Groups differ widely, but one side is better by 0.05 in each: only a paired comparison sees that for sure.
    other = np.linspace(0.1, 0.9, 20)
    lead = difference(shares(other + 0.05), shares(other), draw(20))
    assert lead.estimate.value == pytest.approx(0.05)
    assert lead.estimate.low == pytest.approx(0.05)
    assert lead.larger_in == 1.0
    behind = difference(shares(other), shares(other + 0.05), draw(20))
    assert behind.estimate.high == pytest.approx(-0.05)
    assert behind.larger_in == 0.0
    assert difference(shares(other), shares(other), draw(20)).larger_in == 0.5


def test_counts_become_precision_recall_and_f1_by_hand() -> None:
    # Group one: 3 right, 1 wrong, 1 missed; group two: 1 right, 0 wrong, 3 missed; group three: nothing asked.
    tallies = Tallies(np.array([3.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([1.0, 3.0, 0.0]))
    once = np.ones((1, 3))
    assert precision(tallies)(once) == pytest.approx(4 / 5)
    assert recall(tallies)(once) == pytest.approx(4 / 8)
    assert f1(tallies)(once) == pytest.approx(8 / 13)
    assert macro_f1(tallies)(once) == pytest.approx((6 / 8 + 2 / 5) / 2)
    second_twice = np.array([[0.0, 2.0, 1.0]])
    assert f1(tallies)(second_twice) == pytest.approx(2 / 5)
    assert macro_f1(tallies)(second_twice) == pytest.approx(2 / 5)
