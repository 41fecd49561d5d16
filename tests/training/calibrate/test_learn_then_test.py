"""The promise of a threshold is kept in simulation, and the bounds agree with figures worked out elsewhere."""

from math import comb

import numpy as np
import pytest
from numpy.typing import NDArray

from models.calibration.thresholds import EVERY
from models.evidence import Evidence
from pipeline.domain.document import QualityBand
from training.calibrate.learn_then_test import (
    GRID,
    binomial_tail,
    fewest,
    highest_share,
    hoeffding_bentkus,
    provable,
    thresholds,
)
from training.calibrate.rows import Judged

DELTA = 0.1


def test_the_binomial_tail_is_exact() -> None:
    exact = sum(comb(50, k) * 0.03**k * 0.97 ** (50 - k) for k in range(4))
    assert binomial_tail(3, 50, 0.03) == pytest.approx(exact, rel=1e-10)
    assert binomial_tail(50, 50, 0.03) == 1
    assert binomial_tail(0, 20_000, 0.01) == pytest.approx(0.99**20_000, rel=1e-6)


def test_hoeffding_bentkus_is_never_bolder_than_the_exact_test_on_errors_that_are_nought_or_one() -> None:
    for n in (50, 400):
        for wrong in range(10):
            assert hoeffding_bentkus(wrong / n, n, 0.05) >= binomial_tail(wrong, n, 0.05) - 1e-12
    assert hoeffding_bentkus(0.0, 300, 0.01) == pytest.approx(0.99**300)
    assert hoeffding_bentkus(0.2, 300, 0.01) == 1


def test_what_can_be_shown_needs_so_many_values() -> None:
    assert fewest(0.01, 0.1) == 230
    assert fewest(0.005, 0.1) == 460
    assert provable(230, 0.1) == pytest.approx(0.01, rel=0.01)
    assert provable(0, 0.1) == 1


def simulated(random: np.random.Generator, n: int, boldness: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return probabilities and the true chances of being wrong, which they understate by a factor."""
    said = 1 - random.beta(0.35, 6, n)
    return said, np.minimum(1, (1 - said) * boldness)


@pytest.mark.parametrize("boldness", [0.6, 1.0, 2.5])
def test_the_risk_is_broken_no_more_often_than_promised(boldness: float) -> None:
    random = np.random.default_rng(1)
    said, chance = simulated(random, 400_000, boldness)
    true_risk = {threshold: chance[said >= threshold].mean() for threshold in GRID}
    risk, runs, broken, taken = 0.02, 250, 0, 0.0
    for _ in range(runs):
        scores, wrong = simulated(random, 600, boldness)
        right = random.random(600) >= wrong
        answer = highest_share(scores, right, range(600), risk, DELTA)
        if answer.confidence is not None:
            broken += true_risk[answer.confidence] > risk
            taken += answer.taken / runs
    slack = 2.5 * np.sqrt(DELTA * (1 - DELTA) / runs)
    assert broken / runs <= DELTA + slack
    assert taken > 0.25 if boldness <= 1 else taken > 0.01


def of_senders(
    random: np.random.Generator, senders: int, unlucky: float = 0.02
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int_]]:
    """Return values of senders that each have a luck of their own: in a few, what looks sure is wrong."""
    sizes = random.integers(1, 40, senders)
    unit = np.repeat(np.arange(senders), sizes)
    said, wrong = simulated(random, len(unit), 0.7)
    bad = (random.random(senders) < unlucky)[unit]
    return said, random.random(len(unit)) >= np.where(bad, 0.9, wrong), unit


def risk_over_senders(
    said: NDArray[np.float64], right: NDArray[np.bool_], unit: NDArray[np.int_], threshold: float
) -> float:
    taken = said >= threshold
    sizes = np.bincount(unit[taken])
    return float((np.bincount(unit[taken], ~right[taken])[sizes > 0] / sizes[sizes > 0]).mean())


def test_counting_senders_keeps_the_promise_where_their_values_hang_together_and_counting_values_does_not() -> None:
    random = np.random.default_rng(2)
    everyone = of_senders(random, 20_000)
    true_risk = {threshold: risk_over_senders(*everyone, threshold) for threshold in GRID}
    risk, runs = 0.02, 200
    broken = {"group": 0, "value": 0}
    for _ in range(runs):
        said, right, unit = of_senders(random, 300)
        for counted, units in (("group", unit), ("value", np.arange(len(unit)))):
            answer = highest_share(said, right, units.tolist(), risk, DELTA)
            if answer.confidence is not None:
                broken[counted] += true_risk[answer.confidence] > risk
    assert broken["group"] / runs <= DELTA + 2.5 * np.sqrt(DELTA * (1 - DELTA) / runs)
    assert broken["value"] / runs > 2 * DELTA


def test_counting_senders_still_lets_values_through_where_no_sender_is_unlucky() -> None:
    random = np.random.default_rng(3)
    taken = []
    for _ in range(20):
        said, right, unit = of_senders(random, 400, unlucky=0.0)
        taken.append(highest_share(said, right, unit.tolist(), 0.02, DELTA).taken)
    assert np.mean(taken) > 0.3


def test_nothing_is_guaranteed_where_there_are_too_few_values_even_if_all_are_right() -> None:
    for n, found in ((229, None), (230, 0.9995)):
        answer = highest_share(np.ones(n), np.ones(n, dtype=bool), range(n), 0.01, DELTA)
        assert (answer.confidence is None) == (found is None)


def test_testing_stops_at_the_first_threshold_that_fails() -> None:
    said = np.repeat([0.9995, 0.97, 0.9], 400)
    right = np.ones(1200, dtype=bool)
    assert highest_share(said, right, range(1200), 0.01, DELTA).confidence == 0.5
    right[400:430] = False
    answer = highest_share(said, right, range(1200), 0.01, DELTA)
    assert answer.confidence == 0.975
    assert answer.taken == pytest.approx(1 / 3)
    assert answer.loss == 0


def judged(document: int, name: str, right: bool) -> Judged:
    return Judged(f"d{document}", f"g{document // 5}", name, QualityBand.CLEAN, Evidence(), right)


def test_limits_say_how_many_units_they_rest_on_and_what_they_assume() -> None:
    rows = [judged(d, name, True) for d in range(500) for name in ("iban", "line.unit", "line.unit")]
    said = np.full(len(rows), 0.99)
    by_document = thresholds(rows, said)
    assert {name: limit.sample for name, limit in by_document.limits.items()} == {
        EVERY: 500,
        "iban": 500,
        "line.unit": 500,
    }
    assert by_document.limits["line.unit"].confidence == {0.005: 0.5, 0.01: 0.5, 0.02: 0.5}
    assert "new senders" in by_document.assumption
    by_group = thresholds(rows, said, unit="group")
    assert by_group.limits["iban"].sample == 100
    assert set(by_group.limits["iban"].confidence.values()) == {None}
    assert thresholds(rows, said, unit="value").limits["line.unit"].sample == 1000
    with pytest.raises(ValueError, match="page"):
        thresholds(rows, said, unit="page")


def test_documents_of_one_name_in_two_groups_are_two() -> None:
    rows = [Judged("scan.pdf", f"g{i}", "iban", QualityBand.CLEAN, Evidence(), True) for i in range(40)]
    assert thresholds(rows, np.ones(40)).limits["iban"].sample == 40
