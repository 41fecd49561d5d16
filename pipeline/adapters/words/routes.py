"""Chooses the way to read a file by its content, in this process: the reader's and the worker's common core."""

import re
from collections.abc import Sequence

from pipeline.adapters.words import refusals
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.mail_body import read_mail_body
from pipeline.adapters.words.ocr import OcrEngine
from pipeline.adapters.words.pdf.embedded import embedded_einvoice
from pipeline.adapters.words.pdf.opening import open_pdf
from pipeline.adapters.words.pdf.pages import ReadPage, read_pages
from pipeline.adapters.words.picture.raster import PICTURE_TYPES, Rasteriser, frames_of, open_picture
from pipeline.adapters.words.picture.scan import read_scan
from pipeline.adapters.words.quality import CERTAIN, measure
from pipeline.domain.document import (
    Document,
    QualityBand,
    SourceFile,
    TextQuality,
    Unreadable,
    WordsFrom,
)
from pipeline.domain.finding import Finding

# A document type can only stand before the root element, after blanks, comments and processing instructions.
_DOCTYPE = re.compile(rb"(?>[\s\xef\xbb\xbf]+|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!DOCTYPE", re.DOTALL | re.IGNORECASE)
_PERFECT = TextQuality(QualityBand.CLEAN, 1.0, 0.0)


def read_file(file: SourceFile, engine: OcrEngine | None, limits: ReadLimits) -> Document | Unreadable:
    """Read a file of any kind; `file.media_type` must have been sniffed from its content."""
    match file.media_type:
        case "application/pdf":
            return _read_pdf(file, engine, limits)
        case "application/xml" | "text/xml":
            return _read_xml(file)
        case media_type if media_type in PICTURE_TYPES:
            return _read_picture(file, engine, limits)
        case "text/plain" | "text/html" | "text/csv":
            return read_mail_body(file, limits)
        case media_type:
            return refusals.unreadable(file, refusals.unsupported(media_type))


def _read_xml(file: SourceFile) -> Document | Unreadable:
    if _has_doctype(file.content):
        return refusals.unreadable(file, refusals.hostile("declares an XML document type"))
    return Document(file.name, file.sha256, (), WordsFrom.EINVOICE, _PERFECT, 0, 0, file.content)


def _has_doctype(xml: bytes) -> bool:
    return _DOCTYPE.match(xml[:65_536].replace(b"\0", b"").lstrip(b"\xff\xfe")) is not None


def _read_pdf(file: SourceFile, engine: OcrEngine | None, limits: ReadLimits) -> Document | Unreadable:
    pdf = open_pdf(file.content, limits)
    if isinstance(pdf, Finding):
        return refusals.unreadable(file, pdf)
    findings = list(pdf.findings)
    einvoice = embedded_einvoice(pdf.content)
    if einvoice is not None and _has_doctype(einvoice):
        findings.append(refusals.hostile("carries an e-invoice that declares an XML document type"))
        einvoice = None
    try:
        with Rasteriser(pdf.handle, pdf.content, limits) as rasteriser:
            read = list(read_pages(pdf, engine, rasteriser))
    finally:
        pdf.close()
    return _document(file, read, findings, einvoice, engine)


def _read_picture(file: SourceFile, engine: OcrEngine | None, limits: ReadLimits) -> Document | Unreadable:
    image = open_picture(file.content, limits)
    if isinstance(image, Finding):
        return refusals.unreadable(file, image)
    if engine is None:
        return refusals.unreadable(file, refusals.no_words(ocr=False))
    read: list[ReadPage] = []
    findings: list[Finding] = []
    for frame in frames_of(image, limits):
        if isinstance(frame, Finding):
            findings.append(frame)
        else:
            read.append(ReadPage(read_scan(frame.image, len(read) + 1, frame.dpi, engine), WordsFrom.OCR))
    return _document(file, read, findings, None, engine)


def _document(
    file: SourceFile,
    read: Sequence[ReadPage],
    findings: list[Finding],
    einvoice: bytes | None,
    engine: OcrEngine | None,
) -> Document | Unreadable:
    """Put pages together; a file without words and without e-invoice is unreadable."""
    pages = tuple(r.page for r in read)
    findings += [finding for r in read for finding in r.findings]
    if einvoice is None and not any(page.words for page in pages):
        cause = next((f for f in findings if f.code.startswith("FILE_")), refusals.no_words(engine is not None))
        return refusals.unreadable(file, cause)
    words_from = _source(read)
    limits = engine.bands if engine is not None and words_from is WordsFrom.OCR else CERTAIN
    quality = measure((word for page in pages for word in page.words), limits)
    if einvoice is None and quality.band is QualityBand.POOR:
        findings.append(refusals.poor_quality())
    return Document(file.name, file.sha256, pages, words_from, quality, 1, len(pages), einvoice, tuple(findings))


def _source(read: Sequence[ReadPage]) -> WordsFrom:
    """Name where most words came from."""
    by_ocr = sum(len(r.page.words) for r in read if r.words_from is WordsFrom.OCR)
    return WordsFrom.OCR if 2 * by_ocr > sum(len(r.page.words) for r in read) else WordsFrom.TEXT_LAYER
