"""Error rates of pages that were read, by kind, so that simulated and real OCR can be compared."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from statistics import fmean, pstdev

from rapidfuzz.distance import Levenshtein

from pipeline.domain.document import Page, Word
from training.synthesize.paper.fitting.measure import changes_between, same_word
from training.synthesize.paper.fitting.sample import Reading
from training.synthesize.paper.reading.align import Pairing, align
from training.synthesize.paper.reading.labels import NOTHING
from training.synthesize.paper.simulated.ocr import SimulatedOcr
from training.synthesize.paper.simulated.parameters import ErrorModel

Rates = Mapping[str, float]
"""Rates by name, as `rates` makes them."""

_TIMES = 3  # simulated readings of one page, so that chance weighs less


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One read page beside its truth, in the truth's reading order."""

    true: tuple[Word, ...]
    page: Page
    pairings: tuple[Pairing, ...]

    def text(self, pairing: Pairing) -> tuple[str, str]:
        words = self.page.words
        return "".join(self.true[i].text for i in pairing.true), "".join(words[j].text for j in pairing.read)


def real_rates(readings: Sequence[Reading]) -> Rates:
    """Return the rates of real readings."""
    return rates([ReadPage(r.true, r.page, tuple(r.pairings())) for r in readings])


def simulated_pages(readings: Iterable[Reading], model: ErrorModel) -> list[ReadPage]:
    """Return the same pages as the simulated OCR of their engine and band reads them, each a few times."""
    read = []
    for reading in readings:
        reader = SimulatedOcr(model.parameters[reading.engine, reading.band])
        for repeat in range(_TIMES):
            blank = Page(1, reading.page.width, reading.page.height, reading.true)
            dice = Random(f"{reading.seed}/{repeat}")  # noqa: S311
            page, _ = reader.read(blank, [NOTHING] * len(reading.true), dice)
            read.append(ReadPage(reading.true, page, tuple(align(reading.true, page.words))))
    return read


def rates(pages: Sequence[ReadPage]) -> Rates:
    """Return rates in percent, of words unless said otherwise."""
    words = sum(len(p.true) for p in pages)
    paired = [(page, pairing, *page.text(pairing)) for page in pages for pairing in page.pairings]
    both = [(p, true, read) for _, p, true, read in paired if p.true and p.read]
    letters = sum(len(true) for _, true, _ in both)
    right = sum(len(p.true) == len(p.read) == 1 and true == read for p, true, read in both)

    def share(count: float, of: float) -> float:
        return 100 * count / max(1, of)

    return {
        "letters wrong, of those read (CER)": share(sum(Levenshtein.distance(t, r) for _, t, r in both), letters),
        "words not read exactly (WER)": share(words - right, words),
        "words misread": share(sum(len(p.true) for p, t, r in both if t != r), words),
        "words lost": share(sum(len(p.true) for _, p, _, _ in paired if not p.read), words),
        "words merged": share(sum(len(p.true) for p, _, _ in both if len(p.true) > 1), words),
        "words split": share(sum(1 for p, _, _ in both if len(p.read) > 1), words),
        "words made up": share(sum(len(p.read) for _, p, _, _ in paired if not p.true), words),
        "digits wrong": _letters_wrong(both, str.isdigit),
        "accented letters wrong": _letters_wrong(both, lambda c: c.isalpha() and not c.isascii()),
        "of them accent lost": _accents_lost(both),
        "letters in the wrong case": share(_case_errors(both), letters),
        "neighbours out of order": _disorder(pages),
        "mean confidence": 100 * fmean([w.confidence for p in pages for w in p.page.words] or [0.0]),
        "left edge, spread in heights": 100 * _spread(pages, 0),
        "top edge, mean in heights": 100 * fmean(_edges(pages, 1) or [0.0]),
        "top edge, spread in heights": 100 * _spread(pages, 1),
    }


def _letters_wrong(both: Iterable[tuple[Pairing, str, str]], wanted: Callable[[str], bool]) -> float:
    seen = wrong = 0
    for _, true, read in both:
        seen += sum(map(wanted, true))
        if true != read:
            changed = "".join(source for source, target in changes_between(true, read) if source not in target)
            wrong += sum(map(wanted, changed))
    return 100 * wrong / max(1, seen)


def _accents_lost(both: Iterable[tuple[Pairing, str, str]]) -> float:
    seen = lost = 0
    for _, true, read in both:
        for source, target in changes_between(true, read) if not true.isascii() else ():
            if len(source) == 1 and source.isalpha() and not source.isascii():
                seen += 1
                lost += unicodedata.normalize("NFD", source)[0] == target
    return 100 * lost / max(1, seen)


def _case_errors(both: Iterable[tuple[Pairing, str, str]]) -> int:
    return sum(
        source != target and source.lower() == target.lower()
        for _, true, read in both
        if true != read
        for source, target in changes_between(true, read)
    )


def _disorder(pages: Iterable[ReadPage]) -> float:
    """Return how many pairs of neighbours stand the other way round after reading, in percent."""
    pairs = turned = 0
    for page in pages:
        order = sorted((p.read[0], p.true[0]) for p in page.pairings if p.true and p.read)
        place = {true: rank for rank, (_, true) in enumerate(order)}
        known = sorted(place)
        pairs += max(0, len(known) - 1)
        turned += sum(place[a] > place[b] for a, b in pairwise(known))
    return 100 * turned / max(1, pairs)


def _edges(pages: Iterable[ReadPage], edge: int) -> list[float]:
    found = []
    for page in pages:
        aspect = 1.0 if edge % 2 else page.page.height / page.page.width
        for p in page.pairings:
            if len(p.true) == len(p.read) == 1 and same_word(*page.text(p)):
                true, read = page.true[p.true[0]].box, page.page.words[p.read[0]].box
                found.append((read[edge] - true[edge]) / (max(true.height, 1e-6) * aspect))
    return found


def _spread(pages: Iterable[ReadPage], edge: int) -> float:
    values = _edges(pages, edge)
    return pstdev(values) if len(values) > 1 else 0.0
