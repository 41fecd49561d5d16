"""Really OCR'd documents: degraded, read by the pipeline's own reader, and labelled again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy

from pipeline.adapters.words.ocr import OcrEngine
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Box, Document, Page, TextQuality, Word, WordsFrom
from training.dataset.record import LabelledDocument
from training.synthesize.paper.damage.chains import Chain
from training.synthesize.paper.damage.degrade import boxes_around, corners_of
from training.synthesize.paper.reading.align import Pairing, align
from training.synthesize.paper.reading.files import put_on_paper
from training.synthesize.paper.reading.labels import labels_by_page, tags_and_rows, transfer

_LONG = 4  # letters


@dataclass(frozen=True, slots=True)
class Recognised:
    """One page as an engine read it, beside the true words where they lie on that page, and which is which."""

    read: Page
    true: tuple[Word, ...]
    pairings: tuple[Pairing, ...]


def ocr_document(
    labelled: LabelledDocument, pdf: bytes, chain: Chain, engine: OcrEngine, seed: int
) -> LabelledDocument | None:
    """Return the document as it reads after a chain; None where nothing at all can be read any more.

    The file goes through the pipeline's reader, which levels and turns pages as in serving; the trait `paper.upright`
    says whether all ended upright. Values stay as they were, also where no word of them is left.
    """
    found = recognise(labelled, pdf, chain, engine, seed)
    if found is None:
        return None
    pages, quality = found
    labels = [
        transfer(page.true, labels, page.read.words, page.pairings)
        for page, labels in zip(pages, labels_by_page(labelled), strict=True)
    ]
    tags, rows = tags_and_rows(labels)
    paper = {
        "paper.way": "recognised",
        "paper.medium": chain.medium.value,
        "paper.engine": engine.choice.name.value,
        "paper.upright": "yes" if all(stands_upright(page.true, page.read) for page in pages) else "no",
        "paper.damage": " ".join(sorted(set(chain.names))),
    }
    return replace(
        labelled,
        words_from=WordsFrom.OCR,
        quality=quality.band,
        pages=tuple(page.read for page in pages),
        tags=tags,
        rows=rows,
        traits={**labelled.traits, **paper},
    )


def recognise(
    labelled: LabelledDocument, pdf: bytes, chain: Chain, engine: OcrEngine, seed: int
) -> tuple[list[Recognised], TextQuality] | None:
    """Return every page as the pipeline reads it after a chain; None where nothing can be read."""
    paper = put_on_paper(pdf, labelled.pages, chain, seed, labelled.id)
    document = FileReader(engine, sandbox=False).read(paper.file)
    if not isinstance(document, Document):
        return None
    pages = []
    for page, read, place in zip(labelled.pages, document.pages, range(len(labelled.pages)), strict=True):
        boxes = [paper.pages[place].map_box(word.box) for word in page.words]
        true = _moved(page.words, upright_boxes(boxes, paper.sizes[place], read))
        pages.append(Recognised(read, true, tuple(align(true, read.words))))
    return pages, document.quality


def stands_upright(true: Sequence[Word], page: Page) -> bool:
    """Say whether a page was left standing upright: most of its long words lie, and the first ones are at the top.

    `true` are the words where they lie on the page, in the order in which they are read when it is upright.
    """
    long = [word.box for word in true if len(word.text) >= _LONG]
    lying = sum(box.width * page.width > box.height * page.height for box in long)
    half = len(long) // 2
    first, last = (sum(box.centre[1] for box in part) for part in (long[:half], long[len(long) - half :]))
    return 2 * lying >= len(long) and first <= last


def upright_boxes(boxes: Sequence[Box], size: tuple[float, float], read: Page) -> list[Box]:
    """Return where boxes lie after the reader turned a page of that size (in points) about its middle."""
    if not boxes:
        return []
    angle = numpy.deg2rad(read.rotation)
    turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
    after = numpy.array([read.width, read.height])
    moved = (corners_of(boxes) - 0.5) * size @ turn.T + after / 2
    return boxes_around(numpy.clip(moved / after, 0, 1))


def _moved(words: Sequence[Word], boxes: Sequence[Box]) -> tuple[Word, ...]:
    return tuple(Word(word.text, box) for word, box in zip(words, boxes, strict=True))
