"""The networks find lines and read them: with few letters or with all, alone or in batches, on one thread or on two."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

pytest.importorskip("rapidocr", reason="comes with bilag[ocr]")

from pipeline.adapters.words.lines import networks
from pipeline.adapters.words.lines.finding import find_lines
from pipeline.adapters.words.lines.networks import Reader, open_finder, open_reader
from pipeline.adapters.words.lines.reading import Line, read_lines
from pipeline.adapters.words.lines.strip import Pixels, cut
from pipeline.adapters.words.rapid import RapidOcr
from pipeline.errors import ConfigurationError

PRINTED = ("Faktura 471102", "Umowa nr 4711-B", "Menge: 12,50 kg", "9.137,50", "Leje af kontor og lager i Kolding")


@cache
def reader(european: bool) -> Reader:
    return open_reader(european=european)


@cache
def page() -> Image.Image:
    image = Image.new("L", (1240, 1754), 255)
    for number, text in enumerate(PRINTED):
        place = (100, 200 + 250 * number)
        ImageDraw.Draw(image).text(place, text, fill=0, font=ImageFont.load_default(32))
    return image


@cache
def pictures() -> list[Pixels]:
    pixels = numpy.asarray(page())
    return [cut(pixels, strip) for strip in find_lines(pixels, open_finder(1), 1280)]


def read(european: bool, threads: int = 1) -> list[Line]:
    with ThreadPoolExecutor(threads) as executor:
        return read_lines(pictures(), reader(european), executor)


def test_every_line_is_found_once_and_where_it_is() -> None:
    pixels = numpy.asarray(page())
    found = sorted(find_lines(pixels, open_finder(1), 1280), key=lambda strip: strip.y)
    assert [round(strip.y / 250 - 0.8) for strip in found] == list(range(len(PRINTED)))
    for strip in found:
        left, top, right, bottom = (round(edge) for edge in strip.part(0, 1))
        assert pixels[top:bottom, left:right].min() == 0
        assert left == pytest.approx(95, abs=10)


def test_european_print_reads_alike_with_few_letters_and_with_all() -> None:
    few, all_ = read(european=True), read(european=False)
    assert [line.text for line in few] == [line.text for line in all_]
    assert [line.places for line in few] == [line.places for line in all_]
    for one, other in zip(few, all_, strict=True):
        assert one.score == pytest.approx(other.score, abs=0.01)
    assert len(reader(True).letters) < len(reader(False).letters) / 10


def test_lines_read_alike_on_more_threads() -> None:
    assert read(european=True, threads=2) == read(european=True)


def test_letters_of_a_line_come_in_order_and_lie_on_it() -> None:
    for line in read(european=True):
        assert len(line.places) == len(line.text)
        assert list(line.places) == sorted(line.places)
        assert line.places[0] > 0
        assert line.places[-1] < 1


def test_no_lines_are_read_on_blank_paper() -> None:
    assert find_lines(numpy.full((600, 400), 250, dtype=numpy.uint8), open_finder(1), 1280) == []


def test_print_is_read_once_more_with_all_letters_where_the_few_do_not_do() -> None:
    # Strokes on a grid of ten by ten: a mouth, a field, the middle, the work, a king.
    glyphs = (
        ((1, 1, 9, 1), (1, 9, 9, 9), (1, 1, 1, 9), (9, 1, 9, 9)),
        ((1, 1, 9, 1), (1, 9, 9, 9), (1, 1, 1, 9), (9, 1, 9, 9), (5, 1, 5, 9), (1, 5, 9, 5)),
        ((1, 3, 9, 3), (1, 7, 9, 7), (1, 3, 1, 7), (9, 3, 9, 7), (5, 0, 5, 10)),
        ((1, 1, 9, 1), (0, 9, 10, 9), (5, 1, 5, 9)),
        ((1, 1, 9, 1), (2, 5, 8, 5), (0, 9, 10, 9), (5, 1, 5, 9)),
    )
    image = page().copy()
    for number, glyph in enumerate(glyphs):
        for stroke in glyph:
            x, y = 100 + 56 * number, 1500
            line = [place * 4.4 + (y if at % 2 else x) for at, place in enumerate(stroke)]
            ImageDraw.Draw(image).line(line, fill=0, width=4)
    words = [word.text for word in RapidOcr().recognise(image)]
    assert "口田中工王" in words  # read with the few: a square and a Greek letter
    assert "471102" in words


def test_networks_that_are_missing_or_others_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is another"):
        networks._narrowed(b"some other network", [0, 1])
    monkeypatch.setattr(networks, "_READER", "of_next_year.onnx")
    with pytest.raises(ConfigurationError, match=r"of_next_year\.onnx is missing"):
        open_reader(european=True)
