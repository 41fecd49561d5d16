"""How sure a rule may be: independent kinds of evidence are combined, and no single kind reaches 0.9.

A guess to be calibrated later, kept honest: a plain label directly before a value is right about five times in six.
"""

from pipeline.domain.document import QualityBand

LABEL = 0.76
UNIQUE = 0.42
CHECKSUM = 0.75
ARITHMETIC = 0.82
REPEATED = 0.35
TITLE = 0.3
_CEILING = 0.97
_ALONE = 0.88
_QUALITY = {QualityBand.CLEAN: 1.0, QualityBand.FAIR: 0.95, QualityBand.POOR: 0.82}


def combined(*evidence: float, quality: QualityBand = QualityBand.CLEAN) -> float:
    """Return the probability that a value is right which several independent kinds of evidence (0 to 1) support."""
    doubt = 1.0
    for weight in evidence:
        doubt *= 1.0 - max(0.0, min(0.95, weight))
    strong = sum(weight >= 0.35 for weight in evidence)
    ceiling = _CEILING if strong >= 2 else _ALONE
    return round(min(1.0 - doubt, ceiling) * _QUALITY[quality], 3)
