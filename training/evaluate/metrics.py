"""The evaluation as JSON: `metrics.json`, flat, for `dvc metrics`, and `details.json` with everything else."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from training.evaluate.bootstrap import Estimate
from training.evaluate.evaluation import Doubt, Evaluation, Slice, Versus
from training.evaluate.measures import risk_name
from training.scoring.report import to_json as scores_to_json

METRICS, DETAILS = "metrics.json", "details.json"
SCHEMA = "bilag.evaluation/1"
_DECIMALS = 4


def write_metrics(evaluation: Evaluation, folder: Path) -> None:
    """Write both files into a folder."""
    for name, content in ((METRICS, to_metrics(evaluation)), (DETAILS, to_details(evaluation))):
        text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
        (folder / name).write_text(text + "\n", encoding="utf-8")


def to_metrics(evaluation: Evaluation) -> dict[str, float | int | None]:
    """Return numbers by name: every measure, the ends of its interval as `…_low` and `…_high`, and with another
    extractor beside it the difference as `…_gain`. None where nothing was counted."""
    found: dict[str, float | int | None] = {
        "documents": evaluation.scores.documents,
        "layout_groups": len(evaluation.scores.groups),
        "unanswered": len(evaluation.scores.unanswered),
    }
    for name, estimate in evaluation.estimates.items():
        found |= {name: _rounded(estimate.value)}
        found |= {f"{name}_low": _rounded(estimate.low), f"{name}_high": _rounded(estimate.high)}
        if evaluation.against:
            found[f"{name}_gain"] = _rounded(evaluation.against.differences[name].estimate.value)
    return found


def to_details(evaluation: Evaluation) -> dict[str, object]:
    """Return every figure, curve and mistake; `scores` is the object of `training.score`."""
    return {
        "schema": SCHEMA,
        "draws": evaluation.draws,
        "measures": _estimates(evaluation.estimates),
        "f1": _estimates(evaluation.parts),
        "confidences": {name: _rounded(value) for name, value in evaluation.confidences.items()},
        "scores": scores_to_json(evaluation.scores),
        "doubts": {name: _doubt(doubt) for name, doubt in evaluation.doubts.items()},
        "slices": {name: _slices(parts) for name, parts in evaluation.slices.items()},
        "layout_groups": _slices(evaluation.layouts),
        "against": _versus(evaluation.against) if evaluation.against else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    return {name: _rounded(value) for name, value in asdict(estimate).items()}


def _estimates(estimates: Mapping[str, Estimate]) -> dict[str, object]:
    return {name: _estimate(estimate) for name, estimate in estimates.items()}


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {
        "reliability": [{name: _rounded(value) for name, value in asdict(b).items()} for b in doubt.reliability],
        "risk_coverage": {name: [_rounded(v) for v in values] for name, values in asdict(doubt.curve).items()},
        "thresholds": {f"risk_{risk_name(risk)}": value for risk, value in doubt.thresholds.items()},
    }


def _slices(parts: Mapping[str, Slice]) -> dict[str, object]:
    return {
        name: {"documents": s.documents, "layout_groups": s.groups, **_estimates(s.estimates)}
        for name, s in parts.items()
    }


def _versus(versus: Versus) -> dict[str, object]:
    return {
        "unanswered": versus.unanswered,
        "measures": _estimates(versus.estimates),
        "gains": {
            name: {**_estimate(d.estimate), "larger_in": _rounded(d.larger_in)}
            for name, d in versus.differences.items()
        },
    }
