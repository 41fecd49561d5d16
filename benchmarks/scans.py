"""Clean scans: the first page of a PDF as a picture."""

import io

DPI = 200


def scan_of(pdf: bytes) -> bytes:
    """Return the first page as a grey PNG of `DPI` dots to the inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    document.close()
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()
