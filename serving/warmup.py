"""The page that the service reads before it says that it is ready."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from pipeline.domain.document import SourceFile
from pipeline.domain.extraction import Extraction
from pipeline.domain.vocabulary import HeaderField
from pipeline.errors import ConfigurationError
from serving.answer import Refusal

_NUMBER = "471102"
_LINES = (
    (20, 780, "INVOICE"),
    (10, 750, f"Invoice number: {_NUMBER}"),
    (10, 734, "Invoice date: 2026-03-12"),
    (10, 700, "Subtotal 100.00"),
    (10, 684, "VAT 25 % 25.00"),
    (10, 668, "Total EUR 125.00"),
)

Understand = Callable[[SourceFile], tuple[Extraction, ...] | Refusal]


def warm_up(understand: Understand, readers: int, *, ocr: bool) -> None:
    """Read the built-in page once in every reading process, as a picture too where there is OCR, and check the result.

    Raises ConfigurationError where it cannot be read.
    """
    pages = [SourceFile("page.pdf", "application/pdf", page_as_pdf())]
    if ocr:
        pages.append(SourceFile("page.png", "image/png", page_as_picture()))
    for page in pages:
        # All at once, so that each takes a reading process of its own.
        with ThreadPoolExecutor(readers) as pool:
            for answer in pool.map(understand, [page] * readers):
                _check(page.name, answer)


def page_as_pdf() -> bytes:
    """Return the page as a PDF with a text layer."""
    import pikepdf

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    drawn = "\n".join(f"BT /F0 {size} Tf 60 {y} Td ({text}) Tj ET" for size, y, text in _LINES)
    page.Contents = pdf.make_stream(drawn.encode("ascii"))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def page_as_picture() -> bytes:
    """Return the page as a scan at 150 dpi."""
    from PIL import Image, ImageDraw, ImageFont

    scale = 150 / 72
    image = Image.new("L", (round(595 * scale), round(842 * scale)), 255)
    draw = ImageDraw.Draw(image)
    for size, y, text in _LINES:
        draw.text((60 * scale, (842 - y - size) * scale), text, fill=0, font=ImageFont.load_default(size * scale))
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def _check(name: str, answer: tuple[Extraction, ...] | Refusal) -> None:
    if isinstance(answer, Refusal):
        raise ConfigurationError(f"The built-in {name} was not read: {answer.reason}.", operator_hint=answer.message)
    found = [extraction.fields.get(HeaderField.INVOICE_NUMBER) for extraction in answer]
    if [field.value for field in found if field is not None] != [_NUMBER]:
        raise ConfigurationError(
            f"The built-in {name} was read wrongly.",
            operator_hint="Install bilag[serve] anew with the versions of constraints.txt.",
        )
