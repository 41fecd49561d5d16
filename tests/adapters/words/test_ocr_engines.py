"""The OCR engines read what was printed, where it was printed, however the paper lay."""

import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine
from pipeline.adapters.words.rapid import RapidOcr
from pipeline.adapters.words.reader import FileReader
from pipeline.adapters.words.tesseract import TesseractOcr
from pipeline.domain.document import Document, Page, QualityBand, WordsFrom
from pipeline.errors import ConfigurationError
from tests.adapters.words.documents import PRINTED_WORDS, file_of, pdf_of, png_of, printed_pdf, scan_of

ENGINES = [EngineChoice(EngineName.RAPID), EngineChoice(EngineName.TESSERACT)]
TEXT_LAYER = FileReader(None, sandbox=False)


@cache
def engine(choice: EngineChoice) -> OcrEngine:
    pytest.importorskip("rapidocr" if choice.name is EngineName.RAPID else "layoutparser")
    return make_engine(choice)


@cache
def scanned(choice: EngineChoice, degrees: float = 0.0) -> Page:
    result = FileReader(engine(choice), sandbox=False).read(file_of(png_of(scan_of(printed_pdf(), degrees)), "a.png"))
    assert isinstance(result, Document)
    assert result.words_from is WordsFrom.OCR
    return result.pages[0]


@cache
def typeset() -> Page:
    result = TEXT_LAYER.read(file_of(printed_pdf()))
    assert isinstance(result, Document)
    return result.pages[0]


def share_read(page: Page) -> float:
    read = [word.text for word in page.words]
    found = 0
    for text in PRINTED_WORDS:
        if text in read:
            read.remove(text)
            found += 1
    return found / len(PRINTED_WORDS)


@pytest.mark.slow
@pytest.mark.parametrize("choice", ENGINES, ids=lambda c: c.name)
def test_a_clean_scan_is_read_and_its_boxes_lie_on_the_printed_words(choice: EngineChoice) -> None:
    page = scanned(choice)
    assert page.rotation == 0
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)
    assert share_read(page) >= (0.97 if choice.name is EngineName.RAPID else 0.85)
    printed = {word.text: word.box for word in typeset().words if PRINTED_WORDS.count(word.text) == 1}
    compared = [(word.box, printed[word.text]) for word in page.words if word.text in printed]
    assert len(compared) > 40
    for box, truth in compared:
        assert box.centre == pytest.approx(truth.centre, abs=0.008)
        assert box.width == pytest.approx(truth.width, abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [3.0, 90.0, 180.0, 268.5])
@pytest.mark.parametrize("choice", ENGINES, ids=lambda c: c.name)
def test_lying_and_skewed_scans_are_read_like_the_straight_one(choice: EngineChoice, degrees: float) -> None:
    straight, page = scanned(choice), scanned(choice, degrees)
    assert (page.rotation + degrees) % 360 == pytest.approx(0, abs=0.1) or (
        page.rotation + degrees
    ) % 360 == pytest.approx(360, abs=0.1)
    assert share_read(page) >= share_read(straight) - (0.05 if choice.name is EngineName.RAPID else 0.2)
    # Both pages are upright; compare places relative to two words far apart, since the canvas may have grown.
    anchors = ("FAKTURA", "9.137,50")
    if degrees % 90 == 0:
        for anchor in anchors:
            one = next(word.box.centre for word in straight.words if word.text == anchor)
            other = next(word.box.centre for word in page.words if word.text == anchor)
            assert one == pytest.approx(other, abs=0.005)


@pytest.mark.slow
@pytest.mark.parametrize("choice", ENGINES, ids=lambda c: c.name)
def test_words_in_ruled_tables_are_read(choice: EngineChoice) -> None:
    scan = scan_of(printed_pdf(ruled=True))
    result = FileReader(engine(choice), sandbox=False).read(file_of(png_of(scan), "a.png"))
    assert isinstance(result, Document)
    assert share_read(result.pages[0]) >= 0.97


@pytest.mark.slow
def test_rapid_finds_a_mixed_line_whole() -> None:
    words = [word.text for word in scanned(ENGINES[0]).words]
    at = words.index("Betalingsbetingelser:")
    assert words[at : at + 4] == ["Betalingsbetingelser:", "netto", "30", "dage."]
    assert "Fakturadato:" in words
    assert "12-03-2024" in words


@pytest.mark.slow
def test_a_scanned_pdf_is_read_in_the_sandbox() -> None:
    with FileReader(engine(ENGINES[0])) as reader:
        result = reader.read(file_of(pdf_of([], picture=scan_of(printed_pdf()))))
    assert isinstance(result, Document)
    assert result.words_from is WordsFrom.OCR
    assert result.quality.band is QualityBand.CLEAN
    assert share_read(result.pages[0]) >= 0.95


@pytest.mark.slow
def test_a_picture_without_text_has_no_words() -> None:
    for choice in ENGINES:
        assert engine(choice).recognise(Image.new("RGB", (600, 400), "white")) == ()


@pytest.mark.slow
def test_a_noisy_fax_is_known_to_be_worse() -> None:
    clean = scan_of(printed_pdf())
    noise = Image.effect_noise(clean.size, 120)
    small = Image.blend(clean, noise, 0.45).resize((clean.width // 3, clean.height // 3)).resize(clean.size)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=15)
    result = FileReader(engine(ENGINES[0]), sandbox=False).read(file_of(out.getvalue(), "fax.jpg"))
    assert isinstance(result, Document)
    assert result.quality.band is not QualityBand.CLEAN


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_real_document_is_read(datasets: Path) -> None:
    with FileReader(engine(ENGINES[0])) as reader:
        for path in sorted((datasets / "real").iterdir()):
            result = reader.read(file_of(path.read_bytes(), path.name))
            assert isinstance(result, Document), path.name
            assert sum(len(page.words) for page in result.pages) >= 30, path.name
            assert result.quality.band is not QualityBand.POOR, path.name


def test_engines_that_are_not_installed_say_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.adapters.words.rapid.find_spec", lambda name: None)
    monkeypatch.setattr("pipeline.adapters.words.tesseract.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"bilag\[ocr\]"):
        RapidOcr()
    with pytest.raises(ConfigurationError, match=r"bilag\[tesseract\]"):
        TesseractOcr()


def test_a_missing_tesseract_language_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("layoutparser")
    monkeypatch.setattr("pipeline.adapters.words.tesseract.shutil.which", lambda name: "/usr/bin/tesseract")
    monkeypatch.setattr("pipeline.adapters.words.tesseract._installed", lambda: frozenset({"eng"}))
    with pytest.raises(ConfigurationError, match="tesseract-ocr-fin"):
        TesseractOcr(("eng", "fin"))


def test_importing_the_reader_loads_no_ocr_engine() -> None:
    heavy = {"rapidocr", "layoutparser", "cv2", "pandas", "pytesseract"}
    code = f"import sys, pipeline.adapters.words.reader; print({heavy} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
