"""The pages of a PDF: each from its text layer, or by OCR where that is missing, broken or sparse."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.adapters.words import refusals
from pipeline.adapters.words.ocr import OcrEngine
from pipeline.adapters.words.pdf.letter_spacing import join_spaced
from pipeline.adapters.words.pdf.opening import OpenPdf
from pipeline.adapters.words.pdf.text_layer import LayerWord, TextLayer, read_text_layer, turned
from pipeline.adapters.words.picture.raster import Rasteriser
from pipeline.adapters.words.picture.scan import in_reading_order, read_scan
from pipeline.adapters.words.quality import why_broken
from pipeline.domain.document import Page, Word, WordsFrom
from pipeline.domain.finding import Finding

_FEW_WORDS = 30  # a page with fewer, and a picture over most of it, is taken for a scan with a stamp or footer
_MOSTLY_PICTURE = 0.5
_MORE_WORDS = 1.5  # OCR must find this many times the words of a sparse layer to replace it
_PRINTED_NOTES = frozenset({pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP})
_A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, where its words came from, and what was found while reading it."""

    page: Page
    words_from: WordsFrom
    findings: tuple[Finding, ...] = ()


def read_pages(pdf: OpenPdf, engine: OcrEngine | None, rasteriser: Rasteriser) -> Iterator[ReadPage]:
    """Yield every page, numbered from 1; one that cannot be opened is empty and says so."""
    for index in range(len(pdf.handle)):
        number = index + 1
        try:
            page = _page_with_annotations(pdf.handle, index)
        except pdfium.PdfiumError:
            finding = refusals.partly_damaged(f"page {number} cannot be opened")
            yield ReadPage(Page(number, *_A4, ()), WordsFrom.TEXT_LAYER, (finding,))
            continue
        try:
            yield _read_page(page, number, engine, rasteriser)
        finally:
            page.close()


def _read_page(page: pdfium.PdfPage, number: int, engine: OcrEngine | None, rasteriser: Rasteriser) -> ReadPage:
    layer = read_text_layer(page)
    covered = _picture_share(page) if _may_be_scan(layer) else 0.0
    words = [w for w in layer.words if w.visible or covered > _MOSTLY_PICTURE]
    from_layer = _upright_page(layer, words, number)
    why = why_broken([w.word.text for w in words], sum(w.unmapped for w in words))
    sparse = why is None and len(words) < _FEW_WORDS and covered > _MOSTLY_PICTURE
    outlined = not words and _draws_anything(page)
    if why is None and not sparse and not outlined:
        return ReadPage(from_layer, WordsFrom.TEXT_LAYER)
    if engine is None:
        return _kept(from_layer, why, outlined)
    picture = rasteriser.page(number)
    scan = read_scan(picture.image, number, picture.dpi, engine)
    if outlined:
        return ReadPage(scan, WordsFrom.OCR)
    if why is None and len(scan.words) < _MORE_WORDS * len(words):
        return ReadPage(from_layer, WordsFrom.TEXT_LAYER)
    if not scan.words:
        return _kept(from_layer, why, outlined)
    replaced = refusals.text_layer_replaced(number, why or "has few words, and the page is mostly a picture")
    return ReadPage(scan, WordsFrom.OCR, (replaced,))


def _page_with_annotations(pdf: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """Open a page with what is filled into its form fields and written on it by notes, which are no content of it."""
    page = pdf[index]
    if not any(_annotation_kind(page, i) in _PRINTED_NOTES for i in range(pdfium_c.FPDFPage_GetAnnotCount(page))):
        return page
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    return pdf[index]


def _annotation_kind(page: pdfium.PdfPage, index: int) -> int:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    try:
        return int(pdfium_c.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _kept(page: Page, why: str | None, outlined: bool) -> ReadPage:
    """Keep the text layer where no OCR could better it, and say what is wrong with it."""
    if why is not None:
        finding = refusals.text_layer_kept(page.number, why)
    elif outlined:
        finding = refusals.page_without_words(page.number)
    else:
        finding = refusals.text_layer_kept(page.number, "has few words, and the page is mostly a picture")
    return ReadPage(page, WordsFrom.TEXT_LAYER, (finding,))


def _may_be_scan(layer: TextLayer) -> bool:
    return len(layer.words) < _FEW_WORDS or not all(w.visible for w in layer.words)


def _picture_share(page: pdfium.PdfPage) -> float:
    """Return the share of the page that pictures cover; scans cut into strips add up."""
    left, bottom, right, top = page.get_bbox()
    area = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        x0, y0, x1, y1 = picture.get_bounds()
        area += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return min(1.0, float(area / ((right - left) * (top - bottom))))


def _draws_anything(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(max_depth=1), None) is not None


def _upright_page(layer: TextLayer, words: list[LayerWord], number: int) -> Page:
    turn = layer.turn
    quarters = turn // 90
    width, height = (layer.height, layer.width) if quarters % 2 else (layer.width, layer.height)
    placed = [(Word(w.word.text, turned(w.word.box, quarters)), w.turn) for w in words]
    level = join_spaced([word for word, lying in placed if (lying + turn) % 360 == 0], height / width)
    others = [word for word, lying in placed if (lying + turn) % 360 != 0]
    return in_reading_order(Page(number, width, height, (*level, *others), float(turn)))
