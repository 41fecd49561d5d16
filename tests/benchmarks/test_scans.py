"""Clean scans are the first page, in grey, as large as its paper at the resolution."""

import io

import pytest
from PIL import Image

from benchmarks.scans import DPI, scan_of
from tests.adapters.words.documents import pdf_of


def test_the_first_page_is_drawn_in_grey_at_its_size() -> None:
    image = Image.open(io.BytesIO(scan_of(pdf_of(size=(360, 720)))))
    assert image.format == "PNG"
    assert image.mode == "L"
    assert image.size == (360 * DPI // 72, 720 * DPI // 72)
    assert image.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)
    darkest, lightest = image.getextrema()
    assert (darkest, lightest) == (0, 255)
