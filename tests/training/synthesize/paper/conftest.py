"""Pages of black bars instead of words, so that where ink went can be measured; and labelled documents of them."""

import io
from dataclasses import dataclass
from random import Random

import numpy
import pytest
from PIL import Image, ImageDraw

from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin

_WIDTH, _HEIGHT = 595.0, 842.0


@dataclass(frozen=True)
class BarReader:
    """An engine that sees bars: every dark region of a bar's size is a word, surely read."""

    choice: EngineChoice
    bands: BandLimits

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        import cv2

        grey = numpy.asarray(image.convert("L")).astype(numpy.float64)
        dark = (grey < 0.5 * numpy.percentile(grey, 80)).astype(numpy.uint8)
        _, _, regions, _ = cv2.connectedComponentsWithStats(dark)
        words = []
        for left, top, wide, high, _ in regions.tolist():
            x0, x1 = left / image.width, (left + wide) / image.width
            y0, y1 = top / image.height, (top + high) / image.height
            if 0.004 < y1 - y0 < 0.05 and 0.01 < x1 - x0 < 0.3:
                words.append(Word("bar", Box(x0, y0, x1, y1)))
        return tuple(words)


def bar_words() -> tuple[Word, ...]:
    """Return words in rows, as wide as their texts, with more than their height between rows."""
    dice = Random(4)
    words = []
    for row in range(20):
        x, y = 0.12, 0.1 + row * 0.04
        while x < 0.8:
            text = "".join(dice.choice("abcdeghilmnorstu1234567890.") for _ in range(dice.randint(3, 9)))
            words.append(Word(text, Box(x, y, x + 0.012 * len(text), y + 0.012)))
            x += 0.012 * len(text) + dice.choice((0.02, 0.09))
    return tuple(words)


def bar_picture(words: tuple[Word, ...], dpi: int = 100) -> Image.Image:
    """Return the page as a picture on which every word is a bar of ink."""
    size = (round(_WIDTH / 72 * dpi), round(_HEIGHT / 72 * dpi))
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for word in words:
        x0, y0, x1, y1 = word.box
        draw.rectangle((x0 * size[0], y0 * size[1], x1 * size[0] - 1, y1 * size[1] - 1), fill="black")
    return image


@pytest.fixture(scope="session")
def bars() -> LabelledDocument:
    """A labelled document of bars: every third run of words is a value."""
    words = bar_words()
    tags: list[str] = []
    rows: list[int] = []
    for place in range(len(words)):
        run, inside = divmod(place, 3)
        span = ("O", "invoice_number", "line.description", "O", "gross_total")[run % 5]
        tags.append("O" if span == "O" else f"{'I' if inside else 'B'}-{span}")
        rows.append(run if span.startswith("line.") else -1)
    return LabelledDocument(
        id="bars",
        origin=Origin.GENERATED,
        licence="CC0-1.0",
        group="bars",
        kind=Kind.INVOICE,
        language="en",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(Page(1, _WIDTH, _HEIGHT, words),),
        tags=tuple(tags),
        rows=tuple(rows),
    )


@pytest.fixture(scope="session")
def bars_pdf(bars: LabelledDocument) -> bytes:
    out = io.BytesIO()
    bar_picture(bars.pages[0].words, 200).save(out, "PDF", resolution=200)
    return out.getvalue()


@pytest.fixture(scope="session")
def bars_image(bars: LabelledDocument) -> Image.Image:
    return bar_picture(bars.pages[0].words)


@pytest.fixture
def bar_reader() -> BarReader:
    return BarReader(EngineChoice(EngineName.RAPID), BandLimits(0.9, 0.8))


@pytest.fixture(scope="session")
def printed() -> tuple[LabelledDocument, bytes]:
    """A printed bill whose numbers, names and amounts are labelled, and its PDF."""
    from datetime import date

    from pipeline.adapters.words.reader import FileReader
    from pipeline.demo.mailbox.pages import draw
    from pipeline.demo.mailbox.papers import bill_for
    from pipeline.domain.document import Document, SourceFile

    pdf = draw(bill_for("PO-2045", "BW-20417", date(2026, 10, 14)))
    read = FileReader(ocr=None, sandbox=False).read(SourceFile("bill.pdf", "application/pdf", pdf))
    assert isinstance(read, Document)
    words = [word.text for page in read.pages for word in page.words]
    spans = {"BW-20417": "invoice_number", "PO-2045": "purchase_order_reference", "GB980780684": "seller_vat_id"}
    tags = [f"B-{spans[word]}" if word in spans else "O" for word in words]
    rows = [-1] * len(words)
    for place, word in enumerate(words):
        if "." in word and word.replace(".", "").replace(",", "").isdigit():
            tags[place], rows[place] = "B-line.net_amount", place
    labelled = LabelledDocument(
        id="bill",
        origin=Origin.GENERATED,
        licence="CC0-1.0",
        group="bill",
        kind=Kind.INVOICE,
        language="en",
        words_from=read.words_from,
        quality=read.quality.band,
        pages=read.pages,
        tags=tuple(tags),
        rows=tuple(rows),
    )
    return labelled, pdf
