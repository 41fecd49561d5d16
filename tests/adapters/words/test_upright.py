"""Lying, turned and skewed pages are put upright, and pictures are read as their makers meant them."""

import io
from dataclasses import dataclass, field

import numpy
import pytest
from PIL import Image, ImageDraw

from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.picture.raster import Frame, Rasteriser, frames_of, open_picture
from pipeline.adapters.words.picture.rules import without_rules
from pipeline.adapters.words.picture.skew import skew_of
from pipeline.adapters.words.picture.upright import put_upright
from pipeline.adapters.words.quality import CERTAIN, BandLimits
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Box, Document, Word
from pipeline.domain.finding import ReasonCode
from tests.adapters.words.documents import file_of, pdf_of, png_of, printed_pdf, scan_of

LIMITS = ReadLimits()


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    return scan_of(printed_pdf(), dpi=150)


@dataclass
class KnowsTheHead:
    """An engine that reads well only where the page's black mark lies at the top left, as it does when upright."""

    seen: list[Image.Image] = field(default_factory=list)

    @property
    def choice(self) -> EngineChoice:
        return EngineChoice(EngineName.TESSERACT)

    @property
    def bands(self) -> BandLimits:
        return CERTAIN

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        self.seen.append(image)
        corner = image.convert("L").crop((0, 0, image.width // 2, image.height // 2)).reduce(20)
        well = numpy.asarray(corner).min() < 40 and image.height > image.width
        return tuple(Word("faktura", Box(0.1, 0.1, 0.3, 0.12), 0.95 if well else 0.5) for _ in range(9 if well else 3))


def marked(scan: Image.Image) -> Image.Image:
    page = scan.copy()
    ImageDraw.Draw(page).rectangle((60, 20, 140, 80), fill=0)
    return page


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_are_turned_until_they_can_be_read(scan: Image.Image, turn: int) -> None:
    page = marked(scan)
    engine = KnowsTheHead()
    upright = put_upright(page.rotate(-turn, expand=True), engine)
    assert upright.rotation % 360 == (360 - turn) % 360
    assert upright.image.size == page.size
    assert len(upright.words) == 9
    # The engine reads an upright page once, and never more than both ways that the lines allow.
    assert len(engine.seen) <= (1 if turn == 0 else 2)


def test_a_skewed_page_is_levelled_and_keeps_its_size_where_nothing_is_lost(scan: Image.Image) -> None:
    page = marked(scan)
    skewed = page.rotate(-2, Image.Resampling.BICUBIC, fillcolor=255)
    upright = put_upright(skewed, KnowsTheHead())
    assert upright.rotation == pytest.approx(-2, abs=0.1)
    assert upright.image.size == page.size
    assert abs(skew_of(upright.image).across) <= 0.1


def test_print_at_the_rim_is_not_cut_off() -> None:
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    for row in range(4, 1750, 30):
        for column in range(4, 1236, 40):
            draw.rectangle((column, row, column + 28, row + 12), fill=0)
    skewed = page.rotate(-4, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    upright = put_upright(skewed, KnowsTheHead())
    assert abs(skew_of(upright.image).across) <= 0.1
    assert sum(upright.image.histogram()[:128]) == pytest.approx(sum(page.histogram()[:128]), rel=0.02)


def only_frame(content: bytes) -> Frame:
    image = open_picture(content, LIMITS)
    assert isinstance(image, Image.Image)
    (frame,) = frames_of(image, LIMITS)
    assert isinstance(frame, Frame)
    return frame


def test_a_photo_is_turned_as_its_exif_data_says() -> None:
    photo = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(photo).rectangle((0, 0, 30, 30), fill="black")
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn clockwise by 90 degrees
    out = io.BytesIO()
    photo.save(out, "JPEG", exif=exif, quality=95)
    frame = only_frame(out.getvalue()).image
    assert frame.size == (200, 300)
    assert frame.convert("L").getpixel((190, 10)) < 60  # type: ignore[operator]


def test_every_page_of_a_tiff_is_read() -> None:
    pages = [Image.new("1", (800, 1100), 1) for _ in range(3)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(300, 300))
    document = FileReader(KnowsTheHead(), sandbox=False).read(file_of(out.getvalue(), "fax.tif"))
    assert isinstance(document, Document)
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.last_page == 3
    assert document.pages[0].width == pytest.approx(800 / 300 * 72)


def test_a_tiff_that_breaks_off_is_read_up_to_there_and_held_back() -> None:
    pages = [Image.effect_noise((500, 700), 60) for _ in range(3)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    result = FileReader(KnowsTheHead(), sandbox=False).read(file_of(out.getvalue()[:-200_000], "fax.tif"))
    assert isinstance(result, Document)
    assert len(result.pages) == 2
    assert ReasonCode.FILE_DAMAGED in [f.code for f in result.findings]


def test_transparent_pictures_lie_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    frame = only_frame(out.getvalue()).image
    assert frame.convert("L").getextrema() == (255, 255)


def test_sixteen_bit_grey_keeps_its_range() -> None:
    out = io.BytesIO()
    Image.new("I;16", (50, 50), 0x8000).save(out, "PNG")
    frame = only_frame(out.getvalue()).image
    assert frame.getpixel((5, 5)) == 128


def test_a_resolution_nobody_would_scan_at_is_taken_for_that_of_a4() -> None:
    dpi = only_frame(png_of(Image.new("L", (1654, 2339), 255), dpi=1)).dpi
    assert dpi == pytest.approx(200, abs=1)


def test_thin_rules_are_taken_off_and_all_else_stays() -> None:
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((400, 400, 900, 480), fill=20)  # a bar that text may stand on
    draw.rectangle((200, 700, 240, 740), outline=0, width=3)  # as large as a headline's letter
    kept = numpy.asarray(page).copy()
    draw.line((100, 1000, 1500, 1000), fill=0, width=3)
    draw.line((100, 1000, 100, 1400), fill=60, width=5)
    # Where rules meet, a speck of their thickness may stay.
    assert numpy.count_nonzero(numpy.asarray(without_rules(page)) != kept) <= 3 * 5


def test_a_truncated_photo_is_damaged() -> None:
    out = io.BytesIO()
    Image.effect_noise((600, 800), 60).save(out, "JPEG")
    result = FileReader(KnowsTheHead(), sandbox=False).read(file_of(out.getvalue()[:5000], "photo.jpg"))
    assert [f.code for f in result.findings] == ["FILE_DAMAGED"]


@pytest.mark.parametrize("poppler", [True, False])
def test_pages_are_drawn_with_and_without_poppler(poppler: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.setattr("pipeline.adapters.words.picture.raster._poppler", lambda: poppler)
    content = pdf_of(rotate=90, crop=(0, 421, 595, 842))
    document = pypdfium2.PdfDocument(content)
    with Rasteriser(document, content, LIMITS) as rasteriser:
        drawn = rasteriser.page(1)
    document.close()
    image = drawn.image
    assert drawn.dpi == 200
    assert image.mode == "L"
    assert image.size == pytest.approx((421 * 200 / 72, 595 * 200 / 72), abs=2)
    assert numpy.asarray(image).min() < 100


def test_huge_paper_is_drawn_smaller() -> None:
    import pypdfium2

    content = pdf_of(size=(3000, 12_000))
    document = pypdfium2.PdfDocument(content)
    with Rasteriser(document, content, LIMITS) as rasteriser:
        drawn = rasteriser.page(1)
    document.close()
    assert max(drawn.image.size) <= 5100
    assert drawn.dpi < 200
