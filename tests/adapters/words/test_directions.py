"""Which way lines run is told by letters: streaks, borders, rules and the table under a page have no say in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.picture.marks import marks_of
from pipeline.adapters.words.picture.skew import Skew, skew_of
from pipeline.adapters.words.picture.upright import put_upright
from pipeline.adapters.words.quality import CERTAIN, BandLimits
from pipeline.domain.document import Box, Word
from tests.adapters.words.documents import PRINTED_WORDS, printed_pdf, scan_of

_SURE = 1.3
_TURNS = (0, 90, 180, 270)


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    return scan_of(printed_pdf(), dpi=150)


def laid(page: Image.Image, clockwise: float) -> Image.Image:
    return page.rotate(-clockwise, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


@pytest.mark.parametrize("skew", [0.0, 0.4, -1.3, 3.0, -5.0, 8.5])
@pytest.mark.parametrize("lying", _TURNS)
def test_the_skew_is_measured_to_a_tenth_of_a_degree(scan: Image.Image, skew: float, lying: int) -> None:
    found = skew_of(laid(scan, skew + lying))
    across = lying in (0, 180)
    assert (found.across if across else found.along) == pytest.approx(-skew, abs=0.1)
    assert found.ratio > _SURE if across else found.ratio < 1 / _SURE


def test_a_blank_page_has_no_skew_and_no_direction() -> None:
    assert skew_of(Image.new("L", (800, 1100), 255)) == Skew(0.0, 0.0, 1.0)


def streaked(page: Image.Image) -> Image.Image:
    """As a scanner with dirt on its glass sees it."""
    draw = ImageDraw.Draw(page)
    for x in (150, 420, 800, 1100):
        draw.line((x, 0, x, page.height), fill=90, width=3)
    return page


def bordered(page: Image.Image) -> Image.Image:
    """As a copier shows paper smaller than its glass."""
    ImageDraw.Draw(page).rectangle((0, 0, page.width - 1, page.height - 1), outline=0, width=25)
    return page


def on_a_table(page: Image.Image) -> Image.Image:
    """As a camera sees it, the table's boards running up and down."""
    boards = numpy.random.default_rng(5).integers(40, 110, size=(1, 30), dtype=numpy.uint8)
    table = Image.fromarray(boards).resize((page.width + 300, page.height + 300), Image.Resampling.NEAREST)
    table.paste(page, (150, 150))
    return table


def dots(size: tuple[int, int], share: float, grey: int) -> Image.Image:
    chances = numpy.random.default_rng(7).random(size[::-1])
    return Image.fromarray(numpy.where(chances < share, grey, 255).astype(numpy.uint8))


def grainy(page: Image.Image) -> Image.Image:
    """As a fax that made grey paper into black dots and white ones."""
    return ImageChops.darker(page, dots(page.size, share=0.05, grey=0))


def fat(page: Image.Image) -> Image.Image:
    """As a copier with too much toner prints it: letters of a word touch."""
    return page.filter(ImageFilter.MinFilter(5))


def ruled(page: Image.Image) -> Image.Image:
    """Between the columns of an empty form."""
    draw = ImageDraw.Draw(page)
    for x in range(100, 1200, 40):
        draw.line((x, 900, x, 1650), fill=0, width=2)
    return page


@pytest.mark.parametrize("lying", _TURNS)
@pytest.mark.parametrize("harmed", [streaked, bordered, on_a_table, grainy, fat, ruled])
def test_only_letters_tell_which_way_lines_run(
    scan: Image.Image, harmed: Callable[[Image.Image], Image.Image], lying: int
) -> None:
    skew = 1.5
    found = skew_of(harmed(laid(scan, skew)).rotate(-lying, expand=True))
    across = lying in (0, 180)
    assert found.ratio > _SURE if across else found.ratio < 1 / _SURE
    assert (found.across if across else found.along) == pytest.approx(-skew, abs=0.15)


def test_rules_count_only_along_themselves() -> None:
    page = Image.new("L", (1000, 1000), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 200, 900, 203), fill=0)  # a rule
    draw.rectangle((500, 300, 503, 900), fill=0)  # a streak
    draw.rectangle((100, 500, 300, 700), outline=0, width=3)  # a frame
    draw.rectangle((700, 600, 720, 620), fill=0)  # a letter
    draw.rectangle((800, 800, 800, 801), fill=0)  # a speck
    marks = marks_of(page)
    assert marks.letters.tolist() == [[700, 600, 721, 621]]
    letter = 21 * 21
    assert numpy.count_nonzero(marks.across) == letter + 801 * 4
    assert numpy.count_nonzero(marks.upright) == letter + 4 * 601


def test_on_dirty_paper_the_darkest_part_is_print(scan: Image.Image) -> None:
    dirty = marks_of(ImageChops.darker(scan, dots(scan.size, share=0.2, grey=150)))
    print_alone = marks_of(scan).across
    assert dirty.across.mean() < 0.1
    assert (dirty.across & print_alone).sum() > 0.8 * print_alone.sum()


@dataclass
class ReadsSideways:
    """An engine that is as sure of lines that run down the page as of level ones, and reads all others badly.

    The page's head is where its black mark lies.
    """

    seen: int = 0
    choice: EngineChoice = field(default=EngineChoice(EngineName.RAPID))
    bands: BandLimits = CERTAIN

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        self.seen += 1
        dark = numpy.argwhere(numpy.asarray(image.convert("L")) < 40).mean(axis=0) / (image.height, image.width)
        if image.width > image.height:
            box = Box(0.1, 0.1, 0.12, 0.3)
            surely = dark[1] > 0.5  # the head is to the right: lines run down
        else:
            box = Box(0.1, 0.1, 0.3, 0.12)
            surely = dark[0] < 0.5
        return tuple(Word("faktura", box, 0.95 if surely else 0.6) for _ in range(9))


@pytest.mark.parametrize("lying", _TURNS)
def test_words_that_stand_are_turned_however_surely_they_are_read(lying: int) -> None:
    page = Image.new("L", (800, 1100), 255)  # too empty to tell which way lines run
    ImageDraw.Draw(page).rectangle((60, 20, 140, 60), fill=0)
    engine = ReadsSideways()
    upright = put_upright(page.rotate(-lying, expand=True), engine)
    assert upright.rotation % 360 == -lying % 360
    assert {word.confidence for word in upright.words} == {0.95}
    assert engine.seen <= (1 if lying == 0 else 3)


@pytest.mark.slow
@pytest.mark.parametrize("lying", _TURNS)
def test_a_streaked_page_on_a_table_is_read_upright(scan: Image.Image, lying: int) -> None:
    pytest.importorskip("rapidocr")
    page = on_a_table(streaked(laid(scan, 2.0))).rotate(-lying, expand=True)
    upright = put_upright(page, make_engine(EngineChoice(EngineName.RAPID)))
    assert abs((upright.rotation + lying + 180) % 360 - 180) == pytest.approx(2, abs=0.2)
    read = {word.text for word in upright.words}
    assert len(read.intersection(PRINTED_WORDS)) > 0.6 * len(set(PRINTED_WORDS))


@pytest.mark.slow
@pytest.mark.parametrize("medium", ["scan", "fax", "photocopy", "photo"])
def test_bad_paper_is_never_surely_taken_for_lying_the_other_way(scan: Image.Image, medium: str) -> None:
    chains = pytest.importorskip("training.synthesize.paper.damage.chains")
    damage = pytest.importorskip("training.synthesize.paper.damage.degrade")
    ends = numpy.array([[0.4, 0.5], [0.6, 0.5]])
    for seed in range(6):
        chain = chains.draw_chain(numpy.random.default_rng(seed), chains.Medium(medium))
        bad = damage.degrade(scan, 150, chain, seed).image
        (left, top), (right, bottom) = damage.map_points(chain, ends, scan.height / scan.width) * bad.size
        across = abs(right - left) > abs(bottom - top)
        ratio = skew_of(bad).ratio
        assert ratio > 1 / _SURE if across else ratio < _SURE, (medium, seed, chain.names)
