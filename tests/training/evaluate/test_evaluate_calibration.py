"""Calibration error, touchless shares and curves, by hand."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from training.evaluate.bootstrap import Floats, draw
from training.evaluate.calibration import (
    BINS,
    calibration_error,
    membership,
    reliability,
    risk_coverage,
    threshold,
    touchless,
)
from training.evaluate.sample import Pool

ONE = np.ones((1, 1))


def pool(
    answers: Sequence[tuple[float, int]], asked: Sequence[float] = (), groups: Sequence[int] | None = None
) -> Pool:
    places = np.array(groups if groups is not None else [0] * len(answers), dtype=np.int64)
    return Pool(
        confidence=np.array([confidence for confidence, _ in answers]),
        right=np.array([right for _, right in answers], dtype=float),
        group=places,
        asked=np.array(asked or np.bincount(places, minlength=1), dtype=float),
    )


def test_each_answer_is_a_bin_of_its_own_where_there_are_few() -> None:
    answers = pool([(0.9, 1), (0.8, 1), (0.6, 0), (0.2, 0)])
    assert calibration_error(answers)(ONE) == pytest.approx((0.1 + 0.2 + 0.6 + 0.2) / 4)


def test_errors_cancel_within_a_bin_and_not_between_bins() -> None:
    # 15 bins of two answers each; in the first 14 one of two is right at 0.5 or so, in the last none at 0.9.
    pairs = [[(0.50 + i / 1000, 1), (0.50 + i / 1000, 0)] for i in range(BINS - 1)] + [[(0.9, 0), (0.9, 0)]]
    gaps = [i / 1000 for i in range(BINS - 1)] + [0.9]
    error = calibration_error(pool([answer for pair in pairs for answer in pair]))(ONE)
    assert error == pytest.approx(sum(gaps) / BINS)


def test_the_order_of_equal_confidences_is_no_matter() -> None:
    answers = [(0.8, 1)] * 30 + [(0.8, 0)] * 15 + [(0.3, 0)] * 5
    found = {float(calibration_error(pool(order))(ONE)[0]) for order in (answers, answers[::-1])}
    assert max(found) == pytest.approx(min(found))
    # Two blocks: 45 answers of which two thirds are right, and five of which none is; at most a bin mixes them.
    assert max(found) <= (45 * abs(0.8 - 30 / 45) + 5 * 0.3) / 50 + 1e-12


def test_bins_have_equal_mass_and_hold_every_answer_whole() -> None:
    parts = membership(np.random.default_rng(3).integers(0, 20, 101) / 20)
    assert parts.shape == (BINS, 101)
    assert parts.sum(axis=1) == pytest.approx(np.full(BINS, 101 / BINS))
    assert parts.sum(axis=0) == pytest.approx(np.ones(101))


@pytest.mark.parametrize(("risk", "kept", "least"), [(0.01, 2, 0.8), (0.25, 4, 0.6), (0.2, 2, 0.8), (0.4, 5, 0.5)])
def test_the_touchless_share_is_the_largest_that_holds_the_risk(risk: float, kept: int, least: float) -> None:
    answers = pool([(0.9, 1), (0.6, 1), (0.8, 1), (0.7, 0), (0.5, 0)], asked=[10])
    assert touchless(answers, risk)(ONE) == pytest.approx(kept / 10)
    assert threshold(answers, risk) == least


def test_equal_confidences_are_kept_together_or_not_at_all() -> None:
    answers = pool([(0.9, 1), (0.9, 0), (0.5, 1)])
    assert touchless(answers, 0.02)(ONE) == 0
    assert threshold(answers, 0.02) is None


def test_nothing_answered_is_nothing_kept_and_no_error() -> None:
    nothing = pool([], asked=[4])
    assert touchless(nothing, 0.01)(ONE) == 0
    assert np.isnan(calibration_error(nothing)(ONE))
    assert risk_coverage(nothing, draw(1)).coverage == ()
    assert reliability(nothing, draw(1)) == ()


def test_a_group_drawn_twice_counts_as_if_it_were_there_twice() -> None:
    random = np.random.default_rng(5)
    answers = [(round(float(c), 1), int(c > random.random())) for c in random.random(60)]
    groups = [i % 3 for i in range(60)]
    repeats: Floats = np.array([[2.0, 0.0, 1.0]])
    again = [i for i, g in enumerate(groups) for _ in range(int(repeats[0, g]))]
    twice = pool([answers[i] for i in again], groups=[0] * len(again))
    for risk in (0.05, 0.3, 0.5):
        expected = touchless(twice, risk)(ONE)
        assert touchless(pool(answers, groups=groups), risk)(repeats) == pytest.approx(expected)


def test_the_curve_ends_at_all_answers_and_its_band_holds_it() -> None:
    random = np.random.default_rng(1)
    answers = [(float(c), int(random.random() < c)) for c in random.uniform(0.5, 1.0, 400)]
    groups = [int(g) for g in random.integers(0, 20, 400)]
    asked = np.bincount(groups, minlength=20) + 1.0
    curve = risk_coverage(pool(answers, asked=list(asked), groups=groups), draw(20))
    assert curve.coverage[-1] == pytest.approx(400 / 420)
    assert curve.risk[-1] == pytest.approx(1 - sum(right for _, right in answers) / 400)
    assert all(a < b for a, b in pairwise(curve.coverage))
    within = [
        low <= risk <= high for low, risk, high in zip(curve.low, curve.risk, curve.high, strict=True) if low and high
    ]
    assert sum(within) >= 0.9 * len(within) > 0


def test_the_reliability_diagram_tells_confidence_and_truth_of_each_bin() -> None:
    answers = [(0.5, i % 2) for i in range(30)] + [(0.9, 1)] * 120
    found = reliability(pool(answers, groups=[i % 10 for i in range(150)]), draw(10))
    assert [(b.confidence, b.right) for b in found[:3]] == [pytest.approx(p) for p in [(0.5, 0.5)] * 3]
    assert [(b.confidence, b.right) for b in found[3:]] == [pytest.approx((0.9, 1.0))] * 12
    assert all(b.low is not None and b.low <= b.right + 1e-9 for b in found)
    assert all(b.high is not None and b.high >= b.right - 1e-9 for b in found)
    assert found[0].low != found[0].high
    assert sum(b.answers for b in found) == pytest.approx(150)
