"""Probabilities of values and thresholds for taking them, as they are served: written by hand, read back, refused."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calibration import Calibration, Limit, Thresholds
from models.calibration.terms import TERMS, terms_of
from models.evidence import EVIDENCE, Evidence
from pipeline.domain.document import QualityBand
from pipeline.errors import ConfigurationError

CLEAN = QualityBand.CLEAN
PARTS = st.floats(0, 1)
COUNTS = st.integers(0, 3).map(float)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    counted = {"held", "broken", "repeated"}
    return Evidence(**{name: draw(COUNTS if name in counted else PARTS) for name in EVIDENCE})


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    size = st.floats(0, 5)
    xs = sorted(draw(st.lists(PARTS, max_size=6, unique=True)))
    ys = sorted(draw(st.lists(PARTS, min_size=len(xs), max_size=len(xs))))
    return Calibration(
        common=draw(st.floats(-5, 5)),
        weights=tuple(sign * draw(size) for sign in TERMS.values()),
        names={"iban": draw(st.floats(-2, 2))},
        bands={"poor": draw(st.floats(-2, 2))},
        knots=tuple(zip(xs, ys, strict=True)),
        fitted={"rows": 3, "warnings": ["Few."]},
    )


@given(calibrations(), evidences(), st.sampled_from(["iban", "kind"]), st.sampled_from(QualityBand))
def test_what_is_written_is_read_back_exactly(
    calibration: Calibration, evidence: Evidence, name: str, band: QualityBand
) -> None:
    again = Calibration.from_json(json.loads(json.dumps(calibration.to_json(), allow_nan=False)))
    assert again == calibration
    assert again.probability(name, evidence, band) == calibration.probability(name, evidence, band)


@given(calibrations(), evidences(), PARTS, st.sampled_from(["model", "rules", "lead", "held", "repeated"]))
def test_more_evidence_never_makes_a_value_less_probable(
    calibration: Calibration, evidence: Evidence, part: float, name: str
) -> None:
    most = 3 if name in ("held", "repeated") else 1
    low, high = sorted((part * most, getattr(evidence, name)))
    less, more = (replace(evidence, **{name: number}) for number in (low, high))
    assert (
        0 <= calibration.probability("iban", less, CLEAN) <= calibration.probability("iban", more, CLEAN) + 1e-12 <= 2
    )


@given(calibrations(), evidences(), PARTS, st.sampled_from(["rival", "broken"]))
def test_what_speaks_against_a_value_never_makes_it_more_probable(
    calibration: Calibration, evidence: Evidence, part: float, name: str
) -> None:
    low, high = sorted((part, getattr(evidence, name)))
    less, more = (replace(evidence, **{name: number}) for number in (low, high))
    assert calibration.probability("iban", less, CLEAN) >= calibration.probability("iban", more, CLEAN) - 1e-12


def test_a_name_or_band_that_is_not_known_takes_the_common_offset() -> None:
    evidence = Evidence(model=0.8)
    known = replace(Calibration.none(), common=0.1, names={"iban": 1.0, "bic": 0.0}, bands={"poor": -1.0, "clean": 0.0})
    assert known.probability("line.unit", evidence, CLEAN) == known.probability("bic", evidence, CLEAN)
    assert known.probability("line.unit", evidence, QualityBand.FAIR) == known.probability("bic", evidence, CLEAN)
    assert known.probability("iban", evidence, CLEAN) > known.probability("bic", evidence, CLEAN)
    assert known.probability("bic", evidence, QualityBand.POOR) < known.probability("bic", evidence, CLEAN)


def test_the_map_is_straight_between_knots_and_level_outside() -> None:
    bent = replace(Calibration.none(), knots=((0.2, 0.1), (0.6, 0.1), (0.8, 0.9)))
    assert [bent.mapped(p) for p in (0.0, 0.2, 0.4, 0.7, 0.8, 1.0)] == pytest.approx([0.1, 0.1, 0.1, 0.5, 0.9, 0.9])


def test_unfitted_weights_order_values_sensibly() -> None:
    ordered = [
        Evidence(),
        Evidence(model=0.6, rival=0.4, lead=0.2),
        Evidence(rules=0.9, lead=0.9),
        Evidence(model=0.99, lead=0.99),
        Evidence(model=0.99, rules=0.9, lead=1.0),
        Evidence(model=0.99, rules=0.9, lead=1.0, held=2.0),
    ]
    said = [Calibration.none().probability("gross_total", evidence, CLEAN) for evidence in ordered]
    assert all(low < high for low, high in pairwise(said))
    assert said[0] < 0.15
    assert 0.97 < said[-1] < 1
    sure = ordered[-1]
    broken = Calibration.none().probability("gross_total", replace(sure, held=0.0, broken=1.0), CLEAN)
    assert broken < said[3]
    assert Calibration.none().probability("gross_total", sure, QualityBand.POOR) < said[-1]


def test_numbers_out_of_range_are_taken_to_its_end_and_no_numbers_are_refused() -> None:
    assert terms_of(Evidence(model=1.7, rival=-1, held=9)) == terms_of(Evidence(model=1, rival=0, held=3))
    with pytest.raises(ValueError, match="no number"):
        Calibration.none().probability("iban", Evidence(model=float("nan")), CLEAN)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"schema": "bilag.calibration/2"}, "schema"),
        ({"evidence": [*EVIDENCE, "moon"]}, "other evidence"),
        ({"evidence": list(reversed(EVIDENCE))}, "other evidence"),
        ({"terms": {"model": 1.0}}, "other terms"),
        ({"terms": dict.fromkeys(TERMS, 1.0)}, "wrong sign: rival, broken, broken_any"),
        ({"common": "much"}, "broken"),
        ({"common": float("inf")}, "numbers that are none"),
        ({"bands": {"splendid": 0.1}}, "broken"),
        ({"knots": [[0.2, 0.5], [0.1, 0.6]]}, "does not rise"),
        ({"knots": [[0.1, 0.5], [0.2, 0.4]]}, "does not rise"),
        ({"knots": [[0.1, 0.5], [0.2, 1.4]]}, "no probability"),
        ({"knots": None}, "broken"),
    ],
)
def test_a_calibration_of_other_evidence_or_a_broken_one_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        Calibration.from_json({**Calibration.none().to_json(), **change})


LIMITS = Thresholds(
    delta=0.1,
    unit="document",
    assumption="Documents are alike.",
    limits={"iban": Limit(400, {0.005: None, 0.01: 0.98, 0.02: 0.9}), "*": Limit(5000, {0.01: 0.97})},
)


def test_a_threshold_counts_for_its_name_and_the_risk_next_below() -> None:
    assert [LIMITS.confidence("iban", risk) for risk in (0.001, 0.005, 0.01, 0.015, 0.02, 0.5)] == [
        *(None, None, 0.98, 0.98, 0.9, 0.9)
    ]
    assert LIMITS.may_take("iban", 0.98, 0.01)
    assert not LIMITS.may_take("iban", 0.9799, 0.01)
    assert not LIMITS.may_take("iban", 1.0, 0.005)


def test_a_name_without_limits_is_never_taken_by_those_of_all_names() -> None:
    assert LIMITS.confidence("bic", 0.01) is None
    assert not LIMITS.may_take("bic", 1.0, 0.01)
    assert not Thresholds.none().may_take("*", 1.0, 0.5)


def test_thresholds_are_read_back_exactly() -> None:
    assert Thresholds.from_json(json.loads(json.dumps(LIMITS.to_json()))) == LIMITS
    assert Thresholds.from_json(json.loads(json.dumps(Thresholds.none().to_json()))) == Thresholds.none()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"schema": "bilag.calibration/1"}, "schema"),
        ({"unit": "page"}, "count by page"),
        ({"delta": 3}, "no probabilities"),
        ({"limits": {"iban": {"sample": 3}}}, "broken"),
        ({"limits": {"iban": {"sample": 3, "confidence": {"0.01": 1.2}}}}, "no probabilities"),
    ],
)
def test_broken_thresholds_are_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        Thresholds.from_json({**LIMITS.to_json(), **change})
