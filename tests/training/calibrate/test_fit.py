"""A known truth is found again; few rows, one-sided rows and big senders do no harm."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from models.calibration import Calibration
from models.calibration.terms import TERMS
from models.evidence import Evidence
from pipeline.domain.document import QualityBand
from tests.training.calibrate.imagined import NAMES, draw, draw_evidence, truth, truths
from training.calibrate.fit import Prior, fit
from training.calibrate.folds import BY_HAND, Fitted, TooFewGroups, cross_fit, probabilities
from training.calibrate.maps import Slope, best
from training.calibrate.reliability import ece, log_losses
from training.calibrate.rows import Judged
from training.calibrate.weights import alike

pytest.importorskip("sklearn")


@pytest.fixture(scope="module")
def rows() -> list[Judged]:
    return draw(100, seed=1)


@pytest.fixture(scope="module")
def fitted(rows: list[Judged]) -> Fitted:
    return cross_fit(rows)


def rights(rows: Sequence[Judged]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([row.right for row in rows])


def test_a_known_truth_is_found_again(fitted: Fitted) -> None:
    new = draw(300, seed=2)
    said, true = probabilities(fitted.calibration, new), truths(new)
    assert np.abs(said - true).mean() < 0.035
    assert ece(said, rights(new)) < 0.02
    best_possible = log_losses(true, rights(new)).mean()
    unfitted = log_losses(probabilities(Calibration.none(), new), rights(new)).mean()
    reached = log_losses(said, rights(new)).mean()
    assert reached - best_possible < 0.25 * (unfitted - best_possible)
    assert not fitted.warnings


def test_out_of_fold_figures_tell_what_new_senders_will_see(rows: list[Judged], fitted: Fitted) -> None:
    new = draw(300, seed=3)
    promised = log_losses(fitted.out_of_fold, rights(rows))
    seen = log_losses(probabilities(fitted.calibration, new), rights(new)).mean()
    assert abs(promised.mean() - seen) < 3 * promised.std() / np.sqrt(len(rows))


def test_no_row_is_judged_by_a_fit_that_saw_its_group() -> None:
    rows = draw(60, seed=5)
    liar = rows[0].group
    turned = [replace(row, right=not row.right) if row.group == liar else row for row in rows]
    folds = [cross_fit(each, folds=6).out_of_fold for each in (rows, turned)]
    of_liar = np.array([row.group == liar for row in rows])
    assert folds[0][of_liar] == pytest.approx(folds[1][of_liar], abs=1e-9)
    assert np.abs(folds[0][~of_liar] - folds[1][~of_liar]).max() > 1e-3


def test_offsets_follow_the_truth_and_are_drawn_to_the_common_one(rows: list[Judged], fitted: Fitted) -> None:
    names = fitted.calibration.names
    assert min(names, key=lambda name: names[name]) == "seller_name"
    assert names["gross_total"] > names["seller_name"] + 0.5
    assert fitted.calibration.bands["clean"] > fitted.calibration.bands["poor"]
    tight = fit(rows, Prior(names=0.05))
    assert max(map(abs, tight.names.values())) < 0.2 * max(map(abs, names.values()))
    rare = [*rows, *(replace(row, name="bic", right=False) for row in rows[:2])]
    assert -0.6 < fit(rare).names["bic"] < 0


def test_weights_have_the_signs_of_their_terms_even_where_chance_says_otherwise(fitted: Fitted) -> None:
    assert all(sign * w >= 0 for sign, w in zip(TERMS.values(), fitted.calibration.weights, strict=True))
    upside_down = [replace(row, right=not row.right) for row in draw(40, seed=6)]
    said = fit(upside_down)
    assert all(sign * w >= 0 for sign, w in zip(TERMS.values(), said.weights, strict=True))
    low, high = (said.probability("kind", Evidence(model=m), QualityBand.CLEAN) for m in (0.1, 0.99))
    assert low <= high


def test_few_rows_lean_on_the_weights_set_by_hand_and_say_so() -> None:
    one = [row for row in draw(40, seed=7) if row.name == "kind"][:1]
    random = np.random.default_rng(8)
    asked = [draw_evidence(random) for _ in range(200)]
    near = fit(one, Prior(imagined=1000))
    # One row has no spread to weigh terms by: only the level is told.
    level = Calibration.none().probability(one[0].name, one[0].evidence, one[0].band)
    assert near.probability(one[0].name, one[0].evidence, one[0].band) == pytest.approx(level, abs=0.01)
    few = cross_fit(draw(8, seed=9, documents=1))
    assert any("rows" in warning for warning in few.warnings)
    assert any("groups" in warning for warning in few.warnings)
    assert few.calibration.fitted["warnings"] == list(few.warnings)
    off = [
        abs(few.calibration.probability("kind", e, QualityBand.CLEAN) - truth("kind", e, QualityBand.CLEAN))
        for e in asked
    ]
    assert np.mean(off) < 0.2


def test_rows_that_are_all_right_do_not_make_certainty() -> None:
    perfect = [replace(row, right=True) for row in draw(30, seed=10)]
    fitted = cross_fit(perfect)
    said = probabilities(fitted.calibration, perfect)
    assert 0.9 < said.mean() < 0.999
    assert said.max() < 1
    assert any("wrong" in warning for warning in fitted.warnings)


def test_a_sender_of_many_documents_does_not_outvote_the_others() -> None:
    rows = draw(60, seed=11, documents=1)
    loud = [replace(row, group="loud", document=f"loud/{i}", right=False) for i, row in enumerate(rows * 3)]
    weights = alike([*rows, *loud])
    assert weights[len(rows) :].sum() == pytest.approx(weights[0] * len(NAMES))
    assert weights.sum() < len(rows) * 1.05
    new = draw(100, seed=12)
    assert probabilities(fit([*rows, *loud]), new).mean() > 0.9 * probabilities(fit(rows), new).mean()


def test_a_bend_that_the_terms_cannot_make_is_straightened_where_there_are_enough_rows() -> None:
    random = np.random.default_rng(13)
    said = random.uniform(0.02, 0.98, 3000)
    right = random.random(3000) < np.where(said < 0.5, 0.2, 0.9)
    groups, ones = np.arange(3000) // 6, np.ones(3000)
    name, straighten, crossed = best(said, right, ones, groups, groups % 10)
    assert name == "isotonic"
    assert ece(crossed, right) < 0.03 < ece(said, right)
    served = straighten.into(Calibration.none())
    assert [served.mapped(p) for p in said[:50]] == pytest.approx(straighten(said[:50]))
    assert served.mapped(1.0) < 1
    assert Calibration.from_json(served.to_json()) == served


def test_boldness_of_a_few_rows_is_taken_back_by_a_slope_and_truth_is_left_alone() -> None:
    random = np.random.default_rng(14)
    true = random.beta(3, 1, 600)
    right = random.random(600) < true
    bold = 1 / (1 + ((1 - true) / true) ** 2.5)
    groups, ones = np.arange(600) // 6, np.ones(600)
    name, straighten, crossed = best(bold, right, ones, groups, groups % 10)
    assert name == "slope"
    assert isinstance(straighten, Slope)
    assert straighten.slope == pytest.approx(0.4, abs=0.1)
    assert ece(crossed, right) < 0.5 * ece(bold, right)
    assert best(true, right, ones, groups, groups % 10)[0] == "none"
    evidence = Evidence(model=0.9, rules=0.4)
    plain = Calibration.none()
    served = straighten.into(plain).probability("kind", evidence, QualityBand.POOR)
    assert served == pytest.approx(straighten(np.array([plain.probability("kind", evidence, QualityBand.POOR)]))[0])


def test_less_than_two_groups_are_refused() -> None:
    with pytest.raises(TooFewGroups, match="at least two"):
        cross_fit(draw(1, seed=1))
    with pytest.raises(TooFewGroups):
        cross_fit([])


def test_what_misleads_about_other_senders_leaves_the_weights_set_by_hand() -> None:
    """Every sender's paper has another field that is wrong: what three teach is wrong of the fourth."""
    names = ("invoice_number", "issue_date", "gross_total", "seller_name")
    sure = Evidence(model=0.97, rules=0.9, held=1.0, proven=1.0)
    rows = [
        Judged(f"g{group}/d{n}", f"g{group}", name, QualityBand.CLEAN, sure, place != group)
        for group in range(4)
        for n in range(60)
        for place, name in enumerate(names)
    ]
    fitted = cross_fit(rows)
    assert fitted.chosen == BY_HAND
    assert fitted.calibration.fitted["map"] == BY_HAND
    assert any("stay" in warning for warning in fitted.warnings)
    by_hand = probabilities(Calibration.none(), rows)
    assert fitted.out_of_fold == pytest.approx(by_hand)
    assert probabilities(fitted.calibration, rows) == pytest.approx(by_hand)


def test_what_helps_with_other_senders_is_taken(fitted: Fitted) -> None:
    assert fitted.chosen != BY_HAND
