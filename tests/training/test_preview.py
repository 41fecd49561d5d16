"""Contact sheets show every page and name the fields on it."""

from pathlib import Path

import pytest

from models.label_scheme import SPANS
from pipeline.domain.document import Box, Page, QualityBand, Word, WordsFrom
from pipeline.domain.vocabulary import Kind
from training.dataset.record import LabelledDocument, Origin
from training.dataset.shards import write_shards
from training.preview import PAGE_WIDTH, colour_of, main, preview

pytest.importorskip("layoutparser")


def paper(name: str) -> LabelledDocument:
    words = (
        Word("Faktura", Box(0.1, 0.1, 0.3, 0.13)),
        Word("4711", Box(0.4, 0.1, 0.5, 0.13)),
        Word("3", Box(0.1, 0.5, 0.12, 0.53)),
    )
    return LabelledDocument(
        id=name,
        origin=Origin.REAL,
        licence="MIT",
        group="g",
        kind=Kind.INVOICE,
        language="da",
        words_from=WordsFrom.TEXT_LAYER,
        quality=QualityBand.CLEAN,
        pages=(Page(1, 595.0, 842.0, words),),
        tags=(None, "B-invoice_number", "B-line.quantity"),
        rows=(-1, -1, 0),
    )


def test_a_labelled_word_is_boxed_in_its_fields_colour(tmp_path: Path) -> None:
    from PIL import Image

    (path,) = preview([paper("a")], tmp_path)
    sheet = Image.open(path).convert("RGB")
    edge = sheet.getpixel((round(0.4 * PAGE_WIDTH) - 1, 14 + round(0.115 * PAGE_WIDTH * 842 / 595)))
    wanted = tuple(int(colour_of("invoice_number")[i : i + 2], 16) for i in (1, 3, 5))
    assert isinstance(edge, tuple)
    assert max(abs(a - b) for a, b in zip(edge, wanted, strict=True)) < 60


def test_seven_pages_make_two_sheets(tmp_path: Path) -> None:
    shards = write_shards([paper(f"d{i}") for i in range(7)], tmp_path, "x")
    main([*map(str, shards), "--out", str(tmp_path / "sheets")])
    assert len(list((tmp_path / "sheets").glob("*.png"))) == 2


def test_fields_have_colours_of_their_own() -> None:
    assert len({colour_of(span) for span in SPANS}) == len(SPANS)
