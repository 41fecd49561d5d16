"""The simulated OCR errs as often as it is told to, keeps labels on their words, and repeats itself by seed."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

from pipeline.adapters.words.ocr import EngineName
from pipeline.adapters.words.picture.scan import in_reading_order
from pipeline.adapters.words.quality import measure
from pipeline.domain.document import Page, QualityBand, WordsFrom
from training.dataset.record import LabelledDocument
from training.synthesize.paper.apply import Share, apply
from training.synthesize.paper.reading.align import align
from training.synthesize.paper.reading.labels import NOTHING, Label
from training.synthesize.paper.simulated.document import simulate_document
from training.synthesize.paper.simulated.letters import Misreader
from training.synthesize.paper.simulated.ocr import SimulatedOcr
from training.synthesize.paper.simulated.parameters import Parameters, Profile, Stray, Tally, fitted

_NEVER = Tally(1000, 0)


def _perfect(**changes: object) -> Parameters:
    """Return the parameters of an engine that makes no error, but for those named."""
    perfect = Parameters(
        pages=1,
        words=100,
        crowding=1.0,
        edits=1.0,
        letters={},
        changes=(),
        profiles=(Profile(1.0, 0.0, 0.0, (0.99, 0.99), (0.5, 0.5)),),
        lost=(_NEVER,) * 4,
        lost_again=0.0,
        merged=(_NEVER,) * 5,
        split={},
        strays=(),
        offsets={"all": ((0.0, 0.0, 0.0, 0.0),)},
        lines_scored=False,
    )
    return replace(perfect, **changes)  # type: ignore[arg-type]


def _read(page: Page, parameters: Parameters, seed: int = 1) -> tuple[Page, list[Label]]:
    labels = [Label("line.description", place, place) for place in range(len(page.words))]
    return SimulatedOcr(parameters).read(page, labels, Random(seed))


@pytest.fixture
def page(bars: LabelledDocument) -> Page:
    return bars.pages[0]


def test_an_engine_without_errors_reads_what_is_there(page: Page) -> None:
    unclassed = {letter: 10**9 for word in page.words for letter in word.text}
    read, labels = _read(page, _perfect(letters=unclassed))
    assert [(w.text, w.box) for w in read.words] == [(w.text, w.box) for w in in_reading_order(page).words]
    assert all(page.words[label.row].text == word.text for word, label in zip(read.words, labels, strict=True))
    assert {word.confidence for word in read.words} == {0.99}


def test_letters_are_misread_as_often_as_they_were(page: Page) -> None:
    letters = {**dict.fromkeys("abcdghilmnorstu234567890.", 10**7), "e": 10**7, "1": 10**7}
    parameters = _perfect(letters=letters, changes=(("e", "c", 10**6), ("1", "l", 2 * 10**6)))
    words = [word.text for word in page.words]
    wrong = {"c": 0, "l": 0}
    for seed in range(60):
        read, labels = _read(page, parameters, seed)
        for word, label in zip(read.words, labels, strict=True):
            true = words[label.row]
            if len(true) == len(word.text):
                for a, b in zip(true, word.text, strict=True):
                    assert a == b or (a, b) in {("e", "c"), ("1", "l")}
                    if a != b:
                        wrong[b] += 1
    seen = "".join(words)
    assert wrong["c"] / (60 * seen.count("e")) == pytest.approx(0.1, rel=0.25)
    assert wrong["l"] / (60 * seen.count("1")) == pytest.approx(0.2, rel=0.25)


def test_words_are_lost_in_runs_as_often_as_on_the_measured_page(page: Page) -> None:
    profile = Profile(1.0, 0.3, 0.0, (0.9, 0.9), (0.5, 0.5))
    parameters = _perfect(profiles=(profile,), lost=(Tally(1000, 300),) * 4, lost_again=0.7)
    kept = lost = runs = 0
    for seed in range(60):
        _, labels = _read(page, parameters, seed)
        left = {label.row for label in labels}
        gone = [place not in left for place in range(len(page.words))]
        kept, lost = kept + gone.count(False), lost + gone.count(True)
        runs += sum(now and not before for before, now in zip([False, *gone], gone, strict=False))
    assert lost / (kept + lost) == pytest.approx(0.3, rel=0.2)
    assert lost / runs == pytest.approx(1 / (1 - 0.7), rel=0.25)


def test_neighbours_merge_and_words_split(page: Page) -> None:
    always = Tally(10, 10)
    read, labels = _read(page, _perfect(merged=(always,) * 5))
    assert len(read.words) == len({round(word.box.y0, 4) for word in page.words})
    assert {label.span for label in labels} <= {"?", "line.description"}
    halves, labels = _read(page, _perfect(split=dict.fromkeys(("letters", "digits", "letter and digit"), always)))
    assert len(halves.words) > 1.5 * len(page.words)
    assert {label.span for label in labels} == {"line.description"}


def test_made_up_words_are_outside(page: Page) -> None:
    profile = Profile(1.0, 0.0, 0.1, (0.9, 0.9), (0.5, 0.5))
    strays = (Stray("PAID", 0.4, 0.9, 0.5, 0.92, 0.8),)
    read, labels = _read(page, _perfect(profiles=(profile,), strays=strays))
    made_up = [label for word, label in zip(read.words, labels, strict=True) if word.text == "PAID"]
    assert len(made_up) == pytest.approx(0.1 * len(page.words), abs=1)
    assert set(made_up) == {NOTHING}


def test_rare_letters_err_like_their_class() -> None:
    letters = {**dict.fromkeys("abcdef", 1000), "å": 1000, "ø": 1000}
    misreader = Misreader(_perfect(letters=letters, changes=(("å", "a", 500), ("ø", "o", 500))))
    assert misreader.chance_of("ž") > 20 * misreader.chance_of("a")
    assert "z" in {misreader.misread("ž", Random(seed)) for seed in range(20)}


def _agreeing(document: LabelledDocument, truth: Mapping[str, set[str]]) -> list[float]:
    """Return for every labelled word how alike it is to the likest true word, or run of words, of its span."""
    from training.synthesize.paper.reading.align import likeness

    words = [word.text for page in document.pages for word in page.words]
    return [
        max(max(likeness(word, true), 1.0 if word in true else 0.0) for true in truth[tag[2:]])
        for word, tag in zip(words, document.tags, strict=True)
        if tag not in (None, "O") and tag is not None
    ]


def test_labels_stay_on_their_words(printed: tuple[LabelledDocument, bytes]) -> None:
    labelled, _ = printed
    truth: dict[str, set[str]] = {}
    for word, tag in zip((w.text for p in labelled.pages for w in p.words), labelled.tags, strict=True):
        if tag not in (None, "O"):
            assert tag is not None
            truth.setdefault(tag[2:], set()).add(word)
    alike: list[float] = []
    for seed in range(40):
        read = simulate_document(labelled, seed)
        assert len(read.tags) == len(read.rows) == sum(len(page.words) for page in read.pages)
        alike += _agreeing(read, truth)
    assert len(alike) > 40 * 0.6 * sum(tag not in (None, "O") for tag in labelled.tags)
    assert sum(likeness >= 0.5 for likeness in alike) > 0.93 * len(alike)


def test_boxes_stay_near_their_words_and_on_the_page(printed: tuple[LabelledDocument, bytes]) -> None:
    labelled, _ = printed
    page = labelled.pages[0]
    for (_, band), parameters in fitted().parameters.items():
        if band is QualityBand.POOR:
            continue
        read, _ = SimulatedOcr(parameters).read(page, [NOTHING] * len(page.words), Random(3))
        assert all(0 <= w.box.x0 < w.box.x1 <= 1 and 0 <= w.box.y0 < w.box.y1 <= 1 for w in read.words)
        both = [p for p in align(page.words, read.words) if p.true and p.read]
        assert len(both) > 0.6 * len(page.words)


def test_quality_is_measured_as_the_reader_does(printed: tuple[LabelledDocument, bytes]) -> None:
    labelled, _ = printed
    seen = set()
    same = 0
    for seed in range(60):
        read = simulate_document(labelled, seed)
        limits = fitted().limits[EngineName(read.traits["paper.engine"])]
        assert read.quality is measure((w for p in read.pages for w in p.words), limits).band
        assert read.words_from is WordsFrom.OCR
        seen.add(read.quality)
        same += read.quality.value == read.traits["paper.band"]
    assert seen == set(QualityBand)
    assert same > 0.7 * 60


def test_the_seed_decides(printed: tuple[LabelledDocument, bytes]) -> None:
    labelled, _ = printed
    assert simulate_document(labelled, 7) == simulate_document(labelled, 7)
    assert simulate_document(labelled, 7) != simulate_document(labelled, 8)


def test_shares_say_how_many_documents_go_on_paper(printed: tuple[LabelledDocument, bytes]) -> None:
    labelled, pdf = printed
    done = [apply(labelled, pdf, seed, Share(simulated=0.4)) for seed in range(200)]
    simulated = sum(document.words_from is WordsFrom.OCR for document in done)
    assert simulated == pytest.approx(80, abs=25)
    assert all(document is labelled for document in done if document.words_from is not WordsFrom.OCR)
