"""Which extractor reads: the released model, the model of a folder, or the rules."""

from pathlib import Path
from typing import Literal, Protocol

from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, ModelVersion

RELEASED: Literal["released"] = "released"
RULES: Literal["rules"] = "rules"


class VersionedExtractor(Protocol):
    """A field extractor that says which model it reads with."""

    version: ModelVersion

    def extract(self, document: Document) -> Extraction:
        """Return every field of the document."""
        ...


def make_extractor(model: str | Path = RELEASED, threads: int = 1) -> VersionedExtractor:
    """Return the extractor of that name: `released`, `rules`, or the folder of a release.

    `threads` is how many cores one document takes. Raises ConfigurationError where there is no sound release.
    """
    if model == RULES:
        return RuleExtractor()
    from pipeline.adapters.extractor.model import ModelExtractor

    return ModelExtractor(threads=threads) if model == RELEASED else ModelExtractor(Path(model), threads)
