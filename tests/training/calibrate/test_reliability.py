"""Figures of probabilities, worked out by hand or known from how the values were drawn."""

import numpy as np
import pytest

from training.calibrate.reliability import by_key, ece, kept_at, log_losses, reliability, risk_coverage


def test_the_calibration_error_is_the_mean_distance_of_bins() -> None:
    said = np.array([0.91, 0.91, 0.91, 0.91, 0.31, 0.31])
    right = np.array([True, True, True, False, False, True])
    assert ece(said, right, bins=10) == pytest.approx((4 * 0.16 + 2 * 0.19) / 6)
    assert ece(np.ones(3), np.ones(3, dtype=bool)) == 0


def test_true_probabilities_show_the_error_of_chance_and_bold_ones_more() -> None:
    random = np.random.default_rng(1)
    true = random.beta(4, 1, 2000)
    right = random.random(2000) < true
    groups = [f"g{i // 10}" for i in range(2000)]
    honest = reliability(true, right, groups)
    assert honest.ece == pytest.approx(honest.chance, abs=0.012)
    assert honest.interval[0] <= honest.ece <= honest.interval[1]
    assert (honest.values, honest.groups) == (2000, 200)
    bold = reliability(true**0.3, right, groups)
    assert bold.interval[0] > 2 * bold.chance
    assert bold.boldness > 0.05
    assert bold.brier > honest.brier
    assert bold.log_loss > honest.log_loss


def test_a_certainty_that_is_wrong_costs_much_but_not_everything() -> None:
    assert log_losses(np.array([1.0, 0.5]), np.array([False, True])) == pytest.approx([13.8155, 0.6931], abs=1e-3)


def test_values_of_one_probability_are_taken_together() -> None:
    said = np.array([0.9, 0.9, 0.8, 0.5])
    right = np.array([True, False, True, True])
    taken, wrong = risk_coverage(said, right)
    assert taken.tolist() == [0.5, 0.75, 1.0]
    assert wrong.tolist() == pytest.approx([0.5, 1 / 3, 0.25])
    assert kept_at(said, right, 0.3) == 1.0
    assert kept_at(said, right, 0.2) == 0.0


def test_figures_by_name_are_of_the_rows_of_that_name() -> None:
    said = np.array([0.9, 0.8, 0.3])
    right = np.array([True, True, False])
    names = ["iban", "kind", "iban"]
    found = by_key(lambda i: names[i], said, right, ["a", "b", "b"])
    assert {name: (f.values, f.groups, f.right) for name, f in found.items()} == {
        "iban": (2, 2, 0.5),
        "kind": (1, 1, 1),
    }
    with pytest.raises(ValueError, match="no values"):
        reliability(said[:0], right[:0], [])
