"""Who reads: the rules, a model in training, or a release."""

from collections.abc import Callable
from pathlib import Path

from models.decode.decode import Decoded, Ruled, decode, rules_of
from models.decode.weighing import MODEL_ALONE, WEIGHTS, Weights
from models.release import ABOUT as RELEASE
from models.scores import Scores
from pipeline.adapters.extractor.rules import RULES
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.errors import ConfigurationError
from training.predict.alone import nothing_ruled
from training.train.checkpoint import ABOUT as CHECKPOINT

Score = Callable[[Document], Scores]
RULES_ALONE = "rules"


class Reader:
    """Reads documents and says what speaks for every value. `alone` leaves the rules out, to see what a model knows."""

    def __init__(self, score: Score, version: ModelVersion, *, alone: bool = False, weights: Weights = WEIGHTS) -> None:
        self._score, self.version, self._alone = score, version, alone
        self._weights = MODEL_ALONE if alone else weights

    def read(self, document: Document) -> Decoded:
        """Return what the document says."""
        ruled: Ruled = rules_of(document)
        if self._alone:
            ruled = nothing_ruled(ruled)
        return decode(document, self._score(document), self.version, ruled, self._weights)


class RuleReader:
    """Reads documents by rules; nothing but their own confidence speaks for a value."""

    version = RULES

    def read(self, document: Document) -> Decoded:
        """Return what the document says."""
        from pipeline.adapters.extractor.rules import RuleExtractor

        extraction: Extraction = RuleExtractor().extract(document)
        return Decoded(extraction, {})


def reader_of(name: str, *, alone: bool = False, threads: int = 1) -> Reader | RuleReader:
    """Return a reader: `rules`, the folder of a model in training, or the folder of a release.

    Raises ConfigurationError where the folder holds neither.
    """
    if name == RULES_ALONE:
        return RuleReader()
    folder = Path(name)
    if (folder / RELEASE).is_file():
        from models.runtime import Runtime

        runtime = Runtime(folder, threads)
        return Reader(lambda document: runtime.scores(document.pages), runtime.version, alone=alone)
    if (folder / CHECKPOINT).is_file():
        return _in_training(folder, alone=alone, threads=threads)
    raise ConfigurationError(f"{name} is neither a model nor a release.", operator_hint="Train or export one first.")


def _in_training(folder: Path, *, alone: bool, threads: int) -> Reader:
    import torch

    from models.features.lexicon import Lexicon
    from models.network.reading import TorchReader
    from training.train.checkpoint import TOKENIZER, load

    torch.set_num_threads(threads)
    model, course = load(folder)
    reader = TorchReader(model, Lexicon.from_file(folder / TOKENIZER))
    version = ModelVersion("bilag-layoutlm", f"{course.steps}-{course.data[:8]}")
    return Reader(lambda document: reader.scores(document.pages), version, alone=alone)
