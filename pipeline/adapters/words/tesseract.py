"""Tesseract, through layoutparser's agent: the second engine, for languages that the first reads worse."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from PIL import Image

from pipeline.adapters.words.ocr import EngineChoice, EngineName
from pipeline.adapters.words.picture.rules import without_rules
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import Box, Word
from pipeline.errors import ConfigurationError, ResourceExhausted

_PAGE_MODE = 4  # one column of text of variable sizes; mode 3 loses the columns of tables
_WORD_LEVEL = 5
# On the same pages as RapidOCR's: 0.93 with all words right, 0.91 with 98 %, 0.66 with 48 %.
_BANDS = BandLimits(clean=0.90, fair=0.80)
_PREFERRED = ("eng", "dan", "deu", "fra", "nld", "swe", "nor", "spa", "ita")


@dataclass(frozen=True, slots=True)
class TesseractOcr:
    """Reads words with Tesseract in `languages` (ISO 639-2); with none named, in every language installed of those
    that Bilag's labels know. Raises `ConfigurationError` where it or a language is not installed."""

    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if find_spec("layoutparser") is None or find_spec("pytesseract") is None:
            raise ConfigurationError("layoutparser is not installed.", operator_hint="Install bilag[tesseract].")
        if shutil.which("tesseract") is None:
            raise ConfigurationError("Tesseract is not installed.", operator_hint="Install Debian's tesseract-ocr.")
        missing = [language for language in self.languages if language not in _installed()]
        if missing:
            packages = " ".join(f"tesseract-ocr-{language}" for language in missing)
            raise ConfigurationError(
                f"Tesseract does not know {', '.join(missing)}.", operator_hint=f"Install Debian's {packages}."
            )

    @property
    def choice(self) -> EngineChoice:
        return EngineChoice(EngineName.TESSERACT, languages=self.languages)

    @property
    def bands(self) -> BandLimits:
        return _BANDS

    def recognise(self, image: Image.Image) -> tuple[Word, ...]:
        """Return the words of an image. Raises `ResourceExhausted` where Tesseract itself is stopped."""
        import pytesseract

        languages = self.languages or tuple(name for name in _PREFERRED if name in _installed())
        agent = _agent("+".join(languages))
        try:
            response = agent.detect(without_rules(image), return_response=True)
        except pytesseract.TesseractError as error:
            raise ResourceExhausted(f"Tesseract stopped with status {error.status}.") from error
        return tuple(_words(response["data"], image.size))


def _words(table: Mapping[str, Sequence[Any]], size: tuple[int, int]) -> Iterator[Word]:
    """Read Tesseract's table: rows of level 5 are words, `conf` is in percent."""
    width, height = size
    columns = (table[name] for name in ("level", "conf", "left", "top", "width", "height", "text"))
    for level, confidence, left, top, wide, high, text in zip(*columns, strict=True):
        if int(level) == _WORD_LEVEL and float(confidence) >= 0:
            box = Box(left / width, top / height, (left + wide) / width, (top + high) / height)
            for part in str(text).split():
                yield Word(part, box, round(float(confidence) / 100, 4))


@cache
def _agent(languages: str) -> Any:
    """Make layoutparser's agent, without its second run of Tesseract for the plain text that is not needed here."""
    import pytesseract
    from layoutparser.ocr.tesseract_agent import TesseractAgent

    class WordAgent(TesseractAgent):  # type: ignore[misc]
        def _detect(self, img_content: Image.Image) -> dict[str, Any]:
            as_columns = pytesseract.Output.DICT
            return {"data": pytesseract.image_to_data(img_content, self.lang, output_type=as_columns, **self.configs)}

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's threads wait for each other on a busy machine
    return WordAgent(languages=languages, config=f"--psm {_PAGE_MODE}")


@cache
def _installed() -> frozenset[str]:
    listing = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return frozenset(listing.stdout.split()[1:])
