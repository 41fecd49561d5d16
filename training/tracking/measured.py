"""How a release was measured, as its `metrics.json` says: what a promotion is decided by.

That is what `training.evaluate` writes as `metrics.json`, and beside it `f1` of every field and column, and `test`:
which labels were scored. No value of a document is among it, so it may travel with a release; `details.json` may not.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from training.tracking.versions import content_digest

METRICS, DETAILS = "metrics.json", "details.json"
MEASURES = ("header_macro_f1", "rows_f1")
"""Figures that every release must state."""


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 by name: `MEASURES`, `field.<name>` and `column.<name>`; None where nothing was counted. `test` identifies the
    labels that were scored."""

    test: Mapping[str, object]
    f1: Mapping[str, float | None]


def released_metrics(evaluated: Path, labels: Sequence[Path]) -> dict[str, Any]:
    """Return the content of a release's `metrics.json`, from what `training.evaluate` wrote and the labels it scored.

    Raises ConfigurationError where the folder holds no evaluation.
    """
    metrics, details = (_read(evaluated / name) for name in (METRICS, DETAILS))
    try:
        f1 = {name: estimate["value"] for name, estimate in details["f1"].items()}
        counted = {name: metrics[name] for name in ("documents", "layout_groups")}
    except (KeyError, TypeError, AttributeError) as error:
        raise _unusable(evaluated, error) from error
    digest = sha256("".join(sorted(content_digest(path) for path in labels)).encode()).hexdigest()
    return {**metrics, "f1": f1, "test": {"digest": digest, **counted}}


def read_measured(path: Path) -> Measured:
    """Return what a release's `metrics.json` says. Raises ConfigurationError where it does not say it."""
    content = _read(path)
    try:
        found = {name: _f1(content[name]) for name in MEASURES}
        found |= {name: _f1(value) for name, value in content["f1"].items()}
        test = dict(content["test"])
        if not test.get("digest"):
            raise ValueError("test has no digest")
        return Measured(test, found)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _unusable(path, error) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    return content if isinstance(content, dict) else {}


def _f1(value: object) -> float | None:
    if value is None or (isinstance(value, int | float) and 0 <= value <= 1):
        return value
    raise ValueError(f"{value!r} is no F1")


def _unusable(path: Path, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"{path} does not state what a promotion is decided by ({type(error).__name__}: {error}).",
        operator_hint="Evaluate again with this version of the code, and export and register that release.",
    )
