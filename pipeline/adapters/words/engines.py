"""Makes the chosen OCR engine; the only place that knows which ones there are."""

from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine


def make_engine(choice: EngineChoice) -> OcrEngine:
    """Return the chosen engine. Raises `ConfigurationError` where it is not installed."""
    if choice.name is EngineName.RAPID:
        from pipeline.adapters.words.rapid import RapidOcr

        return RapidOcr(choice.threads)
    from pipeline.adapters.words.tesseract import TesseractOcr

    return TesseractOcr(choice.languages)
