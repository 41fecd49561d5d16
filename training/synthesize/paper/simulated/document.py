"""A labelled document with a text layer, as if it had been put on bad paper and read by OCR."""

from dataclasses import replace
from functools import cache
from random import Random

import numpy

from pipeline.adapters.words.ocr import EngineName
from pipeline.adapters.words.quality import measure
from pipeline.domain.document import Page, QualityBand, WordsFrom
from training.dataset.record import LabelledDocument
from training.synthesize.paper.damage.chains import Medium, draw_chain
from training.synthesize.paper.reading.labels import Label, labels_by_page, tags_and_rows
from training.synthesize.paper.simulated.ocr import SimulatedOcr
from training.synthesize.paper.simulated.parameters import ErrorModel, fitted
from training.synthesize.paper.simulated.places import moved_page

_ENGINES = {EngineName.RAPID: 0.7, EngineName.TESSERACT: 0.3}


def simulate_document(labelled: LabelledDocument, seed: int, model: ErrorModel | None = None) -> LabelledDocument:
    """Return the document as it would read after a chain, an engine and a quality drawn by the seed.

    The band it was simulated for is a trait; `quality` is measured on its words as the pipeline's reader does.
    """
    model = fitted() if model is None else model
    chain = draw_chain(numpy.random.default_rng((seed, 1)))
    dice = Random(f"simulated/{seed}")  # noqa: S311 (nothing secret is drawn)
    engine = dice.choices(list(_ENGINES), list(_ENGINES.values()))[0]
    band = _band(model, engine, chain.medium, dice)
    reader = SimulatedOcr(model.parameters[engine, band]) if model is not fitted() else _reader(engine, band)
    pages: list[Page] = []
    labels: list[list[Label]] = []
    for page, known in zip(labelled.pages, labels_by_page(labelled), strict=True):
        read, kept = reader.read(moved_page(page, chain, dice), known, dice)
        pages.append(read)
        labels.append(kept)
    tags, rows = tags_and_rows(labels)
    quality = measure((word for page in pages for word in page.words), model.limits[engine]).band
    paper = {
        "paper.way": "simulated",
        "paper.medium": chain.medium.value,
        "paper.engine": engine.value,
        "paper.band": band.value,
    }
    return replace(
        labelled,
        words_from=WordsFrom.OCR,
        quality=quality,
        pages=tuple(pages),
        tags=tags,
        rows=rows,
        traits={**labelled.traits, **paper},
    )


@cache
def _reader(engine: EngineName, band: QualityBand) -> SimulatedOcr:
    return SimulatedOcr(fitted().parameters[engine, band])


def _band(model: ErrorModel, engine: EngineName, medium: Medium, dice: Random) -> QualityBand:
    """Draw a band as often as the engine's pages of that medium were seen in it."""
    counts = {b: n for b, n in model.bands[engine, medium].items() if (engine, b) in model.parameters}
    return dice.choices(list(counts), list(counts.values()))[0]
