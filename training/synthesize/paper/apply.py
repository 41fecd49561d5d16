"""Puts documents on paper: which ones, and whether they are really read or only as if."""

from dataclasses import dataclass
from random import Random

import numpy

from pipeline.adapters.words.ocr import EngineName
from training.dataset.record import LabelledDocument
from training.synthesize.paper.damage.chains import draw_chain
from training.synthesize.paper.simulated.document import simulate_document


@dataclass(frozen=True, slots=True)
class Share:
    """The shares of documents, from 0 to 1, that are read by simulated OCR and by a real engine; others keep their
    text layer."""

    simulated: float = 0.45
    recognised: float = 0.0


def apply(labelled: LabelledDocument, pdf: bytes, seed: int, share: Share | None = None) -> LabelledDocument:
    """Return the document as it reads on the paper that the seed draws for it, or unchanged.

    A document that a real engine cannot read at all keeps its text layer. Raises `ConfigurationError` where a real
    engine is asked for that is not installed.
    """
    share = share or Share()
    lot = Random(f"paper/{seed}").random()  # noqa: S311 (nothing secret is drawn)
    if lot < share.recognised:
        return _recognised(labelled, pdf, seed) or labelled
    if lot < share.recognised + share.simulated:
        return simulate_document(labelled, seed)
    return labelled


def _recognised(labelled: LabelledDocument, pdf: bytes, seed: int) -> LabelledDocument | None:
    from training.synthesize.paper.reading.engines import engine_for
    from training.synthesize.paper.reading.recognise import ocr_document

    engine = EngineName.RAPID if seed % 10 < 7 else EngineName.TESSERACT
    chain = draw_chain(numpy.random.default_rng((seed, 1)))
    return ocr_document(labelled, pdf, chain, engine_for(engine, labelled.language), seed)
