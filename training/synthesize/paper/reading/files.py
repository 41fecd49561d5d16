"""Pages of a PDF as pictures, and bad pictures as the file that a scanner, fax or phone would send."""

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import pypdfium2 as pdfium
from PIL import Image

from pipeline.domain.document import Page, SourceFile
from training.synthesize.paper.damage.chains import Chain, Medium
from training.synthesize.paper.damage.degrade import Degraded, degrade

_POINTS = 72
_QUALITY = 92  # of the file's own JPEG; chains that want worse have a JPEG of their own
_LONG_AGO = time.gmtime(0)  # so that the same pages make the same file


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file of bad pages, the pages that are in it, and their sizes in points as the file declares them."""

    file: SourceFile
    pages: tuple[Degraded, ...]
    sizes: tuple[tuple[float, float], ...]


def drawn_pages(pdf: bytes, pages: Sequence[Page], dpi: int = 200) -> list[Image.Image]:
    """Return the pages of a PDF as pictures in colour, turned upright as the reader turned their words."""
    document = pdfium.PdfDocument(pdf)
    try:
        pictures = []
        for page in pages:
            drawn = document[page.number - 1]
            picture = drawn.render(scale=dpi / _POINTS).to_pil().convert("RGB")
            drawn.close()
            pictures.append(picture.rotate(-page.rotation, expand=True) if page.rotation % 360 else picture)
        return pictures
    finally:
        document.close()


def put_on_paper(pdf: bytes, pages: Sequence[Page], chain: Chain, seed: int, name: str) -> PaperFile:
    """Degrade every page of a PDF by a chain and keep them as the chain's medium does: a photo of one page is a JPEG, a
    fax a TIFF or a PDF, anything else a PDF of pictures."""
    drawn = drawn_pages(pdf, pages)
    bad = tuple(degrade(picture, 200, chain, seed * 1000 + place) for place, picture in enumerate(drawn))
    images = [_thinned(page.image) for page in bad]
    dpi = max(1, round(bad[0].dpi))
    out = io.BytesIO()
    if chain.medium is Medium.PHOTO and len(images) == 1:
        images[0].save(out, "JPEG", quality=_QUALITY, dpi=(dpi, dpi))
        file = SourceFile(f"{name}.jpg", "image/jpeg", out.getvalue())
    elif chain.medium is Medium.FAX and seed % 2 and all(image.mode == "1" for image in images):
        rest = images[1:]
        images[0].save(out, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(dpi, dpi))
        file = SourceFile(f"{name}.tif", "image/tiff", out.getvalue())
    else:
        dates = {"creationDate": _LONG_AGO, "modDate": _LONG_AGO}
        coding = {} if all(image.mode == "1" for image in images) else {"quality": _QUALITY}
        images = [image.convert("L") if coding and image.mode == "1" else image for image in images]
        images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=dpi, **dates, **coding)
        file = SourceFile(f"{name}.pdf", "application/pdf", out.getvalue())
    sizes = tuple((image.width * _POINTS / dpi, image.height * _POINTS / dpi) for image in images)
    return PaperFile(file, bad, sizes)


def _thinned(image: Image.Image) -> Image.Image:
    """Keep a black-and-white picture with one bit a pixel, and a grey one without colours."""
    pixels = numpy.asarray(image)
    if not (pixels[:, :, 0] == pixels[:, :, 1]).all() or not (pixels[:, :, 1] == pixels[:, :, 2]).all():
        return image
    grey = pixels[:, :, 0]
    if ((grey == 0) | (grey == 255)).all():
        return Image.fromarray(grey).convert("1", dither=Image.Dither.NONE)
    return Image.fromarray(grey)
