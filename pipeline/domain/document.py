"""What was handed in and what can be read of it: files, pages, words with boxes, text quality."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pipeline.domain.finding import Finding


class Box(NamedTuple):
    """A rectangle in fractions of the page (0 to 1), origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def union(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Word:
    """One word as printed; `confidence` is the reader's own (1.0 for a text layer)."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page: `number` counts from 1, `width` and `height` are in points, words in reading order.

    `rotation` is how far the paper was turned clockwise to stand upright, in degrees.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rotation: float = 0.0


class WordsFrom(StrEnum):
    """Where a document's content was read from."""

    EINVOICE = "einvoice"
    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    MAIL_BODY = "mail_body"


class QualityBand(StrEnum):
    """How far the words can be trusted; confidence is calibrated per band."""

    CLEAN = "clean"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class TextQuality:
    """Measured quality of the words: mean reader confidence and the share of words that look like noise (0 to 1)."""

    band: QualityBand
    mean_confidence: float
    noise_share: float


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it arrived: `media_type` is sniffed from the content, never believed from the sender."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """A readable document: its pages and, where it carried one, its e-invoice XML.

    `first_page` and `last_page` tell which pages of the file it is (both count from 1; 0 and 0 for a bare XML file);
    `file_pages` is how many the file has, where that is more than the pages here.
    """

    file: str
    sha256: str
    pages: tuple[Page, ...]
    words_from: WordsFrom
    quality: TextQuality
    first_page: int = 1
    last_page: int = 1
    einvoice: bytes | None = None
    findings: tuple[Finding, ...] = ()
    file_pages: int | None = None

    @property
    def key(self) -> str:
        """The identity everything about this document hangs on: digest and page range."""
        return f"{self.sha256}:{self.first_page}-{self.last_page}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of which nothing can be read; the findings say why and what to do."""

    file: str
    sha256: str
    findings: tuple[Finding, ...]
