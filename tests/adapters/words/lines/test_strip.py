"""Lines are cut out level, whichever way they run, and places on them are places on the page."""

import numpy
import pytest

pytest.importorskip("cv2", reason="comes with bilag[ocr]")

from pipeline.adapters.words.lines.strip import HEIGHT, Pixels, Strip, cut

PAGE = (400, 600)  # rows, columns


def drawn(strip: Strip) -> Pixels:
    """A page on which the first half of a strip is black, the second grey."""
    import cv2

    page = numpy.full(PAGE, 255, dtype=numpy.uint8)
    rectangle = ((strip.x, strip.y), (strip.wide, strip.high), strip.degrees)
    cv2.fillPoly(page, [cv2.boxPoints(rectangle).astype(numpy.int32)], 128)
    left, top, right, bottom = Strip(strip.x, strip.y, strip.wide, strip.high, 0).part(0, 0.5)
    turn = numpy.deg2rad(strip.degrees)
    middle = numpy.array([(left + right) / 2 - strip.x, (top + bottom) / 2 - strip.y])
    x, y = numpy.array([[numpy.cos(turn), -numpy.sin(turn)], [numpy.sin(turn), numpy.cos(turn)]]) @ middle
    half = (strip.wide, strip.high / 2) if strip.stands else (strip.wide / 2, strip.high)
    first = cv2.boxPoints(((strip.x + x, strip.y + y), half, strip.degrees))
    cv2.fillPoly(page, [first.astype(numpy.int32)], 0)
    return page


@pytest.mark.parametrize("degrees", [0.0, 0.2, 7.0, -12.0, 30.0])
@pytest.mark.parametrize(("wide", "high"), [(240.0, 30.0), (30.0, 240.0), (200.0, 100.0)])
def test_lines_are_level_and_begin_at_the_left(wide: float, high: float, degrees: float) -> None:
    strip = Strip(300, 200, wide, high, degrees)
    picture = cut(drawn(strip), strip)
    assert picture.shape[0] == HEIGHT
    assert picture.shape[1] == pytest.approx(HEIGHT * strip.length / strip.thickness, rel=0.03)
    inner = picture[6:-6, 8:-8]
    assert numpy.median(inner[:, : inner.shape[1] // 2 - 6]) == 0
    assert numpy.median(inner[:, inner.shape[1] // 2 + 6 :]) == 128


def test_colours_stay() -> None:
    page = numpy.zeros((*PAGE, 3), dtype=numpy.uint8)
    page[:, :, 0] = 200
    picture = cut(page, Strip(300, 200, 100, 20, 10))
    assert picture.shape == (HEIGHT, 240, 3)
    assert picture[24, 100].tolist() == [200, 0, 0]


def test_lines_at_the_rim_and_thin_ones_have_pixels() -> None:
    page = numpy.zeros(PAGE, dtype=numpy.uint8)
    for strip in (Strip(599, 399, 40, 10, 0), Strip(0, 0, 6, 3, 0), Strip(600, 400, 0.2, 0.2, 0)):
        assert cut(page, strip).size


def test_parts_of_a_line_are_where_they_are_on_the_page() -> None:
    assert Strip(300, 200, 200, 20, 0).part(0, 0.25) == pytest.approx((200, 190, 250, 210))
    assert Strip(300, 200, 20, 200, 0).part(0.75, 1) == pytest.approx((290, 250, 310, 300))
    left, top, right, bottom = Strip(300, 200, 200, 20, 10).part(0.5, 1)
    assert (left + right) / 2 == pytest.approx(300 + 50 * numpy.cos(numpy.deg2rad(10)))
    assert (top + bottom) / 2 == pytest.approx(200 + 50 * numpy.sin(numpy.deg2rad(10)))
    assert bottom - top > 20
