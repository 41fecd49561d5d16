"""Bad pages go the way of any file: degraded, written, read and levelled by the pipeline, and labelled again."""

from collections.abc import Sequence

import numpy
import pytest

from pipeline.adapters.words.ocr import EngineName, OcrEngine
from pipeline.domain.document import Box, Page, Word, WordsFrom
from training.dataset.record import LabelledDocument
from training.synthesize.paper.damage import warps
from training.synthesize.paper.damage.chains import Chain, Medium, draw_chain
from training.synthesize.paper.damage.optics import Sampled
from training.synthesize.paper.damage.toner import Threshold
from training.synthesize.paper.reading.engines import engine_for
from training.synthesize.paper.reading.recognise import ocr_document, recognise, stands_upright, upright_boxes

_CHAINS = [
    Chain(Medium.SCAN, 0, (warps.Turn(2.7),)),
    Chain(Medium.SCAN, 0, (warps.Turn(-1.3), Sampled(150, 150))),
    Chain(Medium.FAX, 0, (warps.Turn(1.0), Sampled(204, 98), Threshold(150))),
    Chain(Medium.PHOTO, 0, (warps.Curl(0.003, 0.8, 0.1), warps.Turn(-3.5))),
    Chain(Medium.SCAN, 0, (warps.Turn(1.2), warps.QuarterTurns(1))),
    Chain(Medium.SCAN, 0, (warps.Placed(0.01, 0.01, 1.01, 0.99),)),
]


def _shared(one: Box, other: Box) -> float:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    both = max(0.0, wide) * max(0.0, high)
    return both / (one.width * one.height + other.width * other.height - both)


@pytest.mark.parametrize("chain", _CHAINS, ids=lambda chain: "-".join((chain.medium, *chain.names)))
def test_true_boxes_lie_on_what_is_read(
    chain: Chain, bars: LabelledDocument, bars_pdf: bytes, bar_reader: OcrEngine
) -> None:
    """Photos go as JPEG, faxes with an odd seed as TIFF, the rest as PDF."""
    found = recognise(bars, bars_pdf, chain, bar_reader, seed=1)
    assert found is not None
    page = found[0][0]
    single = [(p.true[0], p.read[0]) for p in page.pairings if len(p.true) == len(p.read) == 1]
    assert len(single) > 0.95 * len(page.true)
    shared = [_shared(page.true[i].box, page.read.words[j].box) for i, j in single]
    assert numpy.median(shared) > 0.6
    assert min(shared) > 0.2


def test_labels_land_on_the_words_they_belong_to(
    bars: LabelledDocument, bars_pdf: bytes, bar_reader: OcrEngine
) -> None:
    """Bars all read alike, which differs from what they should say: only places count, and doubt is left unknown."""
    done = ocr_document(bars, bars_pdf, _CHAINS[0], bar_reader, 3)
    assert done is not None
    assert done.words_from is WordsFrom.OCR
    assert done.traits["paper.way"] == "recognised"
    assert len(done.tags) == len(done.rows) == len(done.pages[0].words)
    assert set(done.tags) <= {None, "O", *(tag for tag in bars.tags if tag is not None)}
    assert done.fields == bars.fields


def test_a_blank_page_cannot_be_read(bars: LabelledDocument, bars_pdf: bytes, bar_reader: OcrEngine) -> None:
    hidden = Chain(Medium.SCAN, 1, (warps.Placed(2.0, 0.0),))
    assert ocr_document(bars, bars_pdf, hidden, bar_reader, 3) is None


@pytest.mark.parametrize("degrees", [0.0, 2.5, -4.0, 91.0, 180.0])
def test_upright_boxes_turn_about_the_middle(degrees: float) -> None:
    quarter = round(degrees / 90) % 2 == 1
    size, after = (500.0, 800.0), (800.0, 500.0) if quarter else (500.0, 800.0)
    moved = upright_boxes([Box(0.49, 0.49, 0.51, 0.51)], size, Page(1, *after, (), degrees))[0]
    assert moved.centre == pytest.approx((0.5, 0.5))
    corner = upright_boxes([Box(0.1, 0.1, 0.1, 0.1)], size, Page(1, *after, (), degrees))[0].centre
    x, y = (0.1 - 0.5) * 500, (0.1 - 0.5) * 800
    turn = numpy.deg2rad(degrees)
    expected = (x * numpy.cos(turn) - y * numpy.sin(turn), x * numpy.sin(turn) + y * numpy.cos(turn))
    assert ((corner[0] - 0.5) * after[0], (corner[1] - 0.5) * after[1]) == pytest.approx(expected, abs=0.5)


@pytest.mark.slow
@pytest.mark.parametrize("name", EngineName)
@pytest.mark.parametrize("medium", [Medium.SCAN, Medium.PHOTO])
def test_real_engines_keep_labels_and_texts_together(
    name: EngineName, medium: Medium, printed: tuple[LabelledDocument, bytes]
) -> None:
    labelled, pdf = printed
    chain = draw_chain(numpy.random.default_rng(2), medium, 0.2)
    done = ocr_document(labelled, pdf, chain, engine_for(name, "en"), 2)
    assert done is not None
    wanted, found = _values(labelled), _values(done)
    kept = [span for span in wanted if _alike(found.get(span, []), wanted[span])]
    assert len(kept) > 0.8 * len(wanted)


def _values(document: LabelledDocument) -> dict[tuple[str, int], list[str]]:
    texts: dict[tuple[str, int], list[str]] = {}
    words = [word.text for page in document.pages for word in page.words]
    for word, tag, row in zip(words, document.tags, document.rows, strict=True):
        if tag not in (None, "O"):
            assert tag is not None
            texts.setdefault((tag[2:], row), []).append(word)
    return texts


def _alike(found: Sequence[str], wanted: Sequence[str]) -> bool:
    from training.synthesize.paper.reading.align import likeness

    return likeness("".join(found), "".join(wanted)) > 0.75


@pytest.mark.parametrize(
    ("degrees", "upright"), [(0.0, True), (3.0, True), (90.0, False), (180.0, False), (-91.0, False)]
)
def test_pages_left_on_their_side_or_head_are_told(degrees: float, upright: bool, bars: LabelledDocument) -> None:
    page = bars.pages[0]
    size = (page.height, page.width) if round(degrees / 90) % 2 else (page.width, page.height)
    left = Page(1, *size, (), degrees)
    boxes = upright_boxes([word.box for word in page.words], (page.width, page.height), left)
    words = [Word(word.text, box) for word, box in zip(page.words, boxes, strict=True)]
    assert stands_upright(words, left) is upright
