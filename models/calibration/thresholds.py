"""Above which probability a value may be taken unseen, at a stated risk that it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pipeline.errors import ConfigurationError

SCHEMA = "bilag.thresholds/1"
EVERY = "*"
"""The name of the limits for values of all names together: the risk is bounded on average over them."""
UNITS = ("value", "document", "group")
"""What was counted as one independent draw, from the boldest to the most careful."""
_HINT = "Use the thresholds that came with the model, or derive them again with `python -m training.calibrate`."


@dataclass(frozen=True, slots=True)
class Limit:
    """What can be guaranteed for values of one name.

    `sample` counts the independent draws it rests on. `confidence` has an entry for every stated risk: values of at
    least that probability may be taken, or None where nothing could be guaranteed.
    """

    sample: int
    confidence: Mapping[float, float | None]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits by name, `EVERY` among them, and what they rest on.

    Of many samples like the one they were derived from, at most a share `delta` gives a threshold above which more than
    the stated risk is wrong; that holds for each name and risk by itself, under `assumption`. `unit` is one of `UNITS`.

    Raises ConfigurationError for numbers that are no probabilities and an unknown unit.
    """

    delta: float
    unit: str
    assumption: str
    limits: Mapping[str, Limit]

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise _unusable(f"count by {self.unit}, not by one of {', '.join(UNITS)}")
        stated = [c for limit in self.limits.values() for c in (*limit.confidence, *limit.confidence.values())]
        if not all(c is None or (isfinite(c) and 0 <= c <= 1) for c in (self.delta, *stated)):
            raise _unusable("have numbers that are no probabilities")

    def confidence(self, name: str, risk: float) -> float | None:
        """Return the probability from which on a value may be taken, None where no threshold is guaranteed.

        A name without limits has none; `EVERY` is never taken in its place, as its risk is an average over names.
        The stated risk next below `risk` counts.
        """
        limit = self.limits.get(name)
        stated = [r for r in limit.confidence if r <= risk] if limit else []
        return limit.confidence[max(stated)] if limit and stated else None

    def may_take(self, name: str, probability: float, risk: float) -> bool:
        """Say whether a value of this probability may be taken unseen at this risk."""
        least = self.confidence(name, risk)
        return least is not None and probability >= least

    def to_json(self) -> dict[str, Any]:
        """Return everything by name, risks as strings; `from_json` reads back the very same numbers."""
        return {
            "schema": SCHEMA,
            "delta": self.delta,
            "unit": self.unit,
            "assumption": self.assumption,
            "limits": {
                name: {"sample": limit.sample, "confidence": {repr(r): c for r, c in limit.confidence.items()}}
                for name, limit in self.limits.items()
            },
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Thresholds":
        """Return what `to_json` wrote. Raises ConfigurationError for anything else."""
        if written.get("schema") != SCHEMA:
            raise _unusable(f"are of the schema {written.get('schema')}, not {SCHEMA}")
        try:
            limits = {str(name): _limit(limit) for name, limit in written["limits"].items()}
            return cls(float(written["delta"]), str(written["unit"]), str(written["assumption"]), limits)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _unusable(f"are incomplete or broken ({error!r})") from error

    @classmethod
    def none(cls) -> "Thresholds":
        """Return thresholds that let nothing be taken unseen."""
        return cls(delta=0.0, unit="group", assumption="Nothing was measured.", limits={})


def _limit(written: Mapping[str, Any]) -> Limit:
    confidence = {float(r): None if c is None else float(c) for r, c in written["confidence"].items()}
    return Limit(sample=int(written["sample"]), confidence=confidence)


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(f"The thresholds {why}.", operator_hint=_HINT)
