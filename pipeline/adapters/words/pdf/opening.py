"""Opens a PDF with PDFium, repairing it first where it is damaged."""

import io
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.adapters.words import refusals
from pipeline.adapters.words.limits import ReadLimits
from pipeline.domain.finding import Finding

_TAIL = 65_536  # where the end marker must stand; some writers append other data to it


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF that can be read. `content` is what was opened (repaired, where that was needed)."""

    handle: pdfium.PdfDocument
    content: bytes
    findings: tuple[Finding, ...]

    def close(self) -> None:
        self.handle.close()


def open_pdf(content: bytes, limits: ReadLimits) -> OpenPdf | Finding:
    """Open a PDF, or say why it cannot be read. A PDF that only forbids printing or copying is opened."""
    try:
        handle, findings = pdfium.PdfDocument(content), _cut_off(content)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            return refusals.encrypted()
        repaired = _repair(content)
        if not isinstance(repaired, bytes):
            return repaired
        content = repaired
        try:
            handle = pdfium.PdfDocument(content)
        except pdfium.PdfiumError:
            return refusals.damaged("it is no PDF that can be opened or repaired")
        findings = (refusals.partly_damaged("its table of contents had to be rebuilt"),)
    with suppress(pdfium.PdfiumError):  # a broken form leaves the rest of the page readable
        handle.init_forms()  # draws the values of form fields that have no appearance of their own
    if len(handle) > limits.max_pages:
        pages = len(handle)
        handle.close()
        return refusals.too_many_pages(pages, limits)
    return OpenPdf(handle, content, findings)


def _cut_off(content: bytes) -> tuple[Finding, ...]:
    """Find a PDF whose end is missing: PDFium then rebuilds what it can and says nothing."""
    if b"%%EOF" in content[-_TAIL:] or b"startxref" in content[-_TAIL:]:
        return ()
    return (refusals.partly_damaged("its end is missing"),)


def _repair(content: bytes) -> bytes | Finding:
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=True) as pdf:
            if not len(pdf.pages):
                return refusals.damaged("it has no pages left")
            out = io.BytesIO()
            pdf.save(out, fix_metadata_version=False)  # leaves broken XMP alone, which is not read
            return out.getvalue()
    except pikepdf.PasswordError:
        return refusals.encrypted()
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return refusals.damaged("it is no PDF that can be opened or repaired")
