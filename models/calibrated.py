"""Confidence as a promise: every value of a decoded document gets the probability that its evidence stands for."""

from dataclasses import replace

from models.calibration import Calibration
from models.decode.decode import Decoded
from models.evidence import Evidence
from pipeline.domain.document import QualityBand
from pipeline.domain.extraction import Extraction, Field, TaxSubtotal

_DIGITS = 4


def calibrated(decoded: Decoded, calibration: Calibration, band: QualityBand) -> Extraction:
    """Return the extraction with probabilities for confidences; alternatives share what is left."""

    def trusted(field: Field, key: str) -> Field:
        evidence = decoded.evidence.get(key)
        if evidence is None:
            return field
        return with_confidence(field, calibration.probability(name_of(key), evidence, band))

    read = decoded.extraction
    kind_evidence = decoded.evidence.get("kind", Evidence())
    return replace(
        read,
        kind=replace(read.kind, confidence=round(calibration.probability("kind", kind_evidence, band), _DIGITS)),
        fields={name: trusted(field, name) for name, field in read.fields.items()},
        lines=tuple(
            {column: trusted(field, f"lines.{number}.{column}") for column, field in item.items()}
            for number, item in enumerate(read.lines)
        ),
        tax_breakdown=tuple(
            TaxSubtotal(
                **{
                    part: trusted(field, f"tax.{number}.{part}") if field is not None else None
                    for part, field in (
                        ("rate", entry.rate),
                        ("taxable_amount", entry.taxable_amount),
                        ("tax_amount", entry.tax_amount),
                    )
                }
            )
            for number, entry in enumerate(read.tax_breakdown)
        ),
    )


def name_of(key: str) -> str:
    """Return what a key of the evidence is calibrated as: `lines.3.quantity` as `line.quantity`, others as they are."""
    parts = key.split(".")
    if len(parts) == 1:
        return key
    return f"{'line' if parts[0] == 'lines' else parts[0]}.{parts[-1]}"


def with_confidence(field: Field, probability: float) -> Field:
    """Return a field with its probability; its alternatives are scaled to what is left."""
    left, asked = 1 - probability, sum(other.confidence for other in field.alternatives)
    scale = min(1.0, left / asked) if asked > 0 else 0.0
    others = tuple(replace(o, confidence=round(o.confidence * scale, _DIGITS)) for o in field.alternatives)
    return replace(field, confidence=round(probability, _DIGITS), alternatives=others)
