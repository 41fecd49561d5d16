"""Everything that a run found, in a folder: calibration, thresholds, report and two pictures."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.calibration import Calibration, Thresholds
from models.calibration.thresholds import EVERY, UNITS
from training.calibrate.folds import Fitted, probabilities
from training.calibrate.learn_then_test import (
    RISKS,
    Tested,
    highest_share,
    names_of,
    provable,
    thresholds,
    unit_numbers,
)
from training.calibrate.plots import plot_reliability, plot_risk_coverage
from training.calibrate.reliability import by_key, kept_at, reliability
from training.calibrate.rows import Judged

SCHEMA = "bilag.calibration-report/1"
_DIGITS = 5


def write_report(
    folder: Path,
    rows: Sequence[Judged],
    fitted: Fitted,
    *,
    unit: str,
    delta: float,
    held_out: Sequence[Judged] = (),
) -> tuple[Thresholds, dict[str, Any]]:
    """Write `calibration.json`, `thresholds.json`, `report.json`, `reliability.svg` and `risk-coverage.svg`.

    Figures and thresholds are of the out-of-fold probabilities of `rows`, or, where there are any, of what the
    calibration says of `held_out`. Returns the thresholds and the report.
    """
    judged = held_out or rows
    said = probabilities(fitted.calibration, held_out) if held_out else fitted.out_of_fold
    right = np.array([row.right for row in judged])
    basis = "rows that had no part in the calibration" if held_out else "out-of-fold probabilities"
    limits = thresholds(judged, said, unit=unit, delta=delta, basis=basis)
    tested = {u: _tested(judged, said, u, delta) for u in UNITS}
    report = {
        "schema": SCHEMA,
        "basis": basis,
        "warnings": list(fitted.warnings),
        "fitted": dict(fitted.calibration.fitted),
        **_figures(judged, said, right),
        "thresholds": {"delta": delta, "unit": unit, "by_unit": tested},
    }
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "calibration.json", fitted.calibration.to_json())
    _write(folder / "thresholds.json", limits.to_json())
    _write(folder / "report.json", _rounded(report))
    lines = {"calibrated": said, "set by hand": probabilities(Calibration.none(), judged)}
    plot_reliability(folder / "reliability.svg", lines, right)
    plot_risk_coverage(folder / "risk-coverage.svg", lines, right, _guaranteed(tested[unit]))
    return limits, report


def _figures(rows: Sequence[Judged], said: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, Any]:
    groups = [row.group for row in rows]
    unfitted = probabilities(Calibration.none(), rows)
    names = by_key(lambda i: rows[i].name, said, right, groups)
    bands = by_key(lambda i: rows[i].band.value, said, right, groups)
    return {
        "every": asdict(reliability(said, right, groups)),
        "every_unfitted": asdict(reliability(unfitted, right, groups)),
        "names": {name: asdict(figures) for name, figures in names.items()},
        "bands": {band: asdict(figures) for band, figures in bands.items()},
        "kept_with_answers_in_sight": {repr(risk): kept_at(said, right, risk) for risk in RISKS},
        "kept_unfitted": {repr(risk): kept_at(unfitted, right, risk) for risk in RISKS},
    }


def _tested(rows: Sequence[Judged], said: NDArray[np.float64], unit: str, delta: float) -> dict[str, Any]:
    """Return by name: the units, the least risk that they could show, and what was shown for each stated risk."""
    found: dict[str, Any] = {}
    for name, places in names_of(rows).items():
        units = unit_numbers([rows[i] for i in places], unit)
        right = np.array([rows[i].right for i in places])
        answers: dict[float, Tested] = {risk: highest_share(said[places], right, units, risk, delta) for risk in RISKS}
        found[name] = {
            "units": len(set(units)),
            "provable_risk": provable(len(set(units)), delta),
            "at": {repr(risk): asdict(answer) for risk, answer in answers.items()},
        }
    return found


def _guaranteed(tested: dict[str, Any]) -> dict[float, float]:
    at = tested[EVERY]["at"]
    return {float(risk): answer["taken"] for risk, answer in at.items() if answer["confidence"] is not None}


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def _rounded(content: Any) -> Any:
    """Return the same with figures of at most five decimals, so that a report reads well and compares well."""
    if isinstance(content, dict):
        return {key: _rounded(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_rounded(value) for value in content]
    return round(content, _DIGITS) if isinstance(content, float) else content
