"""A measured sample: generated pages, made bad, as RapidOCR and Tesseract read them, beside what they say."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy

from pipeline.adapters.words.ocr import EngineName
from pipeline.adapters.words.quality import measure
from pipeline.domain.document import Box, Page, QualityBand, Word
from training.dataset.record import LabelledDocument
from training.synthesize.generate import generate
from training.synthesize.paper.damage.chains import Medium, draw_chain
from training.synthesize.paper.reading.align import Pairing, align
from training.synthesize.paper.reading.engines import engine_for
from training.synthesize.paper.reading.recognise import recognise, stands_upright


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as one engine read it; `page` is what was read, `true` the words where they lie on it."""

    seed: int
    engine: EngineName
    medium: Medium
    harm: float
    language: str
    band: QualityBand
    page: Page
    true: tuple[Word, ...]

    @property
    def upright(self) -> bool:
        """Whether the page was left standing upright; errors of others are errors of turning, not of reading."""
        return stands_upright(self.true, self.page)

    def pairings(self) -> list[Pairing]:
        return align(self.true, self.page.words)


def read_sample(seeds: Sequence[int], file: Path) -> Iterator[Reading]:
    """Yield two readings for each seed, one an engine; those that `file` has are not read again, new ones added."""
    known = {(r.seed, r.engine): r for r in load(file)} if file.exists() else {}
    for seed in seeds:
        for engine in EngineName:
            found = known.get((seed, engine))
            if found is None:
                found = _read(seed, engine)
                if found is None:
                    continue
                with file.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(_plain(found)) + "\n")
            yield found


def _read(seed: int, engine: EngineName) -> Reading | None:
    """Read the first page of a seed's document with one engine; None where there is nothing on it."""
    made, pdf = generate(seed)
    document = _first_page(made)
    chain = draw_chain(numpy.random.default_rng((seed, 1)))
    chosen = engine_for(engine, document.language)
    found = recognise(document, pdf, chain, chosen, seed)
    if found is None:
        return None
    page = found[0][0]
    band = measure(page.read.words, chosen.bands).band
    return Reading(seed, engine, chain.medium, chain.harm, document.language, band, page.read, page.true)


def _first_page(document: LabelledDocument) -> LabelledDocument:
    count = len(document.pages[0].words)
    return replace(document, pages=document.pages[:1], tags=document.tags[:count], rows=document.rows[:count])


def load(file: Path) -> list[Reading]:
    """Return the readings that a file keeps."""
    with file.open(encoding="utf-8") as lines:
        return [_reading(json.loads(line)) for line in lines]


def _plain(reading: Reading) -> dict[str, Any]:
    plain = asdict(reading)
    plain["true"] = [(w.text, *_rounded(w.box)) for w in reading.true]
    plain["page"]["words"] = [(w.text, *_rounded(w.box), w.confidence) for w in reading.page.words]
    return plain


def _rounded(box: Box) -> tuple[float, ...]:
    return tuple(round(edge, 5) for edge in box)


def _reading(plain: dict[str, Any]) -> Reading:
    page = plain.pop("page")
    words = tuple(Word(text, Box(*box), confidence) for text, *box, confidence in page.pop("words"))
    true = tuple(Word(text, Box(*box)) for text, *box in plain.pop("true"))
    return Reading(
        seed=plain["seed"],
        engine=EngineName(plain["engine"]),
        medium=Medium(plain["medium"]),
        harm=plain["harm"],
        language=plain["language"],
        band=QualityBand(plain["band"]),
        page=Page(**page, words=words),
        true=true,
    )
