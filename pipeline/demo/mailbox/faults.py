"""Files spoilt on purpose, as they arrive in life: scanned askew, encrypted, cut short."""

from io import BytesIO


def scanned(pdf: bytes, *, degrees: float = 1.2, dpi: int = 200, seed: int = 7) -> bytes:
    """Return `pdf` as a scanner would: grey pages without a text layer, slightly askew and noisy."""
    import time

    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    generator = np.random.default_rng(seed)
    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        sheet = page.render(scale=dpi / 72).to_pil().convert("L")
        turned = sheet.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
        pixels = np.asarray(turned, dtype=np.float32)
        noisy = pixels * 0.96 + 6 + generator.normal(0, 5, pixels.shape)
        pages.append(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)))
    document.close()
    out = BytesIO()
    scanned_at = time.gmtime(0)
    options = {"creationDate": scanned_at, "modDate": scanned_at, "resolution": dpi, "quality": 75}
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], **options)
    return out.getvalue()


def encrypted(pdf: bytes, password: str) -> bytes:
    """Return `pdf` so that it opens only with a password."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return out.getvalue()


def truncated(pdf: bytes, keep: float = 0.02) -> bytes:
    """Return the first part of `pdf`, as an interrupted transfer leaves it."""
    return pdf[: int(len(pdf) * keep)]
