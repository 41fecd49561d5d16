"""The terms of the log-odds that a value is right: the numbers of its evidence, and a few fixed functions of them.

The same in fitting and serving. Each term can speak in one direction only, so that more evidence for a value never
makes it less probable: `Calibration` refuses weights of the other sign.
"""

from collections.abc import Mapping
from math import isnan, log
from types import MappingProxyType

from models.evidence import Evidence

_MOST = 3.0
"""Where the numbers that count end."""
_CERTAIN = 0.999
"""Chances are taken no nearer to 0 and 1 than this before their log-odds are taken."""

TERMS: Mapping[str, int] = MappingProxyType(
    {
        "model": 1,
        "model_log_odds": 1,
        "rules": 1,
        "rules_log_odds": 1,
        "agreement": 1,
        "rival": -1,
        "lead": 1,
        "held": 1,
        "held_any": 1,
        "broken": -1,
        "broken_any": -1,
        "repeated": 1,
        "proven": 1,
        "reader": 1,
    }
)
"""Every term, in the order of `terms_of`, and the sign that its weight may have."""


def terms_of(evidence: Evidence) -> tuple[float, ...]:
    """Return the terms in the order of `TERMS`, each from -1 to 1.

    `agreement` is large only where network and rules say the same; `held_any` and `broken_any` are there because the
    first check tells more than the third. What lies outside its range is taken to its end. Raises ValueError where a
    number is none (NaN).
    """
    model, rules = _part(evidence.model), _part(evidence.rules)
    held, broken = _part(evidence.held / _MOST), _part(evidence.broken / _MOST)
    terms = (
        model,
        log_odds(model, _CERTAIN) / log_odds(_CERTAIN),
        rules,
        log_odds(rules, _CERTAIN) / log_odds(_CERTAIN),
        model * rules,
        _part(evidence.rival),
        _part(evidence.lead),
        held,
        _part(held * _MOST),
        broken,
        _part(broken * _MOST),
        _part(evidence.repeated / _MOST),
        _part(evidence.proven),
        _part(evidence.reader),
    )
    if any(map(isnan, terms)):
        raise ValueError(f"Evidence that is no number: {evidence}.")
    return terms


def log_odds(chance: float, most: float = 1 - 1e-12) -> float:
    """Return the log-odds of a chance that is taken to be `most` at most, and one minus that at least."""
    chance = min(max(chance, 1 - most), most)
    return log(chance) - log(1 - chance)


def _part(number: float) -> float:
    return min(max(number, 0.0), 1.0)
