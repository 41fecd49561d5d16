"""The OCR engine that suits a document's language."""

from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine

# What Tesseract calls the languages; every page is read with its own and English.
_TESSERACT = {
    "en": "eng",
    "da": "dan",
    "sv": "swe",
    "nb": "nor",
    "fi": "fin",
    "de": "deu",
    "fr": "fra",
    "nl": "nld",
    "es": "spa",
    "it": "ita",
    "pt": "por",
    "pl": "pol",
}


def engine_for(name: EngineName, language: str) -> OcrEngine:
    """Return an engine that reads a language. Raises `ConfigurationError` where it is not installed."""
    if name is EngineName.RAPID:
        return make_engine(EngineChoice(name))
    own = _TESSERACT[language.partition("-")[0]]
    return make_engine(EngineChoice(name, languages=(own,) if own == "eng" else (own, "eng")))
