"""The fit finds again what was put in, and the committed model rests on enough pages and on today's engines."""

from dataclasses import replace
from random import Random

import pytest

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineName
from pipeline.domain.document import Page, QualityBand, Word
from pipeline.errors import ConfigurationError
from training.dataset.record import LabelledDocument
from training.synthesize.paper.damage.chains import Medium
from training.synthesize.paper.fitting.measure import changes_between, fit
from training.synthesize.paper.fitting.rates import rates, real_rates, simulated_pages
from training.synthesize.paper.fitting.sample import Reading
from training.synthesize.paper.reading.engines import engine_for
from training.synthesize.paper.reading.labels import NOTHING
from training.synthesize.paper.simulated.ocr import SimulatedOcr
from training.synthesize.paper.simulated.parameters import fitted, from_json, to_json

_LETTERS = "eeeeeaaaiioonnrrsstttlllmudbgk0123456789.,-EISAæøü"


@pytest.mark.parametrize(
    ("true", "read", "changes"),
    [
        ("Total", "Tota1", [("l", "1")]),
        ("modern", "modem", [("rn", "m")]),
        ("Bæk", "Baek", [("æ", "ae")]),
        ("12,50", "1250", [(",", "")]),
        ("Nr.", "Nr..", [(".", "..")]),
        ("x", ".x", [("x", ".x")]),
        ("same", "same", []),
    ],
)
def test_misreadings_are_told_by_letters(true: str, read: str, changes: list[tuple[str, str]]) -> None:
    assert list(changes_between(true, read)) == changes


def _written(page: Page, dice: Random) -> Page:
    """Return the page with other words of the same lengths."""
    words = (Word("".join(dice.choice(_LETTERS) for _ in word.text), word.box) for word in page.words)
    return replace(page, words=tuple(words))


def test_a_fit_to_simulated_readings_errs_like_them(bars: LabelledDocument) -> None:
    """Readings made with the committed model stand for real ones: their fit must give their rates again."""
    band = QualityBand.FAIR
    source = SimulatedOcr(fitted().parameters[EngineName.RAPID, band])
    readings = []
    for seed in range(40):
        dice = Random(seed)
        page = _written(bars.pages[0], dice)
        read, _ = source.read(page, [NOTHING] * len(page.words), dice)
        readings.append(Reading(seed, EngineName.RAPID, Medium.SCAN, 0.5, "en", band, read, page.words))
    model = fit(readings[:28], fitted().limits)
    held_out = readings[28:]
    real, simulated = real_rates(held_out), rates(simulated_pages(held_out, model))
    assert simulated["words misread"] == pytest.approx(real["words misread"], rel=0.45, abs=0.5)
    assert simulated["letters wrong, of those read (CER)"] == pytest.approx(
        real["letters wrong, of those read (CER)"], rel=0.5, abs=0.3
    )
    assert simulated["words lost"] == pytest.approx(real["words lost"], rel=0.7, abs=2.5)
    assert simulated["mean confidence"] == pytest.approx(real["mean confidence"], abs=1.5)
    assert simulated["top edge, mean in heights"] == pytest.approx(real["top edge, mean in heights"], abs=8)


def test_the_model_survives_its_file() -> None:
    model = fitted()
    assert from_json(to_json(model)) == model
    assert to_json(from_json(to_json(model))) == to_json(model)


def test_the_committed_model_rests_on_enough_pages() -> None:
    model = fitted()
    for engine in EngineName:
        pages = sum(sum(counts.values()) for (name, _), counts in model.bands.items() if name is engine)
        assert pages >= 75
        assert {medium for name, medium in model.bands if name is engine} == set(Medium)
    assert sum(p.pages for p in model.parameters.values()) >= 150
    assert all(p.letters and p.profiles and p.offsets["all"] for p in model.parameters.values())


@pytest.mark.parametrize("name", EngineName)
def test_bands_mean_what_they_mean_in_the_reader(name: EngineName) -> None:
    """Where this fails, the reader's limits have changed: fit again."""
    try:
        engine = engine_for(name, "en")
    except ConfigurationError as error:
        pytest.skip(f"{error}")
    assert fitted().limits[name] == engine.bands == make_engine(engine.choice).bands
