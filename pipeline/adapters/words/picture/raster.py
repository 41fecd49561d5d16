"""Makes pages and pictures into images that an OCR engine can read."""

import io
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.adapters.words import refusals
from pipeline.adapters.words.limits import ReadLimits
from pipeline.domain.finding import Finding

_log = logging.getLogger(__name__)

PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/gif", "image/webp"})
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_LONGEST = 5000  # pixels; larger images cost OCR time and gain no letters
_PLAUSIBLE_DPI = range(70, 1201)
_POINTS = 72
_A4_HEIGHT = 11.69  # inches


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture of one page, in RGB or grey, and its resolution in dots per inch."""

    image: Image.Image
    dpi: float


class Rasteriser:
    """Makes single pages of one PDF into grey images: by Poppler, or by PDFium where Poppler is missing or fails.

    Use as a context manager: Poppler reads a temporary file that is removed at the end.
    """

    def __init__(self, pdf: pdfium.PdfDocument, content: bytes, limits: ReadLimits) -> None:
        self._pdf = pdf
        self._content = content
        self._limits = limits
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> "Rasteriser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def page(self, number: int) -> Frame:
        """Return the picture of a page (from 1) as displayed."""
        width, height = self._pdf.get_page_size(number - 1)
        dpi = max(1, round(min(self._limits.dpi, _LONGEST * _POINTS / max(width, height, 1.0))))
        if _poppler():
            image = self._by_poppler(number, dpi)
            if image is not None:
                return Frame(image, dpi)
        page = self._pdf[number - 1]
        try:
            return Frame(page.render(scale=dpi / _POINTS, grayscale=True).to_pil().convert("L"), dpi)
        finally:
            page.close()

    def _by_poppler(self, number: int, dpi: int) -> Image.Image | None:
        from pdf2image import convert_from_path
        from pdf2image.exceptions import PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError

        try:
            images = convert_from_path(
                self._file(),
                dpi=dpi,
                first_page=number,
                last_page=number,
                grayscale=True,
                use_cropbox=True,
                timeout=max(1, round(self._limits.seconds)),
            )
        except (PDFPageCountError, PDFSyntaxError, PDFPopplerTimeoutError, OSError) as error:
            _log.info("Poppler cannot draw page %d (%s); PDFium draws it", number, type(error).__name__)
            return None
        return images[0].convert("L") if images else None

    def _file(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="bilag-pages-")
            (Path(self._folder.name) / "file.pdf").write_bytes(self._content)
        return Path(self._folder.name) / "file.pdf"


@cache
def _poppler() -> bool:
    if shutil.which("pdftoppm") and shutil.which("pdfinfo"):
        return True
    _log.warning("Poppler (Debian: poppler-utils) is not installed; PDFium makes pages into images instead")
    return False


def open_picture(content: bytes, limits: ReadLimits) -> Image.Image | Finding:
    """Open a picture without decoding it, or say why it is refused."""
    try:
        with warnings.catch_warnings():  # the limits below are ours, not Pillow's
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError:
        return refusals.too_large("far more pixels than any page needs", f"{limits.max_pixels:,} pixels")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return refusals.damaged("it is no picture that can be opened")
    if _too_large(image.size, limits):
        return _refused_for_size(image.size, limits)
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if frames > limits.max_pages:
        return refusals.too_many_pages(frames, limits)
    return image


def frames_of(image: Image.Image, limits: ReadLimits) -> Iterator[Frame | Finding]:
    """Yield every page of a picture, turned as its EXIF data says; the first that cannot be decoded ends it."""
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    for index in range(count):
        try:
            image.seek(index)
            if _too_large(image.size, limits):
                yield _refused_for_size(image.size, limits)
                return
            upright = ImageOps.exif_transpose(image)
        except (OSError, SyntaxError, ValueError):
            yield (
                refusals.damaged("the picture ends too soon or breaks off")
                if index == 0
                else (refusals.partly_damaged(f"page {index + 1} cannot be decoded"))
            )
            return
        yield _fitted(_flat(upright), _resolution(image))


def _resolution(image: Image.Image) -> float:
    """Return the declared dots per inch; without a believable one, take the picture for one of an A4 page."""
    declared = float(image.info.get("dpi", (0, 0))[0])
    return declared if round(declared) in _PLAUSIBLE_DPI else max(image.size) / _A4_HEIGHT


def _too_large(size: tuple[int, int], limits: ReadLimits) -> bool:
    return max(size) >= limits.max_side or size[0] * size[1] > limits.max_pixels


def _refused_for_size(size: tuple[int, int], limits: ReadLimits) -> Finding:
    found = f"{size[0]:,} x {size[1]:,} pixels"
    return refusals.too_large(found, f"{limits.max_side:,} pixels a side and {limits.max_pixels:,} in all")


def _flat(image: Image.Image) -> Image.Image:
    """Return the image in RGB or grey, transparency laid on white, 16-bit grey scaled to 8."""
    if image.mode in ("L", "RGB"):
        return image.copy()
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda v: v / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _fitted(image: Image.Image, dpi: float) -> Frame:
    scale = _LONGEST / max(image.size)
    if scale >= 1:
        return Frame(image, dpi)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return Frame(image.resize(size, Image.Resampling.LANCZOS), dpi * scale)
