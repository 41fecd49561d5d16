"""From what speaks for a value to the probability that it is right."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, isfinite
from typing import Any

from models.calibration.terms import TERMS, terms_of
from models.evidence import EVIDENCE, Evidence
from pipeline.domain.document import QualityBand
from pipeline.errors import ConfigurationError

SCHEMA = "bilag.calibration/1"
_HINT = "Use the calibration that came with the model, or fit it again with `python -m training.calibrate`."

_UNFITTED: Mapping[str, float] = {
    "model_log_odds": 2.0,
    "rules": 2.5,
    "rival": -1.5,
    "lead": 1.0,
    "held_any": 0.7,
    "broken_any": -2.5,
}
"""Set by hand: the network alone at 0.99 gives 0.86, with rules at 0.9 it gives 0.98; those alone give 0.66."""
_UNFITTED_COMMON = -0.5
_UNFITTED_BANDS: Mapping[str, float] = {QualityBand.FAIR: -0.2, QualityBand.POOR: -0.6}


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression on the terms of the evidence, and a monotone map of what it gives.

    The log-odds are `common`, plus a weight a term (in the order of `TERMS`), plus the offset of the field's name and
    that of the quality band; a name or band without one takes none, so that only the common offset counts. `knots` are
    points (probability, mapped probability) with straight lines between them, and level before the first and after the
    last; none at all map nothing. `fitted` says on what it was fitted; nothing is computed from it.

    Raises ConfigurationError where a weight has the sign that its term may not have, or numbers are none.
    """

    common: float
    weights: tuple[float, ...]
    names: Mapping[str, float]
    bands: Mapping[str, float]
    knots: tuple[tuple[float, float], ...]
    fitted: Mapping[str, Any]

    def __post_init__(self) -> None:
        numbers = (self.common, *self.weights, *self.names.values(), *self.bands.values(), *sum(self.knots, ()))
        if not all(map(isfinite, numbers)):
            raise _unusable("has numbers that are none")
        if len(self.weights) != len(TERMS):
            raise _unusable(f"has {len(self.weights)} weights for {len(TERMS)} terms")
        wrong = [t for (t, sign), w in zip(TERMS.items(), self.weights, strict=True) if sign * w < 0]
        if wrong:
            raise _unusable(f"has weights of the wrong sign: {', '.join(wrong)}")
        _check_knots(self.knots)

    def probability(self, name: str, evidence: Evidence, band: QualityBand) -> float:
        """Return the probability, from 0 to 1, that a value is right.

        `name` is a field's, `line.quantity`, `tax.rate` or `kind`. Raises ValueError for evidence that is NaN.
        """
        return self.mapped(_logistic(self.score(name, evidence, band)))

    def score(self, name: str, evidence: Evidence, band: QualityBand) -> float:
        """Return the log-odds before the map."""
        weighed = sum(w * t for w, t in zip(self.weights, terms_of(evidence), strict=True))
        return self.common + weighed + self.names.get(name, 0.0) + self.bands.get(band, 0.0)

    def mapped(self, probability: float) -> float:
        """Return where the map takes a probability."""
        if not self.knots:
            return probability
        after = bisect_right(self.knots, probability, key=lambda knot: knot[0])
        if after in (0, len(self.knots)):
            return self.knots[min(after, len(self.knots) - 1)][1]
        (x0, y0), (x1, y1) = self.knots[after - 1], self.knots[after]
        return min(max(y0 + (y1 - y0) * (probability - x0) / (x1 - x0), y0), y1)

    def to_json(self) -> dict[str, Any]:
        """Return everything by name; `from_json` reads back the very same numbers."""
        return {
            "schema": SCHEMA,
            "evidence": list(EVIDENCE),
            "common": self.common,
            "terms": dict(zip(TERMS, self.weights, strict=True)),
            "names": dict(self.names),
            "bands": dict(self.bands),
            "knots": [list(knot) for knot in self.knots],
            "fitted": dict(self.fitted),
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Calibration":
        """Return what `to_json` wrote. Raises ConfigurationError for what was made for other evidence or terms."""
        if written.get("schema") != SCHEMA:
            raise _unusable(f"is of the schema {written.get('schema')}, not {SCHEMA}")
        if written.get("evidence") != list(EVIDENCE):
            raise _unusable("was fitted on other evidence than this version collects")
        try:
            if set(written["terms"]) != set(TERMS):
                raise _unusable("was fitted on other terms than this version computes")
            return cls(
                common=float(written["common"]),
                weights=tuple(float(written["terms"][term]) for term in TERMS),
                names={str(name): float(offset) for name, offset in written["names"].items()},
                bands={QualityBand(band).value: float(offset) for band, offset in written["bands"].items()},
                knots=tuple((float(x), float(y)) for x, y in written["knots"]),
                fitted=dict(written["fitted"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _unusable(f"is incomplete or broken ({error!r})") from error

    @classmethod
    def none(cls) -> "Calibration":
        """Return one that was never fitted: weights set by hand, an order of values more than probabilities."""
        return cls(
            common=_UNFITTED_COMMON,
            weights=tuple(_UNFITTED.get(term, 0.0) for term in TERMS),
            names={},
            bands={str(band): offset for band, offset in _UNFITTED_BANDS.items()},
            knots=(),
            fitted={},
        )


def _check_knots(knots: Sequence[tuple[float, float]]) -> None:
    if not all(0 <= number <= 1 for knot in knots for number in knot):
        raise _unusable("maps to or from what is no probability")
    if any(x1 <= x0 or y1 < y0 for (x0, y0), (x1, y1) in pairwise(knots)):
        raise _unusable("has a map that does not rise")


def _logistic(log_odds: float) -> float:
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    return (grown := exp(log_odds)) / (1 + grown)


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(f"The calibration {why}.", operator_hint=_HINT)
