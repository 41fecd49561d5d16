"""What an OCR engine is, and how a worker process makes the same one again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL import Image

from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import Word


class EngineName(StrEnum):
    """The engines there are."""

    RAPID = "rapid"
    TESSERACT = "tesseract"


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """An engine and its settings; `threads` is for RapidOCR, `languages` (ISO 639-2, such as `dan`) for Tesseract."""

    name: EngineName
    threads: int = 1
    languages: tuple[str, ...] = ()


class OcrEngine(Protocol):
    """Reads the words of an upright image."""

    @property
    def choice(self) -> EngineChoice:
        """The choice that makes this engine again in another process."""
        ...

    @property
    def bands(self) -> BandLimits:
        """The mean confidences from which this engine's words are clean and fair."""
        ...

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        """Return the words, boxes as fractions of the image, confidences from 0 to 1; in any order."""
        ...
