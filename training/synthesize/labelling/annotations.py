"""The marks of a PDF: link annotations to `field:…`, where they lie, and the PDF without them."""

import ctypes
import io
from typing import NamedTuple

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.domain.document import Box


class Area(NamedTuple):
    """One rectangle of a mark: `mark` is its place in the sheet's list."""

    mark: int
    box: Box


def areas(pdf: bytes) -> list[list[Area]]:
    """Return the marked rectangles of every page, in fractions of the page."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_on_page(document, document[number]) for number in range(len(document))]
    finally:
        document.close()


def _on_page(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[Area]:
    width, height = page.get_size()
    found: list[Area] = []
    rect = pdfium_c.FS_RECTF()
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, number)
        pdfium_c.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
        target = _target(document, annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if target.startswith("field:"):
            box = Box(rect.left / width, 1 - rect.top / height, rect.right / width, 1 - rect.bottom / height)
            found.append(Area(int(target.rpartition("@")[2]), box))
    page.close()
    return found


def _target(document: pdfium.PdfDocument, annotation: object) -> str:
    action = pdfium_c.FPDFLink_GetAction(pdfium_c.FPDFAnnot_GetLink(annotation))
    length = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, length)
    return buffer.value.decode("ascii", "replace")


def without_annotations(pdf: bytes) -> bytes:
    """Return the PDF without any annotation."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            if "/Annots" in page:
                del page.Annots
        document.save(out, deterministic_id=True)
    return out.getvalue()
