"""Every value of a decoded document gets the probability that its evidence stands for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calibrated import calibrated, name_of, with_confidence
from models.calibration import Calibration
from models.decode.decode import Decoded
from models.evidence import Evidence
from pipeline.domain.document import QualityBand, WordsFrom
from pipeline.domain.extraction import Extraction, Field, KindGuess, ModelVersion, Source, TaxSubtotal
from pipeline.domain.vocabulary import HeaderField, Kind, LineColumn

CLEAN = QualityBand.CLEAN
GROSS, IBAN = HeaderField.GROSS_TOTAL, HeaderField.IBAN
OFFSETS = {"gross_total": 1.0, "iban": -1.0, "line.quantity": 0.5, "tax.rate": 0.25, "kind": -0.5}


def field(value: str, *others: Field) -> Field:
    return Field(value, value, 0.123, Source.MODEL, 1, None, others)


@pytest.fixture
def calibration() -> Calibration:
    """Every name has an offset of its own, so that a value calibrated under another's would show."""
    return replace(Calibration.none(), names=OFFSETS)


@pytest.fixture
def decoded() -> Decoded:
    extraction = Extraction(
        file="a.pdf",
        sha256="ab",
        pages=1,
        words_from=WordsFrom.TEXT_LAYER,
        kind=KindGuess(Kind.INVOICE, 0.5),
        model=ModelVersion("bilag-layoutlm", "7"),
        fields={GROSS: field("125"), IBAN: field("DK5000400440116243")},
        lines=({LineColumn.QUANTITY: field("1")}, {LineColumn.QUANTITY: field("2")}),
        tax_breakdown=(TaxSubtotal(rate=field("25")),),
    )
    evidence = {
        "gross_total": Evidence(model=0.9, held=2.0),
        "iban": Evidence(rules=0.5),
        "lines.0.quantity": Evidence(model=0.3),
        "lines.1.quantity": Evidence(model=0.8),
        "tax.0.rate": Evidence(model=0.7),
        "kind": Evidence(model=0.6, lead=0.2),
    }
    return Decoded(extraction, evidence)


@pytest.mark.parametrize("band", QualityBand)
def test_every_value_has_the_probability_of_its_own_evidence(
    decoded: Decoded, calibration: Calibration, band: QualityBand
) -> None:
    said = calibrated(decoded, calibration, band)
    rate = said.tax_breakdown[0].rate
    assert rate is not None
    found = {
        ("gross_total", "gross_total"): said.fields[GROSS].confidence,
        ("iban", "iban"): said.fields[IBAN].confidence,
        ("line.quantity", "lines.0.quantity"): said.lines[0][LineColumn.QUANTITY].confidence,
        ("line.quantity", "lines.1.quantity"): said.lines[1][LineColumn.QUANTITY].confidence,
        ("tax.rate", "tax.0.rate"): rate.confidence,
        ("kind", "kind"): said.kind.confidence,
    }
    for (name, key), confidence in found.items():
        assert confidence == pytest.approx(calibration.probability(name, decoded.evidence[key], band), abs=1e-4)
    assert len(set(found.values())) == len(found)


def test_nothing_but_confidences_changes(decoded: Decoded, calibration: Calibration) -> None:
    def bare(extraction: Extraction) -> Extraction:
        return calibrated(Decoded(extraction, dict.fromkeys(decoded.evidence, Evidence())), calibration, CLEAN)

    assert bare(calibrated(decoded, calibration, CLEAN)) == bare(decoded.extraction)


def test_an_absent_part_of_the_breakdown_stays_absent(decoded: Decoded, calibration: Calibration) -> None:
    (entry,) = calibrated(decoded, calibration, CLEAN).tax_breakdown
    assert (entry.taxable_amount, entry.tax_amount) == (None, None)


def test_a_value_of_which_no_evidence_is_kept_stays_as_it_is(decoded: Decoded, calibration: Calibration) -> None:
    bare = Decoded(decoded.extraction, {})
    assert calibrated(bare, calibration, CLEAN).fields == decoded.extraction.fields


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("invoice_number", "invoice_number"),
        ("kind", "kind"),
        ("lines.0.net_amount", "line.net_amount"),
        ("lines.12.quantity", "line.quantity"),
        ("tax.3.tax_amount", "tax.tax_amount"),
    ],
)
def test_values_of_all_rows_are_calibrated_as_one_name(key: str, name: str) -> None:
    assert name_of(key) == name


@given(st.floats(0, 1), st.lists(st.floats(0, 1), max_size=4))
def test_alternatives_share_what_is_left(probability: float, others: list[float]) -> None:
    given_field = field("1", *(replace(field(str(n)), confidence=chance) for n, chance in enumerate(others)))
    found = with_confidence(given_field, probability)
    shares = [other.confidence for other in found.alternatives]
    assert found.confidence == pytest.approx(probability, abs=1e-4)
    assert sum(shares) <= 1 - probability + 1e-3
    assert all(share <= chance + 1e-4 for share, chance in zip(shares, others, strict=True))
    assert [other.value for other in found.alternatives] == [other.value for other in given_field.alternatives]
